import Config
import Formula
import Foundation
import Graph
import Model
import Testing

@testable import Site

@Suite struct OwnGraphPagesTests {
  /// The example with graphs of its own.
  private func input(_ graphs: [OwnGraph], _ change: (inout Example) -> Void = { _ in }) -> SiteInput {
    var example = Example(hosts: [("core", ["router1", "router2"]), ("web", ["www"])])
    example.plan.ownGraphs = graphs
    change(&example)
    return example.input()
  }

  private func graph(_ name: String, _ formulas: String..., kind: OwnGraph.Kind = .lines) throws -> OwnGraph {
    OwnGraph(
      name: name, title: "Title of \(name)", kind: kind, lines: try formulas.map { .init(.formula(try Formula($0))) })
  }

  @Test func `a graph of its own has a page, its pictures, and a file for programs`() throws {
    var graph = try graph("traffic", "sum('*/interfaces/*/in')", "sum('*/interfaces/*/out')", kind: .stack)
    graph.host = "router1"
    let site = rendered(input([graph]))
    #expect(site.problems == [])
    for path in ["graphs/index.html", "graphs/traffic.html", "hosts/router1.html"] {
      let page = try #require(site.pages[path])
      #expect(Checker(page).problems == [], "\(path)")
      #expect(page.contains("Title of traffic"), "\(path)")
      for link in Checker(page).links {
        let target = String(link.split(separator: "#", omittingEmptySubsequences: false)[0])
        let folder = path.split(separator: "/")[0]
        let file = target.hasPrefix("../") ? String(target.dropFirst(3)) : "\(folder)/\(target)"
        #expect(target.isEmpty || site.files[file] != nil, "\(link)")
      }
    }
    #expect(site.pages["hosts/router2.html"]?.contains("Title of traffic") == false)
    let pictures = Set(site.files.keys.filter { $0.hasPrefix("g/graphs-traffic~") }.map { $0.split(separator: "/")[2] })
    for view in ["view-day-L", "view-day-N@2x", "list", "view-week", "view-month", "view-year"] {
      #expect(pictures.contains("\(view).png"), "\(view)")
    }
    let table = try #require(site.texts["graphs/traffic.csv"]).components(separatedBy: "\r\n")
    #expect(table[0] == "time,sum('*/interfaces/*/in'),sum('*/interfaces/*/out')")
    #expect(table.count == 1_443)
    let data = try #require(site.texts["graphs/traffic.json"])
    #expect(data.contains("\"unit\":\"bit/s\""))
  }

  @Test func `what has not moved is not worked out again, and what is taken out of the configuration goes`() throws {
    var first = input([try graph("mine", "'router1/ping/median' * 2")])
    let site = rendered(first)
    let again = rendered(first, on: site)
    #expect(!again.written.contains { $0.contains("mine") })
    first.plan.ownGraphs = []
    #expect(!rendered(first, on: site).files.keys.contains { $0.contains("mine") })
  }

  @Test func `a site without such graphs has no page of them`() {
    let site = rendered(input([]))
    #expect(!site.files.keys.contains { $0.hasPrefix("graphs/") })
    #expect(site.pages["index.html"]?.contains("graphs/index.html") == false)
  }

  @Test(arguments: [
    ("'router1/ping/gone'", "there is no series “router1/ping/gone”"),
    ("sum('*/nothing/*/in')", "no series fits “*/nothing/*/in”"),
    ("'router1/ping/median' + 'router1/ping/loss'", "“s” and “%” do not go together"),
    ("forecast('router1/ping/median', 200w)", "samples, which is too many"),
  ])
  func `what is wrong only now is an empty frame with its reason, and never a missing page`(
    formula: String, problem: String
  ) throws {
    let site = rendered(input([try graph("mine", formula)]))
    #expect(site.problems == [])
    let page = try #require(site.pages["graphs/mine.html"])
    #expect(Checker(page).problems == [])
    #expect(page.contains(problem))
    #expect(site.files.keys.contains { $0.hasPrefix("g/graphs-mine~") && $0.hasSuffix("/view-day-L.png") })
    #expect(site.texts["graphs/mine.json"]?.contains("\"problem\":") == true)
  }

