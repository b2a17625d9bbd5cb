import Config
import Formula
import Foundation
import Graph
import Model

extension Press {
  /// `graphs/index.html`: the graphs that belong to no job.
  mutating func ownGraphList() {
    let graphs = input.plan.ownGraphs
    guard !graphs.isEmpty else { return }
    let path = "graphs/index.html"
    var figures: [View] = []
    for graph in graphs { figures.append(ownGraphFigure(graph, on: path)) }
    page(
      PageHead(path: path, title: "Graphs", section: .graphs, template: "owngraphs"),
      ["graphs": figures, "count": counted(graphs.count, "graph")])
  }

  /// `graphs/NAME.html`, its pictures, and a JSON and a CSV file beside it.
  mutating func ownGraphChapter(_ graph: OwnGraph) {
    let read = entries(of: graph)
    chapter(chapterName(graph), definition(of: graph, read)) { press in
      let chart = press.ownChart(graph, .day)
      press.ownGraphPage(chart, read)
      press.putData(of: chart)
    }
  }

  func ownGraphPath(_ graph: OwnGraph) -> String { "graphs/\(fileName(graph.name)).html" }

  func chapterName(_ graph: OwnGraph) -> String { "/graphs/\(graph.name)" }

  func folder(_ graph: OwnGraph) -> String { "g/\(fileName(chapterName(graph)))" }

  /// Everything that its page can show.
  private func definition(of graph: OwnGraph, _ read: [CatalogueEntry]) -> UInt64 {
    var definition = looks(of: graph, read)
    definition.add(Int(bitPattern: UInt(edition)))
    definition.add(newest(read))
    for note in notes(on: graph) { definition.add(note) }
    definition.add(staleness == nil ? nil : input.now)
    definition.add(Int(input.plan.settings.pictures.rawValue))
    return definition.value
  }

  /// What its pictures show beside samples.
  func looks(of graph: OwnGraph, _ read: [CatalogueEntry]) -> Definition {
    var definition = Definition()
    definition.add("\(graph.title)\n\(graph.kind)\n\(graph.scale)\n\(graph.lines)\n\(graph.limits)")
    definition.add(graph.top)
    definition.add(graph.percentile)
    for entry in read { definition.add("\(entry.series) \(entry.unit.symbol) \(entry.step)") }
    return definition
  }

  /// The newest slot any of its series can have.
  func newest(_ read: [CatalogueEntry]) -> Instant {
    Set(read.map(\.series.row.job)).map { slot(of: $0) }.max() ?? Instant(0)
  }

  /// A small picture with a way to the page.
  mutating func ownGraphFigure(_ graph: OwnGraph, on page: String) -> View {
    let set = PictureSet(base: "\(folder(graph))/list", formats: [.small])
    // Its size is that of all small pictures; it is drawn with the page.
    let making = Making(definition: 0, slot: Instant(0), madeAt: input.now, variants: 0, heights: [93])
    let picture = picture(
      set, making, root: Press.root(of: page), alt: "\(graph.title), 24 hours", isLazy: true)
    return ["picture": picture, "name": graph.title, "path": ownGraphPath(graph)]
  }

  // MARK: Pages

  private mutating func ownGraphPage(_ chart: OwnChart, _ read: [CatalogueEntry]) {
    let graph = chart.graph
    page(
      PageHead(path: ownGraphPath(graph), title: graph.title, section: .graphs, template: "owngraph"),
      [
        "crumbs": crumbs(graph), "name": graph.title, "file": fileName(graph.name),
        "plots": [ownPlotView(chart, read)],
        "problems": chart.problems.map { ["text": $0] as View }.orFalse,
        "notes": unique(chart.notes).map { ["text": $0] as View }.orFalse,
        "rows": chart.lines.map(row),
        "where": graph.location.description,
      ].merging(noteList(notes(on: .graph, graph.name))) { first, _ in first })
  }

