import Model

/// How the pages say points in time; one place, so that the same thing reads the same everywhere.
struct Words: Sendable {
  var zone: Zone
  var now: Instant
  /// Whether slots are shorter than a minute, so that times say their seconds.
  var isFine = false

  /// For a page that is read whenever: every time has its date.
  var dated: Words { Words(zone: zone, now: Instant(253_370_764_800), isFine: isFine) }

  /// `14:05` today, `Wed 22:00` this week, `Mon 18 May 08:14` this year, else `2025-11-03 14:05`.
  func moment(_ instant: Instant) -> String {
    let text = momentOfSentence(instant)
    return text.hasPrefix("today ") ? String(text.dropFirst(6)) : text
  }

  /// The same, and `today 14:05`.
  func momentOfSentence(_ instant: Instant) -> String { clockText(instant, zone: zone, now: now, seconds: isFine) }

  /// A slot of the run's pace: `14:05`, or `14:05:10` where slots are shorter than a minute; with its day if not today.
  func slot(_ instant: Instant) -> String {
    isFine && isToday(instant) ? exactClock(instant) : moment(instant)
  }

  /// `14:05:07`
  func exactClock(_ instant: Instant) -> String { timeText(instant, zone: zone, seconds: true) }

  func isToday(_ instant: Instant) -> Bool { isSameDay(instant, now) }

  func isSameDay(_ one: Instant, _ other: Instant) -> Bool {
    zone.civil(one).daysFromEpoch == zone.civil(other).daysFromEpoch
  }

  /// `21 May`
  func shortDay(_ instant: Instant) -> String {
    let civil = zone.civil(instant)
    return "\(civil.day) \(monthName(civil.month).prefix(3))"
  }

  /// `21 May 2026`
  func longDay(_ instant: Instant) -> String {
    let civil = zone.civil(instant)
    return "\(civil.day) \(monthName(civil.month)) \(civil.year)"
  }

  /// `Thu 21 May 2026 14:05 CEST`
  func fullMoment(_ instant: Instant) -> String {
    let civil = zone.civil(instant)
    return "\(weekdayNames[civil.weekday]) \(shortDay(instant)) \(civil.year) "
      + "\(padded(civil.hour, to: 2)):\(padded(civil.minute, to: 2)) \(zone.abbreviation(at: instant))"
  }

  /// RFC 3339 with the zone's offset: `2026-05-21T14:05:07+02:00`.
  func stamp(_ instant: Instant) -> String {
    let civil = zone.civil(instant)
    let minutes = zone.offset(at: instant) / 60
    let offset = "\(minutes < 0 ? "-" : "+")\(padded(abs(minutes) / 60, to: 2)):\(padded(abs(minutes) % 60, to: 2))"
    let time = [civil.hour, civil.minute, civil.second].map { padded($0, to: 2) }.joined(separator: ":")
    return "\(dateText(civil))T\(time)\(offset)"
  }

  /// `13:20 to 13:40`, `Wed 22:00 to 23:00`, `Wed 22:00 to Thu 01:00`
  func stretch(_ span: Span) -> String {
    let isExact = isFine && isToday(span.from)
    let end = isSameDay(span.from, span.to) ? timeText(span.to, zone: zone, seconds: isExact) : slot(span.to)
    return "\(slot(span.from)) to \(end)"
  }
}

/// As a rule says it, in one unit where that is exact: `1 min`, `90 s`, `30 d`.
func ruleText(_ seconds: Int) -> String {
  for (size, name) in [(86_400, "d"), (3_600, "h"), (60, "min")] where seconds >= size && seconds % size == 0 {
    return countText(seconds / size) + thinSpace + name
  }
  return countText(seconds) + thinSpace + "s"
}

/// `1 job`, `3 jobs`
func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(countText(number)) \(number == 1 ? one : many ?? one + "s")"
}

/// `a`, `a and b`, `a, b and c`
func listed(_ texts: [String]) -> String {
  guard let last = texts.last, texts.count > 1 else { return texts.first ?? "" }
  return texts.dropLast().joined(separator: ", ") + " and " + last
}
