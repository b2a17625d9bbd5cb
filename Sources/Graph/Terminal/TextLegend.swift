import Model

extension TextPlot {
  /// A row for each series with its numbers.
  mutating func drawLegend(_ rows: [(ink: Ink, name: String, numbers: [String])], head: String, names: [String]) {
    let shown = rows.prefix(Self.mostRows)
    var widths = names.indices.map { column in
      max(names[column].columns, shown.map { $0.numbers[column].columns }.max() ?? 0) + 2
    }
    // On a narrow terminal the last numbers are left out before the name is.
    while widths.count > 1, widths.reduce(11, +) > canvas.width { widths.removeLast() }
    let room = max(8, min(40, canvas.width - 3 - widths.reduce(0, +)))
    let longest = min(room, max(head.columns, shown.map { $0.name.printable().columns }.max() ?? 0))
    func line(_ numbers: [String]) -> String {
      zip(numbers, widths).map { $0.filled(to: $1, atEnd: false) }.joined()
    }
    canvas.add([("   " + head.cut(to: longest).filled(to: longest) + line(names), .quietText, false)])
    for row in shown {
      let name = row.name.printable().cut(to: longest).filled(to: longest)
      canvas.add([("━━", row.ink, false), (" " + name + line(row.numbers), .text, false)])
    }
    if rows.count > Self.mostRows { canvas.add([("   and \(rows.count - Self.mostRows) more", .quietText, false)]) }
  }

  /// What is dashed across the plot.
  mutating func drawLimitNames() {
    for limit in chart.visibleLimits(values.high) where (values.low...values.high).contains(limit.value) {
      let text = "\(limit.label.printable(limit: 60)) \(numberText(limit.value, chart.unit).printable(limit: 60))"
      canvas.add([("╌╌", .bad, false), (" " + text.cut(to: canvas.width - 3), .badText, false)])
    }
  }

  static let mostRows = 24
}
