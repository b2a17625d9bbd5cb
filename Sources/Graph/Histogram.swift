import Glibc
import Glyphs
import Model

/// How often values were measured, by bins of one round width.
struct Histogram {
  let low: Double
  let width: Double
  /// `[series][bin]`, in percent of the series' samples.
  private(set) var shares: [[Double]] = []

  /// - Parameter aim: how many bins are wanted.
  init(_ chart: Chart, aim: Int) {
    let values = chart.series.map { chart.knownValues($0.samples) }
    let all = values.joined()
    let (least, most) = (all.min() ?? 0, all.max() ?? 1)
    width = Self.width(least, most, aim, chart.unit)
    low = floor(least / width) * width
    let count = max(1, min(Self.mostBins, Int((most / width).rounded(.down) - (least / width).rounded(.down)) + 1))
    for one in values {
      var bins = [Int](repeating: 0, count: count)
      for value in one { bins[max(0, min(count - 1, Int((value - low) / width)))] += 1 }
      shares.append(bins.map { 100 * Double($0) / Double(max(1, one.count)) })
    }
  }

  var bins: Int { shares.first?.count ?? 1 }
  var high: Double { low + width * Double(bins) }
  var highest: Double { shares.joined().max() ?? 0 }

  /// 1, 2, 2.5 or 5 times a power of ten; of memory, a power of two.
  private static func width(_ least: Double, _ most: Double, _ aim: Int, _ unit: Unit) -> Double {
    // One number all the time has a bin of a size that suits it.
    let range = most > least ? most / Double(aim) - least / Double(aim) : max(most.magnitude / 10, 1e-290)
    // Bins are to be told apart from each other.
    let raw = max(range, max(most.magnitude, least.magnitude) * 1e-12, 1e-290)
    if unit.scale == .binary, raw > 1, raw < 0x1p70 { return pow(2, ceil(log2(raw * 0.999))) }
    let power = pow(10, floor(log10(raw)))
    return ([1, 2, 2.5, 5].first { $0 * power >= raw * 0.999 } ?? 10) * power
  }

  private static let mostBins = 400
}

extension Chart {
  /// The finite values inside the span.
  func knownValues(_ samples: [Sample]) -> [Double] {
    samples.compactMap { sample in
      guard let value = sample.value, value.isFinite, covers(sample) else { return nil }
      return clamped(value)
    }
  }
}

extension Plot {
  /// - Parameter unit: of the values; the plot's own is the share.
  mutating func drawHistogram(_ histogram: Histogram, of unit: Unit) {
    let axis = ValueAxis(histogram, unit, layout)
    for (index, shares) in histogram.shares.enumerated() where index == 0 { fill(shares, histogram, axis) }
    drawRules()
    for (index, shares) in histogram.shares.enumerated().reversed() { outline(shares, index, histogram, axis) }
    drawQuantiles(axis)
    drawFrame(axis)
    drawHistogramTitle(axis)
    if layout.hasLegend { drawHistogramLegend(axis) }
  }

  private mutating func fill(_ shares: [Double], _ histogram: Histogram, _ axis: ValueAxis) {
    for (bin, share) in shares.enumerated() where share > 0 {
      let left = canvas.snapped(axis.x(histogram.low + Double(bin) * histogram.width))
      let right = canvas.snapped(axis.x(histogram.low + Double(bin + 1) * histogram.width))
      // A gap between bars, as long as there is room for one.
      let gap = right - left >= 6 ? 1.0 : 0
      let top = min(canvas.snapped(y(share)), layout.bottom - 1)
      canvas.tint(Box(left, top, right - gap, layout.bottom), .area(.first))
      canvas.fill(Box(left, top, right - gap, top + 2 * (layout.isSmall ? 0.5 : 1)), .first)
    }
  }

  /// The other series as steps.
  private mutating func outline(_ shares: [Double], _ index: Int, _ histogram: Histogram, _ axis: ValueAxis) {
    guard index > 0, chart.hasSamples else { return }
    var points: [Point] = []
    for (bin, share) in shares.enumerated() {
      for edge in [bin, bin + 1] {
        let x = axis.x(histogram.low + Double(edge) * histogram.width)
        points.append(Point(x: x * scale, y: y(share) * scale))
      }
    }
    canvas.polyline(
      points, thickness: layout.thickness, Ink.line(index),
      clip: Box(layout.left, layout.top - 2, layout.right + 1, layout.bottom), dash: Dash.line(index))
  }

