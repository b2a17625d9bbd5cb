import Config
import Graph
import Model
import Synchronization
import Testing

@testable import Site

@Suite struct States {
  @Test func `before the first run the pages say what comes and invent nothing`() throws {
    var input = Example().empty
    input.catalogue = [:]
    let site = rendered(input)
    for (path, page) in site.pages { #expect(Checker(page).problems == [], "\(path)") }
    let page = try #require(site.pages["index.html"])
    #expect(page.contains("<b>Nothing has been collected yet.</b>"))
    #expect(page.contains("The next run is expected at 14:06"))
    #expect(page.contains("no data yet") && !page.contains("100.000"))
    #expect(page.contains("state.svg") && site.texts["state.svg"]?.contains("#808893") == true)
    #expect(site.pages["hosts/www.html"]?.contains("Latency on www") == true)
  }

  @Test func `old data is said on every page and the states keep their time`() throws {
    var input = Example(hosts: [("web", ["shop"])]).input()
    input.dataUntil = Example.slot - 5_100
    let site = rendered(input)
    // The index of names tells nothing of any time.
    for (path, page) in site.pages where path != "search.html" {
      #expect(page.contains("1\u{202F}h 25\u{202F}min old"), "\(path)")
    }
    #expect(site.pages["index.html"]?.contains("<b>No new data since 12:40.</b>") == true)
    #expect(site.texts["status.json"]?.contains(#""stale":true"#) == true)
  }

  @Test func `two intervals late is not yet stale`() {
    var input = Example(hosts: [("web", ["shop"])]).input()
    input.dataUntil = Example.now - 120
    #expect(rendered(input).texts["status.json"]?.contains(#""stale":false"#) == true)
  }

  @Test func `a broken configuration is shown with its place, and the site goes on`() throws {
    var input = Example(hosts: [("web", ["shop"])]).input()
    input.configurationProblem = "example.yaml:57:5: unknown key “interfaecs”\n  57 |   interfaecs: {}"
    let page = try #require(rendered(input).pages["index.html"])
    #expect(page.contains("example.yaml was changed and cannot be used."))
    #expect(page.contains("<code class=\"code\">  57 |   interfaecs: {}</code>"))
  }

  @Test func `failed jobs are counted and explained`() throws {
    let site = Example.site
    #expect(site.pages["index.html"]?.contains("2 of 48 jobs failed in the 14:05 run.") == true)
    #expect(site.pages["runs/index.html"]?.contains("no answer from sw-wh1 within 10 s, 3 tries") == true)
  }

  @Test func `what was left out and what is switched off is told, and is no failure`() throws {
    var input = Example(hosts: [("web", ["shop"])]).input()
    let job = try #require(input.jobRecords.first?.job)
    for (place, record) in input.jobRecords.enumerated() {
      let kind: Failure.Class = record.job == job ? .leftOut : .disabled
      input.jobRecords[place].failure = Failure(kind, "by alice: <i>new</i> disk")
    }
    input.jobRecords[0].learned.leftOut = 3
    input.run?.failed = 0
    input.run?.disabled = 4
    input.run?.leftOut = [.init(count: 412, reason: "there was no time", examples: [job])]
    let site = rendered(input)
    let page = try #require(site.pages["runs/index.html"])
    #expect(page.contains("<strong class=\"n\">412</strong><span class=\"st unk\">left out</span>"))
    #expect(page.contains("<strong class=\"n\">4</strong><span class=\"st off\">disabled</span>"))
    #expect(page.contains("\(job) (for 3 slots), and 411 more"))
    #expect(!page.contains("by alice"), "neither is among the failed jobs")
    #expect(site.pages.contains { $0.key.hasPrefix("hosts/") && $0.value.contains(">disabled</span>") })
    for (path, page) in site.pages {
      #expect(Checker(page).problems == [], "\(path)")
      #expect(!page.contains("<i>new"), "\(path)")
    }
  }

  @Test func `an open incident is drawn up to the newest slot, or a slot missed before it would seem the last`() {
    let charts = Mutex<[Chart]>([])
    _ = rendered(Example(hosts: [("upstream", ["isp-a"])]).input()) { drawing in
      charts.withLock { $0.append(drawing.chart) }
      return PrintedSite.blank(drawing)
    }
    let open = charts.withLock { $0 }.filter { $0.title == "isp-a/ping/loss" && $0.span.seconds < 7_200 }
    #expect(!open.isEmpty && open.allSatisfy { $0.span.to == Example.slot + 1 && !$0.isPast }, "\(open.map(\.span))")
  }

  @Test func `an empty plan has pages too`() {
    var example = Example()
    example.plan.hosts = []
    example.plan.jobs = []
    example.plan.objectives = []
    example.plan.roles = [:]
    var input = example.input()
    input.objectives = []
    input.openIncidents = []
    input.closedIncidents = []
    input.jobRecords = []
    input.onCall = []
    input.catalogue = [:]
    let site = rendered(input)
    #expect(
      site.files.keys.sorted().filter { !$0.hasPrefix("g/") } == [
        "atom.xml", "hosts/index.csv", "hosts/index.html", "hosts/index.json", "incidents/index.csv",
        "incidents/index.html", "incidents/index.json", "index.csv", "index.html", "index.json", "metrics.prom",
        "metrics/index.csv", "metrics/index.html", "metrics/index.json", "objectives/index.csv",
        "objectives/index.html", "objectives/index.json", "oncall.csv", "oncall.html", "oncall.json", "problems.html",
        "problems.json", "redeye.css", "runs/index.csv", "runs/index.html", "runs/index.json", "search-index.js",
        "search.html", "search.js", "state.svg", "status.json", "top.csv", "top.html", "top.json",
      ])
    for (path, page) in site.pages { #expect(Checker(page).problems == [], "\(path)") }
  }

  @Test func `six hundred hosts are summed up, and listed five hundred to a page`() throws {
    var example = Example(hosts: [])
    for number in 1...600 { example.add("h\(number)", to: "rack\(number % 20)") }
    example.plan.hosts.sort { $0.group[0] < $1.group[0] }
    var input = example.input()
    input.catalogue = [:]
    let site = rendered(input)
    #expect((site.pages["index.html"]?.utf8.count ?? .max) < 60_000)
    #expect(
      site.pages.keys.filter { $0.hasPrefix("hosts/index") }.sorted() == ["hosts/index-2.html", "hosts/index.html"])
    for path in ["index.html", "hosts/index.html", "hosts/index-2.html"] {
      #expect(Checker(try #require(site.pages[path])).problems == [])
    }
  }
}
