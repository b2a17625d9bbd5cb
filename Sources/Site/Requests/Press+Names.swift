import Config
import Graph
import Model

/// What a name means.
enum RequestedSubject {
  /// Of a host, which is named as its page names it.
  case plots([Plot], host: String)
  case graph(OwnGraph)
  case pattern(Selector)
}

extension Press {
  /// What is nearest to being one thing comes first: a series, a graph of one's own, a host, a job, a part of a job, and
  /// last a pattern.
  func subject(_ name: String) throws(ChartRequestError) -> RequestedSubject {
    if let series = SeriesID(name), let entry = input.catalogue[series] {
      return .plots([plot(of: entry)], host: title(ofHost: series.host))
    }
    if let graph = input.plan.ownGraphs.first(where: { $0.name == name }) { return .graph(graph) }
    if let found = plots(name) { return found }
    let selector = Selector(name)
    if !known.series(of: selector, in: input.catalogue).isEmpty { return .pattern(selector) }
    throw missing(name, selector)
  }

  /// The picture a metric without a graph has on its host's page.
  private func plot(of entry: CatalogueEntry) -> Plot {
    let series = entry.series
    let job = known.jobNames[series.row.job]
    let title = series.metric == "value" ? job?.title ?? series.job : "\(job?.title ?? series.job): \(series.metric)"
    return Plot(
      name: fileName(series.description), title: title, instance: series.instance, job: series.row.job, kind: .lines,
      lines: [Plot.Line(label: series.metric, entry: entry)])
  }

  private func title(ofHost name: String) -> String { known.hostNames[name]?.title ?? name }

  // MARK: Pictures of hosts and jobs

  /// `host`, `host/job`, `host/job/graph`, `host/job/instance` and `host/job/instance/graph`.
  private func plots(_ name: String) -> RequestedSubject? {
    let parts = name.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard let host = known.hostNames[parts[0]] else { return nil }
    let plots = parts.count == 1 ? all(gallery(of: host.name)) : plots(of: JobID(host: host.name, job: parts[1]), parts)
    return plots.isEmpty ? nil : .plots(plots, host: host.title)
  }

  private func plots(of id: JobID, _ parts: [String]) -> [Plot] {
    guard let job = known.jobNames[id] else { return [] }
    guard parts.count > 2 else { return plots(of: job, named: nil) }
    let named = plots(of: job, named: parts[2])
    if !named.isEmpty { return named }
    let instance = plots(of: job, named: nil).filter { $0.instance == parts[2] }
    if !instance.isEmpty { return instance }
    guard let slash = parts[2].lastIndex(of: "/") else { return notCollected(job, parts[2]) }
    let graph = String(parts[2][parts[2].index(after: slash)...])
    return plots(of: job, named: graph).filter { $0.instance ?? "" == parts[2][..<slash] }
  }

  /// All pictures of a job, or those of one of its graphs.
  private func plots(of job: Job, named name: String?) -> [Plot] {
    let definitions = (known.graphs[job.id.host] ?? []).filter { $0.job == job.id && (name == nil || $0.name == name) }
    if name != nil, definitions.isEmpty { return [] }
    let gallery = Site.gallery(
      of: job.id.host, jobs: [job], definitions: definitions,
      entries: (known.entries[job.id.host] ?? []).filter { $0.series.row.job == job.id })
    let plots = all(gallery)
    guard name != nil else { return plots.isEmpty ? [blank(job)] : plots }
    return plots.filter { plot in definitions.contains { $0.title == plot.title } }
  }

  /// What names a plot alone.
  func subject(of plot: Plot) -> String {
    let definition = (known.graphs[plot.job.host] ?? []).first { $0.job == plot.job && $0.title == plot.title }
    let part = definition?.name ?? plot.lines.first?.label
    return [plot.job.description, plot.instance, part].compactMap { $0 }.joined(separator: "/")
  }

  private func all(_ gallery: Gallery) -> [Plot] { gallery.plots + gallery.groups.flatMap(\.plots) }

  /// Nothing came of the job so far, so that a metric may well be one of those it will have.
  private func notCollected(_ job: Job, _ metric: String) -> [Plot] {
    let entries = known.entries[job.id.host] ?? []
    return entries.contains { $0.series.row.job == job.id } ? [] : [blank(job, metric)]
  }

  private func blank(_ job: Job, _ metric: String? = nil) -> Plot {
    Plot(
      name: fileName([job.id.job, metric].compactMap { $0 }.joined(separator: "-")),
      title: [job.title, metric].compactMap { $0 }.joined(separator: ": "), job: job.id, kind: .lines, lines: [])
  }

  // MARK: What is not there

  var seriesNames: [String] { input.catalogue.keys.map(\.description).sorted() }

  private func missing(_ name: String, _ selector: Selector) -> ChartRequestError {
    if !selector.isExact { return unknown("no series fits", name, among: []) }
    let jobs = input.plan.jobs.map(\.id.description)
    let others = input.plan.ownGraphs.map(\.name) + input.plan.hosts.map(\.name)
    return unknown("there is no series, job, host or graph", name, among: seriesNames + jobs + others)
  }

  func unknown(_ what: String, _ name: String, among candidates: [String]) -> ChartRequestError {
    let near = Nearest.candidate(to: name, in: candidates).map { "did you mean “\($0.printable(limit: 200))”?" }
    let otherwise =
      input.catalogue.isEmpty ? "nothing has been collected yet" : "“redeye query '**' --files” lists the series"
    return ChartRequestError("\(what) “\(name.printable(limit: 200))”; \(near ?? otherwise)")
  }
}
