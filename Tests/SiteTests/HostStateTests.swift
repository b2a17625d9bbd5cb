import Config
import Model
import Testing

@testable import Site

@Suite struct HostStateTests {
  /// A site with one host, of whose jobs only the named are there; `up` has this value in the newest slot.
  private func site(
    _ jobs: [String], up: Double?, _ change: (inout JobRecord) -> Void
  ) -> PrintedSite {
    var example = Example(hosts: [("web", ["shop"])])
    example.plan.jobs.removeAll { $0.id.host == "shop" && !jobs.contains($0.id.job) }
    example.records.removeAll { $0.job.host == "shop" && !jobs.contains($0.job.job) }
    for index in example.records.indices where example.records[index].job.host == "shop" {
      if example.records[index].job.job == jobs.last { change(&example.records[index]) }
    }
    let ping = SeriesID(host: "shop", job: "ping", metric: "up")
    example.catalogue[ping] = CatalogueEntry(
      series: ping, file: "f", source: "s", unit: .none, step: 60, since: Example.now - 86_400)
    var input = example.input()
    input.openIncidents = []
    let usual = input.window
    input.window = { series, span, resolution in
      var window = usual(series, span, resolution)
      guard series.metric == "up", series.job == jobs.last else { return window }
      window.samples = window.samples.map { Sample(slot: $0.slot, value: up) }
      return window
    }
    return rendered(input)
  }

  private func fail(_ record: inout JobRecord) {
    record.failure = Failure(.mismatch, "HTTP status is 500, 200-399 expected")
    (record.lastSuccess, record.failuresInARow) = (Example.slot - 840, 14)
    record.failingSince = Example.slot - 780
  }

  @Test func `a host whose answer is bad is down, and not unknown`() throws {
    let site = site(["website"], up: 0, fail)
    let page = try #require(site.pages["hosts/shop.html"])
    #expect(page.contains("<span class=\"st bad\">down since 13:52</span>"))
    #expect(page.contains("<span class=\"st bad\">bad</span>") && page.contains("HTTP status is 500"))
    #expect(site.pages["hosts/index.html"]?.contains("1 host, down") == true)
    #expect(site.pages["hosts/index.html"]?.contains("host, unknown") == false)
    let runs = try #require(site.pages["runs/index.html"])
    let bad = try #require(runs.firstRange(of: "Bad results"))
    #expect(runs[bad.upperBound...].contains("HTTP status is 500"))
    #expect(!runs[..<bad.lowerBound].contains("HTTP status is 500"))
  }

  @Test func `a host of which nothing was measured is unknown`() throws {
    let site = site(["website"], up: nil, fail)
    #expect(site.pages["hosts/shop.html"]?.contains("<span class=\"st unk\">unknown since 13:52</span>") == true)
    #expect(site.pages["runs/index.html"]?.contains("Bad results") == false)
  }

  @Test func `where one of two jobs is bad the host is degraded`() throws {
    let page = try #require(site(["ping", "website"], up: 0, fail).pages["hosts/shop.html"])
    #expect(page.contains("degraded since 13:52") && page.contains("Of 2 jobs 1 bad; website: HTTP status is 500"))
  }

  @Test func `a ping that lost everything is no failure of the job, and the host is down`() throws {
    let site = site(["ping"], up: 0) { $0.learned.silent = 3 }
    let page = try #require(site.pages["hosts/shop.html"])
    #expect(page.contains("<span class=\"st bad\">down</span>") && page.contains("ping: no answer"))
  }

  @Test func `a job that told a part was collected, and its host is not unknown`() throws {
    let site = site(["website"], up: nil) {
      $0.failure = Failure(.garbage, "“b” is U, which is no number")
      $0.lastSuccess = $0.lastSlot
    }
    let page = try #require(site.pages["hosts/shop.html"])
    #expect(page.contains("<span class=\"st ok\">ok</span></h1>") && page.contains("in part"))
    let runs = try #require(site.pages["runs/index.html"])
    let part = try #require(runs.firstRange(of: "Collected in part"))
    #expect(runs[..<part.lowerBound].contains("<p>None.</p>") && runs[part.upperBound...].contains("is no number"))
  }

  @Test func `what scripts and jobs of one name tell says whose it is`() throws {
    var example = Example(hosts: [("web", ["shop"])])
    for (index, record) in example.records.enumerated() where record.job.host == "shop" {
      example.records[index].facts = [Fact("Output", "all well with \(record.job.job)"), Fact("Protocol", "HTTP/2")]
    }
    let page = try #require(rendered(example.input()).pages["hosts/shop.html"])
    for text in ["<dt>Output of ping</dt>", "<dt>Output of website</dt>", "<dt>Protocol</dt>"] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(!page.contains("<dt>Output</dt>"))
  }
}
