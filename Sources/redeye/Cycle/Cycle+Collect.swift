import Collect
import Config
import Journal
import Model
import Platform
import State

extension Cycle {
  /// Measures what is due and has not been measured for its slot yet, and puts the readings into the journal.
  mutating func collect() throws {
    let unread = try unread()
    let records = try store.jobRecords().merging(unread.records) { $1 }
    let memories = try store.memories()
    // A job that never ran is late, whatever its turn: a new host shows something after the first run.
    let lastSlots = Dictionary(
      plan.jobs.map { ($0.id, records[$0.id]?.lastSlot ?? Instant(0)) }, uniquingKeysWith: { first, _ in first })
    let due = due(plan.jobs, at: now, baseStep: plan.settings.step, lastSlots: lastSlots)
      .filter { (records[$0.job.id]?.lastSlot ?? Instant(.min)) < $0.slot }
      .filter { unread.isComplete || $0.job.schedule.isRepeated }
    let disabled = try store.disabled().filter { $0.value.holds(at: now) }
    let index = ObjectiveIndex(plan.objectives)
    let assignments = due.filter { disabled[$0.job.id] == nil }.map { job, slot in
      Assignment(
        job: job, slot: slot, memory: memories[job.id], learned: records[job.id]?.learned ?? Learned(),
        importance: importance(of: job, index))
    }
    tellOfClock(records)
    progress.begin("collect", of: assignments.count, "jobs", until: collectEnd)
    let outcomes =
      Collect.collect(assignments, context)
      + due.compactMap { job, slot in
        // What is done once waits until it is switched on, or too late.
        job.schedule.isRepeated ? disabled[job.id].map { $0.outcome(of: job, slot: slot, zone: zone) } : nil
      }
    try take(outcomes, after: records, unread)
    forgetOld(records)
    let readings = outcomes.map(\.reading)
    kinds = KindFigures.all(of: readings, by: plan)
    count(readings)
  }

  /// What a run that died has measured: it is in the journal, and the state does not know.
  struct Unread {
    var records: [JobID: JobRecord] = [:]
    /// How far the journal was read.
    var position: JournalPosition?
    var isComplete = true
  }

  /// Puts what was measured into the journal, and notes how its jobs now stand; `known` is how they stood.
  mutating func take(_ outcomes: [Outcome], after known: [JobID: JobRecord], _ unread: Unread) throws {
    let appended = try installation.journal.append(outcomes.map(\.reading), trusting: unread.position)
    record.degraded += appended.damage
    change.meta[Self.notedKey] = (unread.isComplete ? appended.position : unread.position)?.description
    var records = unread.records
    for outcome in outcomes {
      let job = outcome.reading.job
      if let memory = outcome.memory { change.memories[job] = memory }
      records[job] = outcome.reading.record(after: records[job] ?? known[job], isShort: outcome.isShort)
    }
    change.jobRecords = Array(records.values)
  }

  /// The reading itself is the mark that a job is done.
  private func unread() throws -> Unread {
    var position = try notedPosition()
    var found: [JobID: JobRecord] = [:]
    let known = try store.jobRecords()
    let end = started + Double(plan.settings.deadline) / 4
    while true {
      let batch = try installation.journal.read(after: position, limit: 16 << 20)
      for reading in batch.readings {
        let before = found[reading.job] ?? known[reading.job]
        guard before.map({ $0.lastSlot < reading.slot }) ?? true else { continue }
        found[reading.job] = reading.record(after: before)
      }
      position = batch.position
      if batch.isComplete { return Unread(records: found, position: position) }
      if isTimed, Clock.monotonic() > end {
        return Unread(records: found, position: position, isComplete: false)
      }
    }
  }

  /// Twice as much where a promise hangs on it; the guards before all.
  private func importance(of job: Job, _ index: ObjectiveIndex) -> Double {
    if plan.settings.guards.contains(job.id) { return 1_000 }
    return job.priority.weight * (index.objectives(of: job.id).isEmpty ? 1 : 2)
  }

