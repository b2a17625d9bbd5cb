import Config
import Graph
import Model
import Testing

@testable import Site

@Suite struct Keeping {
  /// The example so many seconds later, when the jobs named have a new slot; all of them if none is.
  private func later(_ seconds: Int, _ example: Example = Example(), moved: [JobID]? = nil) -> SiteInput {
    var input = example.input()
    input.now = Example.now + seconds
    input.dataUntil = Example.slot + seconds
    for index in input.jobRecords.indices where moved?.contains(input.jobRecords[index].job) ?? true {
      input.jobRecords[index].lastSlot = Example.slot + seconds
      if input.jobRecords[index].failure == nil { input.jobRecords[index].lastSuccess = Example.slot + seconds }
    }
    return input
  }

  @Test func `where nothing moved nothing of a host is made again`() {
    let again = rendered(Example().input(), on: Example.site)
    #expect(again.files.keys.sorted() == Example.site.files.keys.sorted())
    #expect(!again.written.contains { $0.hasSuffix(".png") || $0.hasPrefix("hosts/www") }, "\(again.written)")
    #expect(again.removed == [] && again.problems == [])
  }

  @Test func `a job that did not run keeps its pictures, and the page shows what moved beside it`() {
    let site = rendered(later(600, moved: [JobID(host: "www", job: "ping")]), on: Example.site)
    #expect(site.written.contains("g/www/ping-latency-day-L.png"))
    #expect(site.written.contains("g/www/ping-latency-day-L-dark@2x.png"))
    #expect(site.written.contains("hosts/www.html") && site.written.contains("hosts/www.json"))
    #expect(site.kept.contains("g/www/website-time-day-L.png"))
    #expect(site.kept.contains("g/shop/ping-latency-day-N@2x.png"))
    #expect(site.kept.contains("hosts/shop.html"))
  }

