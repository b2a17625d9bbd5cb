import Config
import Model
import Platform

/// Measures everything that is due, all kinds at once: exactly one outcome for each assignment, in their order. What
/// is not home by the deadline is a `deadline` failure, whatever its probe is still waiting for; what there is no time
/// for is `left out`.
package func collect(
  _ assignments: [Assignment], _ context: MeasureContext, probes: [String: Measure] = Probes.table
) -> [Outcome] {
  var home: [Place: Outcome] = [:]
  for wave in waves(of: assignments, perHost: context.perHost) {
    for outcome in round(of: wave, context, probes) { home[Place(outcome.reading)] = outcome }
  }
  let all = assignments.map {
    home[Place($0)] ?? $0.failed(.local, "its probe gave no reading; please report this")
  }
  return guarded(zip(assignments, all).map { ($0.job.probe, $1) }, by: context.guards)
}

/// Assignments in their order, no more than so many of one host in each wave.
func waves(of assignments: [Assignment], perHost: Int?) -> [[Assignment]] {
  guard let perHost else { return [assignments] }
  var counts: [String: Int] = [:]
  var waves: [[Assignment]] = []
  for assignment in assignments.sorted(by: { $0.urgency > $1.urgency }) {
    let place = counts[assignment.job.id.host, default: 0] / max(1, perHost)
    counts[assignment.job.id.host, default: 0] += 1
    while waves.count <= place { waves.append([]) }
    waves[place].append(assignment)
  }
  return waves
}

private func round(of wave: [Assignment], _ context: MeasureContext, _ probes: [String: Measure]) -> [Outcome] {
  let groups = Dictionary(grouping: wave, by: Group.init).sorted { $0.key < $1.key }
  let found = concurrently(groups.count, workers: groups.count) { index in
    let (group, assignments) = groups[index]
    if group.waitsForSecrets { context.secrets.prepare(Set(assignments.flatMap(\.job.probe.secrets))) }
    return outcomes(of: assignments, by: probes[group.kind], kind: group.kind, context)
  }
  return Array(found.joined())
}

/// What is measured together: one kind, and apart from the others those whose secrets a program has to print first,
/// for it may take its time.
private struct Group: Hashable, Comparable {
  var kind: String
  var waitsForSecrets: Bool

  init(_ assignment: Assignment) {
    kind = assignment.job.probe.kind
    waitsForSecrets = assignment.job.probe.secrets.contains(where: \.isCommand)
  }

  static func < (one: Group, other: Group) -> Bool {
    (one.kind, one.waitsForSecrets ? 1 : 0) < (other.kind, other.waitsForSecrets ? 1 : 0)
  }
}

private func outcomes(
  of assignments: [Assignment], by measure: Measure?, kind: String, _ context: MeasureContext
) -> [Outcome] {
  guard let measure else {
    return assignments.map { $0.failed(.local, "this redeye has no probe of the kind \(kind)") }
  }
  guard context.remaining > 0 else {
    return assignments.map { $0.failed(.deadline, "the run ended before its turn; see settings: deadline and workers") }
  }
  var rounds = Rounds(kind: kind, measure: measure, context)
  return rounds.run(assignments)
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