  /// Median and 95th of the first series, each a dashed line with its name above the plot.
  private mutating func drawQuantiles(_ axis: ValueAxis) {
    guard let numbers = chart.series.first?.numbers else { return }
    var taken = -Double.infinity
    for (name, value, on) in [("median", numbers.median, 1), ("95th", numbers.percentile95, 3)] {
      guard let value, axis.low <= value, value <= axis.high else { continue }
      let x = canvas.snapped(min(axis.x(value), layout.right - 1))
      canvas.dashes(x: x, from: layout.top, to: layout.bottom, on: on, off: 3, canvas.palette.solid(.ink))
      guard !layout.isSmall else { continue }
      let width = canvas.width(of: name)
      let left = max(layout.left, min(x - width / 2, layout.width - width))
      guard left > taken + 6 else { continue }
      canvas.text(name, x: left, y: layout.top - 3, .text)
      taken = left + width
    }
  }

  private mutating func drawFrame(_ axis: ValueAxis) {
    drawBase()
    let tick = canvas.palette.tinted(.tick)
    var end = -Double.infinity
    for value in axis.ticks {
      let x = canvas.snapped(axis.x(value))
      canvas.fill(
        Box(min(x, layout.right - 1), layout.bottom + 1, min(x, layout.right - 1) + 1, layout.bottom + 6), tick)
      let text = axis.label(value)
      let half = canvas.width(of: text) / 2
      guard x - half > end + 4, x + half <= layout.width else { continue }
      canvas.text(text, x: x, y: layout.bottom + (layout.hasLegend ? 17 : 15), .quietText, .regular, .middle)
      end = x + half
    }
    if layout.hasLegend {
      canvas.text("% of samples, by \(axis.name)", x: layout.left, y: layout.bottom + 31, .quietText)
    }
  }

  private mutating func drawHistogramTitle(_ axis: ValueAxis) {
    let period = layout.isWide || layout.hasLegend ? words.period(chart.span) : Words.length(chart.span.seconds)
    let unit = chart.title.names(axis.unit) ? "" : axis.unit
    canvas.heading(chart.title, unit: unit, period: period, layout)
  }

  private mutating func drawHistogramLegend(_ axis: ValueAxis) {
    let statistics = chart.series.map(\.numbers)
    let places = legendDecimals(statistics.compactMap(\.self), axis.prefix.factor)
    func text(_ value: Double?) -> String { decimal(value.map { $0 / axis.prefix.factor }, places) }
    var rows = chart.series.prefix(Self.mostRows).enumerated().map { index, series in
      let one = statistics[index]
      var numbers = [one?.median, one?.average, one?.percentile95, one?.maximum]
      if layout.isWide { numbers.insert(one?.minimum, at: 0) }
      return LegendRow(
        swatch: index == 0 ? .area(.first) : .line(Ink.line(index), Dash.line(index)), name: series.label,
        numbers: numbers.map(text), note: maximumNote(one))
    }
    if chart.series.count > Self.mostRows {
      rows.append(LegendRow(swatch: .none, name: "and \(chart.series.count - Self.mostRows) more", numbers: []))
    }
    let names = (layout.isWide ? ["min"] : []) + ["median", "avg", "95th", "max"]
    drawLegend(axis.unit, rows, names: names, samples: sampleCount(statistics.compactMap(\.self)))
  }
}

/// The values from left to right.
struct ValueAxis {
  let low: Double
  let high: Double
  let ticks: [Double]
  let prefix: Prefix
  let unit: String
  private let layout: Layout

  init(_ histogram: Histogram, _ unit: Unit, _ layout: Layout) {
    (low, high, self.layout) = (histogram.low, histogram.high, layout)
    // As many labels as there is room for, each at the edge of a bin.
    let most = max(2, Int((layout.right - layout.left) / 56))
    let every = [1, 2, 4, 5, 10, 20, 40, 50, 100, 200, 400].first { histogram.bins / $0 < most } ?? 400
    let first = (histogram.low / histogram.width).rounded()
    ticks = (0...histogram.bins).filter {
      (first + Double($0)).truncatingRemainder(dividingBy: Double(every)) == 0 || histogram.bins == 1
    }
    .map { (first + Double($0)) * histogram.width }
    prefix = unit.prefix(for: max(histogram.low.magnitude, histogram.high.magnitude))
    self.unit = unit.text(prefix)
  }

  /// In CSS pixels.
  func x(_ value: Double) -> Double {
    layout.left + max(0, min(1, (value - low) / (high - low))) * (layout.right - layout.left)
  }

  func label(_ value: Double) -> String { shortest(value / prefix.factor) }

  var name: String { unit.isEmpty ? "value" : unit }
}
