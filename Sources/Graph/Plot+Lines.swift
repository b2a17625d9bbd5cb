import Glyphs
import Model

extension Chart {
  /// From the lowest to the highest number of all series and peaks.
  func range(_ traces: [Trace]) -> ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for trace in traces {
      for point in trace.runs.joined() { (low, high) = (min(low, point.y), max(high, point.y)) }
      for peak in trace.peaks { high = max(high, peak ?? high) }
    }
    return low <= high ? low...high : 0...0
  }

  /// Limits near enough to the numbers to be shown; a far one would press the line to the ground.
  func visibleLimits(_ highest: Double) -> [Limit] {
    limits.filter { $0.value.isFinite && $0.value.magnitude <= largestNumber }
      .filter { highest <= 0 || $0.value <= highest * 2.5 }
  }
}

extension Plot {
  mutating func drawLines(_ traces: [Trace]) {
    layGrounds()
    for (index, trace) in traces.enumerated() { fill(trace, index) }
    drawGrid()
    let clip = Box(layout.left, layout.top - 2, layout.right + 1, layout.bottom)
    for (index, trace) in traces.enumerated().reversed() {
      for run in trace.runs {
        canvas.polyline(placed(run), thickness: layout.thickness, Ink.line(index), clip: clip)
        if let mark = lone(run) { canvas.dot(mark, radius: layout.thickness, Ink.line(index)) }
      }
    }
    if let first = traces.first { drawLosses(along: first) }
    drawDashes()
    drawAxes()
    drawLane()
    for (index, trace) in traces.enumerated().reversed() { drawEnd(trace, Ink.line(index)) }
    drawTitle()
    if layout.hasLegend { drawLinesLegend() }
  }

  /// The area of the first series, and every series' tint from its line up to its peaks.
  private mutating func fill(_ trace: Trace, _ index: Int) {
    let line = trace.line
    let ground = canvas.device(y(0))
    for column in 0..<columns {
      guard let value = line[column] else { continue }
      let top = canvas.device(y(value))
      if let peak = trace.peaks[column], peak > value {
        canvas.tint(column: firstColumn + column, canvas.device(y(peak))..<top, .peak(Ink.line(index)))
      }
      if index == 0 { canvas.tint(column: firstColumn + column, min(top, ground)..<max(top, ground), .area(.first)) }
    }
  }

  /// Where a run is too short for a line, on the canvas.
  private func lone(_ run: [Point]) -> Point? {
    guard let first = run.first, let last = run.last, last.x - first.x <= scale else { return nil }
    return placed([Point(x: (first.x + last.x) / 2, y: first.y)]).first
  }

  /// A dot where the newest sample is, if it is there.
  private mutating func drawEnd(_ trace: Trace, _ ink: Ink) {
    let step = ColumnAxis(chart, columns).columnsPerStep
    guard let end = trace.end(within: max(1, step)) else { return }
    let x = (layout.right - (layout.isSmall ? 0.5 : 0)) * scale
    canvas.dot(Point(x: x, y: y(end.y) * scale), radius: layout.dot, ink)
  }

  // MARK: 95th percentile and limits

  private mutating func drawDashes() {
    var taken: [Double] = []
    for limit in chart.visibleLimits(values.high) where values.low <= limit.value && limit.value <= values.high {
      drawDash(limit.value, on: 5, .bad)
      label(limit.label, limit.value, .badText, &taken)
    }
    guard let percentile = drawnPercentile else { return }
    drawDash(percentile, on: 3, .ink)
    if layout.isWide { label("95th", percentile, .text, &taken) }
  }

  private mutating func drawDash(_ value: Double, on: Int, _ ink: Ink) {
    canvas.dashes(from: layout.left, to: layout.right, y: canvas.snapped(y(value)), on: on, off: 3, ink)
  }

  /// In the right margin if it fits there, else above the dashes.
  private mutating func label(_ text: String, _ value: Double, _ ink: Ink, _ taken: inout [Double]) {
    let text = text.printable(limit: 60)
    let y = canvas.snapped(y(value))
    guard !layout.isSmall, !taken.contains(where: { abs($0 - y) < 11 }) else { return }
    taken.append(y)
    if layout.isWide, canvas.width(of: text) <= layout.width - layout.right - 9 {
      canvas.text(text, x: layout.right + 9, y: y + 4, ink)
    } else if y - 12 > layout.top {
      canvas.text(canvas.fitted(text, room: 200), x: layout.left + 4, y: y - 4, ink)
    }
  }

  /// Of the highest series, where traffic is paid by it; percentages and limits speak for themselves.
  private var drawnPercentile: Double? {
    guard layout.hasLegend, chart.series.count <= 2, chart.unit.isTraffic else { return nil }
    return chart.series.compactMap { Statistics($0.samples)?.percentile95 }.max()
  }

  // MARK: Legend

  private mutating func drawLinesLegend() {
    let statistics = chart.series.map { Statistics($0.samples, peaks: $0.peaks) }
    let decimals = legendDecimals(statistics.compactMap(\.self), values.prefix.factor)
    let hasTotals = layout.isWide && chart.unit.isTraffic && statistics.contains { $0 != nil }
    var rows = chart.series.prefix(Self.mostRows).enumerated().map { index, series in
      let one = statistics[index]
      return LegendRow(
        swatch: index == 0 ? .area(.first) : .line(Ink.line(index)), name: series.label,
        numbers: numbers(one, decimals) + (hasTotals ? [total(one)] : []), note: maximumNote(one))
    }
    if chart.series.count > Self.mostRows {
      rows.append(LegendRow(swatch: .none, name: "and \(chart.series.count - Self.mostRows) more", numbers: []))
    }
    let known = statistics.compactMap { $0?.count }.max() ?? 0
    drawLegend(values.unit, rows, samples: sampleCount(known))
  }

  /// What went through in all: a rate summed over its samples, in bytes.
  private func total(_ statistics: Statistics?) -> String {
    guard let statistics else { return noNumber }
    let bytes = statistics.sum * Double(chart.sampleStep) / (chart.unit == .bitsPerSecond ? 8 : 1)
    let unit = Unit("B", scale: .decimal)
    let prefix = unit.prefix(for: bytes)
    return decimal(bytes / prefix.factor, 2) + thinSpace + unit.text(prefix)
  }

  /// A longer legend would be a table, which the page has.
  static let mostRows = 12
}

extension Unit {
  /// Rates of bits and bytes.
  var isTraffic: Bool { self == .bitsPerSecond || self == .bytesPerSecond }
}

extension Ink {
  /// Of the nth series; they repeat after six.
  static func line(_ index: Int) -> Ink { lines[index % lines.count] }
  static func layer(_ index: Int) -> Ink { layers[index % layers.count] }
}
