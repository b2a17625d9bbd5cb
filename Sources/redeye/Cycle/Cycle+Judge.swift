import Alert
import Config
import Journal
import Mail
import Model
import Platform
import SLA
import Series
import State

extension Cycle {
  /// Replays what the journal holds beyond the state: into RRD files, into the ledger, into incidents and messages.
  ///
  /// Nothing is kept here: `commit` writes it all together with the journal position.
  mutating func judge() throws {
    progress.begin("judge", of: nil, "readings")
    try decide(on: try replay())
    try announceConfiguration()
  }

  /// Verdicts on what was observed, by objective, and what follows from them.
  @discardableResult
  mutating func decide(on observations: [String: [Observation]]) throws -> [Decision] {
    try advanceIncidents(try judgeObjectives(observations))
  }

  /// Readings become series; what objectives can see in them comes back, by objective.
  mutating func replay() throws -> [String: [Observation]] {
    var observations: [String: [Observation]] = [:]
    var position = try journalPosition()
    behind = Set((try store.meta(Self.behindKey) ?? "").split(separator: "\n").map(String.init))
    var isComplete = false
    var newest: Instant?
    while !isComplete {
      let batch = try installation.journal.read(after: position, limit: Self.stretch)
      newest = (batch.readings.map(\.slot) + [newest].compactMap { $0 }).max()
      record.degraded += batch.damage
      let replay = Replay(plan: plan, catalogue: catalogue)
      observations.merge(replay.observations(of: batch.readings), uniquingKeysWith: +)
      store(batch.readings)
      progress.tally.add(batch.readings.count)
      position = batch.position
      isComplete = batch.isComplete
      if !isComplete, Clock.monotonic() > replayEnd {
        judgedTo = newest
        record.degraded.append("the journal holds more than one run can judge; the next run goes on from there")
        break
      }
    }
    change.meta[Self.positionKey] = position?.description
    change.meta[Self.behindKey] = behind.sorted().joined(separator: "\n")
    return observations
  }

  /// Bytes of the journal between two looks at the time.
  private static let stretch = 16 << 20

  private mutating func store(_ readings: [Reading]) {
    let (journal, from) = (installation.journal, now - 40 * 86_400)
    let written = series.write(readings, into: catalogue, now: now, behind: behind, room: room) { jobs in
      (try? journal.readings(of: jobs, from: from)) ?? []
    }
    behind = written.behind
    record.degraded += written.problems
    change.catalogue += written.additions
    for entry in written.additions { catalogue[entry.series] = entry }
  }

  /// Bytes new files may take. A device that lists for ever must not fill the disk: full, it would take no numbers of
  /// anybody any more.
  private var room: Int {
    guard let space = try? Files.space(of: installation.data) else { return .max }
    return Int(clamping: space.available) - Int(clamping: space.total / 20)
  }

  /// The new ledger intervals of each objective.
  private mutating func judgeObjectives(
    _ observations: [String: [Observation]]
  ) throws -> [String: [LedgerInterval]] {
    let replay = Replay(plan: plan, catalogue: catalogue)
    let judgedUntil = try store.judgedUntil()
    var result: [String: [LedgerInterval]] = [:]
    for objective in plan.objectives {
      let seen = observations[objective.name] ?? []
      guard
        let span = replay.span(
          of: objective, judgedUntil: judgedUntil[objective.name], observations: seen, now: judgedTo ?? now)
      else { continue }
      let intervals = SLA.judge(
        objective, observations: seen, from: span.from, to: span.to, configuration: plan.hash, zone: zone)
      result[objective.name] = intervals
      change.ledger += intervals
      change.judgedUntil[objective.name] = span.to
    }
    return result
  }

  private mutating func advanceIncidents(_ intervals: [String: [LedgerInterval]]) throws -> [Decision] {
    let open = try store.openIncidents()
    let conditions = try plan.objectives.map { objective in
      Condition(
        objective: objective,
        latest: try tail(of: objective, intervals[objective.name] ?? [], open.first { $0.objective == objective.name }))
    }
    let step = advance(
      open: open, nextNumber: try store.nextIncidentNumber(), conditions: conditions, plan: plan, now: now)
    change.incidents = step.incidents
    record.degraded += step.decisions.filter { [.nobody, .skipped].contains($0.reason) }.map(\.text)
    let composed = compose(notices: step.notices, plan: plan, now: now)
    record.degraded += composed.problems
    change.outbox += composed.messages
    return step.decisions
  }

  /// The end of a ledger as `advance` wants it: from the last good interval, or from the open incident's first bad
  /// slot, to the newest.
  private func tail(
    of objective: Objective, _ new: [LedgerInterval], _ incident: Incident?
  ) throws -> [LedgerInterval] {
    if incident == nil, new.last?.verdict == .good { return new.suffix(1) }
    let back = max(86_400, objective.holdDown * 4)
    let from = min(incident?.since ?? now, now - back)
    return try store.ledger(objective.name, over: Span(from: from - objective.step, to: now + 1)) + new
  }

  /// One mail when the configuration is found broken, however its problems change while somebody works on it, and one
  /// when it is good again.
  private mutating func announceConfiguration() throws {
    let since = try store.meta(Self.brokenKey).flatMap(Int.init).map(Instant.init)
    let composed: Composed
    switch (broken, since) {
    case (let broken?, nil):
      change.meta[Self.brokenKey] = "\(now.seconds)"
      composed = composeConfigurationBroken(problems: broken.problems, plan: plan, now: now)
    case (nil, let since?):
      change.meta[Self.brokenKey] = ""
      composed = composeConfigurationMended(plan: plan, since: since, now: now)
    default: return
    }
    record.degraded += composed.problems
    change.outbox += composed.messages
  }

  private static let behindKey = "series behind"
  private static let brokenKey = "configuration broken since"
}
