import Config
import Formula
import Model

/// What is worth a list of the largest: metrics that mean the same, by name and unit.
struct TopRule {
  /// Also its place on the page, and the name of its picture.
  var name: String
  var title: String
  var unit: String
  /// `nil`: every one of the unit.
  var metrics: Set<String>?
  /// Where nothing is above 0 all is well, and there is nothing to rank.
  var isQuietAtZero = false

  init(_ name: String, _ title: String, _ unit: String, _ metrics: Set<String>?, isQuietAtZero: Bool = false) {
    self.name = name
    self.title = title
    self.unit = unit
    self.metrics = metrics
    self.isQuietAtZero = isQuietAtZero
  }

  /// A series as a share of the speed of its line stands under this in place of a unit.
  static let use = "use"

  /// In the order of the page. A further list is one line.
  static let all: [TopRule] = [
    TopRule("traffic-in", "Traffic in", "bit/s", ["in", "net-in"]),
    TopRule("traffic-out", "Traffic out", "bit/s", ["out", "net-out"]),
    TopRule("use", "Use of interfaces", use, ["in", "out"]),
    TopRule("round-trip", "Round trip", "s", ["median"]),
    TopRule("loss", "Loss", "%", ["loss"], isQuietAtZero: true),
    TopRule("response", "Response time", "s", ["time", "time-total"]),
    TopRule("cpu", "Processors, use by programs", "%", ["cpu-user", "cpu"]),
    TopRule("iowait", "Processors, waiting for disks", "%", ["cpu-iowait"], isQuietAtZero: true),
    TopRule("load-percent", "Load in percent", "%", ["load", "load-5m"]),
    TopRule("load", "Load", "", ["load5"]),
    TopRule("memory", "Memory used", "B", ["mem-used"]),
    TopRule("swap", "Swap used", "B", ["swap-used"], isQuietAtZero: true),
    TopRule("disk", "Disks and memory, share used", "%", ["used-percent", "disk-used-percent"]),
    TopRule("inodes", "Files a disk can hold, share used", "%", ["inodes-used-percent"]),
    TopRule("disk-busy", "Disks, time busy", "%", ["io-busy"]),
    TopRule(
      "errors", "Errors of interfaces", "1/s", ["errors-in", "errors-out", "net-errors-in", "net-errors-out"],
      isQuietAtZero: true),
    TopRule(
      "discards", "Packets interfaces dropped", "1/s",
      ["discards-in", "discards-out", "net-drops-in", "net-drops-out"], isQuietAtZero: true),
    TopRule("temperature", "Temperature", "°C", nil),
    TopRule("power", "Power", "W", nil),
  ]

  func wants(_ metric: String) -> Bool { metrics?.contains(metric) ?? true }
}

extension Press {
  /// A list for each unit of each metric that graphs of one's own show and that no rule has already.
  ///
  /// - Parameter noted: The units of each metric of which the largest are known.
  func topRules(_ noted: [(metric: String, units: [String])]) -> [TopRule] {
    let own = ownMetrics
    let found = noted.filter { own.contains($0.metric) }.flatMap { metric, units in
      units.sorted().map { TopRule("own \(metric) \($0)", metric, $0, [metric]) }
    }
    var seen: Set<String> = []
    return TopRule.all
      + found.filter { rule in
        seen.insert(rule.name).inserted
          && !TopRule.all.contains { $0.unit == rule.unit && rule.metrics?.allSatisfy($0.wants) == true }
      }
  }

  /// Of the series graphs of one's own name or work with; of patterns those that name one metric.
  private var ownMetrics: Set<String> {
    let selectors = input.plan.ownGraphs.flatMap(\.lines).flatMap { line -> [Selector] in
      switch line.content {
      case .series(let selector): [selector]
      case .formula(let formula): formula.references.map(\.selector)
      }
    }
    return Set(selectors.compactMap { SeriesID($0.text)?.metric }.filter { !$0.contains("*") && !$0.contains("?") })
  }

  /// What is remembered of a page of a metric.
  func note(on metric: Metric, _ figures: [DayFigure]) -> MetricNote {
    var note = MetricNote()
    note.stale = figures.compactMap { figure in
      figure.staleSince.map { MetricNote.Stale(series: figure.entry.series.description, since: $0.seconds) }
    }
    let wanted = TopRule.all.filter { $0.wants(metric.name) }.map(\.unit)
    let isOwn = ownMetrics.contains(metric.name)
    for (unit, figures) in Dictionary(grouping: figures, by: \.entry.unit.symbol)
    where isOwn || wanted.contains(unit) {
      note.top[unit] = largest(figures.compactMap(ranked))
    }
    if wanted.contains(TopRule.use) { note.top[TopRule.use] = largest(figures.compactMap(use)) }
    return note
  }

  func largest(_ all: [MetricNote.Ranked]) -> [MetricNote.Ranked] {
    Array(all.sorted { ($1.average, $1.highest, $0.series) < ($0.average, $0.highest, $1.series) }.prefix(10))
  }

  private func ranked(_ figure: DayFigure) -> MetricNote.Ranked? {
    guard let average = figure.average, let highest = figure.highest else { return nil }
    return MetricNote.Ranked(
      series: figure.entry.series.description, now: figure.now, average: average, highest: highest)
  }

  /// In percent of the speed of its line, where that is known.
  private func use(_ figure: DayFigure) -> MetricNote.Ranked? {
    guard var ranked = ranked(figure), figure.entry.unit == .bitsPerSecond else { return nil }
    let line = input.catalogue[SeriesID(row: figure.entry.series.row, metric: "speed")]
    guard let line, line.unit == .bitsPerSecond, let speed = latest(line), speed > 0 else { return nil }
    ranked.now = ranked.now.map { $0 / speed * 100 }
    (ranked.average, ranked.highest) = (ranked.average / speed * 100, ranked.highest / speed * 100)
    return ranked
  }
}
