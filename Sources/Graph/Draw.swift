package import Glyphs
import Model
import PNG

/// The picture of a chart, light and dark, at 1 or 2 device pixels for each CSS pixel.
///
/// Any chart gives a picture: text from outside is cut and cleaned, numbers that are not finite are unknown. Where no
/// font is installed it has no words, and says so in `problem`.
///
/// - Parameters:
///   - isDark: whether the picture is wanted in dark colours too; it costs next to nothing.
///   - stamps: what the files say of themselves beside their words.
package func draw(
  _ chart: Chart, format: ChartFormat, scale: Int, fonts: FontBook = .installed, isDark: Bool = true,
  stamps: [PictureStamp] = []
) -> Picture {
  let chart = chart.drawable
  let scale = max(1, min(scale, 4))
  let canvas = canvas(chart, format, scale, fonts)
  let texts = texts(chart, format) + stamps.map { PNGText($0.name, $0.text) }
  return picture(canvas, texts: texts, isDark: isDark, problem: format == .sparkline ? nil : fonts.problem)
}

/// What `width` and `height` of a chart's picture are, in CSS pixels, without drawing it.
package func size(of chart: Chart, format: ChartFormat) -> (width: Int, height: Int) {
  let chart = chart.drawable
  guard let layout = Layout.of(format) else { return (120, 24) }
  let columns = Int(layout.right - layout.left)
  let isLatency = layout.hasLegend && chart.isLatency
  let fitted = isLatency ? layout.fitted(toRounds: chart.rounds(columns: columns)) : layout.fitted(to: chart)
  return (Int(fitted.width), fitted.height)
}

private func canvas(_ chart: Chart, _ format: ChartFormat, _ scale: Int, _ fonts: FontBook) -> Canvas {
  guard let layout = Layout.of(format) else { return sparkline(chart, scale: scale, fonts: fonts) }
  switch chart.kind {
  case .stack: return stack(chart, layout, scale, fonts)
  case .latency where layout.hasLegend: return latency(chart, layout, scale, fonts)
  case .latency, .lines: return lines(chart, layout, scale, fonts)
  }
}

private func traces(_ chart: Chart, _ layout: Layout, _ scale: Int) -> [Trace] {
  let columns = Int(layout.right - layout.left) * scale
  return chart.series.map { Trace($0, chart, columns: columns) }
}

private func lines(_ chart: Chart, _ layout: Layout, _ scale: Int, _ fonts: FontBook) -> Canvas {
  let traces = traces(chart, layout, scale)
  let range = chart.range(traces)
  let limit = chart.visibleLimits(range.upperBound).map(\.value).max() ?? 0
  var plot = Plot(
    chart, layout.fitted(to: chart), scale: scale, fonts: fonts, range: range.lowerBound...max(range.upperBound, limit),
    top: chart.top)
  plot.drawLines(traces)
  if !chart.hasSamples { plot.drawEmptyText() }
  return plot.canvas
}

private func stack(_ chart: Chart, _ layout: Layout, _ scale: Int, _ fonts: FontBook) -> Canvas {
  let traces = traces(chart, layout, scale)
  let stack = Stack(traces, columns: Int(layout.right - layout.left) * scale)
  var plot = Plot(chart, layout.fitted(to: chart), scale: scale, fonts: fonts, range: 0...stack.highest, top: chart.top)
  plot.drawStack(stack)
  if !chart.hasSamples { plot.drawEmptyText() }
  return plot.canvas
}

private func latency(_ chart: Chart, _ layout: Layout, _ scale: Int, _ fonts: FontBook) -> Canvas {
  let rounds = chart.rounds(columns: Int(layout.right - layout.left) * scale)
  let ceiling = max(0, latencyCeiling(rounds))
  var plot = Plot(
    chart, layout.fitted(toRounds: rounds), scale: scale, fonts: fonts, range: 0...ceiling, top: chart.top)
  plot.drawLatency(rounds)
  if !chart.hasSamples { plot.drawEmptyText() }
  return plot.canvas
}

private func texts(_ chart: Chart, _ format: ChartFormat) -> [PNGText] {
  let description = format == .sparkline ? sparklineAltText(for: chart) : altText(for: chart)
  return [
    PNGText("Title", chart.title.printable()), PNGText("Description", description), PNGText("Software", "redeye"),
  ]
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
  fileprivate func fitted(to chart: Chart) -> Layout {
    var layout = self
    let sum = chart.kind == .stack && chart.series.count > 1 ? 1 : 0
    let most = chart.kind == .stack ? Plot.mostRows : Plot.mostRows + 1
    layout.rows = min(chart.series.count, most) + sum
    return layout
  }

  fileprivate func fitted(toRounds rounds: [Round]) -> Layout {
    var layout = withLossLane()
    layout.rows = (rounds.contains { $0.answers.count > 1 } ? 3 : 2) + (layout.isWide ? 0 : 1)
    return layout
  }
}

extension Chart {
  fileprivate var isLatency: Bool {
    if case .latency = kind { true } else { false }
  }

  /// The same chart with a span that has a length and years that exist.
  fileprivate var drawable: Chart {
    var chart = self
    chart.step = sampleStep
    let end = Instant(min(max(span.to.seconds, -Self.furthest), Self.furthest))
    let start = Instant(min(max(span.from.seconds, -Self.furthest), Self.furthest))
    chart.span = start < end ? Span(from: start, to: end) : Span(from: end - max(600, chart.step), to: end)
    for index in chart.series.indices {
      chart.series[index].samples.removeAll { $0.slot.seconds.magnitude > Self.furthest }
      chart.series[index].peaks.removeAll { $0.slot.seconds.magnitude > Self.furthest }
    }
    return chart
  }

  /// Seconds from 1970, some 8700 years each way: times on it can be added without care.
  private static let furthest = 1 << 38
}
