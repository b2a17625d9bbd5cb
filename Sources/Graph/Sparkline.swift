import Glyphs
import Model

/// 120 × 24: a line, where it was bad, where it was not measured.
func sparkline(_ chart: Chart, scale: Int, fonts: FontBook) -> Canvas {
  var canvas = Canvas(width: 120, height: 24, scale: scale, fonts: fonts)
  let columns = 116 * scale
  let series = chart.series.first ?? Chart.Series(label: "", samples: [])
  let trace = Trace(series, chart, columns: columns)
  canvas.fill(Box(0, 23, 117, 24), canvas.palette.tinted(.grid))
  drawBreaches(chart, on: &canvas)
  drawUnknown(chart, on: &canvas)
  drawLine(trace, SparkScale(chart, trace), on: &canvas)
  return canvas
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
  if let end = trace.end(within: 2 * scale) {
    canvas.dot(Point(x: 116.5 * scale, y: values.y(end.y) * scale), radius: 2, .first)
  }
}
