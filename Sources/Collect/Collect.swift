import Config
import Model
import Platform

/// Measures everything that is due, all kinds at once: exactly one outcome for each assignment, in their order. What
/// is not home by the deadline is a `deadline` failure, whatever its probe is still waiting for.
package func collect(
  _ assignments: [Assignment], _ context: MeasureContext, probes: [String: Measure] = Probes.table
) -> [Outcome] {
  let kinds = Dictionary(grouping: assignments) { $0.job.probe.kind }.sorted { $0.key < $1.key }
  let found = concurrently(kinds.count, workers: kinds.count) { index in
    outcomes(of: kinds[index].value, by: probes[kinds[index].key], kind: kinds[index].key, context)
  }
  let home = Dictionary(found.joined().map { (Place($0.reading), $0) }) { first, _ in first }
  let all = assignments.map {
    home[Place($0)] ?? $0.failed(.local, "its probe gave no reading; please report this")
  }
  return guarded(zip(assignments, all).map { ($0.job.probe, $1) }, by: context.guards)
}

/// Seconds after the deadline in which a probe that keeps it hands over what it has.
private let handover = 1.0

private func outcomes(
  of assignments: [Assignment], by measure: Measure?, kind: String, _ context: MeasureContext
) -> [Outcome] {
  guard let measure else {
    return assignments.map { $0.failed(.local, "this redeye has no probe of the kind \(kind)") }
  }
  let rest = context.deadline - Clock.monotonic()
  let outcomes = rest > 0 ? within(seconds: rest + handover) { measure(assignments, context) } : nil
  return outcomes
    ?? assignments.map { $0.failed(.deadline, "the run ended before its turn; see settings: deadline and workers") }
}

/// What makes a reading this assignment's.
private struct Place: Hashable {
  var job: JobID
  var slot: Instant

  init(_ reading: Reading) {
    job = reading.job
    slot = reading.slot
  }

  init(_ assignment: Assignment) {
    job = assignment.job.id
    slot = assignment.slot
  }
}
