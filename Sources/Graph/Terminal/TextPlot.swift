import Model

/// A chart while it is set in dots and letters.
struct TextPlot {
  let chart: Chart
  let values: ValueScale
  let times: TimeAxis
  let words: Words
  /// Cells of the labels at the left, of the plot, and its rows.
  let left: Int
  let cells: Int
  let height: Int
  /// The first row of the plot.
  private(set) var top = 0
  var canvas: TextCanvas
  let hasColours: Bool

  /// Dots each way.
  var across: Int { cells * 2 }
  var down: Int { height * 4 }

  init(_ chart: Chart, _ values: ValueScale, columns: Int, height: Int, hasColours: Bool) {
    (self.chart, self.values, self.height, self.hasColours) = (chart, values, height, hasColours)
    words = Words(zone: chart.zone)
    left = Self.labels(chart, values) + 1
    cells = Self.cells(chart, values, columns: columns)
    times = TimeAxis(chart.span, WallClock(chart.zone, chart.span), isWide: cells > 90)
    canvas = TextCanvas(width: columns)
  }

  /// How many cells are left of the columns beside the labels.
  static func cells(_ chart: Chart, _ values: ValueScale, columns: Int) -> Int {
    max(10, columns - labels(chart, values) - 2)
  }

  private static func labels(_ chart: Chart, _ values: ValueScale) -> Int {
    values.ticks.map { values.label($0).columns }.reduce(chart.isLatency ? lossLabel.columns : 0, max)
  }

  static let lossLabel = "loss"

  // MARK: The frame

  mutating func drawTitle(unit: String) {
    let period = words.period(chart.span)
    let room = max(10, canvas.width - unit.columns - 2)
    let title = chart.title.printable().cut(to: room)
    var line: [(String, Ink?, Bool)] = [(title, .text, true)]
    if !unit.isEmpty { line.append(("  \(unit)", .quietText, false)) }
    let taken = title.columns + (unit.isEmpty ? 0 : unit.columns + 2)
    let gap = canvas.width - taken - period.columns
    if gap >= 2 {
      line.append((String(repeating: " ", count: gap), nil, false))
      line.append((period, .quietText, false))
      canvas.add(line)
    } else {
      canvas.add(line)
      canvas.add([(period.cut(to: canvas.width), .quietText, false)])
    }
  }

  /// The lane of what happened, if anything did, and the labels of the values.
  mutating func drawFrame() {
    drawBands()
    top = canvas.addRows(height)
    for row in 0..<height { canvas.put("│", row: top + row, column: left, .quietText) }
    for tick in values.ticks {
      let row = top + min(height - 1, dotRow(tick) / 4)
      canvas.put(values.label(tick).filled(to: left - 1, atEnd: false), row: row, column: 0, .quietText)
      canvas.put("┤", row: row, column: left, .quietText)
    }
  }

  private mutating func drawBands() {
    let bands = chart.bands.filter { !$0.span.intersection(chart.span).isEmpty }
    guard !bands.isEmpty else { return }
    let row = canvas.addRows(1)
    for band in bands.sorted(by: { $0.kind.rawValue < $1.kind.rawValue }) where band.kind != .good {
      let (from, to) = (cell(band.span.from), min(cells - 1, cell(band.span.to - 1)))
      guard from <= to else { continue }
      for place in from...to { canvas.put(band.kind.sign, row: row, column: left + 1 + place, band.kind.ink) }
      let label = band.label.printable(limit: 60)
      let start = from - label.columns - 1
      if start >= 0, bands.count < 8 { canvas.put(label, row: row, column: left + 1 + start, band.kind.textInk) }
    }
  }

  /// The line the plot stands on, with its times; a lane may stand between the two.
  mutating func drawTimes() {
    let axis = canvas.addRows(2)
    canvas.put("└" + String(repeating: "─", count: cells), row: axis, column: left, .quietText)
    var free = 0
    for (index, tick) in times.ticks.enumerated() where tick.kind != .minor && tick.at < chart.span.to {
      let place = cell(tick.at)
      canvas.put("┴", row: axis, column: left + 1 + place, .quietText)
      let next = times.ticks[(index + 1)...].first { $0.kind == .day }.map { cell($0.at) } ?? cells
      // Dates stand in the middle of what they name, times under their mark.
      let middle = times.isCentred ? (place + next) / 2 : place
      let start = max(0, middle - tick.text.columns / 2)
      guard start >= free, start + tick.text.columns <= cells else { continue }
      canvas.put(tick.text, row: axis + 1, column: left + 1 + start, .quietText)
      free = start + tick.text.columns + 1
    }
  }

  mutating func drawEmptyText() {
    let text = chart.emptyText.printable().cut(to: cells)
    canvas.put(text, row: top + height / 2, column: left + 1 + (cells - text.columns) / 2, .quietText)
  }

  // MARK: Places

  func cell(_ instant: Instant) -> Int {
    max(0, min(cells - 1, Int(Double(instant - chart.span.from) / Double(chart.span.seconds) * Double(cells))))
  }

  /// From the top of the plot.
  func dotRow(_ value: Double) -> Int {
    Int(((1 - max(0, min(1, values.share(value)))) * Double(down - 1)).rounded())
  }

  mutating func dots(_ x: Int, _ rows: ClosedRange<Int>, _ ink: Ink) {
    for y in rows { canvas.dot(x, y, row: top, column: left + 1, ink) }
  }
}

extension Chart.Band.Kind {
  fileprivate var sign: String {
    switch self {
    case .breach: "█"
    case .degraded: "▄"
    case .planned, .excluded: "▒"
    case .unknown, .good: "░"
    }
  }

  fileprivate var ink: Ink {
    switch self {
    case .breach: .bad
    case .degraded: .warn
    case .planned, .excluded: .planned
    case .unknown, .good: .quietText
    }
  }

  fileprivate var textInk: Ink { self == .breach ? .badText : self == .planned ? .plannedText : .quietText }
}

extension String {
  /// With “…” where it is wider than so many columns.
  func cut(to width: Int) -> String {
    guard columns > width else { return self }
    var text = ""
    for character in self {
      if text.columns + String(character).columns > width - 1 { break }
      text.append(character)
    }
    return text + "…"
  }
}
