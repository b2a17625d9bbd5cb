import Config
import Formula
import Graph
import Model

extension Press {
  /// More samples of a line than any screen has pixels.
  private static let mostSamples = 20_000

  func charts(_ request: ChartRequest) throws(ChartRequestError) -> [RequestedChart] {
    var found = try found(request)
    if let title = request.title {
      guard found.count == 1 else {
        throw ChartRequestError("a title is of one picture, and these are \(countText(found.count))")
      }
      found[0].chart.title = title
    }
    for index in found.indices { try finish(&found[index].chart, request) }
    return found
  }

  private func found(_ request: ChartRequest) throws(ChartRequestError) -> [RequestedChart] {
    switch request.subject {
    case .formula(let text): return [try chart(of: try formula(text), request.span)]
    case .named(let name):
      switch try subject(name) {
      case .plots(let plots, let host): return plots.map { requested($0, host, request.span) }
      case .graph(let graph): return [requested(graph, request.span)]
      case .pattern(let selector): return [try chart(of: selector, request.span)]
      }
    }
  }

  /// What depends on now and on the wish of who asks.
  private func finish(_ chart: inout Chart, _ request: ChartRequest) throws(ChartRequestError) {
    if chart.span.to > input.now + chart.step { chart.now = input.now }
    chart.isPast = chart.span.to <= input.now.slot(step: max(1, chart.step))
    chart.dropRunningSlot(at: input.now)
    guard request.isLogarithmic else { return }
    switch chart.kind {
    case .lines, .areas, .latency: chart.scale = .log
    default:
      throw ChartRequestError("“\(chart.title.printable(limit: 80))” has layers, which no logarithmic axis can show")
    }
  }

  // MARK: Plots and graphs

  private func requested(_ plot: Plot, _ host: String, _ span: Span) -> RequestedChart {
    var chart = chart(plot, host: host, span: span, resolution: resolution(of: plot.entries, span))
    if !plot.entries.isEmpty { chart.emptyText = "No sample in this time." }
    return RequestedChart(name: plot.name, subject: subject(of: plot), chart: chart)
  }

  private func requested(_ graph: OwnGraph, _ span: Span) -> RequestedChart {
    let entries = entries(of: graph)
    let step = entries.map(\.step).min() ?? input.plan.settings.step
    let own = ownChart(graph, span, step: resolution(of: entries, span) ?? step)
    return RequestedChart(
      name: fileName(graph.name), subject: graph.name, chart: picture(of: own), notes: own.notes,
      problems: own.problems)
  }

  /// Seconds between samples; `nil` where there is every slot.
  private func resolution(of entries: [CatalogueEntry], _ span: Span) -> Int? {
    guard let entry = entries.min(by: { $0.step < $1.step }) else { return nil }
    let wanted = max(entry.step, span.seconds / Press.mostSamples)
    let start = span.from.slot(step: entry.step)
    let found = input.window(entry.series, Span(from: start, to: max(span.to, start + 1)), wanted).step
    return found > entry.step ? found : nil
  }

  private func formula(_ text: String) throws(ChartRequestError) -> Formula {
    do {
      return try Formula(text)
    } catch {
      let near = error.word.flatMap { Nearest.candidate(to: $0, in: error.candidates) }
      throw ChartRequestError("the formula is wrong \(error)" + (near.map { "; did you mean “\($0)”?" } ?? ""))
    }
  }

  private func chart(of formula: Formula, _ span: Span) throws(ChartRequestError) -> RequestedChart {
    for reference in formula.references where reference.selector.isExact {
      if known.series(of: reference.selector, in: input.catalogue).isEmpty {
        throw unknown("there is no series", reference.selector.text, among: seriesNames)
      }
    }
    let title = formula.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var found = requested(OwnGraph(name: "formula", title: title, lines: [.init(.formula(formula))]), span)
    if let problem = found.problems.first { throw ChartRequestError(problem) }
    let entries = formula.references.flatMap { known.series(of: $0.selector, in: input.catalogue) }
    if let step = resolution(of: entries, span) {
      found.notes.append("the formula is worked out on averages of \(ruleText(step))")
    }
    return found
  }

  // MARK: Patterns

  private func chart(of selector: Selector, _ span: Span) throws(ChartRequestError) -> RequestedChart {
    try refuseSeveralUnits(known.series(of: selector, in: input.catalogue), selector)
    let graph = OwnGraph(name: selector.text, title: selector.text, lines: [.init(.series(selector))])
    return requested(graph, span)
  }

  private func refuseSeveralUnits(
    _ entries: [CatalogueEntry], _ selector: Selector
  ) throws(ChartRequestError) {
    let units = Dictionary(grouping: entries, by: \.unit.symbol)
    guard units.count > 1 else { return }
    let told = units.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map { unit, entries in
      let first = entries[0].series.description.printable(limit: 120)
      let more = entries.count > 1 ? " and \(countText(entries.count - 1)) more" : ""
      return "\(unit.isEmpty ? "none" : unit.printable(limit: 20)) (\(first)\(more))"
    }
    throw ChartRequestError(
      "“\(selector.text.printable(limit: 120))” names series in several units, and a picture has one: "
        + "\(listed(told)). Name fewer, such as “\(fewer(than: selector, units).printable(limit: 120))”")
  }

  /// A pattern for series of the unit that most have.
  private func fewer(than selector: Selector, _ units: [String: [CatalogueEntry]]) -> String {
    guard let first = units.values.max(by: { ($0.count, $1[0].series) < ($1.count, $0[0].series) })?.first?.series
    else { return selector.text }
    let hosts = Set(units.values.joined().map(\.series.host))
    let parts = [hosts.count > 1 ? "*" : first.host, first.job, first.instance.map { _ in "*" }, first.metric]
    return parts.compactMap { $0 }.joined(separator: "/")
  }
}

extension Chart {
  /// The slot that is not over has no sample yet, which is not to say that it is missing.
  fileprivate mutating func dropRunningSlot(at now: Instant) {
    let step = step
    func drop(_ samples: inout [Sample]) {
      while let last = samples.last, last.value == nil, last.slot + step > now { samples.removeLast() }
    }
    for index in series.indices { drop(&series[index].samples) }
    guard case .latency(var loss, let packets) = kind else { return }
    drop(&loss)
    kind = .latency(loss: loss, packets: packets)
  }
}