  @Test func `what is drawn is drawn in all its sizes or in none`() {
    var site = rendered(Example(hosts: [("web", ["www"])]).input())
    for seconds in stride(from: 60, to: 1_260, by: 60) {
      site = rendered(later(seconds, Example(hosts: [("web", ["www"])])), on: site)
      for large in site.files.keys where large.hasSuffix("-L.png") {
        #expect(
          site.written.contains(large) == site.written.contains("\(large.dropLast(6))-N@2x.png"),
          "\(large) at \(seconds)")
      }
    }
  }

  @Test func `on any day the site is that of a first rendering, and each picture had its turn in time`() {
    var site = Example.site
    var drawnAt: [String: Int] = [:]
    for seconds in stride(from: 300, through: 7_200, by: 300) {
      site = rendered(later(seconds), on: site)
      for path in site.written { drawnAt[path] = seconds }
    }
    // What is among the largest is told by figures some minutes old.
    let files = [site, rendered(later(7_200))].map { $0.files.keys.filter { !$0.hasPrefix("g/top~/") } }
    #expect(Set(files[0]) == Set(files[1]))
    for (path, period) in [("day-L.png", 900), ("-week.png", 1_800), ("-month.png", 7_200)] {
      for name in site.files.keys where name.hasSuffix(path) && name.hasPrefix("g/www/") {
        #expect(7_200 - drawnAt[name, default: -9_000] < period, "\(name)")
      }
    }
  }

  @Test func `a breach is drawn in the run that knows of it`() throws {
    let example = Example()
    let usual = rendered(later(60), on: Example.site)
    #expect(usual.kept.contains("g/api/website-time-month.png"))
    var input = later(120)
    let place = try #require(input.objectives.firstIndex { $0.objective.name == "api" })
    var breach = try #require(input.objectives[place].ledger.last)
    breach.span = Span(from: Example.slot, to: Example.slot + 120)
    breach.verdict = .bad
    input.objectives[place].ledger.append(breach)
    let site = rendered(input, on: usual)
    #expect(site.written.contains("g/api/website-time-day-L.png"))
    #expect(example.plan.hosts.count == input.plan.hosts.count)
  }

  @Test func `what the configuration leaves out is taken away, page, pictures and data`() {
    var smaller = Example(hosts: [("web", ["www"])])
    smaller.plan.hash = "0000000000000000"
    let site = rendered(later(60, smaller), on: Example.site)
    #expect(site.removed.contains("hosts/shop.html") && site.removed.contains("hosts/shop.csv"))
    #expect(site.removed.contains("g/shop/ping-latency-day-L-dark@2x.png"))
    #expect(site.files.keys.sorted() == rendered(later(60, smaller)).files.keys.sorted())
  }

  @Test func `variants that are wanted no more are taken away, and pages speak of those there are`() {
    var plain = Example()
    plain.plan.settings.pictures = []
    let site = rendered(later(60, plain), on: Example.site)
    #expect(!site.files.keys.contains { $0.contains("@2x") || $0.contains("-dark") })
    #expect(site.files.keys.sorted() == rendered(later(60, plain)).files.keys.sorted())
    for (path, page) in site.pages where !path.hasPrefix("incidents/") {
      #expect(!page.contains("@2x.png") && !page.contains("-dark.png"), "\(path)")
    }
    let back = rendered(later(120), on: site)
    #expect(back.files.keys.sorted() == Example.site.files.keys.sorted())
  }

  @Test func `the page of an incident that is over for good is kept`() {
    var site = rendered(later(6 * 86_400), on: Example.site)
    #expect(site.written.contains("incidents/421.html"))
    site = rendered(later(7 * 86_400), on: site)
    #expect(site.kept.contains("incidents/421.html"))
    #expect(site.kept.contains("g/incidents/421-L@2x.png") && site.kept.contains("g/incidents/421-N-dark@2x.png"))
    #expect(site.written.contains("hosts/www.html"))
    #expect(Set(site.files.keys) == Set(rendered(later(7 * 86_400)).files.keys))
  }

  @Test func `it is written anew when the configuration or redeye is another`() {
    let site = rendered(later(6 * 86_400), on: Example.site)
    var changed = later(7 * 86_400)
    changed.plan.hash = "0000000000000000"
    var newer = later(7 * 86_400)
    newer.version = "0.2.0"
    for input in [changed, newer] { #expect(rendered(input, on: site).written.contains("incidents/421.html")) }
  }

  @Test func `a page that is kept holds nothing that time makes wrong`() throws {
    let first = try #require(rendered(later(3 * 86_400)).pages["incidents/421.html"])
    let other = try #require(rendered(later(300 * 86_400)).pages["incidents/421.html"])
    #expect(first == other)
    #expect(Checker(first).problems == [])
    #expect(first.contains("Closed for good") && first.contains("2026-05-21 10:1"))
    #expect(!first.contains("Data until") && !first.contains("open for more than"))
    let fresh = try #require(Example.site.pages["incidents/421.html"])
    #expect(fresh.contains("Data until"))
  }

  @Test func `a series with next to no points is drawn with every new one`() {
    func young(_ seconds: Int) -> SiteInput {
      var input = later(seconds)
      for series in input.catalogue.keys { input.catalogue[series]?.since = Example.slot - 60 }
      let window = input.window
      input.window = { series, span, resolution in
        var window = window(series, span, resolution)
        if series.host == "www" { window.samples = Array(window.samples.suffix(1)) }
        return window
      }
      return input
    }
    let first = rendered(young(60))
    let second = rendered(young(120), on: first)
    for name in ["website-time-day-L.png", "website-time-day-N@2x.png", "s-website-time-total~"] {
      #expect(second.written.contains { $0.hasPrefix("g/www/\(name)") }, "\(name)")
    }
    #expect(second.kept.contains { $0.hasPrefix("g/www/website-time-year") })
  }

  @Test func `pictures are renewed in turn, each once in its period`() {
    for (period, path) in [(900, "g/a/x-week"), (3_600, "g/a/x-month"), (21_600, "g/b/y-year")] {
      let runs = stride(from: 1_000_020, to: 1_000_020 + 4 * period, by: 60)
      let times = runs.filter { isDue(path, every: period, last: Instant($0 - 60), now: Instant($0)) }
      #expect(times.count == 4)
      #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == period })
    }
  }

  @Test func `after a pause everything that had its turn meanwhile is due`() {
    #expect(isDue("g/a/x-week", every: 900, last: Instant(1_000_000), now: Instant(1_000_900)))
    #expect(isDue("g/a/x-week", every: 900, last: nil, now: Instant(1_000_000)))
  }

  @Test func `turns are spread over the period`() {
    let turns = (0..<300).map { Int(hash("g/h\($0)/x-week") % 900) }
    let early = turns.count { $0 < 300 }
    #expect((60...140).contains(early))
  }
}
