/// Days and hours of the week as people write them.
enum Weekdays {
  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// `daily`, `mon`, `mon-fri`, `fri-mon`, `sat,sun`; 0 is Monday.
  static func days(_ text: String) -> Set<Int>? {
    if text == "daily" { return Set(0..<7) }
    var result: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let days = days(from: String(part).trimmed.lowercased()) else { return nil }
      result.formUnion(days)
    }
    return result
  }

  private static func days(from part: String) -> [Int]? {
    let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { names.firstIndex(of: String($0)) }
    guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2 else { return nil }
    return (0...(last - first + 7) % 7).map { (first + $0) % 7 }
  }

  /// `08:00-18:00` in minutes since midnight; the end may be `24:00`, and may lie before the start.
  static func stretch(_ text: String) -> (from: Int, to: Int)? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { minutes(String($0).trimmed) }
    guard ends.count == 2, let from = ends[0], let to = ends[1], from < 1_440 else { return nil }
    return (from, to)
  }

  private static func minutes(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 2,
      text.utf8.allSatisfy({ $0.isASCIIDigit || $0 == UInt8(ascii: ":") }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1_440
    else { return nil }
    return hour * 60 + minute
  }

  /// `always`, `mon-fri`, `08:00-18:00` or `mon-fri 08:00-18:00`.
  static func serviceHours(_ text: String) -> ServiceHours? {
    if text == "always" { return .always }
    if let days = days(text) { return .weekly([WeeklyHours(days: days, from: 0, to: 1_440)]) }
    if let stretch = stretch(text) {
      return .weekly([WeeklyHours(days: Set(0..<7), from: stretch.from, to: stretch.to)])
    }
    let parts = text.split(separator: " ")
    guard let last = parts.last, let stretch = stretch(String(last)),
      let days = days(parts.dropLast().joined(separator: " "))
    else { return nil }
    return .weekly([WeeklyHours(days: days, from: stretch.from, to: stretch.to)])
  }
}

/// Windows of objectives and what unknown slots count as.
enum Windows {
  static func window(_ text: String) -> ObjectiveWindow? {
    if let period = ObjectiveWindow.Period(rawValue: text) { return .calendar(period) }
    guard let milliseconds = DurationText.milliseconds(text), milliseconds >= 3_600_000, milliseconds % 1_000 == 0
    else { return nil }
    return .rolling(milliseconds / 1_000)
  }

  static func unknown(_ text: String) -> UnknownPolicy? {
    switch text {
    case "exclude": return .exclude
    case "bad": return .bad
    case "good": return .good
    default:
      let parts = text.split(separator: " ")
      guard parts.count == 2, parts[0] == "carry", let slots = Int(parts[1]), (1...100).contains(slots)
      else { return nil }
      return .carry(slots)
    }
  }
}
