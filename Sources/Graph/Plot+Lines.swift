import Glyphs
import Model

extension Chart {
  /// From the lowest to the highest number of all series, their envelopes and what was expected.
  func range(_ traces: [Trace]) -> ClosedRange<Double> {
    let all = traces.compactMap(\.range)
    guard let low = all.map(\.lowerBound).min(), let high = all.map(\.upperBound).max() else { return 0...0 }
    return low...high
  }

  /// Limits near enough to the numbers to be shown; a far one would press the line to the ground.
  func visibleLimits(_ highest: Double) -> [Limit] {
    limits.filter { $0.value.isFinite && $0.value.magnitude <= largestNumber }
      .filter { highest <= 0 || $0.value <= highest * 2.5 }
  }

  /// Whether the series is filled down to zero.
  func fills(_ index: Int) -> Bool {
    if let isFilled = series[index].isFilled { return isFilled }
    return switch kind {
    case .areas, .mirror: true
    // Of many none is more than the others, and a logarithm has no zero to stand on.
    default: index == 0 && series.count <= 4 && !isLogarithmic
    }
  }

  /// From the smallest number above zero up to a number; 1 where there is none.
  func positiveRange(upTo highest: Double) -> ClosedRange<Double> {
    var least = Double.infinity
    func look(_ samples: [Sample]) {
      for sample in samples {
        if let value = sample.value, value > 0, value < least, covers(sample) { least = value }
      }
    }
    for one in series {
      look(one.samples)
      look(one.lows)
    }
    if case .latency(_, let packets) = kind { for rank in packets { look(rank) } }
    let highest = highest > 0 ? highest : 1
    return min(clamped(least), highest)...highest
  }
}

extension Plot {
  mutating func drawLines(_ traces: [Trace]) {
    layGrounds()
    drawExpected()
    for (index, trace) in traces.enumerated() { fill(trace, index) }
    drawGrid()
    drawHairlines()
    for (index, trace) in traces.enumerated().reversed() { drawLine(trace, index) }
    if let first = traces.first { drawLosses(along: first) }
    drawDashes()
    drawAxes()
    drawLane()
    for (index, trace) in traces.enumerated().reversed() { drawEnd(trace, Ink.line(index)) }
    drawTitle()
    if layout.hasLegend { drawLinesLegend() }
  }

  private mutating func drawLine(_ trace: Trace, _ index: Int) {
    let clip = Box(layout.left, layout.top - 2, layout.right + 1, layout.bottom)
    for run in trace.runs {
      canvas.polyline(placed(run), thickness: layout.thickness, Ink.line(index), clip: clip, dash: Dash.line(index))
      if let mark = lone(run) { canvas.dot(mark, radius: layout.thickness, Ink.line(index)) }
    }
  }

  /// The area of a series, and its tint between the lowest and the highest of each column.
  private mutating func fill(_ trace: Trace, _ index: Int) {
    let isFilled = chart.fills(index)
    guard isFilled || !trace.peaks.isEmpty || !trace.lows.isEmpty else { return }
    let line = trace.line
    let ground = canvas.device(y(0))
    let (peak, area) = (Tint.peak(Ink.line(index)), Tint.area(Ink.line(index)))
    for column in 0..<columns where !line[column].isNaN {
      let (value, x) = (line[column], firstColumn + column)
      let top = canvas.device(y(value))
      if !trace.peaks.isEmpty, trace.peaks[column] > value {
        canvas.tint(column: x, canvas.device(y(trace.peaks[column]))..<top, peak)
      }
      if !trace.lows.isEmpty, trace.lows[column] < value {
        canvas.tint(column: x, top..<canvas.device(y(trace.lows[column])), peak)
      }
      if isFilled { canvas.tint(column: x, min(top, ground)..<max(top, ground), area) }
    }
  }

  /// A grey tint where a series was expected to be, or is forecast.
  private mutating func drawExpected() {
    for (index, series) in chart.series.enumerated() {
      guard let expected = series.expected else { continue }
      let (low, high) = (edge(expected.low, index), edge(expected.high, index))
      for column in 0..<columns where !low[column].isNaN && !high[column].isNaN {
        let (one, other) = (canvas.device(y(low[column])), canvas.device(y(high[column])))
        canvas.tint(column: firstColumn + column, min(one, other)..<max(one, other), .expected)
      }
    }
  }

  private func edge(_ samples: [Sample], _ index: Int) -> [Double] {
    let line = Trace(Chart.Series(label: "", samples: samples), chart, columns: columns).line
    return chart.isBelow(index) ? line.map { -$0 } : line
  }

  /// Where a run is too short for a line, on the canvas.
  private func lone(_ run: [Point]) -> Point? {
    guard let first = run.first, let last = run.last, last.x - first.x <= scale else { return nil }
    return placed([Point(x: (first.x + last.x) / 2, y: first.y)]).first
  }

