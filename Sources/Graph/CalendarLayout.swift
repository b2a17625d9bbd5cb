import Model

/// Where the cells of a calendar are, in CSS pixels.
struct CalendarLayout {
  let shape: Chart.Calendar.Shape
  let isWide: Bool
  /// The days shown, since 1970, the newest if there is no room for all.
  let days: Range<Int>
  let isCut: Bool
  let width: Double
  let left: Double
  let top: Double
  /// From one cell to the next, and what is free between them.
  let pitch: (x: Double, y: Double)
  let gap: (x: Double, y: Double)
  /// Weeks side by side, and from one such row to the next.
  let weeks: Int
  let block: Double

  init(_ chart: Chart, _ calendar: Chart.Calendar, _ format: ChartFormat) {
    let first = chart.zone.civil(chart.span.from).daysFromEpoch
    let last = chart.zone.civil(chart.span.to - 1).daysFromEpoch
    isWide = format == .large
    width = isWide ? 760 : 360
    shape = calendar.shape
    top = isWide ? 40 : 54
    let all = first..<max(first, last) + 1
    if shape == .hours {
      left = isWide ? 40 : 24
      let most = Int((width - left) / 4)
      days = max(all.lowerBound, all.upperBound - most)..<all.upperBound
      let room = ((width - left) / Double(days.count) * 2).rounded(.down) / 2
      pitch = (min(isWide ? 23 : 10.5, room), 7)
      gap = (isWide && pitch.x >= 12 ? 2 : 1, 1)
      weeks = 0
      block = 24 * pitch.y
    } else {
      left = 26
      pitch = isWide ? (13, 13) : (12, 12)
      gap = (2, 2)
      weeks = Int((width - left) / pitch.x)
      days = max(all.lowerBound, all.upperBound - 7 * weeks * Self.mostBlocks)..<all.upperBound
      block = 7 * pitch.y + 22
    }
    isCut = days != all
  }

  /// Rows of weeks below each other.
  var blocks: Int { shape == .hours ? 1 : (week(of: days.upperBound - 1) / weeks) + 1 }
  var bottom: Double { top + block * Double(blocks) - (shape == .hours ? 0 : 22) }
  var height: Int { Int(bottom + (isWide ? 26 : 42)) }

  /// Weeks from that of the first day, Monday first.
  func week(of day: Int) -> Int { (day + 3).floored(by: 7) - (days.lowerBound + 3).floored(by: 7) }

  /// The cell of a day and an hour.
  func box(_ day: Int, _ hour: Int) -> Box {
    let corner: (x: Double, y: Double)
    if shape == .hours {
      corner = (left + Double(day - days.lowerBound) * pitch.x, top + Double(hour) * pitch.y)
    } else {
      let week = week(of: day)
      corner = (
        left + Double(week % weeks) * pitch.x,
        top + Double(week / weeks) * block + Double(Civil(day: day).weekday) * pitch.y
      )
    }
    return Box(corner.x, corner.y, corner.x + pitch.x - gap.x, corner.y + pitch.y - gap.y)
  }

  private static let mostBlocks = 12
}

extension Int {
  fileprivate func floored(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }
}

extension Civil {
  /// Midnight of a day since 1970.
  init(day: Int) { self.init(secondsFromEpoch: day * 86_400) }
}
