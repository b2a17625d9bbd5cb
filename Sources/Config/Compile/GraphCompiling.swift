internal import Model
internal import YAML

extension Workshop {
  /// The pictures of monitors and of `graphs:`; one of `graphs:` replaces the monitors' of the same job and name. Those
  /// without a job are graphs of their own.
  func graphs(
    _ made: [(made: Made, host: String)], _ jobs: JobIndex
  ) -> (ofJobs: [GraphDefinition], own: [OwnGraph]) {
    var ofJobs: [GraphDefinition] = []
    var own: [OwnGraph] = []
    for item in items(of: "graphs", noun: "graphs") where !item.isBroken {
      let made = Made(name: item.name, group: item.groups, layers: item.layers, crumb: item.crumb, place: item.place)
      let record = checker.record(made.fields, of: fields(of: "graphs"), at: made.place, in: made.crumb)
      if record.said.contains("job") {
        ofJobs += graph(made, graphForm(record), host: nil, jobs).map { [$0] } ?? []
      } else {
        own += ownGraph(made, record, jobs).map { [$0] } ?? []
      }
    }
    let taken = Set(ofJobs.map { [$0.job.description, $0.name] })
    let others = made.compactMap { graph($0.made, templateForm($0.made), host: $0.host, jobs) }
    return (others.filter { !taken.contains([$0.job.description, $0.name]) } + ofJobs, own)
  }

  private func graph(_ made: Made, _ form: GraphForm, host: String?, _ jobs: JobIndex) -> GraphDefinition? {
    guard let said = form.job, let id = jobID(said.text, host: host, at: said.place, in: made.crumb),
      let job = jobs.find(id, self, at: said.place, in: made.crumb)
    else { return nil }
    for (line, place) in zip(form.lines, form.places) { checkMetric(line.metric, of: job, at: place, in: made.crumb) }
    return GraphDefinition(
      name: made.name, title: form.title ?? made.name, job: id, kind: form.kind, lines: form.lines, top: form.top)
  }

  /// What a graph of a monitor says; once for all hosts, as long as nothing of theirs stands in it.
  private func templateForm(_ made: Made) -> GraphForm {
    if let template = made.template, let known = shelf.graphForms[template] { return known }
    let before = findings.errorCount
    let record = checker.record(made.fields, of: fields(of: "graphs"), at: made.place, in: made.crumb)
    if !record.said.contains("job") { needs("job", of: "a graph of a monitor", record) }
    let form = graphForm(record)
    // What is wrong is told of each host.
    if let template = made.template, findings.errorCount == before { shelf.graphForms[template] = form }
    return form
  }

  private func graphForm(_ record: Record) -> GraphForm {
    let said = record.records("lines")
    if said.isEmpty { needs("lines", of: "a graph", record) }
    for line in said where !line.says(anyOf: ["metric", "series", "formula"]) && !line.hasUnknown {
      needs("metric", of: "a line", line)
    }
    rejectOwn(record, said)
    let lines = said.filter { $0.text("metric") != nil }
    return GraphForm(
      title: record.text("title"), job: record.text("job").map { ($0, record.place(of: "job")) },
      kind: GraphDefinition.Kind(rawValue: record.text("kind") ?? "lines") ?? .lines,
      lines: lines.map { line in
        let metric = line.text("metric") ?? ""
        return GraphDefinition.Line(metric: metric, label: line.text("label") ?? metric)
      }, places: lines.map { $0.place(of: "metric") }, top: record.number("top"))
  }

  /// Fields that only a graph of its own has.
  private func rejectOwn(_ record: Record, _ lines: [Record]) {
    let help = "leave out job, and write its lines as {series: HOST/JOB/METRIC}"
    for (record, names) in [(record, ["host", "scale", "limits", "percentile"])]
      + lines.map({ ($0, ["series", "formula", "unit", "style"]) })
    {
      for name in names where record.says(anyOf: [name]) {
        findings.error(
          "“\(name)” is for graphs without a job", at: record.place(of: name), in: record.crumb, help: help)
      }
    }
    guard let kind = record.text("kind"), GraphDefinition.Kind(rawValue: kind) == nil else { return }
    findings.error(
      "“\(kind)” is for graphs without a job", at: record.place(of: "kind"), in: record.crumb, help: help)
  }

  /// In a monitor the name of one of its jobs, elsewhere HOST/JOB.
  private func jobID(_ text: String, host: String?, at place: Place, in crumb: Crumb) -> JobID? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 1, let host { return JobID(host: host, job: text) }
    if parts.count == 2, !parts.contains("") { return JobID(host: parts[0], job: parts[1]) }
    findings.error(
      "“\(text.printable(limit: 80))” names no job", at: place, in: crumb,
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

extension Record {
  /// Whether one of these fields is said something about; also in the short form, which has no names.
  func says(anyOf names: [String]) -> Bool { names.contains { said.contains($0) || given[$0] != nil } }
}

/// What a graph says, whoever's job it shows.
struct GraphForm {
  var title: String?
  var job: (text: String, place: Place)?
  var kind: GraphDefinition.Kind
  var lines: [GraphDefinition.Line]
  /// Where the metric of each line stands.
  var places: [Place]
  var top: Double?
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
  func find(_ id: JobID, _ workshop: Workshop, at place: Place, in crumb: Crumb) -> Job? {
    if let job = job(id) { return job }
    if !broken.contains(id) { missing(id, workshop, at: place, in: crumb) }
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
