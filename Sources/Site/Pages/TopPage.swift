import Config
import Graph
import Model

/// A list of the largest, with what is known of each.
private struct TopList {
  struct Row {
    var entry: CatalogueEntry
    var ranked: MetricNote.Ranked
  }

  var rule: TopRule
  var rows: [Row]

  var unit: Unit { rule.unit == TopRule.use ? .percent : rows.first?.entry.unit ?? .none }
}

extension Press {
  private static let topPace = 900
  private static let topBase = "top"
  /// No host has a folder of this name.
  private static let topFolder = "g/top~/"

  /// `top.html`: the ten largest of what is worth it, from what the pages of metrics have read.
  ///
  /// - Parameter notes: What is remembered of these pages, in their order.
  mutating func topPage(_ metrics: [Metric], _ notes: [String]) {
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(skin)))
    definition.add(input.plan.hash)
    let isDue = hasToMake(Press.topBase, definition.value, every: Press.topPace)
    if !isDue, !topPictures.contains(where: { turns.isWaiting($0) }) { return keepTop() }
    putTop(topLists(metrics, notes), definition.value)
  }

  private mutating func keepTop() {
    keepDataPage(Press.topBase)
    for base in topPictures { keepPicture(base) }
  }

  /// As they were before.
  private var topPictures: [String] {
    openChapters[current]?.before.keys.filter { $0.hasPrefix(Press.topFolder) } ?? []
  }

  private func topLists(_ metrics: [Metric], _ notes: [String]) -> [TopList] {
    let names = metrics.flatMap { metric in (1...metric.parts).map { _ in metric.name } }
    let known = zip(names, notes).compactMap { name, words in MetricNote(words: words).map { (name, $0.top) } }
    let rules = topRules(known.map { ($0.0, $0.1.keys.filter { $0 != TopRule.use }) })
    return rules.compactMap { rule in
      let all = known.filter { rule.wants($0.0) }.flatMap { $0.1[rule.unit] ?? [] }
      let rows = largest(all.filter { !rule.isQuietAtZero || $0.highest > 0 }).compactMap { ranked in
        SeriesID(ranked.series).flatMap { input.catalogue[$0] }.map { TopList.Row(entry: $0, ranked: ranked) }
      }
      return all.isEmpty ? nil : TopList(rule: rule, rows: rows)
    }
  }

  private mutating func putTop(_ lists: [TopList], _ definition: UInt64) {
    var views: [View] = []
    for list in lists where !list.rows.isEmpty { views.append(view(list)) }
    let quiet = lists.filter(\.rows.isEmpty).map(\.rule.title)
    let head = PageHead(
      path: "top.html", title: "Top", section: .metrics, template: "top",
      next: nextTurn(Press.topBase, every: Press.topPace, after: input.now))
    let view: View = [
      "lists": views.orFalse, "quiet": quiet.isEmpty ? false : listed(quiet) as Any, "none": lists.isEmpty,
    ]
    guard let text = text(of: head, view) else { return }
    putDataPage(Press.topBase, definition, page: text, json: json(data(of: lists)), csv: csv(lists))
  }

  private mutating func view(_ list: TopList) -> View {
    let rows = list.rows.enumerated().map { place, row -> View in
      let (entry, ranked) = (row.entry, row.ranked)
      return [
        "place": place + 1, "host": hostTitle(entry.series.host), "path": hostPath(entry.series.host),
        "of": detail(entry.series, list), "way": seriesPath(of: entry.series).orFalse,
        "now": valueText(ranked.now, list.unit), "average": valueText(ranked.average, list.unit),
        "highest": valueText(ranked.highest, list.unit),
      ]
    }
    return ["id": fileName(list.rule.name), "title": list.rule.title, "rows": rows, "graph": graph(list)]
  }

  private func hostTitle(_ host: String) -> String { known.hostNames[host]?.title ?? host }

  /// What tells the rows of a list apart beside their host.
  private func detail(_ series: SeriesID, _ list: TopList) -> String {
    let all = list.rows.map(\.entry.series)
    let (jobs, metrics) = (Set(all.map(\.job)), Set(all.map(\.metric)))
    let place = jobs.count == 1 ? series.instance ?? series.job : place(series)
    return metrics.count > 1 ? "\(place) \(series.metric)" : place
  }

  private mutating func graph(_ list: TopList) -> String {
    let bars = list.rows.map { row in
      Chart.Bar(
        label: "\(hostTitle(row.entry.series.host)) \(row.entry.series.instance ?? row.entry.series.job)",
        value: row.ranked.average, peak: row.ranked.highest)
    }
    let set = PictureSet(base: Press.topFolder + fileName(list.rule.name), formats: [.small])
    var definition = Definition()
    definition.add(input.version)
    definition.add(list.rule.title)
    for bar in bars {
      definition.add(bar.label)
      definition.add(bar.value)
      definition.add(bar.peak)
    }
    let span = Span(from: input.now - 86_400, to: input.now)
    let making = draw(set, definition.value, slot: Instant(0), every: Press.topPace) { press in
      Chart(
        kind: .bars(bars), title: list.rule.title, unit: list.unit, series: [], span: span, step: 300,
        zone: press.words.zone)
    }
    return picture(set, making, root: "", alt: alt(list), isLazy: true)
  }

  private func alt(_ list: TopList) -> String {
    let first = list.rows.first.map {
      "\(hostTitle($0.entry.series.host)), average \(valueText($0.ranked.average, list.unit))"
    }
    return "\(list.rule.title), bars for the rows of the table; first \(first ?? noNumber)"
  }

  // MARK: Data

  private func data(of lists: [TopList]) -> some Encodable {
    TopData(
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
      lists: lists.map { list in
        TopData.List(
          title: list.rule.title, unit: list.unit.symbol,
          rows: list.rows.map {
            TopData.Row(
              series: $0.ranked.series, now: $0.ranked.now, average: $0.ranked.average, highest: $0.ranked.highest)
          })
      })
  }

  private func csv(_ lists: [TopList]) -> String {
    let rows = lists.flatMap { list in
      list.rows.enumerated().map { place, row -> [String] in
        let ranked = row.ranked
        return [csvField(list.rule.title.printable()), "\(place + 1)", csvField(ranked.series.printable())]
          + [csvField(list.unit.symbol.printable())]
          + [ranked.now.map { "\($0)" } ?? "", "\(ranked.average)", "\(ranked.highest)"]
      }
    }
    return csvText([["list", "place", "series", "unit", "now", "average", "highest"]] + rows)
  }
}

private struct TopData: Encodable {
  struct Row: Encodable {
    var series: String
    var now: Double?
    var average: Double
    var highest: Double
  }

  struct List: Encodable {
    var title: String
    var unit: String
    var rows: [Row]
  }

  var schema = 1
  var generated: String
  var dataUntil: String?
  var lists: [List]
}
