import Glyphs
import Model

func calendar(
  _ chart: Chart, _ calendar: Chart.Calendar, _ format: ChartFormat, scale: Int, fonts: FontBook
) -> Canvas {
  var drawing = CalendarDrawing(chart, calendar, CalendarLayout(chart, calendar, format), scale: scale, fonts: fonts)
  drawing.draw(format)
  return drawing.canvas
}

struct CalendarDrawing {
  let chart: Chart
  let calendar: Chart.Calendar
  let layout: CalendarLayout
  /// By place, row by row of the calendar's days.
  let states: [Chart.Calendar.State?]
  let values: ValueScale
  var canvas: Canvas

  init(
    _ chart: Chart, _ calendar: Chart.Calendar, _ layout: CalendarLayout, scale: Int, fonts: FontBook
  ) {
    (self.chart, self.calendar, self.layout) = (chart, calendar, layout)
    states = Self.states(chart, calendar, layout)
    let largest = states.compactMap { state in
      if case .value(let value)? = state, value.isFinite { clamped(value) } else { nil as Double? }
    }.max()
    values = ValueScale(chart.unit, values: 0...max(0, largest ?? 0), top: chart.top, aim: 5, headroom: 1)
    canvas = Canvas(width: Int(layout.width), height: layout.height, scale: scale, fonts: fonts)
    canvas.palette.reserveText()
  }

  private static func states(
    _ chart: Chart, _ calendar: Chart.Calendar, _ layout: CalendarLayout
  ) -> [Chart.Calendar.State?] {
    var states = [Chart.Calendar.State?](repeating: nil, count: layout.days.count * layout.perDay)
    let clock = WallClock(chart.zone, chart.span)
    for cell in calendar.cells where chart.span.contains(cell.at) {
      let civil = clock.civil(cell.at)
      let day = civil.daysFromEpoch - layout.days.lowerBound
      guard day >= 0, day < layout.days.count else { continue }
      let place = day * layout.perDay + (layout.perDay == 1 ? 0 : civil.hour)
      states[place] = states[place]?.worse(cell.state) ?? cell.state
    }
    return states
  }

  mutating func draw(_ format: ChartFormat) {
    canvas.heading(chart.title, unit: "", period: period, .of(format: format))
    for (index, day) in layout.days.enumerated() {
      for hour in 0..<layout.perDay {
        draw(states[index * layout.perDay + hour], layout.box(day, hour))
      }
    }
    if layout.shape == .hours { drawHours() } else { drawWeeks() }
    if calendar.cells.isEmpty {
      canvas.say(chart.emptyText, in: Box(0, layout.top, layout.width, layout.bottom))
    }
    drawKey()
  }

  private var period: String {
    guard layout.shape == .hours else { return "one cell is one day" }
    let names = [chart.span.from, chart.span.to - 1].map { chart.zone.abbreviation(at: $0) }
    return "one cell is one hour, " + (names[0] == names[1] ? names[0] : names.joined(separator: " and "))
  }

  // MARK: Cells

  mutating func draw(_ state: Chart.Calendar.State?, _ box: Box) {
    switch state {
    case nil:
      let (x, y) = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
      canvas.fill(Box(x - 0.5, y - 0.5, x + 0.5, y + 0.5), canvas.palette.tinted(.unknownLine))
    case .good: canvas.fill(box, .ok)
    case .bad(let minutes): drawBad(step(minutes), box)
    case .planned:
      canvas.fill(box, canvas.palette.tinted(.planned))
      let entry = canvas.palette.solid(.planned)
      canvas.hatch(box, period: 4) { _, _ in entry }
    case .excluded:
      let entry = canvas.palette.solid(.planned)
      canvas.hatch(box, period: 4) { _, _ in entry }
      canvas.frame(box, canvas.palette.solid(.bad))
    case .unknown: canvas.frame(box, canvas.palette.tinted(.unknownLine))
    case .value(let value): drawLevel(level(value), box)
    }
  }

  /// The two from which a tint is darker.
  var limits: [Double] {
    let given = calendar.minutes.filter { $0.isFinite && $0 > 0 }.sorted()
    return given.count >= 2 ? Array(given.prefix(2)) : [given.first ?? 5, 3 * (given.first ?? 5)]
  }

  private func step(_ minutes: Double) -> Int {
    limits.count { minutes >= $0 }
  }

