import Config
import Formula
import Graph
import Model
import SLA
import Testing

@testable import Site

@Suite struct ChartRequestTests {
  private static let span = Span(from: Example.now - 86_400, to: Example.now)

  private func found(
    _ subject: ChartRequest.Subject, span: Span = span, title: String? = nil, log: Bool = false,
    _ change: (inout SiteInput) -> Void = { _ in }
  ) throws -> [RequestedChart] {
    let example = Example(hosts: [("core", ["router1", "router2"]), ("web", ["www"])])
    var input = example.input()
    input.window = example.window
    change(&input)
    return try charts(ChartRequest(subject, span: span, title: title, isLogarithmic: log), from: input)
  }

  private func reason(_ subject: ChartRequest.Subject, log: Bool = false, _ title: String? = nil) -> String {
    do {
      _ = try found(subject, title: title, log: log)
      return "there is a picture"
    } catch {
      return "\(error)"
    }
  }

  @Test func `a series is a picture of one line, named as its host is`() throws {
    let one = try #require(try found(.named("router1/interfaces/xe-0/0/0/in")).first)
    #expect(one.chart.title == "router1 · Interfaces: in, xe-0/0/0")
    #expect(one.chart.unit == .bitsPerSecond && one.chart.series.map(\.label) == ["in"])
    #expect(one.chart.span == Self.span && one.chart.step == 60)
    #expect(one.chart.series[0].samples.count >= 1_440)
  }

