internal import Model
internal import YAML

extension WidgetDesk {
  /// A graph without a job by its name, or one of a job by where it is.
  func graph(_ record: Record) -> Widget.Content? {
    guard let text = record.text("graph") else { return nil }
    let place = record.place(of: "graph")
    let crumb = record.crumb + ["graph"]
    let period = record.text("period").flatMap(Widget.Period.init) ?? .day
    let name = text.contains("/") ? graphOfJob(text, at: place, in: crumb) : ownGraph(text, at: place, in: crumb)
    return name.map { .graph($0, period) }
  }

  private func ownGraph(_ name: String, at place: Place, in crumb: Crumb) -> Widget.GraphName? {
    if targets.ownGraphs.contains(name) { return .own(name) }
    findings.missing(
      "there is no graph “\(name.printable(limit: 80))”", at: place, in: crumb,
      help: Nearest.help(
        name, in: targets.ownGraphs, otherwise: "add it to graphs, or write HOST/JOB/GRAPH for one of a host"))
    return nil
  }

  private func graphOfJob(_ text: String, at place: Place, in crumb: Crumb) -> Widget.GraphName? {
    guard let series = SeriesID(text), Selector(text).isExact else {
      findings.error(
        "“\(text.printable(limit: 80))” names no graph", at: place, in: crumb,
        help: "write HOST/JOB/GRAPH, or HOST/JOB/INSTANCE/GRAPH for one interface or disk")
      return nil
    }
    guard let job = targets.jobs.find(series.row.job, workshop, at: place, in: crumb) else { return nil }
    checkGraph(series, job, at: place, in: crumb)
    return .ofJob(series.row, series.metric)
  }

  /// Told where the metrics of the job are known, and none of its graphs has the name.
  private func checkGraph(_ series: SeriesID, _ job: Job, at place: Place, in crumb: Crumb) {
    let known = KnownMetrics(job.probe)
    guard let plain = known.plain, let instanced = known.instanced,
      !workshop.shelf.faultyJobs.contains(job.id)
    else { return }
    let own = targets.graphs.filter { $0.job == job.id }
    let isInstance = series.instance != nil
    func isThere(_ metrics: [String]) -> Bool {
      metrics.contains(series.metric)
        || own.contains { $0.name == series.metric && shown($0).contains(where: metrics.contains) }
    }
    if isThere(isInstance ? instanced : plain) { return }
    let name = series.metric.printable(limit: 80)
    if isThere(isInstance ? plain : instanced) {
      return findings.error(
        isInstance ? "“\(name)” of \(job.id) has no instance" : "\(job.id) has a graph “\(name)” for each instance",
        at: place, in: crumb,
        help: "write \(job.id)/\(isInstance ? "" : "INSTANCE/")\(name)")
    }
    findings.error(
      "\(job.id) has no graph “\(name)”", at: place, in: crumb,
      help: Nearest.help(
        name, in: own.map(\.name) + plain + instanced,
        otherwise: own.isEmpty ? "write one of its metrics" : "it has \(own.map(\.name).listed), and its metrics"))
  }

  private func shown(_ graph: GraphDefinition) -> [String] {
    graph.kind == .latency ? ["median"] : graph.lines.map(\.metric)
  }
}
