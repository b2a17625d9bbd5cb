package import Config
package import Model

/// A window somebody asked for.
package struct NamedWindow: Hashable, Sendable {
  package var window: ObjectiveWindow
  package var span: Span
  package var label: String

  package init(window: ObjectiveWindow, span: Span, label: String) {
    self.window = window
    self.span = span
    self.label = label
  }
}

/// A window's name that means nothing; the description says what would.
package struct WindowNameError: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String
}

/// Reads a window's name: `now` (the objective's own), `last` (its own, the one before), `day`, `week`, `month`,
/// `quarter`, `year`, `last-month` and so on, `2026`, `2026-Q4`, `2026-10`, `2026-W43`, `2026-10-31`, or a rolling
/// `30d` (`s`, `m`, `h`, `d`, `w`).
package func namedWindow(
  _ name: String, of own: ObjectiveWindow, now: Instant, zone: Zone
) throws(WindowNameError) -> NamedWindow {
  if let kind = runningWindow(name, own) { return running(kind, now, zone) }
  if name == "last" { return last(own, now, zone) }
  if name.hasPrefix("last-"), let kind = runningWindow(String(name.dropFirst(5)), own) { return last(kind, now, zone) }
  let (period, day) = try datedPeriod(name)
  return running(.calendar(period), zone.startOfDay(day), zone)
}

private func running(_ kind: ObjectiveWindow, _ now: Instant, _ zone: Zone) -> NamedWindow {
  let span = window(kind, containing: now, zone: zone)
  return NamedWindow(window: kind, span: span, label: label(of: kind, span, zone: zone))
}

private func last(_ kind: ObjectiveWindow, _ now: Instant, _ zone: Zone) -> NamedWindow {
  let span = previous(kind, before: window(kind, containing: now, zone: zone), zone: zone)
  let label = label(of: kind, span, zone: zone)
  guard case .rolling = kind else { return NamedWindow(window: kind, span: span, label: label) }
  return NamedWindow(window: kind, span: span, label: "the \(label.dropFirst(5)) before the \(label)")
}

private func runningWindow(_ name: String, _ own: ObjectiveWindow) -> ObjectiveWindow? {
  if name == "now" { return own }
  if let period = ObjectiveWindow.Period(rawValue: name) { return .calendar(period) }
  let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
  guard let unit = name.last.flatMap({ units[$0] }), let count = number(name.dropLast()), count > 0 else { return nil }
  let (seconds, overflow) = count.multipliedReportingOverflow(by: unit)
  // A century is more than any ledger holds, and far from where arithmetic on instants could overflow.
  return overflow || seconds > 36_525 * 86_400 ? nil : .rolling(seconds)
}

/// A period with the first of its days.
private func datedPeriod(_ name: String) throws(WindowNameError) -> (ObjectiveWindow.Period, Civil) {
  let parts = name.split(separator: "-", omittingEmptySubsequences: false)
  guard let year = parts.first.flatMap({ $0.count == 4 ? number($0) : nil }), year >= 1_970 else {
    throw noWindow(name)
  }
  switch parts.count {
  case 1: return (.year, Civil(year: year, month: 1, day: 1))
  case 2 where parts[1].hasPrefix("Q"): return (.quarter, try quarter(parts[1], year, name))
  case 2 where parts[1].hasPrefix("W"): return (.week, try week(parts[1], year, name))
  case 2: return (.month, Civil(year: year, month: try month(parts[1], name), day: 1))
  case 3: return (.day, try day(parts[2], year, try month(parts[1], name), name))
  default: throw noWindow(name)
  }
}

private func quarter(_ part: Substring, _ year: Int, _ name: String) throws(WindowNameError) -> Civil {
  guard part.count == 2, let quarter = number(part.dropFirst()), (1...4).contains(quarter) else {
    throw noWindow(name, "quarters go from Q1 to Q4")
  }
  return Civil(year: year, month: quarter * 3 - 2, day: 1)
}

private func week(_ part: Substring, _ year: Int, _ name: String) throws(WindowNameError) -> Civil {
  // 28 December is always in the last week of its year (ISO 8601).
  let weeks = isoWeek(Civil(year: year, month: 12, day: 28)).week
  guard part.count == 3, let week = number(part.dropFirst()), (1...weeks).contains(week) else {
    throw noWindow(name, "the weeks of \(year) go from W01 to W\(weeks)")
  }
  let fourth = Civil(year: year, month: 1, day: 4)
  return Civil(secondsFromEpoch: (fourth.daysFromEpoch - fourth.weekday + (week - 1) * 7) * 86_400)
}

private func month(_ part: Substring, _ name: String) throws(WindowNameError) -> Int {
  guard part.count == 2, let month = number(part), (1...12).contains(month) else {
    throw noWindow(name, "months go from 01 to 12")
  }
  return month
}

private func day(_ part: Substring, _ year: Int, _ month: Int, _ name: String) throws(WindowNameError) -> Civil {
  let day = Civil(year: year, month: month, day: number(part) ?? 0)
  guard part.count == 2, day.normalised == day else {
    let last = Civil(year: year, month: month + 1, day: 0).normalised.day
    throw noWindow(name, "the days of \(monthName(month)) \(year) go from 01 to \(last)")
  }
  return day
}

/// Digits and nothing else; `Int` alone would take a sign.
private func number(_ text: Substring) -> Int? {
  text.utf8.allSatisfy { (48...57).contains($0) } ? Int(text) : nil
}

private func noWindow(_ name: String, _ reason: String? = nil) -> WindowNameError {
  WindowNameError(
    description: "“\(name.printable(limit: 40))” is no window\(reason.map { ": \($0)" } ?? "")."
      + " Write now, last, month, last-month, 2026, 2026-Q4, 2026-10, 2026-W43, 2026-10-31 or 30d.")
}
