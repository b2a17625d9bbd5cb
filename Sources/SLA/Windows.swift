package import Config
package import Model

/// The window that runs at `now`: a period of the calendar from local 00:00 to local 00:00 (weeks from Monday,
/// ISO 8601), with days as long as they really are; or the last so many seconds.
package func window(_ window: ObjectiveWindow, containing now: Instant, zone: Zone) -> Span {
  switch window {
  case .rolling(let seconds): return Span(from: now - seconds, to: now)
  case .calendar(let period):
    let today = zone.civil(now)
    let first = firstDay(of: period, today)
    return Span(from: zone.startOfDay(first), to: zone.startOfDay(nextFirstDay(of: period, after: first)))
  }
}

extension ObjectiveWindow {
  /// Whether it goes along with time, instead of ending one day.
  package var isRolling: Bool { if case .rolling = self { true } else { false } }
}

/// The window before.
package func previous(_ window: ObjectiveWindow, before span: Span, zone: Zone) -> Span {
  switch window {
  case .rolling(let seconds): Span(from: span.from - seconds, to: span.from)
  case .calendar: SLA.window(window, containing: span.from - 1, zone: zone)
  }
}

/// What people call a window: `22 November 2026`, `week 47 of 2026`, `November 2026`, `Q4 2026`, `2026`, `last 30 d`.
package func label(of window: ObjectiveWindow, _ span: Span, zone: Zone) -> String {
  switch window {
  case .rolling(let seconds): "last \(durationText(seconds))"
  case .calendar(let period): label(of: period, zone.civil(span.from))
  }
}

private func label(of period: ObjectiveWindow.Period, _ first: Civil) -> String {
  switch period {
  case .day: return "\(first.day) \(monthName(first.month)) \(first.year)"
  case .week:
    let (year, week) = isoWeek(first)
    return "week \(week) of \(year)"
  case .month: return "\(monthName(first.month)) \(first.year)"
  case .quarter: return "Q\((first.month + 2) / 3) \(first.year)"
  case .year: return "\(first.year)"
  }
}

func firstDay(of period: ObjectiveWindow.Period, _ day: Civil) -> Civil {
  switch period {
  case .day: Civil(year: day.year, month: day.month, day: day.day)
  case .week: Civil(year: day.year, month: day.month, day: day.day - day.weekday)
  case .month: Civil(year: day.year, month: day.month, day: 1)
  case .quarter: Civil(year: day.year, month: (day.month - 1) / 3 * 3 + 1, day: 1)
  case .year: Civil(year: day.year, month: 1, day: 1)
  }
}

/// Months and days out of their range carry over (`Civil.daysFromEpoch`).
private func nextFirstDay(of period: ObjectiveWindow.Period, after first: Civil) -> Civil {
  var next = first
  switch period {
  case .day: next.day += 1
  case .week: next.day += 7
  case .month: next.month += 1
  case .quarter: next.month += 3
  case .year: next.year += 1
  }
  return next
}

/// A week belongs to the year its Thursday is in (ISO 8601).
func isoWeek(_ day: Civil) -> (year: Int, week: Int) {
  let thursday = Civil(secondsFromEpoch: (day.daysFromEpoch - day.weekday + 3) * 86_400)
  let newYear = Civil(year: thursday.year, month: 1, day: 1)
  return (thursday.year, (thursday.daysFromEpoch - newYear.daysFromEpoch) / 7 + 1)
}
