internal import Formula
internal import Model
internal import YAML

extension Workshop {
  /// A graph without a job. What only shows once something is measured is left to the page, which says it.
  func ownGraph(_ made: Made, _ record: Record, _ jobs: JobIndex) -> OwnGraph? {
    if made.name == "index" {
      findings.error(
        "“index” is the page that lists them all", at: made.place, in: made.crumb, help: "call it otherwise")
    }
    let kind = OwnGraph.Kind(rawValue: record.text("kind") ?? "lines") ?? .lines
    needs("lines", of: "a graph", record)
    if case .list(let lines)? = record["lines"]?.value, lines.isEmpty {
      findings.fault(
        "a graph without a line", at: record.place(of: "lines"), in: record.crumb,
        help: "write [{series: HOST/JOB/METRIC}], or {formula: …}")
    }
    let before = findings.errorCount
    let lines = record.records("lines").compactMap { ownLine($0, jobs) }
    checkOneUnit(lines)
    checkStyles(lines, kind)
    if kind == .latency { checkLatency(lines, record) }
    let host = ownHost(record, jobs)
    guard !lines.isEmpty, findings.errorCount == before else { return nil }
    return OwnGraph(
      name: made.name, title: record.text("title") ?? made.name, kind: kind,
      scale: OwnGraph.Scale(rawValue: record.text("scale") ?? "linear") ?? .linear, lines: lines.map(\.line),
      top: record.number("top"), limits: limits(record), percentile: record.number("percentile"), host: host,
      location: findings.location(made.place, in: made.crumb))
  }

  private struct OwnLine {
    var line: OwnGraph.Line
    /// `nil` before something was measured.
    var unit: Unit?
    var place: Place
    /// Where its style stands.
    var style: Place?
    var crumb: Crumb
  }

  private func ownHost(_ record: Record, _ jobs: JobIndex) -> String? {
    guard let name = record.text("host") else { return nil }
    guard jobs.hosts.contains(name) else {
      findings.missing(
        "there is no host “\(name.printable(limit: 80))”", at: record.place(of: "host"), in: record.crumb,
        help: Nearest.help(name, in: jobs.hosts, otherwise: "add it to hosts"))
      return nil
    }
    return name
  }

  private func limits(_ record: Record) -> [Limit] {
    record.records("limits").compactMap { limit in
      limit.number("value").map { Limit(value: $0, label: limit.text("label") ?? "") }
    }
  }

  // MARK: Lines

  private func ownLine(_ record: Record, _ jobs: JobIndex) -> OwnLine? {
    let given = ["series", "formula"].filter { record.said.contains($0) }
    if given.isEmpty || record.says(anyOf: ["metric"]) {
      if record.hasUnknown, given.isEmpty { return nil }
      findings.error(
        "a line of a graph without a job shows a series or a formula",
        at: record.place(of: "metric"), in: record.crumb,
        help: "write {series: HOST/JOB/METRIC}, or give the graph the job its metrics are of")
      return nil
    }
    if given.count > 1 {
      findings.error(
        "a line shows a series or a formula, not both", at: record.place(of: "formula"), in: record.crumb,
        help: "make two lines of it")
      return nil
    }
    return given == ["series"] ? seriesLine(record, jobs) : formulaLine(record, jobs)
  }

  private func line(_ content: OwnGraph.Line.Content, _ record: Record) -> OwnGraph.Line {
    OwnGraph.Line(
      content, label: record.text("label"), unit: unit(record),
      style: record.text("style").flatMap { OwnGraph.Line.Style(rawValue: $0) })
  }

  func unit(_ record: Record) -> Unit? {
    if case .unit(let unit)? = record["unit"]?.value { unit } else { nil }
  }

  private func seriesLine(_ record: Record, _ jobs: JobIndex) -> OwnLine? {
    guard let text = record.text("series") else { return nil }
    let place = record.place(of: "series")
    let matched = matchedJobs(text, jobs, at: place, in: record.crumb + ["series"]) ?? []
    let line = line(.series(Selector(text)), record)
    checkBand(line, record)
    return OwnLine(
      line: line, unit: line.unit ?? knownUnit(of: Selector(text), among: matched), place: place,
      style: record.given["style"]?.place, crumb: record.crumb)
  }