  @Test func `a job has the pictures of its page, of their kinds`() throws {
    let ping = try found(.named("www/ping"))
    #expect(ping.count == 1)
    guard case .latency(let loss, let packets) = ping[0].chart.kind else { return #expect(Bool(false)) }
    #expect(loss.count > 1_000 && packets.count == 20)
    let system = try found(.named("monitor1/system"))
    #expect(system.map(\.subject).contains("monitor1/system/cpu"))
    #expect(system.first { $0.subject == "monitor1/system/cpu" }?.chart.kind == .stack)
    #expect(Set(system.map(\.name)).count == system.count)
  }

  @Test(arguments: [
    ("monitor1/system/cpu", "monitor1 · Processors"), ("monitor1/system/eth0", "monitor1 · Network traffic, eth0"),
    ("monitor1/system///disk", "monitor1 · Disk space, /"),
    ("router1/interfaces/xe-0/0/0/traffic", "router1 · Traffic, xe-0/0/0"),
  ])
  func `a part of a job is named by its graph, its instance or both`(name: String, title: String) throws {
    #expect(try found(.named(name)).map(\.chart.title) == [title])
  }

  @Test func `each of several pictures is found again by the subject that is told for it`() throws {
    for one in try found(.named("router1")) {
      #expect(try found(.named(one.subject)).map(\.chart.title) == [one.chart.title], "\(one.subject)")
    }
  }

  @Test func `a pattern is a line for each series, of several hosts too`() throws {
    let chart = try #require(try found(.named("*/ping/median")).first?.chart)
    #expect(chart.series.map(\.label) == ["router1", "router2", "www"])
    #expect(chart.unit == .seconds)
  }

  @Test func `a graph of one's own is found by its name, and a formula needs none`() throws {
    let formula = try Formula("'www/ping/median' * 2")
    let own = try found(.named("mine")) {
      $0.plan.ownGraphs = [OwnGraph(name: "mine", title: "Twice", lines: [.init(.formula(formula))])]
    }
    #expect(own.map(\.chart.title) == ["Twice"])
    let free = try #require(try found(.formula(" 'www/ping/median'  * 2 ")).first)
    #expect(free.chart.title == "'www/ping/median' * 2")
    #expect(free.chart.series.map(\.samples) == own[0].chart.series.map(\.samples))
  }

  @Test func `what was not measured yet is a picture that says so`() throws {
    let never = try found(.named("www/ping")) { $0.catalogue = [:] }
    #expect(never[0].chart.emptyText == "Nothing collected yet." && !never[0].chart.hasPoints)
    let metric = try found(.named("www/website/time-total")) { $0.catalogue = [:] }
    #expect(metric[0].chart.emptyText == "Nothing collected yet.")
    let before = Span(from: Instant(1_000_000), to: Instant(2_000_000))
    let empty = try found(.named("www/website/time-total"), span: before) {
      $0.window = { name, _, step in SeriesWindow(series: name, step: step ?? 60, unit: .seconds, samples: []) }
    }
    #expect(empty[0].chart.emptyText == "No sample in this time.")
  }

  @Test(arguments: [
    ("www/websiet/up", "did you mean “www/website/up”?"), ("www/pnig", "did you mean “www/ping”?"),
    ("routre1", "did you mean “router1”?"), ("x", "“redeye query '**' --files” lists the series"),
    ("*/nothing/*", "no series fits “*/nothing/*”"),
    ("\u{1B}[2J", "there is no series, job, host or graph “\u{FFFD}[2J”"),
  ])
  func `what is not there is told with the nearest there is`(name: String, says: String) {
    #expect(reason(.named(name)).contains(says), "\(reason(.named(name)))")
  }

  @Test func `a pattern over several units says which, and a narrower one`() throws {
    let text = reason(.named("router1/**"))
    #expect(text.contains("s (router1/ping/median and 20 more)"), "\(text)")
    #expect(text.contains("bit/s (router1/interfaces/ge-1/0/0/in and 9 more)"))
    let narrower = try #require(text.split(separator: "“").last?.split(separator: "”").first)
    #expect(try found(.named(String(narrower))).count == 1, "\(narrower)")
  }

  @Test func `a formula is told where it is wrong, and what it lacks`() {
    #expect(reason(.formula("summ('www/ping/median')")).contains("at character 1: “summ” is no function"))
    #expect(reason(.formula("summ('www/ping/median')")).hasSuffix("did you mean “sum”?"))
    #expect(reason(.formula("'www/pnig/median' * 2")).hasSuffix("did you mean “www/ping/median”?"))
    #expect(reason(.formula("'www/ping/median' + 'www/ping/loss'")).contains("“s” and “%” do not go together"))
  }

  @Test func `what a picture cannot have is refused and not left out`() throws {
    #expect(reason(.named("monitor1/system/cpu"), log: true).contains("no logarithmic axis"))
    #expect(reason(.named("router1"), "Mine").contains("a title is of one picture"))
    let one = try found(.named("www/ping/median"), title: "Mine", log: true)[0].chart
    #expect(one.title == "Mine" && one.scale == .log)
  }

  @Test func `the slot that is not over is not missing, and a span that goes on knows where now is`() throws {
    let running = Span(from: Example.now - 3_600, to: Example.now + 50)
    let chart = try found(.named("www/ping/median"), span: running)[0].chart
    #expect(chart.series[0].samples.last?.value != nil)
    let future = try found(.named("www/ping/median"), span: Span(from: Example.now, to: Example.now + 7_200))[0].chart
    #expect(future.now == Example.now)
    #expect(try found(.named("www/ping/median"), span: Self.span.earlier(3_600))[0].chart.isPast)
  }

  @Test func `averages of what is kept no longer show how low and how high they reached`() throws {
    let long = Span(from: Example.now - 60 * 86_400, to: Example.now)
    let chart = try found(.named("www/ping/median"), span: long) {
      $0.peaks = { _, span, step in
        let slot = span.from.slot(step: step)
        return ([Sample(slot: slot, value: 1)], [Sample(slot: slot, value: 9)])
      }
    }[0].chart
    #expect(chart.step > 60 && chart.step <= 60 * 86_400 / 20_000)
    #expect(chart.series[0].peaks.map(\.value) == [9] && chart.series[0].lows.map(\.value) == [1])
  }
}

extension Span {
  fileprivate func earlier(_ seconds: Int) -> Span { Span(from: from - seconds, to: to - seconds) }
}