  /// A dot where the newest sample is, if it is there.
  private mutating func drawEnd(_ trace: Trace, _ ink: Ink) {
    let step = ColumnAxis(chart, columns).columnsPerStep
    let right = chart.horizon == chart.span.to ? layout.right - (layout.isSmall ? 0.5 : 0) : x(chart.horizon)
    let end = min(Double(columns), (right - layout.left + 1) * scale)
    guard let end = trace.end(at: end, within: max(1, step)) else { return }
    canvas.dot(Point(x: right * scale, y: y(end.y) * scale), radius: layout.dot, ink)
  }

  // MARK: 95th percentile and limits

  private mutating func drawDashes() {
    var taken: [Double] = []
    for limit in chart.visibleLimits(values.high) {
      for value in chart.kind == .mirror ? [limit.value, -limit.value] : [limit.value]
      where values.low <= value && value <= values.high {
        drawDash(value, on: 5, .bad)
        label(limit.label, value, .badText, &taken)
      }
    }
    for percentile in drawnPercentiles {
      drawDash(percentile, on: 3, .ink)
      if layout.isWide { label("95th", percentile, .text, &taken) }
    }
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

  /// Of the highest series, where traffic is paid by it, and in a mirror of the highest on each side; percentages and
  /// limits speak for themselves.
  private var drawnPercentiles: [Double] {
    guard layout.hasLegend, layout.hasNotes, chart.series.count <= 2 || chart.kind == .mirror, chart.unit.isTraffic
    else { return [] }
    let all = chart.series.enumerated().compactMap { index, series in
      series.numbers?.percentile95.map { (isBelow: chart.isBelow(index), value: $0) }
    }
    let above = all.filter { !$0.isBelow }.map(\.value).max()
    let below = all.filter(\.isBelow).map(\.value).max().map { -$0 }
    return [above, below].compactMap(\.self)
  }

  // MARK: Legend

  private mutating func drawLinesLegend() {
    let statistics = chart.series.map(\.numbers)
    let decimals = legendDecimals(statistics.compactMap(\.self), values.prefix.factor)
    let hasTotals =
      layout.isWide && layout.legendColumns == 1 && chart.unit.isTraffic && statistics.contains { $0 != nil }
    var rows: [LegendRow] = []
    for (index, series) in chart.series.prefix(Self.mostRows).enumerated() {
      let one = statistics[index]
      rows.append(
        LegendRow(
          swatch: chart.fills(index) ? .area(Ink.line(index)) : .line(Ink.line(index), Dash.line(index)),
          name: series.label, numbers: numbers(one, decimals) + (hasTotals ? [total(one)] : []),
          note: maximumNote(one)))
    }
    rows += chart.expectations.map { LegendRow(swatch: .tint(.expected), name: $0, numbers: []) }
    if chart.series.count > Self.mostRows {
      rows.append(LegendRow(swatch: .none, name: "and \(chart.series.count - Self.mostRows) more", numbers: []))
    }
    drawLegend(values.unit, rows, samples: sampleCount(statistics.compactMap(\.self)) + floorNote)
  }

  var floorNote: String { values.hasLess ? " · 0 and less at the floor" : "" }

  /// What went through in all: a rate summed over its samples, in bytes.
  private func total(_ statistics: Statistics?) -> String {
    guard let statistics else { return noNumber }
    let seconds = Double(statistics.step ?? chart.sampleStep)
    let bytes = statistics.sum * seconds / (chart.unit == .bitsPerSecond ? 8 : 1)
    let unit = Unit("B", scale: .decimal)
    let prefix = unit.prefix(for: bytes)
    return decimal(bytes / prefix.factor, 2) + thinSpace + unit.text(prefix)
  }

  /// A longer legend would be a table, which the page has.
  static let mostRows = 12
}

extension Chart {
  /// What the legend says of expected ranges.
  var expectations: [String] {
    let told = series.prefix(Plot.mostRows).filter { $0.expected != nil }
    return told.prefix(3).map { one in
      let word = one.expected?.label ?? ""
      return series.count == 1 ? word : "\(one.label), \(word)"
    }
  }
}

extension Unit {
  /// Rates of bits and bytes.
  var isTraffic: Bool { self == .bitsPerSecond || self == .bytesPerSecond }
}

extension Ink {
  /// Of the nth series; they repeat after six, and then the line is dashed.
  static func line(_ index: Int) -> Ink { lines[index % lines.count] }
  static func layer(_ index: Int) -> Ink { layers[index % layers.count] }
}

extension Dash {
  /// Of the nth series.
  static func line(_ index: Int) -> Dash? { index / Ink.lines.count % 2 == 0 ? nil : Dash(on: 6, off: 3) }
}
