import Config
import Formula
import Model
import Testing

@Suite struct OwnGraphTests {
  private static let hosts = "hosts: {core: {a: {address: 192.0.2.1, use: [ping]}, b: {use: [system]}}}\n"

  @Test func `a graph without a job is one of its own, with all that it says`() throws {
    let loaded = load(
      Self.hosts + """
        graphs:
          of-a-job: {job: a/ping, lines: [median]}
          mine:
            title: Mine
            host: a
            kind: areas
            scale: log
            top: 2
            percentile: 95
            limits: [0.1, {value: 0.5, label: Slow}]
            lines:
              - series: "*/ping/median"
              - {series: a/ping/max, label: Longest, unit: s, style: line}
              - {formula: "seasonal('a/ping/median', 1w)", label: Usual, style: band}
        """)
    #expect(loaded.messages.isEmpty)
    let plan = try #require(loaded.plan)
    #expect(plan.graphs.contains { $0.name == "of-a-job" })
    let graph = try #require(plan.ownGraphs.first)
    #expect(plan.ownGraphs.count == 1)
    #expect(graph.title == "Mine" && graph.host == "a" && graph.kind == .areas && graph.scale == .log)
    #expect(graph.top == 2 && graph.percentile == 95)
    #expect(graph.limits == [.init(value: 0.1, label: ""), .init(value: 0.5, label: "Slow")])
    #expect(graph.lines[0] == .init(.series(Selector("*/ping/median"))))
    #expect(graph.lines[1] == .init(.series(Selector("a/ping/max")), label: "Longest", unit: .seconds, style: .line))
    #expect(graph.lines[2].label == "Usual" && graph.lines[2].style == .band)
  }

  @Test func `what only measuring can tell is no error before`() {
    let loaded = load(
      Self.hosts + """
        jobs: {own: {q: {script: /bin/true}}}
        graphs:
          mine: {lines: [{formula: "'localhost/q/whatever' + 'a/ping/median'"}, {series: localhost/q/any/thing}]}
        """)
    #expect(loaded.messages.isEmpty)
    #expect(loaded.plan?.ownGraphs.count == 1)
  }

  @Test(arguments: ["b/system/net-in", "b/system/eth0/load1"])
  func `a series that cannot be is an error where it stands in the formula`(series: String) {
    let loaded = load(Self.hosts + "graphs: {mine: {lines: [{formula: \"1 + '\(series)'\"}]}}\n")
    #expect(loaded.problems.count == 1)
    #expect(loaded.problems.first?.location.column == 40)
  }
}
