internal import Model
internal import YAML

extension Workshop {
  /// The pictures of monitors and of `graphs:`; one of `graphs:` replaces the monitors' of the same job and name.
  func graphs(_ made: [(made: Made, host: String)], _ jobs: JobIndex) -> [GraphDefinition] {
    let own = items(of: "graphs", noun: "graphs").filter { !$0.isBroken }.compactMap { item in
      graph(
        Made(name: item.name, group: item.groups, layers: item.layers, crumb: item.crumb, place: item.place), host: nil,
        jobs)
    }
    let taken = Set(own.map { [$0.job.description, $0.name] })
    let others = made.compactMap { graph($0.made, host: $0.host, jobs) }
    return others.filter { !taken.contains([$0.job.description, $0.name]) } + own
  }

  private func graph(_ made: Made, host: String?, _ jobs: JobIndex) -> GraphDefinition? {
    let record = checker.record(made.fields, of: fields(of: "graphs"), at: made.place, in: made.crumb)
    if record.records("lines").isEmpty { needs("lines", of: "a graph", record) }
    guard let text = record.text("job"), let id = jobID(text, host: host, record), let job = jobs.find(id, self, record)
    else {
      return nil
    }
    let lines = record.records("lines").compactMap { line -> GraphDefinition.Line? in
      guard let metric = line.text("metric") else { return nil }
      checkMetric(metric, of: job, at: line.place(of: "metric"), in: made.crumb)
      return GraphDefinition.Line(metric: metric, label: line.text("label") ?? metric)
    }
    return GraphDefinition(
      name: made.name, title: record.text("title") ?? made.name, job: id,
      kind: GraphDefinition.Kind(rawValue: record.text("kind") ?? "lines") ?? .lines, lines: lines,
      top: record.number("top"))
  }

  /// In a monitor the name of one of its jobs, elsewhere HOST/JOB.
  private func jobID(_ text: String, host: String?, _ record: Record) -> JobID? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 1, let host { return JobID(host: host, job: text) }
    if parts.count == 2, !parts.contains("") { return JobID(host: parts[0], job: parts[1]) }
    findings.error(
      "“\(text.printable(limit: 80))” names no job", at: record.place(of: "job"), in: record.crumb,
      help: "write it as HOST/JOB")
    return nil
  }

  private func checkMetric(_ metric: String, of job: Job, at place: Place, in crumb: Crumb) {
    guard let known = KnownMetrics(job.probe).all, !known.contains(metric), !shelf.faultyJobs.contains(job.id)
    else { return }
    findings.error(
      "\(job.probe.kind) jobs have no metric “\(metric.printable(limit: 80))”", at: place, in: crumb,
      help: Nearest.help(metric, in: known, otherwise: "they have \(known.listed)"))
  }
}

/// Jobs by host and name.
struct JobIndex {
  private let jobs: [Job]
  /// Places in `jobs`, in their order: a job is large.
  private let byHost: [String: [Int]]
  private let byID: [JobID: Int]
  /// Hosts with a job, sorted.
  let hostNames: [String]
  /// Every host, also one without a job.
  let hosts: [String]
  /// Jobs that were left out because something is wrong with them: nothing is said about what names them.
  let broken: Set<JobID>
  /// Hosts whose jobs are not all known, because something is wrong with what they use.
  let shakyHosts: Set<String>

  init(_ jobs: [Job], drafts: [JobDraft], hosts: [String], _ shelf: Shelf) {
    shakyHosts = shelf.shakyHosts
    self.jobs = jobs
    byHost = Dictionary(grouping: jobs.indices) { jobs[$0].id.host }
    byID = Dictionary(zip(jobs.map(\.id), jobs.indices)) { first, _ in first }
    hostNames = byHost.keys.sorted()
    self.hosts = hosts
    broken = drafts.count == jobs.count ? [] : Set(drafts.map(\.id)).subtracting(byID.keys)
  }

  func jobs(of host: String) -> [Job] { (byHost[host] ?? []).map { jobs[$0] } }

  func job(_ id: JobID) -> Job? { byID[id].map { jobs[$0] } }

  /// The job, or `nil` with an error told.
  func find(_ id: JobID, _ workshop: Workshop, _ record: Record) -> Job? {
    if let job = job(id) { return job }
    if !broken.contains(id) { missing(id, workshop, at: record.place(of: "job"), in: record.crumb) }
    return nil
  }

  func missing(_ id: JobID, _ workshop: Workshop, at place: Place, in crumb: Crumb) {
    guard !shakyHosts.contains(id.host) else { return }
    guard hosts.contains(id.host) else {
      workshop.findings.missing(
        "there is no host “\(id.host.printable(limit: 80))”", at: place, in: crumb,
        help: Nearest.help(id.host, in: hosts, otherwise: "add it to hosts"))
      return
    }
    let names = jobs(of: id.host).map(\.id.job).sorted()
    workshop.findings.missing(
      "\(id.host.printable(limit: 80)) has no job “\(id.job.printable(limit: 80))”", at: place, in: crumb,
      help: Nearest.help(
        id.job, in: names, otherwise: names.isEmpty ? "it has no job at all" : "it has \(names.listed)"))
  }
}
