internal import Model
internal import YAML

/// Reads the fields of a field set; names of columns become their identifiers.
struct FieldSetReader {
  let record: Record
  let findings: Findings
  /// Identifiers by the name they have in the set.
  var columns: [String: String] = [:]
  /// False once an error was told.
  private(set) var isSound = true

  init(record: Record, findings: Findings, columns: [String: String] = [:]) {
    self.record = record
    self.findings = findings
    self.columns = columns
  }

  mutating func fieldSet(named name: String) -> FieldSet {
    for (key, value) in record.map("columns") { columns[key.text] = value.text }
    var set = FieldSet(name: name, noun: record.text("title")?.lowercased() ?? name)
    set.objects = metrics("objects")
    set.metrics = metrics("metrics")
    set.identity = record.list("identity").compactMap { column($0) }
    set.enabled = conditions(record, "enabled")
    set.only = filters("only")
    set.except = filters("except")
    set.facts = record.map("facts").compactMap { key, value in column(value).map { Fact(key.text, $0) } }
    set.discontinuity = column(record, "discontinuity")
    set.line = line(among: set.metrics)
    return set
  }

  /// The names a job may filter by.
  static func columns(of set: FieldSet, item: Item?) -> [String: String] {
    var columns: [String: String] = [:]
    for pair in item?["columns"]?.pairs ?? [] { columns[pair.key.text] = pair.value.text.flatMap(Address.oid) }
    for metric in set.metrics { columns[metric.name] = columns[metric.name] ?? metric.source.oid }
    return columns
  }

  // MARK: Metrics

  /// Names of columns may also be names of metrics, whichever stands first.
  mutating func metrics(_ field: String) -> [FieldSet.Metric] {
    let all = record.map(field)
    for (key, value) in all {
      if case .record(let metric) = value.value, let oid = metric.text("oid") {
        columns[key.text] = columns[key.text] ?? oid
      }
    }
    return all.compactMap { key, value in
      if !NameRule.isMetric(key.text) {
        error(
          "“\(key.text.printable(limit: 80))” cannot be the name of a metric", at: Place(key), in: field,
          help: "use letters, digits, “-”, “_” and “.”")
      }
      guard case .record(let metric) = value.value, let source = FieldSetReader.source(metric) else {
        isSound = false
        return nil
      }
      return self.metric(key.text, source, metric)
    }
  }

  private static func source(_ record: Record) -> FieldSet.Source? {
    record.text("oid").map { oid in
      FieldSet.Source(
        oid, scale: record.number("scale") ?? 1, minimum: record.number("minimum"), maximum: record.number("maximum"))
    }
  }

  private mutating func metric(_ name: String, _ source: FieldSet.Source, _ record: Record) -> FieldSet.Metric {
    let unit = if case .unit(let unit)? = record["unit"]?.value { unit } else { Unit.none }
    return FieldSet.Metric(
      name: name, source: source, wide: record.text("wide"),
      instead: record.record("instead").flatMap(FieldSetReader.source),
      kind: FieldSet.Kind(rawValue: record.text("kind") ?? "gauge") ?? .gauge, unit: unit,
      minus: column(record, "minus"), times: column(record, "times"),
      share: record.list("share of").compactMap { column($0) }, prefix: column(record, "prefix"),
      precision: column(record, "precision"), values: values(record), when: conditions(record, "when"),
      valid: conditions(record, "valid"), bits: record.number("bits"))
  }

  private mutating func values(_ record: Record) -> [Int: Double] {
    var values: [Int: Double] = [:]
    for (key, value) in record.map("values") {
      guard let number = key.text.wholeNumber, case .number(let meaning) = value.value else {
        error(
          "“\(key.text.printable(limit: 40))” is no number of an enumeration", at: Place(key), in: "values",
          help: "write values: {1: 1, 2: 0}")
        continue
      }
      values[number] = meaning
    }
    return values
  }

  // MARK: References

  private mutating func column(_ record: Record, _ field: String) -> String? {
    record.given[field].flatMap { column($0) }
  }

  /// The identifier of a column by its name.
  private mutating func column(_ checked: Checked) -> String? {
    guard let name = checked.text else { return nil }
    if let oid = columns[name] { return oid }
    isSound = false
    missing(name, at: checked.place)
    return nil
  }

  private func missing(_ name: String, at place: Place) {
    findings.error(
      "there is no column “\(name.printable(limit: 80))” in \(record.crumb.shown)", at: place, in: record.crumb,
      help: Nearest.help(
        name, in: columns.keys.sorted(),
        otherwise: columns.isEmpty ? "name it in columns" : "its columns are \(columns.keys.sorted().listed)"))
  }

  private mutating func conditions(_ record: Record, _ field: String) -> [FieldSet.Condition] {
    record.map(field).compactMap { key, value in
      guard let oid = columns[key.text] else {
        isSound = false
        missing(key.text, at: Place(key))
        return nil
      }
      guard case .list(let words) = value.value else { return nil }
      return FieldSet.Condition(oid, words.compactMap(\.text))
    }
  }

  /// Those of the record, and of `others` what it does not say.
  func filters(_ field: String, over others: [FieldSet.Filter] = []) -> [FieldSet.Filter] {
    let own = record.map(field).compactMap { key, value -> FieldSet.Filter? in
      guard let oid = columns[key.text] else {
        missing(key.text, at: Place(key))
        return nil
      }
      return value.text.map { FieldSet.Filter(oid, $0) }
    }
    return others.filter { other in !own.contains { $0.oid == other.oid } } + own
  }

  private mutating func line(among metrics: [FieldSet.Metric]) -> FieldSet.Line? {
    guard let line = record.record("line"), let metric = line.text("speed") else { return nil }
    guard metrics.contains(where: { $0.name == metric }) else {
      error(
        "there is no metric “\(metric)” for the speed of the line", at: line.place(of: "speed"), in: "line",
        help: Nearest.help(metric, in: metrics.map(\.name)))
      return nil
    }
    return FieldSet.Line(metric: metric, when: conditions(line, "when"), nominal: line.number("nominal"))
  }

  private mutating func error(_ message: String, at place: Place, in field: String, help: String?) {
    isSound = false
    findings.error(message, at: place, in: record.crumb + [field], help: help)
  }
}
