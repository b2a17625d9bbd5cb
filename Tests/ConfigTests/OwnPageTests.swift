import Config
import Formula
import Model
import Testing

@Suite struct OwnPageTests {
  private static let base = """
    hosts:
      core: {a: {address: 192.0.2.1, use: [ping]}, b: {use: [system]}}
      web: {c: {address: 192.0.2.3, use: [ping]}}
    slas:
      web: {fast: {series: c/ping/median, tolerance: {maximum: 1}, objective: 99%}}
      core: {up: {series: a/ping/up, tolerance: {minimum: 1}, objective: 99%}}
    graphs: {mine: {lines: [{series: a/ping/median}]}}

    """

  private func page(_ text: String) throws -> OwnPage {
    let loaded = load(Self.base + "pages:\n  p:\n" + text)
    #expect(loaded.messages.isEmpty, "\(loaded.messages)")
    return try #require(loaded.plan?.ownPages.first)
  }

  @Test func `a page is widgets, folds and tabs`() throws {
    let page = try page(
      """
          title: Office
          columns: 2
          widgets: [{graph: mine, span: 2, title: Ours}]
          folds: [{title: More, open: true, widgets: [{text: Hello}]}]
          tabs:
            - {title: One, widgets: [{status: "**"}]}
            - {title: Two, folds: [{title: Less, widgets: [{text: "[b](hosts/b)"}]}]}
      """)
    #expect(page.name == "p" && page.title == "Office" && page.columns == 2)
    #expect(page.part.widgets == [Widget(.graph(.own("mine"), .day), title: "Ours", span: 2)])
    #expect(page.part.folds == [OwnPage.Fold(title: "More", isOpen: true, widgets: [Widget(.text("Hello"))])])
    #expect(page.tabs.map(\.title) == ["One", "Two"])
    #expect(page.tabs[1].part.folds.map(\.isOpen) == [false])
    #expect(page.widgets.count == 4)
  }

  @Test(
    arguments: [
      (
        "{graph: a/ping/latency, period: week}",
        .graph(.ofJob(RowID(job: JobID(host: "a", job: "ping")), "latency"), .week)
      ),
      (
        "{graph: 'b/system/eth0/net-in'}",
        .graph(.ofJob(RowID(job: JobID(host: "b", job: "system"), instance: "eth0"), "net-in"), .day)
      ),
      (
        "{value: a/ping/loss, warn above: 5, bad above: 20}",
        .value(SeriesID(host: "a", job: "ping", metric: "loss"), Thresholds(warnAbove: 5, badAbove: 20))
      ),
      (
        "{table: '*/ping/loss', columns: now, rows: 3, order: name}",
        .table(Selector("*/ping/loss"), [.now], Widget.Ranking(order: .name, count: 3))
      ),
      ("{top: '*/ping/loss'}", .top(Selector("*/ping/loss"), Widget.Ranking())),
      ("{status: [web, a]}", .status(["a", "c"])), ("{status: 'core/*'}", .status(["a", "b"])),
      ("{problems: '**'}", .problems(["a", "b", "c"])), ("{problems: '?'}", .problems(["a", "b", "c"])),
      ("{objectives: 'web/**'}", .objectives(["fast"])), ("{objectives: [up, web]}", .objectives(["fast", "up"])),
      ("{calendar: up, cells: days}", .calendar("up", .days)),
    ] as [(String, Widget.Content)])
  func `a widget shows one thing`(text: String, content: Widget.Content) throws {
    #expect(try page("    widgets: [\(text)]").widgets.first?.content == content)
  }

  @Test func `thresholds tell good, worth a look and bad`() {
    let both = Thresholds(warnAbove: 80, badAbove: 90, warnBelow: 20, badBelow: 10)
    #expect([50, 81, 91, 19, 9, 80, 20].map(both.state) == [.good, .warning, .bad, .warning, .bad, .good, .good])
    #expect(Thresholds(badBelow: 3).state(of: 4) == .good && Thresholds(badBelow: 3).state(of: 2) == .bad)
  }

  @Test func `what only measuring can tell is no error before`() throws {
    let loaded = load(
      """
      jobs: {own: {q: {script: /bin/true}}}
      pages: {p: {widgets: [{value: localhost/q/any}, {graph: localhost/q/thing/any}, {top: 'localhost/q/*/x'}]}}
      """)
    #expect(loaded.messages.isEmpty)
    #expect(loaded.plan?.ownPages.first?.widgets.count == 3)
  }

  @Test func `a graph in which something is wrong is not told to be missing`() {
    let loaded = load("graphs: {mine: {lines: [{formula: '1 +'}]}}\npages: {p: {widgets: [{graph: mine}]}}\n")
    #expect(loaded.problems.count == 1)
  }
}