  private func formulaLine(_ record: Record, _ jobs: JobIndex) -> OwnLine? {
    guard let text = record.text("formula") else { return nil }
    let place = record.place(of: "formula")
    let crumb = record.crumb + ["formula"]
    do {
      let formula = try Formula(text)
      let unit = try checkedUnit(of: formula, jobs, at: place, in: crumb)
      let line = line(.formula(formula), record)
      checkBand(line, record)
      return OwnLine(
        line: line, unit: line.unit ?? unit, place: place, style: record.given["style"]?.place, crumb: record.crumb)
    } catch {
      tell(error, of: text, at: place, in: crumb)
      return nil
    }
  }

  /// Its unit, as far as it is known; errors of its series are told one by one.
  func checkedUnit(
    of formula: Formula, _ jobs: JobIndex, at place: Place, in crumb: Crumb
  ) throws(FormulaError) -> Unit? {
    var units: [Selector: Unit] = [:]
    for reference in formula.references {
      let place = findings.place(of: reference.place, in: formula.text, at: place)
      let matched = matchedJobs(reference.selector.text, jobs, at: place, in: crumb) ?? []
      units[reference.selector] = knownUnit(of: reference.selector, among: matched)
    }
    return try formula.unit { selector in units[selector].map { .unit($0) } ?? .unknown }
  }

  func tell(_ error: FormulaError, of text: String, at place: Place, in crumb: Crumb) {
    let near = error.word.flatMap { Nearest.help($0, in: error.candidates) }
    findings.error(
      error.message, at: findings.place(of: error.place, in: text, at: place), in: crumb, help: near ?? error.help)
  }

  // MARK: What fits together

  private func checkBand(_ line: OwnGraph.Line, _ record: Record) {
    guard line.style == .band else { return }
    if case .formula(let formula) = line.content, formula.hasBand { return }
    findings.error(
      "this has no band", at: record.place(of: "style"), in: record.crumb,
      help: "a band is what seasonal(X, 1w) and forecast(X, 1d) give")
  }

  /// What a line may be in a graph of its kind, and beside the others.
  private func checkStyles(_ lines: [OwnLine], _ kind: OwnGraph.Kind) {
    let said = lines.compactMap(\.line.style)
    for line in lines {
      guard let style = line.line.style, let place = line.style, !kind.styles.contains(style) else { continue }
      let fitting = kind.styles.map(\.rawValue)
      findings.error(
        "a line of the style “\(style.rawValue)” does not go into a graph of the kind “\(kind.rawValue)”", at: place,
        in: line.crumb, help: fitting.isEmpty ? "leave it out" : "it can be \(fitting.listed(with: "or"))")
    }
    guard kind == .lines, said.contains(.stack), let other = lines.first(where: { $0.line.style != .stack }) else {
      return
    }
    findings.error(
      "a graph is stacked as a whole, and this line is not", at: other.style ?? other.place, in: other.crumb,
      help: "give the graph kind: stack and leave the styles out")
  }

  /// A graph has one axis.
  private func checkOneUnit(_ lines: [OwnLine]) {
    guard let first = lines.first(where: { $0.unit != nil }), let unit = first.unit else { return }
    for other in lines {
      guard let own = other.unit, !own.isSame(as: unit) else { continue }
      findings.error(
        "one graph has one unit: its first line is in “\(unit)”, this one in “\(own)”", at: other.place,
        in: other.crumb,
        help:
          "make a graph of its own of it, or work it out: {formula: …, unit: \(unit.symbol.isEmpty ? "s" : unit.symbol)}"
      )
    }
  }

  private func checkLatency(_ lines: [OwnLine], _ record: Record) {
    if lines.count == 1, case .series(let selector) = lines[0].line.content, selector.isExact,
      SeriesID(selector.text)?.metric == "median"
    {
      return
    }
    findings.error(
      "a graph of latency has one line, the median of a ping", at: record.place(of: "kind"), in: record.crumb,
      help: "write lines: [{series: HOST/ping/median}]; loss and the single answers come by themselves")
  }
}

extension OwnGraph.Kind {
  /// The styles its lines can have.
  fileprivate var styles: [OwnGraph.Line.Style] {
    switch self {
    case .lines: [.area, .line, .stack, .mirror, .band]
    case .areas: [.area, .line, .band]
    case .stack: [.stack]
    case .mirror: [.area, .line, .mirror, .band]
    case .latency, .histogram: []
    }
  }
}

extension Unit {
  fileprivate func isSame(as other: Unit) -> Bool { symbol == other.symbol }
}
