import Config
import Graph
import Model
import SLA

/// Which series of a host share a picture.
struct Plot: Sendable {
  struct Line: Sendable {
    var label: String
    var entry: CatalogueEntry?
  }

  /// Unique within the host, and fit for a file name.
  var name: String
  var title: String
  var instance: String?
  var job: JobID
  var kind: GraphDefinition.Kind
  var lines: [Line]
  /// Only of latency.
  var loss: CatalogueEntry?
  var packets: [CatalogueEntry] = []
  var top: Double?
  /// True for a metric that no definition names beside others that are named: it gets a small picture.
  var isHelper = false

  var entries: [CatalogueEntry] { lines.compactMap(\.entry) }
  var unit: Unit { entries.first?.unit ?? .none }
  var step: Int { entries.map(\.step).min() ?? 60 }
}

/// What a host's page shows: pictures of the host, and those of its interfaces, disks and the like.
struct Gallery: Sendable {
  /// Instances that have the same pictures.
  struct Group: Sendable {
    var titles: [String]
    var job: JobID
    var instances: [Instance]

    var plots: [Plot] { instances.flatMap(\.plots) }
    var allPlots: [Plot] { instances.flatMap { $0.plots + $0.helpers } }
  }

  struct Instance: Sendable {
    var name: String
    var plots: [Plot]
    var helpers: [Plot] = []
  }

  var plots: [Plot] = []
  var helpers: [Plot] = []
  var groups: [Group] = []

  /// Adds pictures of one kind to the group that has their instances already, or as a group of their own; there is
  /// nothing to help where an instance has no other picture.
  mutating func add(_ plots: [Plot], title: String) {
    guard let job = plots.first?.job else { return }
    let names = Set(plots.compactMap(\.instance))
    let known = groups.firstIndex {
      $0.job == job && ($0.titles.contains(title) || !names.isDisjoint(with: $0.instances.map(\.name)))
    }
    let index = known ?? groups.endIndex
    if known == nil { groups.append(Group(titles: [], job: job, instances: [])) }
    let helps = known != nil && plots.allSatisfy(\.isHelper)
    if !helps, !groups[index].titles.contains(title) { groups[index].titles.append(title) }
    for var plot in plots {
      plot.isHelper = helps
      groups[index].add(plot)
    }
  }
}

extension Gallery.Group {
  fileprivate mutating func add(_ plot: Plot) {
    guard let name = plot.instance else { return }
    let known = instances.firstIndex { $0.name == name }
    if known == nil { instances.append(.init(name: name, plots: [])) }
    let index = known ?? instances.endIndex - 1
    if plot.isHelper { instances[index].helpers.append(plot) } else { instances[index].plots.append(plot) }
  }
}

/// The pictures of a host, in the order of the plan's definitions, then what no definition names.
func gallery(of host: String, jobs: [Job], definitions: [GraphDefinition], entries: [CatalogueEntry]) -> Gallery {
  var result = Gallery()
  let byJob = Dictionary(grouping: entries, by: \.series.row.job)
  for job in jobs {
    let own = definitions.filter { $0.job == job.id }
    let shelf = Shelf(job: job, entries: byJob[job.id] ?? [])
    for definition in own { shelf.arrange(definition, in: &result) }
    shelf.arrangeRest(after: own, in: &result)
  }
  return result
}

/// The series of one job, by instance.
private struct Shelf {
  let job: Job
  let byInstance: [(instance: String?, metrics: [String: CatalogueEntry])]

  init(job: Job, entries: [CatalogueEntry]) {
    self.job = job
    let groups = Dictionary(grouping: entries, by: \.series.instance)
    byInstance = groups.sorted { ($0.key ?? "") < ($1.key ?? "") }.map { instance, entries in
      (instance, Dictionary(entries.map { ($0.series.metric, $0) }) { _, last in last })
    }
  }

