import Config
import Model

/// The same metric of all hosts beside each other, and the largest of what is worth it.
extension Press {
  private static let metricsChapterName = "/metrics"

  /// `metrics/index.html`, `metrics/NAME.html` and `top.html`.
  mutating func metricsChapter() {
    chapter(Press.metricsChapterName, Press.always) { press in
      let metrics = press.metrics
      let notes = metrics.flatMap { metric in (1...metric.parts).map { press.metricPage(metric, $0) } }
      press.stale = notes.filter(MetricNote.hasStale).compactMap(MetricNote.init).flatMap(\.stale)
      for number in 1...press.listPages(metrics) { press.metricList(metrics, number) }
      press.topPage(metrics, notes)
    }
  }

  func metricPath(_ metric: String) -> String { metricBase(metric, 1) + ".html" }

  /// No metric has a slash in its name.
  private func metricBase(_ metric: String, _ number: Int) -> String {
    "metrics/" + fileName(number == 1 ? metric : "\(metric)/\(number)")
  }

  /// What pages of metrics show of the configuration is in its hash; a new series comes with the page's next turn.
  private func definition(_ metric: Metric) -> UInt64 {
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(skin)))
    definition.add(showsConfiguration ? 1 : 0)
    definition.add(input.plan.hash)
    definition.add(metric.parts)
    return definition.value
  }

  /// Sees to a page of a metric; gives what is to be remembered of it.
  private mutating func metricPage(_ metric: Metric, _ number: Int) -> String {
    let base = metricBase(metric.name, number)
    let definition = definition(metric)
    if let before = making(base), !hasToMake(base, definition, every: metric.pace) || input.remaining() <= 0 {
      keepDataPage(base)
      return before.words
    }
    let figures = metric.part(number).map { dayFigure($0) }
    let words = note(on: metric, figures).words
    putMetricPage(metric, number, figures, definition, words)
    return words
  }

  private mutating func putMetricPage(
    _ metric: Metric, _ number: Int, _ figures: [DayFigure], _ definition: UInt64, _ words: String
  ) {
    let base = metricBase(metric.name, number)
    let head = PageHead(
      path: base + ".html", title: metric.name, section: .metrics, template: "metric",
      next: nextTurn(base, every: metric.pace, after: input.now))
    let view: View = [
      "name": metric.name, "rows": rows(figures).orFalse, "pages": pages(metric, number),
      "note": "\(counted(metric.entries.count, "series", "series")) on \(counted(metric.hosts, "host"))",
      "pace": ruleText(metric.pace), "file": String(base.dropFirst("metrics/".count)),
    ]
    guard let text = text(of: head, view) else { return }
    putDataPage(
      base, definition, words: words, page: text, json: json(metricData(metric.name, figures)), csv: csv(figures))
  }

  private func pages(_ metric: Metric, _ current: Int) -> Any {
    guard metric.parts > 1 else { return false }
    return (1...metric.parts).map { number -> View in
      ["number": number, "path": metricBase(metric.name, number) + ".html", "current": number == current]
    }
  }

  private mutating func rows(_ figures: [DayFigure]) -> [View] {
    var states: [String: StateMark] = [:]
    var rows: [View] = []
    for figure in figures {
      let host = figure.entry.series.host
      let state = states[host] ?? known.hostNames[host].map { self.state(of: $0).mark }
      states[host] = state
      rows.append(row(figure, state))
    }
    return rows
  }

  private mutating func row(_ figure: DayFigure, _ state: StateMark?) -> View {
    let entry = figure.entry
    let now = valueText(figure.now, entry.unit)
    return [
      "host": known.hostNames[entry.series.host]?.title ?? entry.series.host, "path": hostPath(entry.series.host),
      "of": place(entry.series), "way": seriesPath(of: entry.series).orFalse,
      "state": (state?.view).orFalse, "now": now,
      "stale": figure.staleSince.map { "none since \(words.moment($0))" }.orFalse,
      "average": valueText(figure.average, entry.unit), "highest": valueText(figure.highest, entry.unit),
      "spark": hasSpark(entry) ? picture(entry, now: now) as Any : false,
    ]
  }

  private mutating func picture(_ entry: CatalogueEntry, now: String) -> String {
    picture(
      "../" + spark(entry).base, 120, 24, alt: "\(entry.series.description), last 24 hours, now \(now)", isLazy: true)
  }

  /// The job, and the instance where there is one.
  func place(_ series: SeriesID) -> String { series.instance.map { "\(series.job) \($0)" } ?? series.job }

  // MARK: The list

  private func listPages(_ metrics: [Metric]) -> Int {
    max(1, (metrics.count + Press.rowsPerPage - 1) / Press.rowsPerPage)
  }

  private func listBase(_ number: Int) -> String { "metrics/index\(number == 1 ? "" : "-\(number)")" }

  /// `metrics/index.html`: every metric there is.
  private mutating func metricList(_ metrics: [Metric], _ number: Int) {
    let base = listBase(number)
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(skin)))
    definition.add(showsConfiguration ? 1 : 0)
    for metric in metrics {
      definition.add(metric.name)
      definition.add(metric.entries.count)
    }
    guard hasToMake(base, definition.value, every: 3_600) else { return keepDataPage(base) }
    let shown = metrics.dropFirst((number - 1) * Press.rowsPerPage).prefix(Press.rowsPerPage)
    let head = PageHead(
      path: base + ".html", title: "Metrics", section: .metrics, template: "metrics",
      next: nextTurn(base, every: 3_600, after: input.now))
    let links = (1...listPages(metrics)).map { page -> View in
      ["number": page, "path": listBase(page) + ".html", "current": page == number]
    }
    let view: View = [
      "rows": shown.map(listRow).orFalse, "note": listNote(metrics),
      "pages": links.count > 1 ? links as Any : false, "file": String(base.dropFirst("metrics/".count)),
    ]
    guard let text = text(of: head, view) else { return }
    putDataPage(base, definition.value, page: text, json: json(listData(shown)), csv: csv(shown))
  }

  private func listNote(_ metrics: [Metric]) -> String {
    let all = metrics.reduce(0) { $0 + $1.entries.count }
    return "\(counted(metrics.count, "metric")), \(counted(all, "series", "series"))"
  }

  private func listRow(_ metric: Metric) -> View {
    [
      "name": metric.name, "path": metricPath(metric.name),
      "units": metric.units.map { $0.isEmpty ? noNumber : $0 }.joined(separator: ", "),
      "series": countText(metric.entries.count), "hosts": countText(metric.hosts),
      "jobs": jobNames(metric),
    ]
  }

  /// Which jobs have it, the first of them by name.
  private func jobNames(_ metric: Metric) -> String {
    let names = Set(metric.entries.lazy.map(\.series.job)).sorted()
    let more = names.count - 6
    return names.prefix(6).joined(separator: ", ") + (more > 0 ? " and \(countText(more)) more" : "")
  }
}
