import Config
import Model

/// The input, ordered for looking up.
struct Known: Sendable {
  let hostNames: [String: Host]
  let jobs: [String: [Job]]
  let jobNames: [JobID: Job]
  let records: [JobID: JobRecord]
  let entries: [String: [CatalogueEntry]]
  let incidents: [String: [Incident]]
  /// Objectives whose series lie on the host; those of globs under every host that fits.
  let objectives: [String: [ObjectiveStatus]]
  let objectiveNames: [String: ObjectiveStatus]
  let graphs: [String: [GraphDefinition]]
  /// Newest first.
  let notes: [Note.Subject: [Note]]
  /// Notes on hosts and on their incidents, newest first.
  let hostNotes: [String: [Note]]

  init(_ input: SiteInput) {
    hostNames = Dictionary(input.plan.hosts.map { ($0.name, $0) }) { first, _ in first }
    jobs = Dictionary(grouping: input.plan.jobs, by: \.id.host)
    jobNames = Dictionary(input.plan.jobs.map { ($0.id, $0) }) { first, _ in first }
    objectiveNames = Dictionary(input.objectives.map { ($0.objective.name, $0) }) { first, _ in first }
    records = Dictionary(input.jobRecords.map { ($0.job, $0) }) { _, last in last }
    entries = Dictionary(grouping: input.catalogue.values.sorted { $0.series < $1.series }, by: \.series.host)
    let all = input.openIncidents + input.closedIncidents
    incidents = Dictionary(grouping: all.filter { $0.host != nil }) { $0.host ?? "" }
    notes = Dictionary(grouping: input.notes, by: \.subject)
    hostNotes = Known.hostNotes(input.notes, all)
    graphs = Dictionary(grouping: input.plan.graphs, by: \.job.host)
    objectives = Known.objectives(jobs.mapValues { $0.map(\.id) }, input.objectives)
  }

  private static func hostNotes(_ notes: [Note], _ incidents: [Incident]) -> [String: [Note]] {
    guard !notes.isEmpty else { return [:] }
    let hosts = Dictionary(incidents.map { ("\($0.number)", $0.host ?? "") }) { first, _ in first }
    let pairs = notes.compactMap { note -> (String, Note)? in
      switch note.subject.kind {
      case .host: (note.subject.name, note)
      case .incident: hosts[note.subject.name].map { ($0, note) }
      case .objective, .graph: nil
      }
    }
    return Dictionary(grouping: pairs) { $0.0 }.mapValues { $0.map(\.1) }
  }

  private static func objectives(
    _ jobs: [String: [JobID]], _ all: [ObjectiveStatus]
  ) -> [String: [ObjectiveStatus]] {
    var result: [String: [ObjectiveStatus]] = [:]
    for status in all {
      let parts = status.objective.series.text.split(separator: "/").map(String.init)
      let host = parts.first ?? ""
      let job = parts.count > 1 ? parts[1] : "**"
      let isPattern = host.contains("*") || host.contains("?")
      let names =
        isPattern
        ? jobs.filter { name, jobs in
          (host == "**" || glob(host, name)) && (job == "**" || jobs.contains { glob(job, $0.job) })
        }.keys.map { $0 } : [host]
      for name in names { result[name, default: []].append(status) }
    }
    return result
  }

  func series(of selector: Selector, in catalogue: Catalogue) -> [CatalogueEntry] {
    if selector.isExact { return SeriesID(selector.text).flatMap { catalogue[$0] }.map { [$0] } ?? [] }
    let host = selector.text.split(separator: "/").first.map(String.init) ?? ""
    let hosts = entries.keys.filter { host == "**" || glob(host, $0) }.sorted()
    let filter = SeriesFilter(selector)
    return hosts.flatMap { (entries[$0] ?? []).filter { filter.passes($0.series) } }
  }
}
