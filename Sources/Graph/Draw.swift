package import Glyphs
import Model
import PNG

/// The picture of a chart, light and dark, at 1 or 2 device pixels for each CSS pixel.
///
/// Any chart gives a picture: text from outside is cut and cleaned, numbers that are not finite are unknown. Where no
/// font is installed it has no words, and says so in `problem`. Any thread may call this.
///
/// - Parameters:
///   - isDark: whether the picture is wanted in dark colours too; it costs next to nothing.
///   - stamps: what the files say of themselves beside their words.
package func draw(
  _ chart: Chart, format: ChartFormat, scale: Int, fonts: FontBook = .installed, isDark: Bool = true,
  stamps: [PictureStamp] = []
) -> Picture {
  let chart = chart.drawable.counted
  let scale = max(1, min(scale, 4))
  let canvas = canvas(chart, format, scale, fonts)
  let texts = texts(chart) + stamps.map { PNGText($0.name, $0.text) }
  return picture(canvas, texts: texts, isDark: isDark, problem: format == .sparkline ? nil : fonts.problem)
}

/// What `width` and `height` of a chart's picture are, in CSS pixels, without drawing it.
package func size(
  of chart: Chart, format: ChartFormat, fonts: FontBook = .installed
) -> (width: Int, height: Int) {
  let chart = chart.drawable
  guard let layout = Layout.of(format) else { return (120, 24) }
  switch chart.kind {
  case .bars(let bars):
    let layout = BarsLayout(chart, bars, format)
    return (Int(layout.width), layout.height)
  case .calendar(let calendar):
    let layout = CalendarLayout(chart, calendar, format)
    return (Int(layout.width), layout.height)
  case .strip: return (Int(layout.width), layout.asStrip.height)
  case .latency where layout.hasLegend:
    let rounds = chart.rounds(columns: Int(layout.right - layout.left))
    return (Int(layout.width), layout.fitted(toRounds: rounds).height)
  default: return (Int(layout.width), layout.fitted(to: chart, fonts).height)
  }
}

func canvas(_ chart: Chart, _ format: ChartFormat, _ scale: Int, _ fonts: FontBook) -> Canvas {
  guard let layout = Layout.of(format) else { return sparkline(chart, scale: scale, fonts: fonts) }
  switch chart.kind {
  case .stack: return stack(chart, layout, scale, fonts)
  case .latency where layout.hasLegend: return latency(chart, layout, scale, fonts)
  case .latency, .lines, .areas, .mirror: return lines(chart, layout, scale, fonts)
  case .histogram: return histogram(chart, layout, scale, fonts)
  case .bars(let rows): return bars(chart, rows, format, scale: scale, fonts: fonts)
  case .strip: return strip(chart, layout, scale: scale, fonts: fonts)
  case .calendar(let cells): return calendar(chart, cells, format, scale: scale, fonts: fonts)
  }
}

private func traces(_ chart: Chart, _ layout: Layout, _ scale: Int) -> [Trace] {
  let columns = Int(layout.right - layout.left) * scale
  let traces = chart.series.map { Trace($0, chart, columns: columns) }
  guard chart.kind == .mirror else { return traces }
  return traces.enumerated().map { $1.mirrored(below: chart.isBelow($0)) }
}

private func lines(_ chart: Chart, _ layout: Layout, _ scale: Int, _ fonts: FontBook) -> Canvas {
  let traces = traces(chart, layout, scale)
  let range = chart.range(traces, withExpected: true)
  let limit = chart.visibleLimits(range.upperBound).map(\.value).max() ?? 0
  var plot = Plot(
    chart, layout.fitted(to: chart, fonts), scale: scale, fonts: fonts,
    range: range.lowerBound...max(range.upperBound, limit), top: chart.top)
  plot.drawLines(traces)
  if !chart.hasSamples { plot.drawEmptyText() }
  return plot.canvas
}

private func stack(_ chart: Chart, _ layout: Layout, _ scale: Int, _ fonts: FontBook) -> Canvas {
  let traces = traces(chart, layout, scale)
  let stack = Stack(traces, columns: Int(layout.right - layout.left) * scale)
  var plot = Plot(
    chart, layout.fitted(to: chart, fonts), scale: scale, fonts: fonts, range: 0...stack.highest, top: chart.top)
  plot.drawStack(stack)
  if !chart.hasSamples { plot.drawEmptyText() }
  return plot.canvas
}

private func latency(_ chart: Chart, _ layout: Layout, _ scale: Int, _ fonts: FontBook) -> Canvas {
  let columns = Int(layout.right - layout.left) * scale
  let measured = chart.measuredRounds(columns: columns)
  let rounds = chart.shown(measured, columns: columns)
  let ceiling = max(0, latencyCeiling(rounds))
  var plot = Plot(
    chart, layout.fitted(toRounds: rounds), scale: scale, fonts: fonts, range: min(chart.floor, ceiling)...ceiling,
    top: chart.top)
  if layout.hasLegend { plot.spreads = measured.compactMap(\.spread) }
  plot.drawLatency(rounds)
  if !chart.hasSamples { plot.drawEmptyText() }
  return plot.canvas
}

private func histogram(_ chart: Chart, _ layout: Layout, _ scale: Int, _ fonts: FontBook) -> Canvas {
  let histogram = Histogram(chart, aim: layout.isWide ? 40 : 24)
  var shares = chart
  shares.unit = Unit("", scale: .none)
  var plot = Plot(
    shares, layout.fitted(to: chart, fonts), scale: scale, fonts: fonts, range: 0...histogram.highest, top: nil)
  plot.drawHistogram(histogram, of: chart.unit)
  if !chart.hasSamples { plot.drawEmptyText() }
  return plot.canvas
}

/// What is in the picture is said by the page that shows it.
private func texts(_ chart: Chart) -> [PNGText] {
  [PNGText("Title", chart.title.printable()), PNGText("Software", "redeye")]
}

private func picture(_ canvas: Canvas, texts: [PNGText], isDark: Bool, problem: String?) -> Picture {
  let indexed = IndexedPicture(
    indices: canvas.pixels, width: canvas.width, height: canvas.height, pixelsPerMetre: 3_780 * canvas.scale,
    texts: texts)
  let (width, height) = (canvas.width / canvas.scale, canvas.height / canvas.scale)
  do {
    let files = try encode(indexed, palettes: [canvas.palette.light] + (isDark ? [canvas.palette.dark] : []))
    return Picture(light: files[0], dark: isDark ? files[1] : [], width: width, height: height, problem: problem)
  } catch {
    return Picture(light: [], dark: [], width: width, height: height, problem: error.description)
  }
}

extension Layout {
  /// With room for the legend of lines or of a stack and its sum.
  fileprivate func fitted(to chart: Chart, _ fonts: FontBook) -> Layout {
    var layout = self
    let shown = min(chart.series.count, Plot.mostRows)
    let extra = (chart.kind == .stack ? 0 : chart.expectations.count) + (chart.series.count > shown ? 1 : 0)
    if chart.kind == .stack {
      layout.rows = shown + (chart.series.count > 1 ? 1 : 0)
    } else if chart.fitsHalves(self, fonts) {
      layout.legendColumns = 2
      layout.rows = (shown + 1) / 2 + max(1, extra)
    } else {
      layout.rows = shown + extra
    }
    return layout
  }

  fileprivate func fitted(toRounds rounds: [Round]) -> Layout {
    var layout = withLossLane()
    layout.rows = (rounds.contains { $0.answers.count > 1 } ? 3 : 2) + (layout.isWide ? 0 : 1)
    return layout
  }
}
