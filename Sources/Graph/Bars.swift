import Glyphs
import Model

/// Names, their numbers and a bar for each.
struct BarsLayout {
  /// The most names of which a picture is made.
  static let most = 40

  let format: ChartFormat
  let count: Int
  let rest: Int
  let hasLimits: Bool

  init(_ chart: Chart, _ bars: [Chart.Bar], _ format: ChartFormat) {
    self.format = format
    hasLimits = !chart.limits.isEmpty && !bars.isEmpty
    count = min(bars.count, Self.most)
    rest = bars.count - count
  }

  var isWide: Bool { format == .large }
  var width: Double { isWide ? 760 : 360 }
  var top: Double { format == .narrow ? 36 : 21 }
  var pitch: Double { format == .small ? 15 : 17 }
  /// Where names end, where numbers end, and where bars begin.
  var names: Double { isWide ? 210 : 128 }
  var numbers: Double { isWide ? 276 : 182 }
  var left: Double { numbers + 10 }
  var bottom: Double { top + pitch * Double(max(count, 2)) }
  var height: Int { Int(bottom + (rest > 0 || hasLimits ? 16 : 4)) }
}

func bars(_ chart: Chart, _ bars: [Chart.Bar], _ format: ChartFormat, scale: Int, fonts: FontBook) -> Canvas {
  let layout = BarsLayout(chart, bars, format)
  var drawing = BarsDrawing(chart, Array(bars.prefix(layout.count)), layout, scale: scale, fonts: fonts)
  drawing.draw()
  return drawing.canvas
}

private struct BarsDrawing {
  let chart: Chart
  let bars: [Chart.Bar]
  let layout: BarsLayout
  let values: ValueScale
  let decimals: Int
  var canvas: Canvas

  init(_ chart: Chart, _ bars: [Chart.Bar], _ layout: BarsLayout, scale: Int, fonts: FontBook) {
    self.chart = chart
    self.bars = bars
    self.layout = layout
    let known = bars.flatMap { [$0.value, $0.peak] }.compactMap(\.self).filter(\.isFinite).map(clamped)
    let limits = chart.visibleLimits(known.max() ?? 0).map(\.value)
    let range = min(0, known.min() ?? 0)...max(0, known.max() ?? 0, limits.max() ?? 0)
    let values = ValueScale(chart.unit, values: range, top: chart.top, aim: 4, headroom: 1)
    self.values = values
    // Numbers of one column have one count of decimals, from the middle one.
    let sizes = bars.compactMap(\.value).filter { $0.isFinite && $0 != 0 }.map(\.magnitude).sorted()
    let middle = sizes.isEmpty ? 0 : sizes[sizes.count / 2] / values.prefix.factor
    decimals = sizes.allSatisfy { ($0 / values.prefix.factor).isWhole } ? 0 : Graph.decimals(forMean: middle)
    canvas = Canvas(width: Int(layout.width), height: layout.height, scale: scale, fonts: fonts)
    canvas.palette.reserveText()
  }

  func x(_ value: Double) -> Double {
    let share = (clamped(value) - values.low) / (values.high - values.low)
    return layout.left + max(0, min(1, share)) * (layout.width - 1 - layout.left)
  }

  mutating func draw() {
    drawHeading()
    for (index, bar) in bars.enumerated() { draw(bar, layout.top + layout.pitch * Double(index)) }
    drawLimits()
    let zero = canvas.snapped(x(0))
    canvas.fill(Box(zero, layout.top, zero + 1, layout.bottom), canvas.palette.tinted(.axis))
    if bars.isEmpty { canvas.say(chart.emptyText, in: Box(0, layout.top, layout.width, layout.bottom)) }
    if layout.rest > 0 {
      canvas.text("and \(countText(layout.rest)) more", x: 0, y: layout.bottom + 11, .quietText)
    }
  }

  private mutating func drawHeading() {
    let words = Words(zone: chart.zone)
    let period = layout.isWide || layout.format == .narrow ? words.period(chart.span) : Words.length(chart.span.seconds)
    canvas.heading(
      chart.title, unit: chart.title.names(values.unit) ? "" : values.unit, period: period,
      .of(format: layout.format))
  }

  private mutating func draw(_ bar: Chart.Bar, _ top: Double) {
    let ink = bar.isBad ? Ink.bad : .first
    let value = bar.value.flatMap { $0.isFinite ? $0 : nil }
    let base = top + 12
    canvas.text(canvas.fitted(bar.label.printable(limit: 200), room: layout.names), x: 0, y: base, .text)
    let number = decimal(value.map { $0 / values.prefix.factor }, decimals)
    canvas.text(
      canvas.fitted(number, room: layout.numbers - layout.names - 4), x: layout.numbers, y: base,
      bar.isBad ? .badText : .text, .regular, .right)
    guard let value else { return }
    let (zero, end) = (canvas.snapped(x(0)), canvas.snapped(x(value)))
    let (above, below) = (top + 3, top + layout.pitch - 3)
    if let peak = bar.peak, peak.isFinite, peak > value {
      canvas.tint(Box(end, above, x(peak), below), .area(ink))
    }
    // What is there at all can be seen.
    let reach = value == 0 ? 0 : value < 0 ? min(end, zero - 1) : max(end, zero + 2)
    if value != 0 { canvas.tint(Box(min(zero, reach), above, max(zero, reach), below), .bar(ink)) }
  }

  private mutating func drawLimits() {
    var end = layout.left - 6
    for limit in chart.visibleLimits(values.high).sorted(by: { $0.value < $1.value })
    where values.low <= limit.value && limit.value <= values.high {
      let x = canvas.snapped(min(x(limit.value), layout.width - 1))
      canvas.dashes(x: x, from: layout.top, to: layout.bottom, on: 5, off: 3, canvas.palette.solid(.bad))
      let text = canvas.fitted(limit.label.printable(limit: 60), room: layout.width - layout.left)
      let half = canvas.width(of: text) / 2
      let middle = max(layout.left + half, min(x, layout.width - half))
      guard middle - half > end + 6 else { continue }
      canvas.text(text, x: middle, y: layout.bottom + 11, .badText, .regular, .middle)
      end = middle + half
    }
  }
}

extension Double {
  fileprivate var isWhole: Bool { magnitude < 1e12 && (self - rounded()).magnitude < 1e-9 }
}
