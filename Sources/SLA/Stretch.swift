package import Config
package import Model

/// A piece of the sum behind a figure: what a stretch of time counts as once the unknown policy is applied.
package struct Stretch: Hashable, Sendable {
  package var span: Span
  package var verdict: Verdict
  /// True where nothing was measured and the unknown policy says what it counts as.
  package var isAssumed: Bool
  package var cause: String

  package init(span: Span, verdict: Verdict, isAssumed: Bool = false, cause: String) {
    self.span = span
    self.verdict = verdict
    self.isAssumed = isAssumed
    self.cause = cause
  }
}

/// Every second of `span` between the ledger's first and its last, once and in order.
///
/// Time two intervals claim belongs to the earlier one, so that no second counts twice. Time inside the ledger that
/// no interval claims is unknown, or excluded outside service hours.
/// - Parameter ledger: Of this objective. For the policy `carry`, from so many slots before the span on.
package func stretches(_ objective: Objective, ledger: [LedgerInterval], in span: Span, zone: Zone) -> [Stretch] {
  let ordered = inOrder(ledger.filter { !$0.span.isEmpty }) { $0.span.from < $1.span.from }
  guard let start = ordered.first?.span.from else { return [] }
  var counter = StretchCounter(objective: objective, span: span, zone: zone, cursor: start)
  for interval in ordered where counter.cursor < span.to { counter.count(interval) }
  return counter.stretches
}

private struct StretchCounter {
  let objective: Objective
  let span: Span
  let zone: Zone
  var cursor: Instant
  var stretches: [Stretch] = []
  /// The last verdict that was measured, and where it ended.
  private var measured: (verdict: Verdict, end: Instant)?

  init(objective: Objective, span: Span, zone: Zone, cursor: Instant) {
    self.objective = objective
    self.span = span
    self.zone = zone
    self.cursor = cursor
  }

  mutating func count(_ interval: LedgerInterval) {
    if cursor < interval.span.from { fill(Span(from: cursor, to: interval.span.from)) }
    let fresh = Span(from: max(cursor, interval.span.from), to: interval.span.to)
    guard !fresh.isEmpty else { return }
    add(fresh, interval.verdict, interval.cause)
    cursor = fresh.to
  }

  /// Time the ledger has no word of.
  private mutating func fill(_ gap: Span) {
    let seen = gap.intersection(span)
    let service = objective.dueSpans(in: seen).flatMap { serviceSpans(objective.hours, in: $0, zone: zone) }
    let pieces =
      service.map { ($0, Finding(verdict: .unknown, cause: "not in the ledger")) }
      + gaps(in: seen, between: service).map { ($0, Finding.outsideHours) }
    for (piece, finding) in pieces.sorted(by: { $0.0.from < $1.0.from }) { add(piece, finding.verdict, finding.cause) }
    cursor = gap.to
  }

  private mutating func add(_ stretch: Span, _ verdict: Verdict, _ cause: String) {
    switch verdict {
    case .good, .bad:
      measured = (verdict, stretch.to)
      write(Stretch(span: stretch, verdict: verdict, cause: cause))
    case .excluded: write(Stretch(span: stretch, verdict: verdict, cause: cause))
    case .unknown: addUnknown(stretch, cause)
    }
  }

  private mutating func addUnknown(_ stretch: Span, _ cause: String) {
    switch objective.unknown {
    case .exclude: write(Stretch(span: stretch, verdict: .unknown, cause: cause))
    case .bad: write(Stretch(span: stretch, verdict: .bad, isAssumed: true, cause: cause))
    case .good: write(Stretch(span: stretch, verdict: .good, isAssumed: true, cause: cause))
    case .carry(let slots): carry(stretch, cause, seconds: slots * objective.step)
    }
  }

  /// The last measured verdict holds for so many seconds after its end, whatever lies between.
  private mutating func carry(_ stretch: Span, _ cause: String, seconds: Int) {
    var cut = stretch.from
    if let measured {
      cut = max(stretch.from, min(stretch.to, measured.end + seconds))
      write(Stretch(span: Span(from: stretch.from, to: cut), verdict: measured.verdict, isAssumed: true, cause: cause))
    }
    write(Stretch(span: Span(from: cut, to: stretch.to), verdict: .unknown, cause: cause))
  }

  private mutating func write(_ stretch: Stretch) {
    var seen = stretch
    seen.span = stretch.span.intersection(span)
    if !seen.span.isEmpty { stretches.append(seen) }
  }
}
