import Glyphs
import Model

/// 120 × 24: a line, where it was bad, where it was not measured; of what is no line, the same in little.
func sparkline(_ chart: Chart, scale: Int, fonts: FontBook) -> Canvas {
  var canvas = Canvas(width: 120, height: 24, scale: scale, fonts: fonts)
  canvas.fill(Box(0, 23, 117, 24), canvas.palette.tinted(.grid))
  switch chart.kind {
  case .strip: drawLane(chart.bands.map { ($0.kind, $0.span) }, chart, on: &canvas)
  case .calendar(let calendar): drawLane(calendar.lane(chart), chart, on: &canvas)
  case .bars(let bars): drawColumns(bars.prefix(29).map { ($0.value, $0.isBad) }, on: &canvas)
  case .histogram:
    let shares = Histogram(chart, aim: 24).shares.first ?? []
    drawColumns(shares.prefix(116).map { ($0, false) }, on: &canvas)
  default: drawSparkLine(chart, on: &canvas)
  }
  return canvas
}

private func drawSparkLine(_ chart: Chart, on canvas: inout Canvas) {
  let series = chart.series.first ?? Chart.Series(label: "", samples: [])
  let trace = Trace(series, chart, columns: 116 * canvas.scale)
  drawBreaches(chart, on: &canvas)
  drawUnknown(chart, on: &canvas)
  drawLine(trace, SparkScale(chart, trace), on: &canvas)
}

/// Values to rows: 0 at y 21, the largest at y 4.
private struct SparkScale {
  let low: Double
  let high: Double

  init(_ chart: Chart, _ trace: Trace) {
    let range = chart.range([trace])
    low = min(0, range.lowerBound)
    let percent = chart.unit == .percent && range.upperBound <= 100 ? 100.0 : 0
    let top = max(range.upperBound, percent, chart.top.flatMap { $0.isFinite ? min($0, largestNumber) : nil } ?? 0)
    high = top > low ? top : low + 1
  }

  func y(_ value: Double) -> Double { 21 - max(0, min(1, (value - low) / (high - low))) * 17 }
}

private func x(_ instant: Instant, _ chart: Chart) -> Double {
  1 + Double(instant - chart.span.from) / Double(chart.span.seconds) * 116
}

private func drawBreaches(_ chart: Chart, on canvas: inout Canvas) {
  for band in chart.bands where band.kind == .breach {
    let span = band.span.intersection(chart.span)
    guard !span.isEmpty else { continue }
    let left = min(canvas.snapped(x(span.from, chart)), 115)
    let right = max(canvas.snapped(x(span.to, chart)), left + 2)
    canvas.tint(Box(left, 0, right, 24), .breach)
    canvas.fill(Box(left, 0, right, 2), .bad)
  }
}

private func drawUnknown(_ chart: Chart, on canvas: inout Canvas) {
  let entry = canvas.palette.tinted(.unknownLine)
  for span in chart.unknownSpans {
    let (from, to) = (Int(x(span.from, chart).rounded(.up)), Int(x(span.to, chart).rounded(.down)))
    for x in stride(from: (from + 2) / 3 * 3, through: min(to, 116), by: 3) {
      canvas.fill(Box(Double(x), 20, Double(x) + 1, 21), entry)
    }
  }
}

private func drawLine(_ trace: Trace, _ values: SparkScale, on canvas: inout Canvas) {
  let scale = Double(canvas.scale)
  func place(_ point: Point) -> Point { Point(x: point.x + scale, y: values.y(point.y) * scale) }
  for run in trace.runs {
    canvas.polyline(run.map(place), thickness: 1.25, .first, clip: Box(0, 0, 118, 24))
  }
  if let end = trace.end(at: 116 * scale, within: 2 * scale) {
    canvas.dot(Point(x: 116.5 * scale, y: values.y(end.y) * scale), radius: 2, .first)
  }
}

// MARK: What is no line

private func drawLane(_ states: [(kind: Chart.Band.Kind, span: Span)], _ chart: Chart, on canvas: inout Canvas) {
  for state in states.sorted(by: { $0.kind.rawValue < $1.kind.rawValue }) {
    let span = state.span.intersection(chart.span)
    guard !span.isEmpty else { continue }
    let left = min(canvas.snapped(x(span.from, chart)), 115)
    let box = Box(left, 5, max(canvas.snapped(x(span.to, chart)), left + 2), 19)
    canvas.fill(box, .background)
    canvas.drawState(state.kind, box)
  }
}

/// From the floor line up, or down where the least is below zero.
private func drawColumns(_ columns: [(value: Double?, isBad: Bool)], on canvas: inout Canvas) {
  let known = columns.compactMap(\.value).filter(\.isFinite).map(clamped)
  let (low, high) = (min(0, known.min() ?? 0), max(0, known.max() ?? 0))
  guard high > low else { return }
  func y(_ value: Double) -> Double { canvas.snapped(23 - (clamped(value) - low) / (high - low) * 19) }
  let pitch = min(8, 116 / Double(max(1, columns.count)))
  for (index, column) in columns.enumerated() {
    guard let value = column.value, value.isFinite, value != 0 else { continue }
    let left = canvas.snapped(1 + Double(index) * pitch)
    let right = max(left + 1, canvas.snapped(1 + Double(index + 1) * pitch) - (pitch >= 3 ? 1 : 0))
    let (top, bottom) = (min(y(value), y(0) - 1), max(y(value), y(0)))
    canvas.fill(Box(left, value > 0 ? top : y(0), right, bottom), column.isBad ? .bad : .first)
  }
}

extension Chart.Calendar {
  /// The cells as stretches of time.
  fileprivate func lane(_ chart: Chart) -> [(kind: Chart.Band.Kind, span: Span)] {
    let length = shape == .hours ? 3_600 : 86_400
    return cells.filter { chart.span.contains($0.at) }.map { cell in
      let from = shape == .hours ? cell.at.slot(step: length) : chart.zone.startOfDay(chart.zone.civil(cell.at))
      return (cell.state.band, Span(from: from, to: from + length))
    }
  }
}

extension Chart.Calendar.State {
  fileprivate var band: Chart.Band.Kind {
    switch self {
    case .good, .value: .good
    case .bad: .breach
    case .planned: .planned
    case .excluded: .excluded
    case .unknown: .unknown
    }
  }
}
