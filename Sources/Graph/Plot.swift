import Glyphs
import Model

/// A chart while it is drawn: its axes are known, its canvas fills up layer by layer.
struct Plot {
  let chart: Chart
  let layout: Layout
  let values: ValueScale
  let times: TimeAxis
  let clock: WallClock
  let words: Words
  var canvas: Canvas
  /// What the lane above the plot shows, filled while the grounds are laid.
  var marks: [LaneMark] = []
  /// Of each round of a latency chart.
  var spreads: [Sample] = []

  /// - Parameter range: from the smallest to the largest number, those below a mirror's axis being negative.
  init(_ chart: Chart, _ layout: Layout, scale: Int, fonts: FontBook, range: ClosedRange<Double>, top: Double?) {
    self.chart = chart
    self.layout = layout
    values =
      chart.isLogarithmic
      ? ValueScale(
        logarithmic: chart.unit, values: chart.positiveRange(upTo: range.upperBound), top: top, aim: layout.steps,
        hasLess: range.lowerBound <= 0 && chart.hasSamples)
      : ValueScale(
        chart.unit, values: range, top: top, aim: layout.steps, headroom: layout.isSmall ? 1 : 1.03,
        isMirrored: chart.kind == .mirror)
    clock = WallClock(chart.zone, chart.span)
    times = TimeAxis(chart.span, clock, isWide: layout.isWide)
    words = Words(zone: chart.zone)
    canvas = Canvas(width: Int(layout.width), height: layout.height, scale: scale, fonts: fonts)
    // Two lines leave room for everything else.
    if chart.series.count > 2 { canvas.palette.reserveText() }
  }

  /// Device pixels for each CSS pixel.
  var scale: Double { Double(canvas.scale) }

  /// Device columns of the plot.
  var columns: Int { Int((layout.right - layout.left) * scale) }

  /// The first device column of the plot.
  var firstColumn: Int { canvas.device(layout.left) }

  /// In CSS pixels.
  func x(_ instant: Instant) -> Double {
    layout.left + Double(instant - chart.span.from) / Double(chart.span.seconds) * (layout.right - layout.left)
  }

  /// In CSS pixels; what the axis does not reach lies on its end.
  func y(_ value: Double) -> Double {
    layout.bottom - max(0, min(1, values.share(value))) * layout.plotHeight
  }

  /// The whole plot.
  var frame: Box { Box(layout.left, layout.top, layout.right, layout.bottom) }

  /// A trace's points on the canvas, in device pixels.
  func placed(_ run: [Point]) -> [Point] {
    run.map { Point(x: $0.x + Double(firstColumn), y: y($0.y) * scale) }
  }
}
