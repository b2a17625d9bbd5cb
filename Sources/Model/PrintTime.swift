/// A length of time in two units at most, cut: `44 s`, `2 min 06 s`, `44 min`, `3 h 55 min`, `41 d 6 h`.
///
/// Seconds are left out from ten minutes on.
package func durationText(_ seconds: Int) -> String {
  let parts = DurationParts(seconds)
  switch seconds.magnitude {
  case 0..<60: return parts.sign + parts.part(parts.seconds, "s")
  case 60..<600 where parts.seconds > 0:
    return parts.sign + "\(parts.part(parts.minutes, "min")) \(parts.padded(parts.seconds, "s"))"
  case 60..<3_600: return parts.sign + parts.part(parts.minutes, "min")
  case 3_600..<86_400: return parts.sign + parts.pair(parts.hours, "h", parts.minutes, "min")
  default: return parts.sign + parts.pair(parts.days, "d", parts.hours, "h")
  }
}

/// A length of time to the second, for reports that add up: `17 min 05 s`, `1 h 00 min 05 s`.
package func exactDurationText(_ seconds: Int) -> String {
  let parts = DurationParts(seconds)
  let all = [(parts.days, "d"), (parts.hours, "h"), (parts.minutes, "min"), (parts.seconds, "s")]
  let first = all.firstIndex { $0.0 > 0 } ?? 3
  let last = all.lastIndex { $0.0 > 0 } ?? 3
  let texts = all[first...last].enumerated().map { index, part in
    index == 0 ? parts.part(part.0, part.1) : parts.padded(part.0, part.1)
  }
  return parts.sign + texts.joined(separator: " ")
}

/// What something took: `85 ms`, `6.8 s`, and like `durationText` from a minute on.
package func durationText(milliseconds: Int) -> String {
  switch milliseconds {
  case ..<1_000: "\(milliseconds)\(thinSpace)ms"
  case ..<60_000: "\(milliseconds / 1_000).\(milliseconds / 100 % 10)\(thinSpace)s"
  default: durationText(milliseconds / 1_000)
  }
}

private struct DurationParts {
  let sign: String
  let days: Int
  let hours: Int
  let minutes: Int
  let seconds: Int

  init(_ length: Int) {
    let size = Int(clamping: length.magnitude)
    sign = length < 0 ? minusSign : ""
    days = size / 86_400
    hours = size / 3_600 % 24
    minutes = size / 60 % 60
    seconds = size % 60
  }

  func part(_ number: Int, _ unit: String) -> String { countText(number) + thinSpace + unit }

  func padded(_ number: Int, _ unit: String) -> String { Model.padded(number, to: 2) + thinSpace + unit }

  func pair(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
    small == 0 ? part(large, largeUnit) : "\(part(large, largeUnit)) \(part(small, smallUnit))"
  }
}

/// A point in time as near as it is: `today 14:05`, `Wed 22:00` in the same ISO week, `Mon 18 May 08:14` in the same
/// year, else `2025-11-03 14:05`.
///
/// An hour that a clock change repeats carries its zone: `today 02:30 CEST`, `today 02:30 CET`.
/// - Parameter seconds: Whether a time that is not at the minute says its seconds, as slots of less than a minute need.
package func clockText(_ instant: Instant, zone: Zone, now: Instant, seconds: Bool = false) -> String {
  let civil = zone.civil(instant)
  let today = zone.civil(now)
  let time = timeText(instant, zone: zone, seconds: seconds && civil.second != 0)
  let day = civil.daysFromEpoch
  if day == today.daysFromEpoch { return "today \(time)" }
  let monday = today.daysFromEpoch - today.weekday
  if monday <= day, day < monday + 7 { return "\(weekdayNames[civil.weekday]) \(time)" }
  guard civil.year == today.year else { return "\(dateText(civil)) \(time)" }
  return "\(weekdayNames[civil.weekday]) \(civil.day) \(monthName(civil.month).prefix(3)) \(time)"
}

/// `14:05`, or `14:05:07`; with its zone in an hour that exists twice.
package func timeText(_ instant: Instant, zone: Zone, seconds: Bool = false) -> String {
  let civil = zone.civil(instant)
  let time = "\(padded(civil.hour, to: 2)):\(padded(civil.minute, to: 2))"
  let exact = seconds ? "\(time):\(padded(civil.second, to: 2))" : time
  let twice = zone.instant(civil) != zone.instant(civil, later: true)
  return twice ? "\(exact) \(zone.abbreviation(at: instant))" : exact
}

/// `2026-05-21`.
package func dateText(_ civil: Civil) -> String {
  "\(padded(civil.year, to: 4))-\(padded(civil.month, to: 2))-\(padded(civil.day, to: 2))"
}

/// `2026-05-21T12:05:00Z`, for machines (RFC 3339).
package func stampText(_ instant: Instant) -> String {
  let civil = Civil(secondsFromEpoch: instant.seconds)
  let time = [civil.hour, civil.minute, civil.second].map { padded($0, to: 2) }.joined(separator: ":")
  return "\(dateText(civil))T\(time)Z"
}

/// Monday first.
package let weekdayNames = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

/// `May` for 5; empty for a number that is no month.
package func monthName(_ month: Int) -> String {
  let names = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  return (1...12).contains(month) ? names[month - 1] : ""
}