  private func crumbs(_ graph: OwnGraph) -> [View] {
    [fileNameOfConfiguration, "graphs", graph.name].enumerated().map { index, part in
      let link: Any = [0: "index.html", 1: "graphs/index.html"][index].orFalse
      return ["text": part, "link": link, "first": index == 0]
    }
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// What a line says of the last 24 hours.
  private func row(_ line: OwnChart.Line) -> View {
    let values = line.samples.compactMap(\.value)
    let unit = line.unit ?? .none
    let mean = values.isEmpty ? nil : values.reduce(0) { $0 + $1 / Double(values.count) }
    return [
      "label": line.label, "definition": line.definition.printable(limit: 300), "problem": line.problem.orFalse,
      "now": valueText(values.last, unit), "average": valueText(mean, unit),
      "lowest": valueText(values.min(), unit), "highest": valueText(values.max(), unit),
    ]
  }

  // MARK: Pictures

  /// For `plot.mustache`: the day, and beside it week, 4 weeks and year.
  private mutating func ownPlotView(_ chart: OwnChart, _ read: [CatalogueEntry]) -> View {
    let graph = chart.graph
    let root = Press.root(of: ownGraphPath(graph))
    let looks = looks(of: graph, read)
    var day = looks
    for problem in chart.problems { day.add(problem) }
    add(notes(on: graph), over: Period.day.seconds, to: &day)
    let picture = picture(of: chart)
    let set = PictureSet(base: "\(folder(graph))/view-day", formats: [.large, .narrow])
    let list = PictureSet(base: "\(folder(graph))/list", formats: [.small])
    draw(list, day.value, slot: newest(read), every: Period.day.renewal) { _ in picture }
    var more: [String] = []
    for period in Period.allCases.dropFirst() {
      more.append(smaller(graph, period, looks, newest(read), root: root))
    }
    return [
      "id": "day", "heading": "Last 24 hours",
      "note": "one sample every \(ruleText(chart.grid.step))",
      "day": drawLarge(
        set, day.value, slot: newest(read), every: Period.day.renewal, root: root
      ) { _ in picture },
      "more": more,
    ]
  }

  func picture(of chart: OwnChart) -> Chart {
    var picture = chart.chart(zone: words.zone)
    picture.marks = marks(of: notes(on: chart.graph), over: picture.span)
    return picture
  }

  /// On the graph, and on the host it stands with.
  private func notes(on graph: OwnGraph) -> [Note] {
    let own = notes(on: .graph, graph.name)
    guard let host = graph.host else { return own }
    return (own + notes(on: host)).sorted { $0.at > $1.at }
  }

  private mutating func smaller(
    _ graph: OwnGraph, _ period: Period, _ looks: Definition, _ slot: Instant, root: String
  ) -> String {
    let set = PictureSet(base: "\(folder(graph))/view-\(period.rawValue)", formats: [.small])
    var definition = looks
    definition.add(period.rawValue)
    add(notes(on: graph), over: period.seconds, to: &definition)
    let making = draw(set, definition.value, slot: slot, every: period.renewal) {
      $0.picture(of: $0.ownChart(graph, period))
    }
    let alt = "\(graph.title), \(period.words) to \(words.longDay(input.now))"
    return picture(set, making, root: root, alt: alt, isLazy: true)
  }
}

// MARK: - Data

extension Press {
  private mutating func putData(of chart: OwnChart) {
    let base = "graphs/\(fileName(chart.graph.name))"
    put("\(base).json", json(data(of: chart)))
    let path = "\(base).csv"
    var definition = Definition()
    for line in chart.lines { definition.add("\(line.label) \(line.definition) \(line.problem ?? "")") }
    if !keeps(path, definition.value, every: 900) { put(path, table(of: chart), definition.value) }
  }

  private func data(of chart: OwnChart) -> OwnGraphData {
    OwnGraphData(
      name: chart.graph.name, title: chart.graph.title, unit: chart.unit.symbol, stepSeconds: chart.grid.step,
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText), notes: chart.notes,
      lines: chart.lines.map { line in
        OwnGraphData.Line(
          label: line.label, definition: line.definition, unit: line.unit?.symbol, problem: line.problem,
          now: line.samples.last { $0.value != nil }?.value)
      })
  }

  /// The last 24 hours of every line, a row for each slot; an empty field is unknown.
  private func table(of chart: OwnChart) -> String {
    let columns = chart.drawn.flatMap { line in
      [(line.label, line.samples), (line.label + ", low", line.low), (line.label + ", high", line.high)].filter {
        !$0.1.isEmpty
      }
    }
    var rows = [(["time"] + columns.map { csvField($0.0.printable()) }).joined(separator: ",")]
    for index in 0..<chart.grid.count {
      let slot = chart.grid.start + index * chart.grid.step
      let fields = columns.map { $0.1.indices.contains(index) ? $0.1[index].value.map { "\($0)" } ?? "" : "" }
      rows.append(([stampText(slot)] + fields).joined(separator: ","))
    }
    return rows.joined(separator: "\r\n") + "\r\n"
  }
}

private struct OwnGraphData: Encodable {
  struct Line: Encodable {
    var label: String
    var definition: String
    var unit: String?
    var problem: String?
    /// The newest number there is.
    var now: Double?
  }

  var schema = 1
  var name: String
  var title: String
  var unit: String
  var stepSeconds: Int
  var generated: String
  var dataUntil: String?
  var notes: [String]
  var lines: [Line]
}