  func arrange(_ definition: GraphDefinition, in gallery: inout Gallery) {
    guard !byInstance.isEmpty else {
      gallery.plots.append(plot(definition, instance: nil, [:]))
      return
    }
    let names = Set(definition.lines.map(\.metric) + (definition.kind == .latency ? ["median"] : []))
    let fitting = byInstance.filter { !names.isDisjoint(with: $0.metrics.keys) }
    let plots = fitting.map { plot(definition, instance: $0.instance, $0.metrics) }
    gallery.plots += plots.filter { $0.instance == nil }
    gallery.add(plots.filter { $0.instance != nil }, title: definition.title)
  }

  private func plot(
    _ definition: GraphDefinition, instance: String?, _ metrics: [String: CatalogueEntry]
  ) -> Plot {
    let lines =
      definition.kind == .latency
      ? [Plot.Line(label: "median", entry: metrics["median"])]
      : definition.lines.map { Plot.Line(label: $0.label, entry: metrics[$0.metric]) }
    let known = metrics.isEmpty ? lines : lines.filter { $0.entry != nil }
    return Plot(
      name: plotName(definition, instance), title: definition.title, instance: instance, job: job.id,
      kind: definition.kind, lines: known,
      loss: definition.kind == .latency ? metrics["loss"] : nil,
      packets: definition.kind == .latency ? ranks(metrics) : [], top: definition.top)
  }

  /// The series `p1`, `p2` … of the sorted answers.
  private func ranks(_ metrics: [String: CatalogueEntry]) -> [CatalogueEntry] {
    metrics.compactMap { name, entry in rank(name).map { ($0, entry) } }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  /// Metrics no definition names; where a job has definitions, what they leave are helpers.
  func arrangeRest(after definitions: [GraphDefinition], in gallery: inout Gallery) {
    let latency = definitions.contains { $0.kind == .latency }
    let named = Set(definitions.flatMap { $0.lines.map(\.metric) } + (latency ? ["median", "loss"] : []))
    for (instance, metrics) in byInstance {
      let rest = metrics.filter { !named.contains($0.key) && (rank($0.key) == nil || !latency) }.values
      for entry in rest.sorted(by: { $0.series < $1.series }) {
        add(plot(of: entry, isHelper: !definitions.isEmpty), instance, in: &gallery)
      }
    }
  }

  private func add(_ plot: Plot, _ instance: String?, in gallery: inout Gallery) {
    if instance != nil {
      gallery.add([plot], title: plot.title)
    } else if plot.isHelper {
      gallery.helpers.append(plot)
    } else {
      gallery.plots.append(plot)
    }
  }

  private func plot(of entry: CatalogueEntry, isHelper: Bool) -> Plot {
    let metric = entry.series.metric
    let title = isHelper ? metric : metric == "value" ? job.title : "\(job.title): \(metric)"
    return Plot(
      name: plotName(entry.series), title: title, instance: entry.series.instance, job: job.id, kind: .lines,
      lines: [Plot.Line(label: metric, entry: entry)],
      isHelper: isHelper)
  }
}

/// The name of the picture of a definition, for the host or for one instance.
func plotName(_ definition: GraphDefinition, _ instance: String?) -> String {
  let job = definition.job.job
  return fileName(instance.map { "\(job) \(definition.name) \($0)" } ?? "\(job)-\(definition.name)")
}

/// Of a picture that has one series alone.
private func plotName(_ series: SeriesID) -> String {
  fileName(series.instance.map { "\(series.job) \($0) \(series.metric)" } ?? "\(series.job)-\(series.metric)")
}

/// The name of the picture that shows a series, by the definitions of its host; `nil` for one answer of many, which is
/// a part of the smoke.
func plotName(of series: SeriesID, _ definitions: [GraphDefinition]) -> String? {
  let own = definitions.filter { $0.job == series.row.job }
  let metric = series.metric
  let shown = own.first { definition in
    definition.lines.contains { $0.metric == metric }
      || definition.kind == .latency && (metric == "median" || metric == "loss")
  }
  if let shown { return plotName(shown, series.instance) }
  return rank(metric) != nil && own.contains { $0.kind == .latency } ? nil : plotName(series)
}

/// 7 for `p7`.
func rank(_ metric: String) -> Int? {
  metric.hasPrefix("p") ? Int(metric.dropFirst()).flatMap { $0 > 0 ? $0 : nil } : nil
}
