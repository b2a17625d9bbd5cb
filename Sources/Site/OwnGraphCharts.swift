import Config
import Formula
import Graph
import Model

/// A graph of its own over a stretch of time, worked out.
struct OwnChart {
  /// One line of the picture.
  struct Line {
    var label: String
    /// The series or the formula, as it was written.
    var definition: String
    var unit: Unit?
    var style: OwnGraph.Line.Style?
    var samples: [Sample] = []
    var peaks: [Sample] = []
    var lows: [Sample] = []
    /// The ends of its band; empty where it has none.
    var low: [Sample] = []
    var high: [Sample] = []
    /// Why it is not drawn.
    var problem: String?
  }

  let graph: OwnGraph
  let grid: SlotGrid
  let span: Span
  var lines: [Line]
  var limits: [Limit]
  /// What a reader should know, such as what a percentile is made of.
  var notes: [String]

  var unit: Unit { drawn.lazy.compactMap(\.unit).first ?? .none }
  var drawn: [Line] { lines.filter { $0.problem == nil } }
  /// Lines that are not drawn, with why.
  var problems: [String] {
    lines.compactMap { line in line.problem.map { lines.count > 1 ? "\(line.label): \($0)" : $0 } }
  }
}

extension Press {
  /// Lines a pattern may bring into one picture; more nobody tells apart.
  private static let mostLines = 40

  /// The graph over a period that ends now.
  func ownChart(_ graph: OwnGraph, _ period: Period) -> OwnChart {
    let own = steps(of: graph).min() ?? input.plan.settings.step
    let end = end(step: own)
    return ownChart(
      graph, Span(from: end - period.seconds, to: end), step: max(period.resolution ?? own, own))
  }

  func ownChart(_ graph: OwnGraph, _ span: Span, step: Int) -> OwnChart {
    let grid = SlotGrid(span, step: step)
    var chart = OwnChart(graph: graph, grid: grid, span: span, lines: [], limits: [], notes: [])
    for line in graph.lines { add(line, to: &chart) }
    chart.keepOneUnit()
    chart.limits = graph.limits
    addPercentile(to: &chart)
    return chart
  }

  /// The series a graph reads, and how far they are apart.
  private func steps(of graph: OwnGraph) -> [Int] { entries(of: graph).map(\.step) }

  /// Everything a graph reads that is there.
  func entries(of graph: OwnGraph) -> [CatalogueEntry] {
    graph.lines.flatMap { line in
      switch line.content {
      case .series(let selector): known.series(of: selector, in: input.catalogue)
      case .formula(let formula):
        formula.references.flatMap { known.series(of: $0.selector, in: input.catalogue) }
      }
    }
  }

  var source: FormulaSource {
    let (input, known) = (input, known)
    return FormulaSource(
      entry: { input.catalogue[$0].map { ($0.unit, $0.step) } },
      names: { known.series(of: $0, in: input.catalogue).map(\.series) }, window: { input.window($0, $1, $2) })
  }

  // MARK: Lines

  private func add(_ line: OwnGraph.Line, to chart: inout OwnChart) {
    switch line.content {
    case .formula(let formula): addFormula(formula, line, to: &chart)
    case .series(let selector):
      let entries = known.series(of: selector, in: input.catalogue)
      if entries.isEmpty {
        var empty = self.line(line, selector.text)
        empty.problem =
          selector.isExact
          ? "there is no series “\(selector.text)”" : "no series fits “\(selector.text)”"
        chart.lines.append(empty)
      }
      let labels = labels(of: entries, line, selector)
      for (entry, label) in zip(entries, labels).prefix(Press.mostLines) {
        chart.lines.append(drawn(entry, label, line, chart))
      }
      if entries.count > Press.mostLines {
        chart.notes.append(
          "“\(selector.text)” names \(countText(entries.count)) series; the first \(Press.mostLines) are shown")
      }
    }
  }

  private func line(_ line: OwnGraph.Line, _ definition: String) -> OwnChart.Line {
    OwnChart.Line(
      label: line.label ?? definition.printable(limit: 60), definition: definition, unit: line.unit, style: line.style)
  }

  /// What tells the series of a pattern apart: the host where there are several, and the instance or else the metric.
  private func labels(of entries: [CatalogueEntry], _ line: OwnGraph.Line, _ selector: Selector) -> [String] {
    selector.isExact
      ? entries.map { line.label ?? $0.series.description } : seriesLabels(entries, lead: line.label)
  }

