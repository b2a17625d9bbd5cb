import Model

/// A chart as text: its lines in letters of two by four dots, its axes and its legend in words.
///
/// Text from outside is cleaned, so that nothing but this function's own codes of colour can reach a terminal. What has
/// no axes, such as a calendar, is told in words.
///
/// - Parameters:
///   - columns: How wide it may be.
///   - height: Rows of the plot alone.
package func textPicture(
  _ chart: Chart, columns: Int, height: Int = 14, colours: TextColours = .none
) -> String {
  let chart = chart.drawable.counted
  let frame = TextFrame(columns: min(max(columns, 24), 500), height: min(max(height, 3), 100), colours: colours)
  switch chart.kind {
  case .lines, .areas, .mirror: return frame.lines(chart)
  case .stack: return frame.stack(chart)
  case .latency: return frame.latency(chart)
  case .histogram: return frame.histogram(chart)
  case .bars, .strip, .calendar:
    return description(of: chart).wrapped(to: frame.columns).joined(separator: "\n")
  }
}

/// How large a text is, and its colours.
private struct TextFrame {
  let columns: Int
  let height: Int
  let colours: TextColours

  private static let names = ["now", "avg", "max", "95th"]

  func lines(_ chart: Chart) -> String {
    // How wide the labels are is known once the axis is, and the axis asks for the dots; it settles at the second look.
    let rough = traces(chart, across: columns * 2)
    let values = values(of: chart, rough)
    let traces = traces(chart, across: TextPlot.cells(chart, values, columns: columns) * 2)
    var plot = plot(chart, values)
    let inks = chart.series.indices.map(Ink.line)
    plot.drawTitle(unit: values.isLogarithmic ? "\(chart.unit.text(.none)) (log)" : values.unit)
    plot.drawFrame()
    plot.drawLines(traces, inks: inks)
    return finished(plot, inks: inks)
  }

  func stack(_ chart: Chart) -> String {
    let rough = Stack(traces(chart, across: columns * 2), columns: columns * 2)
    let values = ValueScale(chart.unit, values: 0...rough.highest, top: chart.top, aim: steps, headroom: 1.03)
    let across = TextPlot.cells(chart, values, columns: columns) * 2
    var plot = plot(chart, values)
    plot.drawTitle(unit: values.unit)
    plot.drawFrame()
    plot.drawStack(Stack(traces(chart, across: across), columns: across))
    return finished(plot, inks: chart.series.indices.map(Ink.layer))
  }

  func latency(_ chart: Chart) -> String {
    let ceiling = max(0, latencyCeiling(chart.rounds(columns: columns * 2)))
    let values = values(of: chart, min(chart.floor, ceiling)...ceiling)
    let across = TextPlot.cells(chart, values, columns: columns) * 2
    var plot = plot(chart, values)
    plot.drawTitle(unit: values.isLogarithmic ? "\(chart.unit.text(.none)) (log)" : values.unit)
    plot.drawFrame()
    plot.drawRounds(chart.rounds(columns: across))
    return finished(plot, inks: [.loss0])
  }

  func histogram(_ chart: Chart) -> String {
    let histogram = Histogram(chart, aim: 40)
    let values = ValueScale(
      Unit("", scale: .none), values: 0...histogram.highest, top: nil, aim: steps, headroom: 1.03)
    var plot = plot(chart, values)
    plot.drawTitle(unit: "% of samples")
    plot.drawFrame()
    plot.drawHistogram(histogram)
    return finished(plot, inks: chart.series.indices.map(Ink.line), hasTimes: false)
  }

  // MARK: Parts

  private var steps: Int { max(2, min(5, height / 3)) }

  private func plot(_ chart: Chart, _ values: ValueScale) -> TextPlot {
    TextPlot(chart, values, columns: columns, height: height, hasColours: colours != .none)
  }

  private func traces(_ chart: Chart, across: Int) -> [Trace] {
    let traces = chart.series.map { Trace($0, chart, columns: across) }
    guard chart.kind == .mirror else { return traces }
    return traces.enumerated().map { $1.mirrored(below: chart.isBelow($0)) }
  }

  private func values(of chart: Chart, _ traces: [Trace]) -> ValueScale {
    let range = chart.range(traces)
    let limit = chart.visibleLimits(range.upperBound).map(\.value).max() ?? 0
    return values(of: chart, range.lowerBound...max(range.upperBound, limit))
  }

  private func values(of chart: Chart, _ range: ClosedRange<Double>) -> ValueScale {
    guard chart.isLogarithmic else {
      return ValueScale(
        chart.unit, values: range, top: chart.top, aim: steps, headroom: 1.03, isMirrored: chart.kind == .mirror)
    }
    return ValueScale(
      logarithmic: chart.unit, values: chart.positiveRange(upTo: range.upperBound), top: chart.top, aim: steps,
      hasLess: range.lowerBound <= 0 && chart.hasSamples)
  }

  private func finished(_ plot: TextPlot, inks: [Ink], hasTimes: Bool = true) -> String {
    var plot = plot
    let chart = plot.chart
    if !chart.hasSamples { plot.drawEmptyText() }
    if hasTimes { plot.drawTimes() }
    let statistics = chart.series.map(\.statistics)
    // A histogram's axis is of shares; its numbers have the unit of what was measured.
    let prefix =
      hasTimes ? plot.values.prefix : chart.unit.prefix(for: statistics.compactMap { $0?.maximum }.max() ?? 0)
    let means = statistics.compactMap { $0.map { $0.average.magnitude / prefix.factor } }
    let places = decimals(forMean: means.min() ?? 0, largest: means.max() ?? 0)
    let rows = zip(chart.series, statistics).enumerated().map { index, one in
      (ink: inks[index % max(1, inks.count)], name: one.0.label, numbers: numbers(one.1, places, prefix))
    }
    if !rows.isEmpty { plot.drawLegend(rows, head: chart.unit.text(prefix), names: Self.names) }
    if hasTimes, chart.kind != .stack { plot.drawLimitNames() }
    return plot.canvas.text(colours)
  }

  private func numbers(_ statistics: Statistics?, _ places: Int, _ prefix: Prefix) -> [String] {
    guard let statistics else { return [String](repeating: noNumber, count: 4) }
    return [statistics.now, statistics.average, statistics.maximum, statistics.percentile95]
      .map { decimal($0.map { $0 / prefix.factor }, places) }
  }
}

extension TextPlot {
  private func end(_ value: Double) -> String { numberText(value, chart.unit).printable(limit: 60).cut(to: cells / 2) }

  /// Bars from the ground for the first series, edges for the others, and the values below them.
  fileprivate mutating func drawHistogram(_ histogram: Histogram) {
    for (index, shares) in histogram.shares.enumerated().reversed() {
      for x in 0..<across {
        let share = shares[min(shares.count - 1, x * shares.count / across)]
        guard share > 0 else { continue }
        let edge = dotRow(share)
        dots(x, index == 0 ? edge...max(edge, down - 1) : edge...edge, Ink.line(index))
      }
    }
    let axis = canvas.addRows(2)
    canvas.put("└" + String(repeating: "─", count: cells), row: axis, column: left, .quietText)
    let (low, high) = (end(histogram.low), end(histogram.high))
    canvas.put(low, row: axis + 1, column: left + 1, .quietText)
    canvas.put(high, row: axis + 1, column: max(left + 1, left + 1 + cells - high.columns), .quietText)
  }
}
