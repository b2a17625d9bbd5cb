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
    let failing = asked.filter { $0.failure != nil && $0.lastSuccess != $0.lastSlot }
    let open = (known.incidents[host.name] ?? []).filter { $0.phase == .open }.sorted { $0.since < $1.since }
    if jobs.isEmpty { return HostState(mark: .init(.off, "not measured"), incidents: open) }
    if let first = open.first { return HostState(mark: mark(open), since: first.since, incidents: open) }
    if records.isEmpty { return HostState(mark: .init(.unknown, "no data yet"), incidents: []) }
    if asked.isEmpty {
      return HostState(mark: .init(.off, "disabled"), sentence: records.first?.failure?.message, incidents: [])
    }
    if failing.isEmpty { return HostState(mark: .init(.good, "ok"), incidents: []) }
    let since = failing.compactMap(\.failingSince).min()
    let shape: StateMark = failing.count == asked.count ? .init(.unknown, "unknown") : .init(.warning, "degraded")
    return HostState(mark: shape, since: since, sentence: sentence(failing, of: asked.count), incidents: [])
  }

  private func sentence(_ failing: [JobRecord], of all: Int) -> String {
    let worst = failing.max { $0.failuresInARow < $1.failuresInARow }
    let told = worst.flatMap { record in record.failure.map { "\(record.job.job): \($0.message)" } } ?? ""
    return all == 1 ? told : "\(failing.count) of \(counted(all, "job")) failed; \(told)"
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
