import Config
import Glibc
import Model
import Platform

/// Asks the jobs of one kind in rounds: those that answer and, beside them, those that are asked briefly; then in full
/// whoever answered the brief question, and as many of the silent ones as there is time for; then again whatever another
/// attempt may mend.
struct Rounds {
  let kind: String
  let measure: Measure
  let context: MeasureContext
  private let load: Load
  private var outcomes: [JobID: Outcome] = [:]

  init(kind: String, measure: @escaping Measure, _ context: MeasureContext) {
    self.kind = kind
    self.measure = measure
    self.context = context
    load = Load(workers: max(1, context.workers))
  }

  /// One outcome for each assignment of which anything is known.
  mutating func run(_ assignments: [Assignment]) -> [Outcome] {
    let shares = Shares(assignments, kind: kind, seconds: context.remaining, load: load, exempt: context.guards)
    for one in shares.leftOut { take(one.leftOut(noTime)) }
    context.measured.add(shares.leftOut.count)
    let later = firstRound(shares) + briefRound(shares)
    secondRound(later)
    retryRounds(shares.full)
    return Array(outcomes.values)
  }

  private var noTime: String {
    "there was no time for all \(kind) jobs, and others came first; see priority and every of the job, and workers"
  }

  // MARK: Rounds

  /// Returns who has to be asked again with all its time.
  private mutating func firstRound(_ shares: Shares) -> [Assignment] {
    let briefs = shares.short.map { $0.assignment.shortened(to: $0.patience) }
    let end = cut(shares.full)
    let (patient, others) = (shares.full.filter { isPatient($0, end) }, shares.full.filter { !isPatient($0, end) })
    let parts: [(assignments: [Assignment], workers: Int, end: Double)] = [
      (others, context.workers, end), (patient, context.workers, context.deadline),
      (briefs, load.patientWorkers(kind), context.deadline),
    ]
    let (round, context) = (self, context)
    // Only one conversation loop of SNMP runs at a time: whoever answers comes first.
    let found = concurrently(parts.count, workers: kind == "snmp" ? 1 : parts.count) { index in
      round.asked(
        parts[index].assignments, workers: parts[index].workers, until: parts[index].end, countedBy: context.measured)
    }
    for outcome in found.joined() { take(outcome) }
    return shares.short.compactMap { isUnreached($0.assignment) ? nil : settle($0.assignment) }
  }

  /// When those who should answer have had their time, where the run could not wait for all of them: then the rest is
  /// for asking them briefly. Monotonic seconds.
  private func cut(_ full: [Assignment]) -> Double {
    let silent = full.filter(\.hasShortForm)
    let all = silent.reduce(0) { $0 + load.seconds(of: $1.job, taking: $1.job.timeout, isWaiting: true) }
    guard silent.count > load.lanes(kind), all > context.remaining * 0.8 else { return context.deadline }
    return Clock.monotonic() + context.remaining * 0.6
  }

  private func isPatient(_ assignment: Assignment, _ end: Double) -> Bool {
    end < context.deadline && assignment.job.timeout > (end - Clock.monotonic()) / 2
  }

  private func isUnreached(_ assignment: Assignment) -> Bool {
    assignment.hasShortForm && outcomes[assignment.job.id]?.reading.failure?.kind == .deadline
  }

  /// Whom the first round did not get to, briefly. Returns who has to be asked again with all its time.
  private mutating func briefRound(_ shares: Shares) -> [Assignment] {
    let cutShort = (shares.full + shares.short.map(\.assignment)).filter(isUnreached)
    guard !cutShort.isEmpty, context.remaining > Assignment.leastPatience else { return [] }
    let briefs = cutShort.map { $0.shortened(to: $0.patience(isCrowded: true)) }
    for outcome in asked(briefs, workers: load.patientWorkers(kind), until: context.deadline) { take(outcome) }
    return cutShort.compactMap { settle($0) }
  }

