import Config
import Model

/// How a host stands, from its open incidents and the last result of its jobs.
struct HostState {
  var mark: StateMark
  var since: Instant?
  /// One sentence, where there is something to say.
  var sentence: String?
  var incidents: [Incident]

  /// What needs a person first.
  var order: Int {
    switch mark.shape {
    case .bad: 0
    case .warning: 1
    case .unknown: 2
    case .planned: 3
    case .off: 4
    case .good: 5
    }
  }
}

extension Press {
  func state(of host: Host) -> HostState {
    let jobs = known.jobs[host.name] ?? []
    let records = jobs.compactMap { known.records[$0.id] }
    let asked = records.filter { $0.failure?.kind != .disabled }
    let bad = asked.filter { badJobs.contains($0.job) }
    let unknown = asked.filter { isUnknown($0) && !badJobs.contains($0.job) }
    let open = (known.incidents[host.name] ?? []).filter { $0.phase == .open }.sorted { $0.since < $1.since }
    if jobs.isEmpty { return HostState(mark: .init(.off, "not measured"), incidents: open) }
    if let first = open.first { return HostState(mark: mark(open), since: first.since, incidents: open) }
    if records.isEmpty { return HostState(mark: .init(.unknown, "no data yet"), incidents: []) }
    if asked.isEmpty {
      return HostState(mark: .init(.off, "disabled"), sentence: records.first?.failure?.message, incidents: [])
    }
    let failing = bad + unknown
    if failing.isEmpty { return HostState(mark: .init(.good, "ok"), incidents: []) }
    let word: StateMark = bad.isEmpty ? .init(.unknown, "unknown") : .init(.bad, "down")
    return HostState(
      mark: failing.count == asked.count ? word : .init(.warning, "degraded"),
      since: failing.compactMap(\.failingSince).min(), sentence: sentence(bad, unknown, of: asked.count), incidents: [])
  }

  /// Whether nothing is known of the job's last slot. Where a success has a note, only a part is missing.
  private func isUnknown(_ record: JobRecord) -> Bool {
    record.failure != nil && record.lastSuccess != record.lastSlot
  }

  /// Whether the job's last slot was measured, and its `up` was 0.
  func isMeasuredBad(_ record: JobRecord) -> Bool {
    // A job that had an answer needs no look at its series.
    guard isUnknown(record) || (record.failure == nil && record.learned.silent > 0) else { return false }
    guard let entry = input.catalogue[SeriesID(row: RowID(job: record.job), metric: "up")] else { return false }
    let span = Span(from: record.lastSlot.slot(step: entry.step), to: record.lastSlot + 1)
    return input.window(entry.series, span, nil).samples.last?.value == 0
  }

  /// What a job has to say of its last slot, where all was not well.
  func message(_ record: JobRecord) -> String? {
    record.failure?.message ?? (badJobs.contains(record.job) ? "no answer" : nil)
  }

  private func sentence(_ bad: [JobRecord], _ unknown: [JobRecord], of all: Int) -> String {
    let worst = (bad.isEmpty ? unknown : bad).max { $0.failuresInARow < $1.failuresInARow }
    let told = worst.map { "\($0.job.job): \(message($0) ?? "")" } ?? ""
    let counts = [(bad.count, "bad"), (unknown.count, "failed")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return all == 1 ? told : "Of \(counted(all, "job")) \(counts.joined(separator: ", ")); \(told)"
  }

  private func mark(_ open: [Incident]) -> StateMark {
    open.contains { outages.contains($0.number) } ? .init(.bad, "down") : .init(.warning, "degraded")
  }

  /// Out altogether, rather than outside a limit: an `up` that says no, or every packet lost.
  func isOutage(_ incident: Incident) -> Bool {
    guard let objective = known.objectiveNames[incident.objective]?.objective else { return false }
    switch objective.series.text.split(separator: "/").last {
    case "up": return true
    case "loss":
      let entries = known.series(of: objective.series, in: input.catalogue)
      return entries.contains { (latest($0) ?? 0) >= 100 }
    default: return objective.tolerance.equals == 1
    }
  }

  func mark(of incident: Incident) -> StateMark {
    incident.phase == .closed
      ? .init(.good, "closed") : outages.contains(incident.number) ? .init(.bad, "down") : .init(.warning, "degraded")
  }
}
