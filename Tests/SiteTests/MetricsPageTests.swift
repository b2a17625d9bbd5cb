import Config
import Foundation
import Model
import Testing

@testable import Site

@Suite struct MetricsPages {
  let site = Example.site

  /// So many hosts that are pinged, some minutes later.
  private func many(_ count: Int, later seconds: Int = 0) -> SiteInput {
    var example = Example(hosts: [("lab", (0..<count).map { "h\($0)" })])
    example.plan.graphs = example.plan.graphs.filter { $0.job.host == "h0" }
    var input = example.input()
    input.now = Example.now + seconds
    input.dataUntil = Example.slot + seconds
    return input
  }

  @Test func `every metric has a page with a row for each series, in the order of the hosts`() throws {
    let list = try #require(site.pages["metrics/index.html"])
    #expect(list.contains("<a href=\"../metrics/median.html\">median</a>"))
    #expect(list.contains("href=\"../top.html\""))
    let page = try #require(site.pages["metrics/median.html"])
    let hosts = page.matches(of: /<th scope="row"><a href="..\/hosts\/([a-z0-9-]+).html">/).map { String($0.1) }
    #expect(hosts == Example().plan.hosts.map(\.name).filter { $0 != "monitor1" })
    #expect(page.contains("href=\"../series/router1/ping-latency.html\">ping</a>"))
    #expect(page.contains("<span class=\"st bad\">down</span>"))
    #expect(page.contains("20 series on 20 hosts") || page.contains("19 series on 19 hosts"))
  }

  @Test func `the single answers of ping are no metrics`() {
    #expect(!site.pages.keys.contains { $0.hasPrefix("metrics/p1") })
    #expect(site.files["metrics/procs.html"] != nil)
  }

  @Test func `small pictures stand where there is one already, and none is drawn for a page of a metric`() throws {
    let page = try #require(site.pages["metrics/median.html"])
    #expect(page.contains("src=\"../g/www/s-ping-median~"))
    let entropy = try #require(site.pages["metrics/entropy.html"])
    #expect(!entropy.contains("<img src=\"../g/"))
    #expect(!site.files.keys.contains { $0.hasPrefix("g/monitor1/s-system-entropy") })
    // Also where the chapter of the host was passed over.
    var again = Example().input()
    again.plan.hash = "0000000000000000"
    let kept = rendered(again, on: Example.site)
    #expect(kept.pages["metrics/median.html"]?.contains("src=\"../g/www/s-ping-median~") == true)
  }

  @Test func `600 rows are two pages, each with its data`() throws {
    let site = rendered(many(600))
    #expect(site.problems == [])
    let pages = site.pages.filter { $0.key.hasPrefix("metrics/loss") }
    #expect(pages.count == 2)
    let counts = pages.values.map { $0.matches(of: /<tr><th scope="row">/).count }.sorted()
    #expect(counts == [100, 500])
    for (path, page) in pages {
      #expect(Checker(page).problems == [])
      for suffix in ["json", "csv"] { #expect(site.files[String(path.dropLast(4)) + suffix] != nil) }
      #expect(page.contains("aria-current=\"page\">1<") != page.contains("aria-current=\"page\">2<"))
    }
  }

  @Test func `a page of many series is made once in an hour, and its series are read then alone`() {
    var site = rendered(many(600))
    var made = 0
    for seconds in stride(from: 300, through: 7_200, by: 300) {
      site = rendered(many(600, later: seconds), on: site)
      made += site.written.count { $0 == "metrics/loss.html" }
    }
    #expect(made == 2)
  }

  @Test func `numbers are those of the last 24 hours`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    input.window = Samples.constant(7, from: Example.slot - 7_200)
    let site = rendered(input)
    let csv = try #require(site.texts["metrics/time-total.csv"])
    #expect(csv.contains("www,website,,time-total,s,7.0,7.0,7.0\r\n"))
    let json = try #require(site.texts["metrics/time-total.json"])
    #expect(json.contains("\"average\":7") && json.contains("www/website/time-total"))
  }

  @Test func `without a series there is a list that says so`() throws {
    let empty = rendered(Example().empty)
    #expect(empty.pages["metrics/index.html"]?.contains("Nothing collected yet.") == true)
    #expect(empty.pages["top.html"]?.contains("Nothing collected yet.") == true)
    for path in ["metrics/index.html", "top.html"] {
      #expect(Checker(try #require(empty.pages[path])).problems == [], "\(path)")
    }
  }

  // MARK: Top

  @Test func `the largest of a metric stand first, with a picture`() throws {
    var input = Example().input()
    let usual = input.window
    input.window = { series, span, resolution in
      var window = usual(series, span, resolution)
      let value: Double = ["www": 0.3, "shop": 0.9][series.host] ?? 0.1
      if series.metric == "median" { window.samples = window.samples.map { Sample(slot: $0.slot, value: value) } }
      return window
    }
    let site = rendered(input)
    let page = try #require(site.pages["top.html"])
    #expect(Checker(page).problems == [])
    let section = try #require(page.components(separatedBy: "<h2 id=\"round-trip\">").dropFirst().first)
    let hosts = section.components(separatedBy: "</section>")[0].matches(
      of: /<th scope="row"><a href="hosts\/([^"]+).html">/)
    #expect(hosts.count == 10 && hosts.prefix(2).map { String($0.1) } == ["shop", "www"])
    #expect(site.files["g/top~/round-trip.png"] != nil && site.files["g/top~/round-trip-dark@2x.png"] != nil)
    #expect(site.texts["top.csv"]?.contains("Round trip,1,shop/ping/median,s,0.9,") == true)
  }

  @Test func `the use of an interface is a share of its speed`() throws {
    var example = Example(hosts: [("core", ["router1"])])
    let series = SeriesID(host: "router1", job: "interfaces", instance: "xe-0/0/0", metric: "speed")
    example.catalogue[series] = CatalogueEntry(
      series: series, file: "f", source: "s", unit: .bitsPerSecond, step: 60, since: Example.now - 86_400)
    var input = example.input()
    input.window = Samples.constant(8e8, from: Example.slot - 90_000)
    let slow = input.window
    input.window = { id, span, resolution in
      var window = slow(id, span, resolution)
      if id.metric == "speed" { window.samples = window.samples.map { Sample(slot: $0.slot, value: 1e9) } }
      return window
    }
    let data = try #require(rendered(input).texts["top.csv"])
    #expect(data.contains("Use of interfaces,1,router1/interfaces/xe-0/0/0/in,%,80.0,"), "\(data)")
  }

  @Test func `what is 0 everywhere is named and not ranked`() throws {
    var input = Example(hosts: [("web", ["www"])]).input()
    input.window = Samples.constant(0, from: Example.slot - 90_000)
    let page = try #require(rendered(input).pages["top.html"])
    #expect(page.contains("All are 0: Loss") && !page.contains("id=\"loss\""))
  }

  @Test func `top is kept with its pictures until its turn, and reads no series`() {
    var input = many(20, later: 60)
    let again = rendered(input, on: rendered(many(20)))
    #expect(again.kept.contains("top.html") || again.written.contains("top.html"))
    #expect(again.files["g/top~/round-trip.png"] != nil && !again.removed.contains("g/top~/round-trip.png"))
    input = many(20, later: 1_800)
    let later = rendered(input, on: again)
    #expect(later.written.contains("top.html") && later.files["g/top~/round-trip.png"] != nil)
  }
}
