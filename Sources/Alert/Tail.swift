import Model

/// Bad time that no good slot has ended yet.
struct BadRun: Hashable {
  /// The first bad slot.
  var since: Instant
  /// Bad seconds, without what was unknown in between.
  var seconds: Int
  /// Of the last bad slot.
  var cause: String
}

/// The bad time at the end of a ledger; `nil` where it ends good, or nothing bad came since it was good or excluded.
func badRun(_ tail: [LedgerInterval]) -> BadRun? {
  var run: BadRun?
  for interval in tail where !interval.span.isEmpty {
    switch interval.verdict {
    case .good, .excluded: run = nil
    case .unknown: continue
    case .bad:
      let before = run ?? BadRun(since: interval.span.from, seconds: 0, cause: "")
      run = BadRun(
        since: before.since, seconds: before.seconds + interval.span.seconds, cause: interval.cause)
    }
  }
  return run
}

/// The end of the last bad slot before the first good one after `since`; `nil` while none was good.
func recovery(_ tail: [LedgerInterval], since: Instant) -> Instant? {
  var lastBad: Instant?
  for interval in tail where !interval.span.isEmpty && interval.span.to > since {
    if interval.verdict == .bad { lastBad = interval.span.to }
    if interval.verdict == .good, interval.span.from >= since { return lastBad ?? interval.span.from }
  }
  return nil
}