  /// What the brief question says; the assignment where it has to be asked with all its time.
  private mutating func settle(_ assignment: Assignment) -> Assignment? {
    let id = assignment.job.id
    guard var outcome = outcomes[id] else { return nil }
    if outcome.reading.failure?.kind == .deadline {
      take(assignment.leftOut(noTime))
      return nil
    }
    // More time would not have made another answer of these.
    if [.refused, .noRoute].contains(outcome.reading.failure?.kind) { return nil }
    guard outcome.reading.isUnanswered else { return assignment.isShortFormWhole ? nil : assignment }
    outcome.isShort = true
    let isKnown = assignment.learned.isConfirmed || assignment.learned.silent + 1 >= Assignment.dead
    guard !isKnown else {
      if let failure = outcome.reading.failure {
        outcome.reading.failure = Failure(failure.kind, "\(failure.message); asked briefly, as it was silent before")
      }
      outcomes[id] = outcome
      return assignment.isFullTurn ? assignment : nil
    }
    outcomes[id] = assignment.leftOut("no answer to a brief question, and no time for more")
    outcomes[id]?.isShort = true
    return assignment
  }

  /// Those who answered come first; the silent ones get half of the time there is.
  private mutating func secondRound(_ later: [Assignment]) {
    var used = 0.0
    let time = context.remaining
    let answered = later.filter { outcomes[$0.job.id]?.isShort == false }
    let silent = later.filter { outcomes[$0.job.id]?.isShort == true }.sorted { $0.urgency > $1.urgency }
    let fitting = silent.filter { assignment in
      let seconds = load.seconds(of: assignment.job, taking: assignment.job.timeout, isWaiting: true)
      guard used + seconds + assignment.job.timeout <= time * 0.5 else { return false }
      used += seconds
      return true
    }
    for one in answered { outcomes[one.job.id] = nil }
    let before = outcomes
    for outcome in asked(answered + fitting, workers: load.patientWorkers(kind), until: context.deadline) {
      let id = outcome.reading.job
      // The brief question said more than one that was not asked to its end.
      if outcome.reading.failure?.kind == .deadline, let known = before[id] {
        outcomes[id] = known
      } else {
        outcomes[id] = outcome
      }
    }
  }

  // MARK: Further attempts

  private mutating func retryRounds(_ assignments: [Assignment]) {
    var attempt = 1
    while true {
      let again = assignments.filter { $0.job.retries >= attempt && outcomes[$0.job.id]?.isWorthARetry == true }
      let pause = again.map(\.job.retryPause).max() ?? 0
      guard !again.isEmpty, context.remaining > pause + 0.2 else { return }
      usleep(UInt32(pause * 1_000_000))
      for outcome in asked(again, workers: context.workers, until: context.deadline) { retake(outcome, attempt) }
      attempt += 1
    }
  }

  /// An attempt for which there was no time says less than the one before.
  private mutating func retake(_ outcome: Outcome, _ attempt: Int) {
    let id = outcome.reading.job
    guard outcome.reading.failure?.kind != .deadline, let first = outcomes[id] else { return }
    var outcome = outcome
    outcome.reading.cost.retries += attempt
    outcome.reading.cost.startedAfter = first.reading.cost.startedAfter
    outcomes[id] = outcome
  }

  // MARK: Asking

  private mutating func take(_ outcome: Outcome) { outcomes[outcome.reading.job] = outcome }

  /// What the probe makes of it; whatever is not home after the end is a `deadline` failure.
  ///
  /// - Parameter tally: Who watches the run sees each job once: that of the first round.
  private func asked(
    _ assignments: [Assignment], workers: Int, until end: Double, countedBy tally: Tally = Tally()
  ) -> [Outcome] {
    guard !assignments.isEmpty else { return [] }
    var context = context
    context.workers = workers
    context.deadline = end
    context.measured = tally
    let (measure, given) = (measure, context)
    let rest = end - Clock.monotonic()
    let found = rest > 0 ? within(seconds: rest + handover) { measure(assignments, given) } : nil
    return found
      ?? assignments.map {
        $0.failed(.deadline, "the run ended before its turn; see settings: deadline and workers")
      }
  }
}

/// Seconds after the deadline in which a probe that keeps it hands over what it has.
private let handover = 1.0

extension Assignment {
  fileprivate func leftOut(_ why: String) -> Outcome { failed(.leftOut, why) }
}

extension Outcome {
  /// Whether another attempt may end otherwise: nothing that the peer would say again, and nothing of this side.
  fileprivate var isWorthARetry: Bool {
    switch reading.failure?.kind {
    case nil: reading.isUnanswered
    case .resolve, .refused, .noRoute, .timeout, .garbage, .closed, .mismatch, .servfail, .script, .tls: true
    default: false
    }
  }
}
