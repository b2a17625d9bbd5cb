import Glyphs
import Model

/// A row of a legend.
struct LegendRow {
  enum Swatch {
    case area(Ink)
    case line(Ink)
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
  /// - Parameter samples: on the right of the header: `279 of 288 samples`.
  mutating func drawLegend(_ head: String, _ rows: [LegendRow], samples: String) {
    let names = ["now", "avg", "max", "95th", "total"]
    let count = rows.map(\.numbers.count).max() ?? 4
    var y = layout.legendTop
    canvas.text(canvas.fitted(head, room: layout.columns[0] - 40), x: 16, y: y, .quietText)
    for (column, name) in zip(layout.columns, names).prefix(count) {
      canvas.text(name, x: column, y: y, .quietText, .regular, .right)
    }
    if layout.isWide { canvas.text(samples, x: layout.width, y: y, .quietText, .regular, .right) }
    let widest = rows.compactMap(\.numbers.first).map { canvas.width(of: $0) }.max() ?? 0
    for row in rows {
      y += 15
      draw(row, y, room: layout.columns[0] - widest - 24)
    }
  }

  private mutating func draw(_ row: LegendRow, _ y: Double, room: Double) {
    drawSwatch(row.swatch, y)
    canvas.text(canvas.fitted(row.name.printable(), room: room), x: 16, y: y, .text)
    for (column, number) in zip(layout.columns, row.numbers) {
      canvas.text(number, x: column, y: y, .text, .regular, .right)
    }
    if layout.isWide { canvas.text(row.note, x: layout.width, y: y, .quietText, .regular, .right) }
  }

  private mutating func drawSwatch(_ swatch: LegendRow.Swatch, _ y: Double) {
    switch swatch {
    case .area(let ink):
      canvas.tint(Box(0, y - 8, 11, y), .area(ink))
      canvas.fill(Box(0, y - 8, 11, y - 6), ink)
    case .line(let ink): canvas.fill(Box(0, y - 5, 11, y - 3), ink)
    case .box(let ink): canvas.fill(Box(0, y - 8, 11, y), ink)
    case .tint(let tint): canvas.tint(Box(0, y - 8, 11, y), tint)
    case .none: break
    }
  }

  /// `now`, `avg`, `max` and `95th` with one count of decimals.
  func numbers(_ statistics: Statistics?, _ decimals: Int) -> [String] {
    guard let statistics else { return [String](repeating: noNumber, count: 4) }
    return [statistics.now, statistics.average, statistics.maximum, statistics.percentile95]
      .map { decimal($0 / values.prefix.factor, decimals) }
  }

  /// `max at Thu 11:12`
  func maximumNote(_ statistics: Statistics?) -> String {
    guard let statistics else { return "" }
    let civil = clock.zone.civil(statistics.maximumAt)
    let time =
      chart.span.seconds > 8 * 86_400 ? Words.day(civil) : weekdayNames[civil.weekday] + " " + Words.time(civil)
    return "max at " + time
  }

  /// `279 of 288 samples`
  func sampleCount(_ known: Int, _ word: String = "samples") -> String {
    "\(countText(known)) of \(countText(max(known, chart.span.seconds / chart.sampleStep))) \(word)"
  }
}
