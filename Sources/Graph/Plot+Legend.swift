import Glyphs
import Model

/// A row of a legend.
struct LegendRow {
  enum Swatch {
    case area(Ink)
    case line(Ink, Dash? = nil)
    case box(Ink)
    case tint(Tint)
    case none
  }

  var swatch: Swatch
  var name: String
  /// One for each of now, avg, max, 95th, and the total where there is one.
  var numbers: [String]
  /// On the right, where there is room.
  var note = ""
}

extension Plot {
  /// - Parameters:
  ///   - head: above the names: the unit.
  ///   - samples: on the right of the header: `279 of 288 samples`.
  mutating func drawLegend(_ head: String, _ rows: [LegendRow], names: [String] = legendNames, samples: String) {
    guard layout.legendColumns == 1 else { return drawHalves(head, rows, samples) }
    let count = max(rows.map(\.numbers.count).max() ?? 4, min(names.count, 4))
    drawHead(head, Array(names.prefix(count)), layout.columns, x: 0)
    if layout.isWide, layout.hasNotes {
      canvas.text(samples, x: layout.width, y: layout.legendTop, .quietText, .regular, .right)
    }
    let widest = rows.compactMap(\.numbers.first).map { canvas.width(of: $0) }.max() ?? 0
    for (index, row) in rows.enumerated() {
      let y = layout.legendTop + 15 * Double(index + 1)
      let room = layout.columns[0] - widest - 24
      draw(row, x: 0, y, room: row.numbers.isEmpty ? layout.columns[0] - 16 : room, layout.columns)
      if layout.isWide, layout.hasNotes { canvas.text(row.note, x: layout.width, y: y, .quietText, .regular, .right) }
    }
  }

  static let legendNames = ["now", "avg", "max", "95th", "total"]

  /// Two tables side by side; below them what is left of a legend that was cut.
  private mutating func drawHalves(_ head: String, _ rows: [LegendRow], _ samples: String) {
    let (full, rest) = (rows.filter { !$0.numbers.isEmpty }, rows.filter(\.numbers.isEmpty))
    let height = (full.count + 1) / 2
    let room = Layout.halfColumns[0] - 16 - Layout.halfNumber
    for (index, row) in full.enumerated() {
      let x = index < height ? 0 : Layout.half
      if index % height == 0 { drawHead(head, Array(Self.legendNames.prefix(4)), Layout.halfColumns, x: x) }
      draw(row, x: x, layout.legendTop + 15 * Double(index % height + 1), room: room, Layout.halfColumns)
    }
    var y = layout.legendTop + 15 * Double(height + 1)
    canvas.text(samples, x: layout.width, y: y, .quietText, .regular, .right)
    for row in rest {
      draw(row, x: 0, y, room: 360, [])
      y += 15
    }
  }

  private mutating func drawHead(_ head: String, _ names: [String], _ columns: [Double], x: Double) {
    canvas.text(canvas.fitted(head, room: columns[0] - 40), x: x + 16, y: layout.legendTop, .quietText)
    for (column, name) in zip(columns, names) {
      canvas.text(name, x: x + column, y: layout.legendTop, .quietText, .regular, .right)
    }
  }

  private mutating func draw(_ row: LegendRow, x: Double, _ y: Double, room: Double, _ columns: [Double]) {
    drawSwatch(row.swatch, x, y)
    canvas.text(canvas.fitted(row.name.printable(), room: room), x: x + 16, y: y, .text)
    for (column, number) in zip(columns, row.numbers) {
      canvas.text(number, x: x + column, y: y, .text, .regular, .right)
    }
  }

  private mutating func drawSwatch(_ swatch: LegendRow.Swatch, _ x: Double, _ y: Double) {
    switch swatch {
    case .area(let ink):
      canvas.tint(Box(x, y - 8, x + 11, y), .area(ink))
      canvas.fill(Box(x, y - 8, x + 11, y - 6), ink)
    case .line(let ink, nil): canvas.fill(Box(x, y - 5, x + 11, y - 3), ink)
    case .line(let ink, _?):
      canvas.fill(Box(x, y - 5, x + 4, y - 3), ink)
      canvas.fill(Box(x + 7, y - 5, x + 11, y - 3), ink)
    case .box(let ink): canvas.fill(Box(x, y - 8, x + 11, y), ink)
    case .tint(let tint): canvas.tint(Box(x, y - 8, x + 11, y), tint)
    case .none: break
    }
  }

  /// `now`, `avg`, `max` and `95th` with one count of decimals.
  func numbers(_ statistics: Statistics?, _ decimals: Int) -> [String] {
    guard let statistics else { return [String](repeating: noNumber, count: 4) }
    return [statistics.now, statistics.average, statistics.maximum, statistics.percentile95]
      .map { decimal($0.map { $0 / values.prefix.factor }, decimals) }
  }

  /// `max at Thu 11:12`
  func maximumNote(_ statistics: Statistics?) -> String {
    guard let statistics else { return "" }
    let civil = clock.zone.civil(statistics.maximumAt)
    let time =
      chart.span.seconds > 8 * 86_400 ? Words.day(civil) : weekdayNames[civil.weekday] + " " + Words.time(civil)
    return "max at " + time
  }

  /// `279 of 288 samples`, of the series that has most.
  func sampleCount(_ all: [Statistics]) -> String {
    guard let most = all.max(by: { $0.count < $1.count }) else { return sampleCount(0) }
    return most.expected.map { "\(countText(most.count)) of \(countText($0)) samples" } ?? sampleCount(most.count)
  }

  /// `279 of 288 rounds`
  func sampleCount(_ known: Int, _ word: String = "samples") -> String {
    "\(countText(known)) of \(countText(max(known, (chart.horizon - chart.span.from) / chart.sampleStep))) \(word)"
  }
}
