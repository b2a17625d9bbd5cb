import Glyphs
import Model

extension Chart {
  var isLatency: Bool {
    if case .latency = kind { true } else { false }
  }

  /// Only where values stand over time by themselves.
  var isLogarithmic: Bool {
    guard scale == .log else { return false }
    switch kind {
    case .lines, .areas, .latency: return true
    default: return false
    }
  }

  /// Whether a long legend can be two tables side by side.
  func fitsHalves(_ layout: Layout, _ fonts: FontBook) -> Bool {
    guard layout.isWide, layout.hasLegend, series.count > Ink.lines.count, kind != .histogram else { return false }
    let room = (Layout.halfColumns[0] - 16 - Layout.halfNumber)
    let type = fonts.borrow()
    return series.prefix(Plot.mostRows).allSatisfy {
      type.width(of: $0.label.printable(), .regular, pixels: emPixels) <= room
    }
  }

  /// Less than zero where something is, so that a logarithmic axis says so.
  var floor: Double {
    guard isLogarithmic, let samples = series.first?.samples else { return 0 }
    return samples.contains { $0.value.map { $0 <= 0 } ?? false } ? -1 : 1e-300
  }

  /// With what was expected, which may lie higher than what was measured.
  func range(_ traces: [Trace], withExpected: Bool) -> ClosedRange<Double> {
    var range = range(traces)
    guard withExpected else { return range }
    for (index, one) in series.enumerated() {
      for sample in (one.expected?.low ?? []) + (one.expected?.high ?? []) {
        guard let value = sample.value, value.isFinite, covers(sample) else { continue }
        let held = isBelow(index) ? -clamped(value) : clamped(value)
        range = min(range.lowerBound, held)...max(range.upperBound, held)
      }
    }
    return range
  }

  /// The same chart with a span that has a length and years that exist.
  var drawable: Chart {
    var chart = self
    chart.step = sampleStep
    let end = Instant(min(max(span.to.seconds, -Self.furthest), Self.furthest))
    let start = Instant(min(max(span.from.seconds, -Self.furthest), Self.furthest))
    chart.span = start < end ? Span(from: start, to: end) : Span(from: end - max(600, chart.step), to: end)
    chart.now = now.map { Instant(min(max($0.seconds, -Self.furthest), Self.furthest)) }
    for index in chart.series.indices {
      Self.hold(&chart.series[index].samples)
      Self.hold(&chart.series[index].peaks)
      Self.hold(&chart.series[index].lows)
    }
    return chart
  }

  /// Leaves the list alone where nothing is wrong with it, which is nearly always.
  private static func hold(_ samples: inout [Sample]) {
    guard samples.contains(where: { $0.slot.seconds.magnitude > furthest }) else { return }
    samples.removeAll { $0.slot.seconds.magnitude > furthest }
  }

  /// With the numbers of each series counted, so that it happens once.
  var counted: Chart {
    var chart = self
    for index in chart.series.indices { chart.series[index].statistics = series[index].numbers }
    return chart
  }

  /// Seconds from 1970, some 8700 years each way: times on it can be added without care.
  private static let furthest = 1 << 38
}