  @Test func `one bad line does not take the others with it`() throws {
    let press = try press(
      input([try graph("mine", "'router1/ping/median' * 2", "'a/b/c'", "'router1/ping/loss'", "1")]))
    let chart = press.ownChart(press.input.plan.ownGraphs[0], .day)
    #expect(
      chart.lines.map { $0.problem } == [nil, "there is no series “a/b/c”", "it is in %, and this graph in s", nil])
    #expect(chart.chart(zone: .utc).series.count == 2)
    #expect(chart.chart(zone: .utc).unit == .seconds)
  }

  @Test func `a pattern makes a line of each series, called by what tells them apart`() throws {
    let all = OwnGraph(name: "all", title: "All", lines: [.init(.series(Selector("*/interfaces/*/in")), label: "In")])
    let one = OwnGraph(name: "one", title: "One", lines: [.init(.series(Selector("router2/interfaces/*/*")))])
    let press = try press(input([all, one]))
    #expect(press.ownChart(all, .day).lines.map(\.label).contains("In router1 xe-0/0/0"))
    #expect(press.ownChart(one, .day).lines.map(\.label).prefix(2) == ["ge-0/0/0 errors-in", "ge-0/0/0 in"])
    #expect(press.ownChart(one, .day).lines[0].problem == nil)
    #expect(press.ownChart(one, .day).lines[1].problem == "it is in bit/s, and this graph in 1/s")
  }

  @Test func `more lines than anybody tells apart are cut, and that is said`() throws {
    let graph = OwnGraph(name: "many", title: "Many", lines: [.init(.series(Selector("*/ping/p*")))])
    let chart = try press(input([graph])).ownChart(graph, .day)
    #expect(chart.lines.count == 40)
    #expect(chart.notes == ["“*/ping/p*” names 60 series; the first 40 are shown"])
  }

  @Test func `a forecast brings its band, and a percentile its dashed line and what it is of`() throws {
    var graph = try graph("mine", "seasonal('router1/ping/median', 1d)")
    graph.percentile = 95
    graph.limits = [.init(value: 0.5, label: "Slow")]
    var full = input([graph])
    full.window = Example(hosts: [("core", ["router1"])]).window
    let chart = try press(full).ownChart(graph, .week)
    #expect(chart.lines[0].low.count == chart.grid.count)
    #expect(chart.limits.map(\.label) == ["Slow", "95th"])
    #expect(chart.notes.first?.hasPrefix("percentile 95 of ") == true)
    let drawn = try #require(chart.chart(zone: .utc).series.first)
    #expect(drawn.expected?.low.count == chart.grid.count && !drawn.samples.isEmpty)
    graph.lines[0].style = .band
    let alone = try #require(press(full).ownChart(graph, .week).chart(zone: .utc).series.first)
    #expect(alone.samples.isEmpty && alone.expected == drawn.expected)
  }

  @Test func `kinds, scales and styles reach the drawing`() throws {
    var graph = try graph("mine", "'router1/interfaces/xe-0\\/0\\/0/in'")
    func chart() throws -> Chart { try press(input([graph])).ownChart(graph, .day).chart(zone: .utc) }
    for (kind, drawn) in [
      (OwnGraph.Kind.areas, Chart.Kind.areas), (.mirror, .mirror), (.histogram, .histogram), (.stack, .stack),
      (.latency, .latency(loss: [], packets: [])), (.lines, .lines),
    ] {
      graph.kind = kind
      #expect(try chart().kind == drawn)
    }
    graph.scale = .log
    #expect(try chart().scale == .log)
  }

  @Test func `a line says whether it is filled and whether it hangs, whatever the others do`() throws {
    let series = "'router1/ping/median'"
    var graph = try graph("mine", series, series, series)
    func drawn() throws -> Chart { try press(input([graph])).ownChart(graph, .day).chart(zone: .utc) }
    graph.lines[1].style = .area
    graph.lines[2].style = .line
    for kind in [OwnGraph.Kind.lines, .areas] {
      graph.kind = kind
      #expect(try drawn().series.map(\.isFilled) == [nil, true, false])
    }
    graph.kind = .lines
    graph.lines[1].style = .mirror
    #expect(try drawn().kind == .mirror)
    #expect(try drawn().series.map(\.isBelow) == [false, true, false])
  }

  @Test(arguments: Payloads.all)
  func `hostile names and texts stay text`(payload: String) throws {
    let series = SeriesID(host: "h", job: "j", instance: payload, metric: "m")
    let graph = OwnGraph(
      name: payload, title: payload,
      lines: [
        .init(.series(Selector("h/j/*/m")), label: payload, unit: Unit(payload)),
        .init(.formula(try Formula("'x/y/z'")), label: payload),
      ], limits: [.init(value: 1, label: payload)], location: SourceLocation(file: payload, line: 1, column: 1))
    let site = rendered(
      input([graph]) { example in
        example.catalogue[series] = CatalogueEntry(
          series: series, file: "f", source: "s", unit: Unit(payload), step: 60, since: Instant(0))
      })
    #expect(site.problems == [])
    for path in site.pages.keys where path.hasPrefix("graphs/") {
      #expect(Checker(try #require(site.pages[path])).problems == [], "\(path)")
    }
  }

  private func press(_ input: SiteInput) throws -> Press {
    Press(input, templates: try Templates()) { _ in }
  }
}
