import Config
import Formula
import Graph
import Model

/// A number of now with what it was in the last 24 hours.
private struct Reading {
  var name: String
  var now: Double?
  var day: [Double]
  var unit: Unit
  var spark: String
}

extension Press {
  mutating func valueWidget(_ series: SeriesID, _ thresholds: Thresholds, on page: OwnPage) -> ShownWidget {
    var shown = ShownWidget(series.description, link: known.hostNames[series.host].map { hostPath($0.name) })
    guard let entry = input.catalogue[series] else {
      shown.problem = "Nothing of “\(series)” has been measured yet."
      return shown
    }
    let now = latest(entry)
    let reading = Reading(
      name: series.description, now: now, day: day(of: entry).compactMap(\.value), unit: entry.unit,
      spark: widgetSpark(entry, on: page, now: now, subject: series.description))
    show(reading, thresholds, in: &shown)
    return shown
  }

  mutating func formulaWidget(
    _ formula: Formula, _ unit: Unit?, _ thresholds: Thresholds, on page: OwnPage
  ) -> ShownWidget {
    let text = formula.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var shown = ShownWidget(text.printable(limit: 80))
    do {
      let read = try evaluated(formula)
      let unit = unit ?? read.unit
      let spark = widgetSpark(
        "f-\(digest("\(text) \(unit.symbol)"))", unit: unit, slot: newest(entries(of: formula)),
        alt: "\(shown.heading), last 24 hours, now \(valueText(read.now, unit))", on: page
      ) { _ in read.day }
      let reading = Reading(name: text, now: read.now, day: read.day.compactMap(\.value), unit: unit, spark: spark)
      show(reading, thresholds, in: &shown)
    } catch {
      shown.problem = error.message.prefix(1).uppercased() + error.message.dropFirst() + "."
    }
    return shown
  }

  func entries(of formula: Formula) -> [CatalogueEntry] {
    formula.references.flatMap { known.series(of: $0.selector, in: input.catalogue) }
  }

  /// The newest number by its own step, and the day in steps of at least five minutes.
  private func evaluated(
    _ formula: Formula
  ) throws(FormulaError) -> (now: Double?, day: [Sample], unit: Unit) {
    let step = entries(of: formula).map(\.step).min() ?? input.plan.settings.step
    let end = end(step: step)
    let day = try formula.evaluate(
      on: SlotGrid(Span(from: end - 86_400, to: end), step: max(300, step)), zone: words.zone, source: source)
    // Of two slots, for the one that runs may not be measured everywhere yet.
    let now = try formula.evaluate(
      on: SlotGrid(Span(from: end - 2 * step, to: end), step: step), zone: words.zone, source: source)
    return (now.samples.last { $0.value != nil }?.value, day.samples, day.unit ?? .none)
  }

  private func show(_ reading: Reading, _ thresholds: Thresholds, in shown: inout ShownWidget) {
    let missing = StateMark(.unknown, "no value now")
    let state = reading.now.map { mark($0, thresholds, reading.unit) } ?? missing
    let mean = reading.day.isEmpty ? nil : reading.day.reduce(0) { $0 + $1 / Double(reading.day.count) }
    shown.show(
      .number,
      [
        "value": valueText(reading.now, reading.unit), "alarm": state?.shape == .bad,
        "state": (state?.view).orFalse, "spark": reading.spark,
        "average": valueText(mean, reading.unit), "highest": valueText(reading.day.max(), reading.unit),
      ],
      rows: [
        PageData.Row(
          name: reading.name, state: state.map { words(of: $0) }, value: reading.now,
          unit: reading.unit.symbol, page: shown.link)
      ])
  }

  private func words(of mark: StateMark) -> String {
    switch mark.shape {
    case .bad: "bad"
    case .unknown: "unknown"
    default: "warning"
    }
  }

  /// Which threshold it is beyond: `▲ above 80 %`.
  private func mark(_ value: Double, _ thresholds: Thresholds, _ unit: Unit) -> StateMark? {
    let state = thresholds.state(of: value)
    guard state != .good else { return nil }
    let (above, below) =
      state == .bad
      ? (thresholds.badAbove, thresholds.badBelow) : (thresholds.warnAbove, thresholds.warnBelow)
    let isAbove = above.map { value > $0 } ?? false
    let limit = valueText(isAbove ? above : below, unit)
    return StateMark(state == .bad ? .bad : .warning, "\(isAbove ? "above" : "below") \(limit)")
  }
}