  private mutating func drawBad(_ step: Int, _ box: Box) {
    canvas.fill(box, step >= 2 ? canvas.palette.solid(.bad) : canvas.palette.tinted(.heat(step)))
    let side = box.right - box.left >= 7 ? 2.0 : 1
    canvas.fill(Box(box.left, box.top, box.left + side, box.bottom), .bad)
    canvas.fill(Box(box.right - side, box.top, box.right, box.bottom), .bad)
  }

  /// 0 to 4, and -1 for what is no number.
  private func level(_ value: Double) -> Int {
    guard value.isFinite else { return -1 }
    return max(0, min(4, Int(5 * clamped(value) / values.high)))
  }

  mutating func drawLevel(_ level: Int, _ box: Box) {
    if level < 0 { return canvas.frame(box, canvas.palette.tinted(.unknownLine)) }
    canvas.fill(box, level >= 4 ? canvas.palette.solid(.first) : canvas.palette.tinted(.level(level)))
  }

  // MARK: Names of days and hours

  private mutating func drawHours() {
    for hour in [0, 6, 12, 18, 24] {
      let y = layout.top + Double(hour) * layout.pitch.y + 4 + (hour == 0 ? 3 : hour == 24 ? -1 : 0)
      let text = padded(hour, to: 2) + (layout.isWide ? ":00" : "")
      canvas.text(text, x: layout.left - 6, y: y, .quietText, .regular, .right)
    }
    var end = -Double.infinity
    for (index, day) in layout.days.enumerated() {
      let box = layout.box(day, 0)
      let isMonday = Civil(day: day).weekday == 0
      if isMonday, index > 0 {
        let x = box.left - layout.gap.x / 2 - 0.5
        let rise = layout.pitch.x >= 16 ? 16.0 : 4
        canvas.fill(Box(x, layout.top - rise, x + 1, layout.top), canvas.palette.tinted(.tick))
      }
      name(day, at: (box.left + box.right) / 2, isUsual: isMonday || index == 0, isBad: isBad(index), &end)
    }
  }

  /// Where there is no room for every day's number, Mondays have theirs, and bad days.
  private mutating func name(_ day: Int, at x: Double, isUsual: Bool, isBad: Bool, _ end: inout Double) {
    guard isUsual || isBad || layout.pitch.x >= 16 else { return }
    let text = "\(Civil(day: day).day)"
    let half = canvas.width(of: text, isBad ? .bold : .regular) / 2
    guard x - half > end + 2 else { return }
    canvas.text(text, x: x, y: layout.top - 6, isBad ? .text : .quietText, isBad ? .bold : .regular, .middle)
    end = x + half
  }

  private func isBad(_ index: Int) -> Bool {
    states[index * layout.perDay..<(index + 1) * layout.perDay].contains { state in
      if case .bad? = state { true } else { false }
    }
  }

  private mutating func drawWeeks() {
    for block in 0..<layout.blocks {
      for (weekday, name) in weekdayNames.enumerated() where weekday % 2 == 0 && weekday < 6 {
        let y = layout.top + Double(block) * layout.block + Double(weekday) * layout.pitch.y + 9
        canvas.text(layout.isWide ? name : String(name.prefix(2)), x: 0, y: y, .quietText)
      }
    }
    var (end, last) = (-Double.infinity, -1)
    for day in layout.days where Civil(day: day).day == 1 || day == layout.days.lowerBound {
      let (box, week) = (layout.box(day, 0), layout.week(of: day) / layout.weeks)
      let civil = Civil(day: day)
      let text = civil.month == 1 || last < 0 ? "\(Words.month(civil)) \(civil.year)" : Words.month(civil)
      let width = canvas.width(of: text)
      guard week != last || box.left > end + 6, box.left + width <= layout.width else { continue }
      canvas.text(text, x: box.left, y: layout.top + Double(week) * layout.block - 6, .quietText)
      (end, last) = (box.left + width, week)
    }
  }
}

extension CalendarLayout {
  /// Cells of a day.
  fileprivate var perDay: Int { shape == .hours ? 24 : 1 }
}

extension Chart.Calendar.State {
  /// What two cells of one place are together.
  fileprivate func worse(_ other: Self) -> Self {
    switch (self, other) {
    case (.bad(let one), .bad(let two)): .bad(minutes: one + two)
    case (.value(let one), .value(let two)): .value(max(one, two))
    default: rank >= other.rank ? self : other
    }
  }

  private var rank: Int {
    switch self {
    case .good: 0
    case .value: 1
    case .planned: 2
    case .excluded: 3
    case .unknown: 4
    case .bad: 5
    }
  }
}
