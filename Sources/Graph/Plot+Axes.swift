import Glyphs
import Model

extension Plot {
  /// Drawn over areas and under lines.
  mutating func drawGrid() {
    drawRules()
    for tick in times.ticks where tick.kind == .day && tick.at > chart.span.from {
      let x = canvas.snapped(x(tick.at))
      // Over hatching there is nothing to be read from it.
      if marks.contains(where: { $0.kind == .unknown && $0.left < x && x < $0.right - 1 }) { continue }
      canvas.tint(Box(x, layout.top, min(x + 1, layout.right), layout.bottom), .grid)
    }
    if values.low < 0, !values.isLogarithmic { drawRule(0, .tick) }
  }

  /// Across, at each step.
  mutating func drawRules() {
    for value in values.minorTicks { drawRule(value, .faint) }
    for value in values.ticks where value != values.low { drawRule(value, .grid) }
  }

  private mutating func drawRule(_ value: Double, _ tint: Tint) {
    let y = canvas.snapped(y(value))
    canvas.tint(Box(layout.left, y, layout.right, y + 1), tint)
  }

  mutating func drawAxes() {
    drawBase()
    drawTimes(from: layout.bottom + layout.lane)
  }

  /// The line the plot stands on, and the numbers beside it.
  mutating func drawBase() {
    canvas.fill(
      Box(layout.left, layout.bottom, layout.right, layout.bottom + 1), canvas.palette.tinted(.axis))
    drawValueLabels()
  }

  private mutating func drawValueLabels() {
    var ends = [values.low, values.high, values.ticks.last ?? values.high]
    if values.low < 0, values.high > 0 { ends.append(0) }
    let ticks = values.ticks.filter { !layout.isSmall || ends.contains($0) }
    let room = layout.left - (layout.isSmall ? 0 : 2)
    let isShort = !values.isLogarithmic && ticks.contains { canvas.width(of: values.label($0)) > layout.left - 2 }
    for value in ticks {
      let whole = isShort ? compact(value / values.prefix.factor) : values.label(value)
      // What the floor holds is said elsewhere too.
      let isTooLong = values.isLogarithmic && canvas.width(of: whole) > room
      let label = canvas.fitted(isTooLong ? values.exactLabel(value) : whole, room: room)
      // A long number comes nearer to the plot before it is shortened.
      let right = max(layout.labels, canvas.width(of: label))
      canvas.text(label, x: right, y: canvas.snapped(y(value)) + 4, .quietText, .regular, .right)
    }
  }

  mutating func drawTimes(from y: Double) {
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
    if layout.isSmall {
      canvas.heading(Words.length(chart.span.seconds).capitalisedFirst, unit: "", period: summary, layout)
    } else {
      let period = layout.hasNotes ? words.period(chart.span) : "to \(words.moment(chart.span.to))"
      canvas.heading(chart.title, unit: titleUnit, period: period, layout)
    }
  }

  private var titleUnit: String {
    guard values.isLogarithmic else { return chart.title.names(values.unit) ? "" : values.unit }
    let unit = chart.unit.text(.none)
    return unit.isEmpty || chart.title.names(unit) ? "log scale" : "\(unit), log scale"
  }

  /// `avg 191 · max 798 · 95th 511 Mbit/s`, of the first series that knows anything.
  private var summary: String {
    guard let numbers = chart.series.lazy.compactMap(\.numbers).first else { return "" }
    let mean = numbers.average.magnitude / values.prefix.factor
    let decimals = mean >= 10 ? 0 : mean >= 1 ? 1 : 2
    func text(_ value: Double?) -> String { decimal(value.map { $0 / values.prefix.factor }, decimals) }
    let all = "avg \(text(numbers.average)) · max \(text(numbers.maximum)) · 95th \(text(numbers.percentile95))"
    return values.unit.isEmpty ? all : all + " " + values.unit
  }

  /// In the middle of an empty plot.
  mutating func drawEmptyText() {
    canvas.say(chart.emptyText, in: frame)
  }
}

extension Canvas {
  /// The first line of a picture: what it is, its unit, and on the right or below it the time.
  mutating func heading(_ title: String, unit: String, period: String, _ layout: Layout) {
    let taken = layout.periodLine == nil ? width(of: period) + 12 : 0
    let unitRoom = unit.isEmpty ? 0 : width(of: unit) + 8
    let fitted = fitted(title.printable(), room: layout.width - taken - unitRoom, .bold)
    let end = text(fitted, x: 0, y: 11, .text, .bold)
    if !unit.isEmpty { text(unit, x: end + 8, y: 11, .quietText) }
    if let line = layout.periodLine {
      text(period, x: 0, y: line, .quietText)
    } else {
      text(period, x: layout.width, y: 11, .quietText, .regular, .right)
    }
  }

  /// A line in the middle of an empty frame.
  mutating func say(_ words: String, in frame: Box) {
    let words = fitted(words.printable(), room: frame.right - frame.left - 16)
    guard !words.isEmpty else { return }
    let half = width(of: words) / 2
    let (x, y) = ((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
    fill(Box(x - half - 8, y - 10, x + half + 8, y + 9), .background)
    text(words, x: x, y: y + 4, .quietText, .regular, .middle)
  }
}

extension String {
  /// Whether a word of the text is this unit.
  func names(_ unit: String) -> Bool {
    split { $0 == " " || $0 == "," || $0 == "(" || $0 == ")" }.contains { $0 == unit }
  }

  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
