import Collect
import Config
import Journal
import Model
import Platform
import State

extension Cycle {
  /// Measures what is due and has not been measured for its slot yet, and puts the readings into the journal.
  mutating func collect() throws {
    let records = try store.jobRecords()
    let memories = try store.memories()
    // A job that never ran is late, whatever its turn: a new host shows something after the first run.
    let lastSlots = Dictionary(
      plan.jobs.map { ($0.id, records[$0.id]?.lastSlot ?? Instant(0)) }, uniquingKeysWith: { first, _ in first })
    let assignments = due(plan.jobs, at: now, baseStep: plan.settings.step, lastSlots: lastSlots)
      .filter { (records[$0.job.id]?.lastSlot ?? Instant(.min)) < $0.slot }
      .map { Assignment(job: $0.job, slot: $0.slot, memory: memories[$0.job.id]) }
    tellOfClock(records)
    progress.begin("collect", of: assignments.count, "jobs", until: started + Double(plan.settings.deadline))
    let outcomes = Collect.collect(assignments, context)
    let readings = outcomes.map(\.reading)
    let appended = try installation.journal.append(readings, trusting: journalPosition())
    record.degraded += appended.damage
    for outcome in outcomes {
      if let memory = outcome.memory { change.memories[outcome.reading.job] = memory }
      change.jobRecords.append(outcome.reading.record(after: records[outcome.reading.job]))
    }
    measured = Set(readings.map(\.job))
    kinds = KindFigures.all(of: readings, by: plan)
    count(readings)
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
      runStarted: started, deadline: started + Double(plan.settings.deadline), workers: plan.settings.workers,
      secrets: SecretStore(environment: Process.environment), guards: Set(plan.settings.guards),
      measured: progress.tally)
  }

  private mutating func count(_ readings: [Reading]) {
    let failed = readings.filter(\.isEmpty)
    record.failed = failed.count
    record.collected = readings.count - failed.count
    record.skipped = plan.jobs.count - readings.count
    record.samples = readings.reduce(0) { sum, reading in sum + reading.measurements.count { $0.value != nil } }
    guard let first = failed.first else { return }
    let reason = first.failure?.description ?? "no numbers"
    let more = failed.count > 1 ? ", and \(failed.count - 1) more" : ""
    record.degraded.append("\(failed.count) of \(readings.count) jobs failed: \(first.job): \(reason)\(more)")
  }
}

extension Reading {
  /// True where not one number was measured.
  var isEmpty: Bool { failure != nil && measurements.allSatisfy { $0.value == nil } }

  fileprivate func record(after previous: JobRecord?) -> JobRecord {
    let failed = failure != nil
    return JobRecord(
      job: job, lastSlot: slot, lastSuccess: failed ? previous?.lastSuccess : slot, failure: failure,
      failuresInARow: failed ? (previous?.failuresInARow ?? 0) + 1 : 0,
      failingSince: failed ? previous?.failingSince ?? slot : nil, cost: cost,
      facts: facts.isEmpty && failed ? previous?.facts ?? [] : facts)
  }
}
