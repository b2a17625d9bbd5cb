import Model
import Testing

@testable import Graph

struct UnknownTests {
  @Test func `a gap is unknown from its first slot to its end`() {
    #expect(Charts.traffic.unknownSpans == [Charts.gap])
  }

  @Test func `what one series knows is not unknown`() {
    var chart = Charts.traffic
    chart.series[1].samples = Charts.samples { _ in 1 }
    #expect(chart.unknownSpans.isEmpty)
  }

  @Test func `a round that lost everything was measured`() {
    #expect(Charts.latency.unknownSpans == [Charts.gap])
  }

  @Test func `the time before the first sample is unknown`() {
    let chart = Charts.lines(Charts.samples { $0 < 12 ? nil : 1 })
    #expect(chart.unknownSpans == [Span(from: Charts.day.from, to: Charts.day.from + 3_600)])
  }

  @Test func `one step may be missing at the end, an unknown one may not`() {
    let all = Charts.samples { _ in 1 }
    #expect(Charts.lines(Array(all.dropLast())).unknownSpans.isEmpty)
    #expect(Charts.lines(Array(all.dropLast(2))).unknownSpans == [Span(from: Charts.now - 600, to: Charts.now)])
    #expect(Charts.lines(Charts.samples { $0 < 287 ? 1 : nil }).unknownSpans.count == 1)
  }

  @Test func `only what is missing up to now is missing since`() {
    var chart = Charts.lines(Charts.samples { $0 < 280 ? 1 : nil })
    #expect(labels(chart).allSatisfy { $0.hasPrefix("no data since") } && labels(chart).count == 1)
    chart.isPast = true
    #expect(labels(chart) == ["no data"])
  }

  /// What the lane above the plot says.
  private func labels(_ chart: Chart) -> [String] {
    guard let layout = Layout.of(.large) else { return [] }
    var plot = Plot(chart, layout, scale: 1, fonts: Charts.wordless, range: 0...1, top: nil)
    plot.layGrounds()
    return plot.marks.map(\.label)
  }

  @Test func `without any sample nothing is missing`() {
    #expect(Charts.lines(Charts.samples { _ in nil }).unknownSpans.isEmpty)
  }
}
