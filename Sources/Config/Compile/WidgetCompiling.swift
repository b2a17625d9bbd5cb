internal import Formula
internal import Markdown
internal import Model
internal import YAML

/// Where the widgets of a page are checked and put together.
struct WidgetDesk {
  let workshop: Workshop
  let targets: PageTargets
  /// Of the page.
  let columns: Int

  /// What a widget can show, in the order in which it is told.
  static let kinds = [
    "graph", "value", "formula", "table", "top", "status", "problems", "objectives", "calendar", "text",
  ]

  var findings: Findings { workshop.findings }

  func widgets(_ record: Record) -> [Widget] { record.records("widgets").compactMap(widget) }

  private func widget(_ record: Record) -> Widget? {
    let span = record.int("span") ?? 1
    if span > columns {
      findings.error(
        "it is \(span) columns wide, and the page has \(columns)", at: record.place(of: "span"), in: record.crumb,
        help: "make it narrower, or give the page more columns")
    }
    guard let kind = kind(of: record) else { return nil }
    checkFields(of: kind, record)
    return content(kind, record).map { Widget($0, title: record.text("title"), span: min(span, columns)) }
  }

  /// The one thing it shows, or `nil` with an error told.
  private func kind(of record: Record) -> String? {
    let said = Self.kinds.filter { record.said.contains($0) }
    if said.count == 1 { return said[0] }
    if said.isEmpty {
      guard !record.hasUnknown else { return nil }
      findings.error(
        "a widget that shows nothing", at: record.place, in: record.crumb,
        help: "write one of \(Self.kinds.listed(with: "or"))")
      return nil
    }
    findings.error(
      "a widget shows one thing: \(said.listed(with: "or"))", at: record.place(of: said[1]), in: record.crumb,
      help: "make \(said.count == 2 ? "two widgets" : "a widget of each") of it")
    return nil
  }

  private func checkFields(of kind: String, _ record: Record) {
    for name in record.fields.names where record.said.contains(name) && !record.fields.suits(name, kind) {
      let kinds = record.fields.kinds(of: name)
      findings.error(
        "“\(name)” goes with \(kinds.listed(with: "or")), and this shows \(Self.article(kind))",
        at: record.place(of: name), in: record.crumb, help: "leave it out")
    }
  }

  private static func article(_ kind: String) -> String {
    switch kind {
    case "status", "problems", "objectives": kind
    default: "a \(kind)"
    }
  }

  private func content(_ kind: String, _ record: Record) -> Widget.Content? {
    switch kind {
    case "graph": graph(record)
    case "value": value(record)
    case "formula": formula(record)
    case "table": table(record)
    case "top": selector("top", record).map { .top($0, ranking(record)) }
    case "status": hosts("status", record).map { .status($0) }
    case "problems": hosts("problems", record).map { .problems($0) }
    case "objectives": named("objectives", record, targets.objectives, "objective").map { .objectives($0) }
    case "calendar": calendar(record)
    default: text(record)
    }
  }
}

extension WidgetDesk {
  // MARK: Numbers

  private func value(_ record: Record) -> Widget.Content? {
    guard let selector = selector("value", record) else { return nil }
    guard selector.isExact, let series = SeriesID(selector.text) else {
      findings.error(
        "a value is of one series", at: record.place(of: "value"), in: record.crumb,
        help: "put many together with {formula: \"sum('\(selector.text.printable(limit: 60))')\"}")
      return nil
    }
    return .value(series, thresholds(record))
  }

  private func formula(_ record: Record) -> Widget.Content? {
    guard let text = record.text("formula") else { return nil }
    let place = record.place(of: "formula")
    let crumb = record.crumb + ["formula"]
    let thresholds = thresholds(record)
    do {
      let formula = try Formula(text)
      _ = try workshop.checkedUnit(of: formula, targets.jobs, at: place, in: crumb)
      return .formula(formula, workshop.unit(record), thresholds)
    } catch {
      workshop.tell(error, of: text, at: place, in: crumb)
      return nil
    }
  }

  private func thresholds(_ record: Record) -> Thresholds {
    let result = Thresholds(
      warnAbove: record.number("warn above"), badAbove: record.number("bad above"),
      warnBelow: record.number("warn below"), badBelow: record.number("bad below"))
    check(result.warnAbove, "warn above", isUpTo: result.badAbove, "bad above", record)
    check(result.badBelow, "bad below", isUpTo: result.warnBelow, "warn below", record)
    check(
      result.warnBelow ?? result.badBelow, result.warnBelow == nil ? "bad below" : "warn below",
      isUpTo: result.warnAbove ?? result.badAbove, result.warnAbove == nil ? "bad above" : "warn above", record)
    return result
  }

  private func check(_ low: Double?, _ lower: String, isUpTo high: Double?, _ higher: String, _ record: Record) {
    guard let low, let high, low > high else { return }
    findings.error(
      "“\(lower)” is more than “\(higher)”", at: record.place(of: lower), in: record.crumb, help: "swap them")
  }

  private func selector(_ field: String, _ record: Record) -> Selector? {
    guard let text = record.text(field),
      workshop.matchedJobs(text, targets.jobs, at: record.place(of: field), in: record.crumb + [field]) != nil
    else { return nil }
    return Selector(text)
  }

  private func table(_ record: Record) -> Widget.Content? {
    let said = record.texts("columns").compactMap(Widget.Column.init(rawValue:))
    for column in Set(said) where said.count(where: { $0 == column }) > 1 {
      findings.error(
        "a column “\(column.rawValue)” too many", at: record.place(of: "columns"), in: record.crumb,
        help: "write it once")
    }
    let columns = said.isEmpty ? [.now, .average, .highest, .sparkline] : said
    return selector("table", record).map { .table($0, columns, ranking(record)) }
  }

  private func ranking(_ record: Record) -> Widget.Ranking {
    Widget.Ranking(
      order: record.text("order").flatMap(Widget.Ranking.Order.init) ?? .most, count: record.int("rows") ?? 10)
  }

  // MARK: Hosts and objectives

  private func hosts(_ field: String, _ record: Record) -> [String]? {
    named(field, record, targets.groupedHosts, "host")
  }

  /// Each name once, in the order of the configuration.
  private func named(
    _ field: String, _ record: Record, _ all: [PageTargets.Grouped], _ noun: String
  ) -> [String]? {
    var names: Set<String> = []
    for checked in record.list(field) {
      guard let text = checked.text else { continue }
      let found = all.named(text)
      if found.isEmpty {
        findings.missing(
          "no \(noun) and no group fits “\(text.printable(limit: 80))”", at: checked.place, in: record.crumb + [field],
          help: Nearest.help(
            text, in: all.candidates, otherwise: "write its name, a group, or a pattern such as GROUP/*"))
      }
      names.formUnion(found)
    }
    return all.map(\.name).filter { names.remove($0) != nil }
  }

  private func calendar(_ record: Record) -> Widget.Content? {
    guard let name = record.text("calendar") else { return nil }
    let names = targets.objectives.map(\.name)
    guard names.contains(name) else {
      findings.missing(
        "there is no objective “\(name.printable(limit: 80))”", at: record.place(of: "calendar"), in: record.crumb,
        help: Nearest.help(
          name, in: names, otherwise: names.isEmpty ? "add it to slas" : "known are \(names.someListed)"))
      return nil
    }
    return .calendar(name, record.text("cells").flatMap(Widget.Cells.init) ?? .hours)
  }
}