  /// Slots that lie ahead are those of a clock that has since gone back; nobody else would tell that nothing is measured.
  private mutating func tellOfClock(_ records: [JobID: JobRecord]) {
    let ahead = plan.jobs.compactMap { records[$0.id]?.lastSlot }.filter { $0 > now + plan.settings.step }
    guard let newest = ahead.max() else { return }
    record.degraded.append(
      "the clock went back: \(ahead.count) of \(plan.jobs.count) jobs were measured up to \(stampText(newest)), and are "
        + "not measured again before; is the clock right?")
  }

  private var context: MeasureContext {
    MeasureContext(
      runStarted: started, deadline: collectEnd, workers: plan.settings.workers,
      secrets: SecretStore(environment: Process.environment, until: collectEnd), guards: Set(plan.settings.guards),
      measured: progress.tally, perHost: plan.settings.perHost)
  }

  /// Jobs that are gone for as long as the journal goes back are forgotten; their series stay.
  private mutating func forgetOld(_ records: [JobID: JobRecord]) {
    let planned = Set(plan.jobs.map(\.id))
    change.forgotten = records.values.filter { !planned.contains($0.job) && $0.lastSlot < now - 40 * 86_400 }.map(\.job)
  }

  // MARK: Counting

  /// Puts the figures of what was measured into the record of the run.
  mutating func count(_ readings: [Reading]) {
    let left = readings.filter { $0.failure?.kind == .leftOut }
    let off = readings.count { $0.failure?.kind == .disabled }
    let failed = readings.filter { $0.isEmpty && ![.leftOut, .disabled].contains($0.failure?.kind) }
    record.failed = failed.count
    record.collected = readings.count - failed.count - left.count - off
    record.skipped = plan.jobs.count - readings.count
    record.disabled = off == 0 ? nil : off
    record.samples = readings.reduce(0) { sum, reading in sum + reading.measurements.count { $0.value != nil } }
    let said = [tellOfFailed(failed, of: readings.count)] + tellOfLeftOut(left, of: readings.count)
    // One line, whatever became of whom: with thousands of dead hosts some fail and some are left out.
    if !said.compactMap(\.self).isEmpty { record.degraded.append(said.compactMap(\.self).joined(separator: "; ")) }
  }

  private func tellOfFailed(_ failed: [Reading], of all: Int) -> String? {
    guard let first = failed.first else { return nil }
    let reason = first.failure?.description ?? "no numbers"
    let more = failed.count > 1 ? ", and \(failed.count - 1) more" : ""
    return "\(failed.count) of \(all) jobs failed: \(first.job): \(reason)\(more)"
  }

  private mutating func tellOfLeftOut(_ left: [Reading], of all: Int) -> [String?] {
    let reasons = Dictionary(grouping: left) { $0.failure?.message ?? "" }.sorted { $0.key < $1.key }
    guard !reasons.isEmpty else { return [] }
    let groups = reasons.map { reason, readings in
      RunRecord.LeftOut(count: readings.count, reason: reason, examples: Array(readings.map(\.job).sorted().prefix(5)))
    }
    record.leftOut = groups
    return groups.map { group in
      let more = group.count > 1 ? " and \(group.count - 1) more" : ""
      return "\(group.count) of \(all) jobs were left out: \(group.examples[0])\(more): \(group.reason)"
    }
  }
}

extension Schedule {
  /// False for what is done once.
  var isRepeated: Bool { if case .once = self { false } else { true } }
}

extension Disabled {
  /// `by alice since 2026-05-21 14:05:00 CEST until 2026-05-22 08:00:00 CEST: new router`.
  func text(_ zone: Zone) -> String {
    let end = until.map { " until \(stampText($0, zone))" } ?? ""
    return "by \(by) since \(stampText(since, zone))\(end)" + (why.isEmpty ? "" : ": \(why)")
  }

  /// What stands in the place of a measurement.
  func outcome(of job: Job, slot: Instant, zone: Zone) -> Outcome {
    Outcome(
      reading: Reading(job: job.id, slot: slot, step: job.step, failure: Failure(.disabled, text(zone).printable())))
  }
}
