import Glyphs
import Model

extension Plot {
  /// Drawn over areas and under lines.
  mutating func drawGrid() {
    for value in values.ticks where value != values.low { drawRule(value, .grid) }
    for tick in times.ticks where tick.kind == .day && tick.at > chart.span.from {
      let x = canvas.snapped(x(tick.at))
      canvas.tint(Box(x, layout.top, min(x + 1, layout.right), layout.bottom), .grid)
    }
    if values.low < 0 { drawRule(0, .tick) }
  }

  private mutating func drawRule(_ value: Double, _ tint: Tint) {
    let y = canvas.snapped(y(value))
    canvas.tint(Box(layout.left, y, layout.right, y + 1), tint)
  }

  mutating func drawAxes() {
    canvas.fill(
      Box(layout.left, layout.bottom, layout.right, layout.bottom + 1), canvas.palette.tinted(.axis))
    drawValueLabels()
    drawTimes(from: layout.bottom + layout.lane)
  }

  private mutating func drawValueLabels() {
    let ticks = values.ticks.filter { !layout.isSmall || $0 == values.low || $0 == values.high }
    let room = layout.left - 2
    let isShort = ticks.contains { canvas.width(of: values.label($0)) > room }
    for value in ticks {
      let label = canvas.fitted(isShort ? compact(value / values.prefix.factor) : values.label(value), room: room)
      // A long number comes nearer to the plot before it is shortened.
      let right = max(layout.labels, canvas.width(of: label))
      canvas.text(label, x: right, y: canvas.snapped(y(value)) + 4, .quietText, .regular, .right)
    }
  }

  private mutating func drawTimes(from y: Double) {
    let entry = canvas.palette.tinted(.tick)
    for (index, tick) in times.ticks.enumerated() {
      let x = canvas.snapped(x(tick.at))
      canvas.fill(Box(x, y + 1, x + 1, y + 1 + length(tick)), entry)
      guard tick.kind != .minor else { continue }
      if times.isCentred {
        let next = times.ticks[(index + 1)...].first { $0.kind == .day }
        label(tick.text, between: x, next.map { self.x($0.at) } ?? layout.right, y: y + 13)
      } else {
        label(tick, x, y: y + 15)
      }
    }
    if layout.hasDays, !times.isCentred { drawDays(y) }
  }

  private func length(_ tick: Tick) -> Double {
    switch tick.kind {
    case .minor: layout.isSmall ? 2 : 3
    case .label: 5
    case .day: !layout.hasDays ? 5 : times.isCentred ? 15 : 29
    }
  }

  private mutating func label(_ text: String, between left: Double, _ right: Double, y: Double) {
    guard canvas.width(of: text) + 2 <= right - left else { return }
    canvas.text(text, x: (left + right) / 2, y: y, .quietText, .regular, .middle)
  }

  private mutating func label(_ tick: Tick, _ x: Double, y: Double) {
    let width = canvas.width(of: tick.text)
    guard layout.hasDays else {
      if x + width / 2 <= layout.width, x - width / 2 >= 0 {
        canvas.text(tick.text, x: x, y: y, .quietText, .regular, .middle)
      }
      return
    }
    // Room for the end's own label.
    guard x - width / 2 >= layout.left - 8, layout.right - x >= 34 else { return }
    if tick.kind == .day {
      canvas.text(tick.text, x: x + 3, y: y, .quietText)
    } else {
      canvas.text(tick.text, x: x, y: y, .quietText, .regular, .middle)
    }
  }

  private mutating func drawDays(_ y: Double) {
    canvas.text(words.time(chart.span.to), x: layout.right, y: y + 15, .text, .bold, .middle)
    let days = times.ticks.filter { $0.kind == .day }
    let start = Words.day(clock.civil(chart.span.from))
    let room = (days.first.map { x($0.at) } ?? layout.width) - layout.left
    if room > canvas.width(of: start) + 8 { canvas.text(start, x: layout.left, y: y + 29, .quietText) }
    for day in days {
      let (text, left) = (Words.day(clock.civil(day.at)), x(day.at) + 3)
      if left + canvas.width(of: text) <= layout.width { canvas.text(text, x: left, y: y + 29, .quietText) }
    }
  }

  // MARK: Title

  mutating func drawTitle() {
    let period = layout.isSmall ? summary : words.period(chart.span)
    let title = layout.isSmall ? Words.length(chart.span.seconds).capitalisedFirst : chart.title.printable()
    let taken = layout.periodLine == nil ? canvas.width(of: period) + 12 : 0
    let unit = layout.isSmall || title.names(values.unit) ? "" : values.unit
    let unitRoom = unit.isEmpty ? 0 : canvas.width(of: unit) + 8
    let fitted = canvas.fitted(title, room: layout.width - taken - unitRoom, .bold)
    let width = canvas.text(fitted, x: 0, y: 11, .text, .bold)
    if !unit.isEmpty { canvas.text(unit, x: width + 8, y: 11, .quietText) }
    if let line = layout.periodLine {
      canvas.text(period, x: 0, y: line, .quietText)
    } else {
      canvas.text(period, x: layout.width, y: 11, .quietText, .regular, .right)
    }
  }

  /// `avg 191 · max 798 · 95th 511 Mbit/s`, of the first series that knows anything.
  private var summary: String {
    guard let numbers = chart.series.lazy.compactMap({ Statistics($0.samples, peaks: $0.peaks) }).first else {
      return ""
    }
    let mean = numbers.average.magnitude / values.prefix.factor
    let decimals = mean >= 10 ? 0 : mean >= 1 ? 1 : 2
    func text(_ value: Double) -> String { decimal(value / values.prefix.factor, decimals) }
    let all = "avg \(text(numbers.average)) · max \(text(numbers.maximum)) · 95th \(text(numbers.percentile95))"
    return values.unit.isEmpty ? all : all + " " + values.unit
  }

  /// In the middle of an empty plot.
  mutating func drawEmptyText() {
    let text = canvas.fitted(chart.emptyText.printable(), room: layout.right - layout.left - 16)
    guard !text.isEmpty else { return }
    let half = canvas.width(of: text) / 2
    let (x, y) = ((layout.left + layout.right) / 2, layout.top + layout.plotHeight / 2)
    canvas.fill(Box(x - half - 8, y - 10, x + half + 8, y + 9), .background)
    canvas.text(text, x: x, y: y + 4, .quietText, .regular, .middle)
  }
}

extension String {
  /// Whether a word of the text is this unit.
  fileprivate func names(_ unit: String) -> Bool {
    split { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" }.contains { $0 == unit }
  }

  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
