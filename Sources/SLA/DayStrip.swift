package import Config
package import Model

/// One local day of an objective.
package struct DayState: Hashable, Sendable {
  package enum Mark: String, Hashable, Sendable {
    /// Not in service yet, or nothing judged.
    case none
    case good
    /// Some bad time, within the day's share of the budget.
    case withinShare
    /// More bad time than the day's share of the budget.
    case overShare
    /// Too little of the day was measured to say.
    case unknown
    /// No service time at all.
    case excluded
  }

  /// Midnight, without a zone.
  package var date: Civil
  /// As long as the day really is; 23 or 25 hours on a clock change.
  package var span: Span
  /// Seconds up to now, after the unknown policy.
  package var good: Int
  package var bad: Int
  package var unknown: Int
  package var excluded: Int
  /// Of good and bad: not measured, counted by the unknown policy.
  package var assumed: Int
  /// Bad seconds that are the whole day's share of the budget.
  package var share: Int
  package var mark: Mark

  package init(
    date: Civil, span: Span, good: Int, bad: Int, unknown: Int, excluded: Int, assumed: Int, share: Int, mark: Mark
  ) {
    self.date = date
    self.span = span
    self.good = good
    self.bad = bad
    self.unknown = unknown
    self.excluded = excluded
    self.assumed = assumed
    self.share = share
    self.mark = mark
  }
}

/// A stretch of bad time, whatever its causes.
package struct BadTime: Hashable, Sendable {
  package var span: Span
  /// Where it began.
  package var cause: String
  /// How many other causes followed.
  package var otherCauses: Int

  package init(span: Span, cause: String, otherCauses: Int) {
    self.span = span
    self.cause = cause
    self.otherCauses = otherCauses
  }
}

/// The last so many local days, oldest first; the last one is today, as far as it was judged.
/// - Parameter ledger: Of this objective, `stretches` says how far back.
package func dayStates(
  _ objective: Objective, ledger: [LedgerInterval], days: Int = 30, now: Instant, zone: Zone
) -> [DayState] {
  let today = zone.civil(now).daysFromEpoch
  let starts = (today - max(1, days) + 1...today + 1).map { zone.startOfDay(Civil(secondsFromEpoch: $0 * 86_400)) }
  guard let from = starts.first else { return [] }
  let counted = stretches(objective, ledger: ledger, in: Span(from: from, to: now), zone: zone)
  var rest = counted[...]
  return zip(starts, starts.dropFirst()).enumerated().map { index, day in
    let span = Span(from: day.0, to: day.1)
    let date = Civil(secondsFromEpoch: (today - max(1, days) + 1 + index) * 86_400)
    return state(objective, date, span, tally(span, &rest), zone)
  }
}

/// The bad time of a span, oldest first, touching stretches as one.
package func badTimes(_ objective: Objective, ledger: [LedgerInterval], in span: Span, zone: Zone) -> [BadTime] {
  var times: [BadTime] = []
  var cause = ""
  for stretch in stretches(objective, ledger: ledger, in: span, zone: zone) where stretch.verdict == .bad {
    if let last = times.last, last.span.to == stretch.span.from {
      times[times.count - 1].span.to = stretch.span.to
      if cause != stretch.cause { times[times.count - 1].otherCauses += 1 }
    } else {
      times.append(BadTime(span: stretch.span, cause: stretch.cause, otherCauses: 0))
    }
    cause = stretch.cause
  }
  return times
}

/// Takes what ends in the day off the front of `rest`.
private func tally(_ day: Span, _ rest: inout ArraySlice<Stretch>) -> Tally {
  var tally = Tally()
  while var stretch = rest.first, stretch.span.from < day.to {
    let end = stretch.span.to
    stretch.span = stretch.span.intersection(day)
    tally.add(stretch)
    if end > day.to { break }
    rest.removeFirst()
  }
  return tally
}

private func state(_ objective: Objective, _ date: Civil, _ span: Span, _ tally: Tally, _ zone: Zone) -> DayState {
  let toCome = span.seconds - tally.service - tally.excluded
  let service = toCome == 0 ? tally.service : serviceSeconds(objective.hours, span, zone)
  let share = Billionths.cut(service, times: Billionths(objective.target).rest)
  return DayState(
    date: date, span: span, good: tally.good, bad: tally.bad, unknown: tally.unknown, excluded: tally.excluded,
    assumed: tally.assumed, share: share, mark: mark(objective, tally, share))
}

private func mark(_ objective: Objective, _ tally: Tally, _ share: Int) -> DayState.Mark {
  if tally.bad > 0 { return tally.bad > share ? .overShare : .withinShare }
  if tally.service == 0 { return tally.excluded > 0 ? .excluded : .none }
  return Billionths(objective.minimumCoverage).exceeds(tally.measured, of: tally.service) ? .unknown : .good
}
