import Config
import Foundation
import Model

/// All series of one name, in the order of the hosts.
struct Metric {
  var name: String
  var entries: [CatalogueEntry] = []

  var parts: Int { max(1, (entries.count + Press.rowsPerPage - 1) / Press.rowsPerPage) }
  var hosts: Int { Set(entries.lazy.map(\.series.host)).count }
  var units: [String] { Set(entries.lazy.map(\.unit.symbol)).sorted() }

  /// Seconds between two readings of its figures: the more there are, the longer.
  var pace: Int { entries.count <= 200 ? 900 : entries.count <= Press.rowsPerPage ? 1_800 : 3_600 }

  func part(_ number: Int) -> ArraySlice<CatalogueEntry> {
    let first = (number - 1) * Press.rowsPerPage
    return entries[min(first, entries.count)..<min(first + Press.rowsPerPage, entries.count)]
  }
}

/// A series over the last 24 hours, in means of five minutes.
struct DayFigure {
  var entry: CatalogueEntry
  var now: Double?
  var average: Double?
  var highest: Double?
  /// The end of the last five minutes with a sample, where its job goes well and it has none any more.
  var staleSince: Instant?
}

/// What is remembered of a page of a metric until it is made again, so that other pages need not read its series.
struct MetricNote: Codable {
  struct Ranked: Codable {
    var series: String
    var now: Double?
    var average: Double
    var highest: Double
  }

  struct Stale: Codable {
    var series: String
    var since: Int
  }

  /// The largest by average, for each unit.
  var top: [String: [Ranked]] = [:]
  var stale: [Stale] = []
}

extension MetricNote {
  /// A note with stale series begins with a mark of its own: that there are none is seen without reading on.
  var words: String {
    guard !top.isEmpty || !stale.isEmpty, let bytes = try? JSONEncoder().encode(self) else { return "" }
    return (stale.isEmpty ? "." : "!") + String(decoding: bytes, as: UTF8.self)
  }

  static func hasStale(_ words: String) -> Bool { words.hasPrefix("!") }

  init?(words: String) {
    guard let note = try? JSONDecoder().decode(MetricNote.self, from: Data(words.utf8.dropFirst())) else { return nil }
    self = note
  }
}

extension Press {
  /// Every metric by name, without the single answers that are a part of others.
  var metrics: [Metric] {
    var all: [String: Metric] = [:]
    for host in input.plan.hosts {
      let definitions = known.graphs[host.name] ?? []
      for entry in known.entries[host.name] ?? [] where known.jobNames[entry.series.row.job] != nil {
        let name = entry.series.metric
        if rank(name) != nil, plotName(of: entry.series, definitions) == nil { continue }
        all[name, default: Metric(name: name)].entries.append(entry)
      }
    }
    return all.values.sorted { $0.name < $1.name }
  }

  /// The page of the picture that shows a series.
  func seriesPath(of series: SeriesID) -> String? {
    plotName(of: series, known.graphs[series.host] ?? []).map { "series/\(fileName(series.host))/\($0).html" }
  }

  func dayFigure(_ entry: CatalogueEntry) -> DayFigure {
    let end = end(step: entry.step)
    let window = input.window(entry.series, Span(from: (end - 86_400).slot(step: entry.step), to: end), 300)
    let values = window.samples.compactMap(\.value).filter(\.isFinite)
    var figure = DayFigure(entry: entry, now: latest(entry))
    guard !values.isEmpty else { return figure }
    figure.average = mean(of: values)
    figure.highest = values.max()
    if figure.now == nil { figure.staleSince = staleSince(entry, window) }
    return figure
  }

  /// Since when a series has had no sample, where that is three slots or more that its job measured.
  private func staleSince(_ entry: CatalogueEntry, _ window: SeriesWindow) -> Instant? {
    let job = entry.series.row.job
    guard known.jobNames[job]?.schedule == .grid, !badJobs.contains(job) else { return nil }
    guard let last = known.records[job]?.lastSuccess?.slot(step: entry.step) else { return nil }
    let span = Span(from: last - 2 * entry.step, to: last + 1)
    guard input.window(entry.series, span, nil).samples.allSatisfy({ $0.value == nil }) else { return nil }
    return window.samples.last { $0.value != nil }.map { min($0.slot + window.step, last - 2 * entry.step) }
  }

  /// Whether the last 24 hours of a series are a small picture already.
  mutating func hasSpark(_ entry: CatalogueEntry) -> Bool {
    let host = entry.series.host
    guard kept.contains(host) else { return sparks[entry.series]?.isDrawn == true }
    let drawn = sparksOfKept[host] ?? sparkSeries(of: host)
    sparksOfKept[host] = drawn
    return drawn.contains(entry.series)
  }

  /// Those that the chapter of a host draws whatever happens to it.
  private func sparkSeries(of host: String) -> Set<SeriesID> {
    guard let host = known.hostNames[host] else { return [] }
    let rows = gallery(of: host.name).groups.flatMap { group -> [CatalogueEntry?] in
      let columns = columns(group)
      return group.instances.map { instance in
        let lines = instance.plots.first?.lines ?? []
        return columns.lazy.compactMap { label in lines.first { $0.label == label }?.entry }.first
      }
    }
    return Set(keySeries(of: host).map(\.entry.series) + rows.compactMap { $0?.series })
  }
}
