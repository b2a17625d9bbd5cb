import Model

/// Dates and times as the site writes them: English, 24 hours.
struct Words {
  let zone: Zone

  /// `14:05`
  func time(_ instant: Instant) -> String { Self.time(zone.civil(instant)) }

  static func time(_ civil: Civil) -> String { padded(civil.hour, to: 2) + ":" + padded(civil.minute, to: 2) }

  /// `Thu 21 May`
  static func day(_ civil: Civil) -> String { weekdayNames[civil.weekday] + " " + date(civil) }

  /// `21 May`
  static func date(_ civil: Civil) -> String { "\(civil.day) \(month(civil))" }

  /// `May`
  static func month(_ civil: Civil) -> String { String(monthName(civil.month).prefix(3)) }

  /// `Thu 21 May 2026 14:05 CEST`
  func moment(_ instant: Instant) -> String {
    let civil = zone.civil(instant)
    return "\(Self.day(civil)) \(civil.year) \(Self.time(civil)) \(zone.abbreviation(at: instant))"
  }

  /// As short as `end` allows: `14:05` on its day, `Wed 22:00` in its week, `18 May` in its year, else `3 Nov 2025`.
  func near(_ instant: Instant, _ end: Instant) -> String {
    let civil = zone.civil(instant)
    let last = zone.civil(end)
    let days = last.daysFromEpoch - civil.daysFromEpoch
    if days == 0 { return Self.time(civil) }
    if abs(days) < 7 { return weekdayNames[civil.weekday] + " " + Self.time(civil) }
    return Self.date(civil) + (civil.year == last.year ? "" : " \(civil.year)")
  }

  /// `Wed 22:00 to 23:00`, each as short as `end` allows.
  func stretch(_ span: Span, _ end: Instant) -> String {
    let (from, to) = (zone.civil(span.from), zone.civil(span.to))
    let isOneDay = from.daysFromEpoch == to.daysFromEpoch
    let start = near(span.from, end)
    guard isOneDay, !start.hasSuffix(Self.time(from)) else {
      return start + " to " + (isOneDay ? Self.time(to) : near(span.to, end))
    }
    return "\(start) \(Self.time(from)) to \(Self.time(to))"
  }

  /// `24 h to Thu 21 May 2026 14:05 CEST`; up to 8 hours `Thu 21 May 2026, 09:30–11:00 CEST`.
  func period(_ span: Span) -> String {
    let from = zone.civil(span.from)
    let to = zone.civil(span.to)
    guard span.seconds <= 8 * 3_600, from.daysFromEpoch == to.daysFromEpoch else {
      return "\(Self.length(span.seconds)) to \(moment(span.to))"
    }
    let day = "\(Self.day(from)) \(from.year)"
    return "\(day), \(Self.time(from))–\(Self.time(to)) \(zone.abbreviation(at: span.to))"
  }

  /// `90 min`, `24 h`, `week`, `4 weeks`, `year`.
  static func length(_ seconds: Int) -> String {
    switch seconds {
    case 7 * 86_400: "week"
    case 14 * 86_400, 21 * 86_400, 28 * 86_400: "\(seconds / 604_800) weeks"
    case 364 * 86_400...366 * 86_400: "year"
    case ..<60: "\(max(0, seconds)) s"
    case ..<10_800 where seconds % 3_600 != 0: "\(seconds / 60) min"
    case ..<172_801: "\(Int((Double(seconds) / 3_600).rounded())) h"
    default: "\(Int((Double(seconds) / 86_400).rounded())) days"
    }
  }
}
