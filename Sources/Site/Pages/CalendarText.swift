import Model

/// An event of a calendar (RFC 5545).
struct CalendarEvent {
  var uid: String
  var span: Span
  var madeAt: Instant
  var summary: String
  var description: String
}

/// An iCalendar file; times are in UTC, so no calendar has to know the zone's rules.
func calendarText(_ title: String, _ events: [CalendarEvent], version: String) -> String {
  var lines = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//redeye//redeye \(escaped(version))//EN", "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH", "NAME:\(escaped(title))", "X-WR-CALNAME:\(escaped(title))",
    "REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H",
  ]
  for event in events {
    lines += [
      "BEGIN:VEVENT", "UID:\(event.uid)", "DTSTAMP:\(stamp(event.madeAt))", "DTSTART:\(stamp(event.span.from))",
      "DTEND:\(stamp(event.span.to))", "SUMMARY:\(escaped(event.summary))",
      "DESCRIPTION:\(escaped(event.description))", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]
  }
  lines.append("END:VCALENDAR")
  return lines.map(folded).joined()
}

/// `20260521T120507Z`
private func stamp(_ instant: Instant) -> String {
  let civil = Civil(secondsFromEpoch: instant.seconds)
  let date = padded(civil.year, to: 4) + padded(civil.month, to: 2) + padded(civil.day, to: 2)
  return "\(date)T\(padded(civil.hour, to: 2))\(padded(civil.minute, to: 2))\(padded(civil.second, to: 2))Z"
}

/// TEXT of section 3.3.11; what else could break a line is shown by a stand-in.
private func escaped(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
    var result = ""
    for scalar in String(line).printable(limit: 300).unicodeScalars {
      if scalar == "\\" || scalar == ";" || scalar == "," { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }.joined(separator: "\\n")
}

/// Lines of at most 75 octets with their line breaks, never inside a character (section 3.1).
private func folded(_ line: String) -> String {
  var (result, length) = ("", 0)
  for scalar in line.unicodeScalars {
    let size = UTF8.width(scalar)
    if length + size > 75 {
      result += "\r\n "
      length = 1
    }
    result.unicodeScalars.append(scalar)
    length += size
  }
  return result + "\r\n"
}
