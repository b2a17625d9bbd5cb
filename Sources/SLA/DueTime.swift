import Config
import Model

extension Objective {
  /// The slots of a span in which its jobs are due, cut to the span, in order; the whole span where they are due in
  /// every slot.
  func dueSpans(in span: Span) -> [Span] {
    guard case .cron(let cron, let zone) = schedule, !span.isEmpty else { return span.isEmpty ? [] : [span] }
    let grid = Span(from: span.from.slot(step: step), to: span.to.slot(step: step) + step)
    var spans: [Span] = []
    for time in cron.times(in: grid, zone: zone) {
      let slot = time.slot(step: step)
      let due = Span(from: slot, to: slot + step).intersection(span)
      guard !due.isEmpty, spans.last.map({ $0.to <= due.from }) ?? true else { continue }
      spans.append(due)
    }
    return spans
  }

  /// Time nobody observed: unknown where the jobs were due, and not counted where they were not.
  func unobserved(_ span: Span) -> [(Span, Finding)] {
    var pieces: [(Span, Finding)] = []
    var cursor = span.from
    for due in dueSpans(in: span) {
      if cursor < due.from { pieces.append((Span(from: cursor, to: due.from), .notDue)) }
      pieces.append((due, .notCollected))
      cursor = due.to
    }
    if cursor < span.to { pieces.append((Span(from: cursor, to: span.to), .notDue)) }
    return pieces
  }

  /// Seconds of a span in which the service has to work and its jobs are due.
  func countedSeconds(in span: Span, zone: Zone) -> Int {
    dueSpans(in: span).reduce(0) { $0 + serviceSeconds(hours, $1, zone) }
  }
}

extension LedgerInterval {
  /// Time between two measurements of jobs that are due at times of their own: the verdict before it goes on.
  package var isBetweenTimes: Bool { verdict == .excluded && cause == Finding.notDue.cause }
}