  private func drawn(
    _ entry: CatalogueEntry, _ label: String, _ line: OwnGraph.Line, _ chart: OwnChart
  ) -> OwnChart.Line {
    let window = input.window(
      entry.series, Span(from: chart.grid.start.slot(step: entry.step), to: chart.grid.end), chart.grid.step)
    let (low, high) = input.peaks(entry.series, chart.span, chart.grid.step)
    return OwnChart.Line(
      label: label, definition: entry.series.description, unit: line.unit ?? entry.unit, style: line.style,
      samples: chart.grid.samples(of: window), peaks: high, lows: low)
  }

  private func addFormula(_ formula: Formula, _ line: OwnGraph.Line, to chart: inout OwnChart) {
    // On one line, however it was written.
    var result = self.line(line, formula.text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    do {
      let found = try formula.evaluate(on: chart.grid, zone: words.zone, source: source)
      (result.samples, result.low, result.high) = (found.samples, found.low, found.high)
      result.unit = line.unit ?? found.unit
      chart.notes += found.notes
    } catch {
      result.problem = error.message
    }
    chart.lines.append(result)
  }

  /// A dashed line for the percentile of the first line.
  private func addPercentile(to chart: inout OwnChart) {
    guard let rank = chart.graph.percentile, let first = chart.graph.lines.first else { return }
    let formula: Formula? =
      switch first.content {
      case .formula(let formula): formula
      case .series(let selector): known.series(of: selector, in: input.catalogue).first.map { Formula($0.series) }
      }
    guard let result = try? formula?.percentile(rank).evaluate(on: chart.grid, zone: words.zone, source: source)
    else { return }
    chart.notes += result.notes
    let label = rank == rank.rounded() ? "\(Int(rank))th" : "\(rank)th"
    if let value = result.samples.last?.value { chart.limits.append(Limit(value: value, label: label)) }
  }
}

/// What tells series apart: the host where there are several, the instance, and the metric where there are several.
///
/// - Parameter host: what a host is called.
func seriesLabels(
  _ entries: [CatalogueEntry], lead: String? = nil, host: (String) -> String = { $0 }
) -> [String] {
  let hosts = Set(entries.map(\.series.host)).count > 1
  let metrics = Set(entries.map(\.series.metric)).count > 1
  return entries.map { entry in
    let parts = [
      lead, hosts ? host(entry.series.host) : nil, entry.series.instance, metrics ? entry.series.metric : nil,
    ]
    let text = parts.compactMap { $0 }.joined(separator: " ")
    return text.isEmpty ? entry.series.description : text
  }
}

extension OwnChart {
  /// One axis has one unit: that of the first line that has one.
  fileprivate mutating func keepOneUnit() {
    let unit = unit
    for index in lines.indices {
      guard lines[index].problem == nil, let own = lines[index].unit, own.symbol != unit.symbol else { continue }
      lines[index].problem = "it is in \(own.words), and this graph in \(unit.words)"
    }
  }

  /// As the drawing engine takes it: the one place where kinds and styles become what there is of them.
  func chart(zone: Zone) -> Chart {
    Chart(
      kind: kind, title: graph.title, unit: unit, series: drawn.map { $0.series(hangs: drawn.hangs) }, span: span,
      step: grid.step, zone: zone,
      limits: limits, top: graph.top, scale: graph.scale == .log ? .log : .linear,
      emptyText: problems.first ?? "No sample in this time.")
  }

  /// What the graph says, or where it says nothing else what its lines do.
  private var kind: Chart.Kind {
    switch graph.kind {
    case .areas: .areas
    case .stack: .stack
    case .mirror: .mirror
    case .latency: .latency(loss: [], packets: [])
    case .histogram: .histogram
    case .lines:
      drawn.contains { $0.style == .mirror } ? .mirror : drawn.contains { $0.style == .stack } ? .stack : .lines
    }
  }
}

extension OwnChart.Line {
  /// - Parameter hangs: whether some line says that it hangs below the axis, so that the others do not.
  fileprivate func series(hangs: Bool) -> Chart.Series {
    let hasBand = !low.isEmpty || !high.isEmpty
    return Chart.Series(
      label: label, samples: style == .band && hasBand ? [] : samples, peaks: peaks, lows: lows,
      isBelow: hangs ? style == .mirror : nil,
      expected: hasBand ? Chart.Expected(label: "\(label), expected", low: low, high: high) : nil,
      isFilled: style == .area ? true : style == .line ? false : nil)
  }
}

extension [OwnChart.Line] {
  fileprivate var hangs: Bool { contains { $0.style == .mirror } }
}

extension Unit {
  fileprivate var words: String { symbol.isEmpty ? "no unit" : symbol.printable(limit: 20) }
}
