package import Model

/// Where a formula finds the series it reads.
package struct FormulaSource: Sendable {
  /// What there is of a series: its unit and the seconds between its samples; `nil` where there is none.
  package var entry: @Sendable (SeriesID) -> (unit: Unit, step: Int)?
  /// The series a pattern names.
  package var names: @Sendable (Selector) -> [SeriesID]
  /// Samples over a span, at most so many seconds apart where the store still has them so close.
  package var window: @Sendable (_ series: SeriesID, _ span: Span, _ resolution: Int) -> SeriesWindow

  package init(
    entry: @escaping @Sendable (SeriesID) -> (unit: Unit, step: Int)?,
    names: @escaping @Sendable (Selector) -> [SeriesID],
    window: @escaping @Sendable (_ series: SeriesID, _ span: Span, _ resolution: Int) -> SeriesWindow
  ) {
    self.entry = entry
    self.names = names
    self.window = window
  }
}

/// What a formula gives over the slots of a grid.
package struct FormulaResult: Hashable, Sendable {
  package var samples: [Sample]
  /// The ends of the band of a forecast, a sample for each of `samples`; else empty.
  package var low: [Sample]
  package var high: [Sample]
  /// `nil`: a mere number, which goes with any unit.
  package var unit: Unit?
  /// What a reader should know, such as what a percentile is made of.
  package var notes: [String]
}

extension Formula {
  /// The most series one pattern may name: a sum of some of them would be a wrong number.
  package static let mostSeries = 2_000
  /// The most samples a step may have, and all of them together.
  static let mostSlots = 200_000
  static let mostSamples = 4_000_000

  /// The results for the slots of a grid.
  ///
  /// - Throws: What is only known now: a series that is not there, a pattern that names none or too many, units that do
  ///   not go together, or more of the past than can be read.
  package func evaluate(
    on grid: SlotGrid, zone: Zone, source: FormulaSource
  ) throws(FormulaError) -> FormulaResult {
    var evaluation = try Evaluation(self, grid, zone, source)
    return try evaluation.result()
  }
}

/// Works a formula out: first which slots each step needs, from the last step back, then the steps in their order.
struct Evaluation {
  let formula: Formula
  let source: FormulaSource
  /// The slots that are shown.
  let shown: SlotGrid
  let offsets: WallOffsets
  let units: [(quantity: Quantity, factor: Double)]
  /// The series of each pattern.
  let families: [Selector: [SeriesID]]
  /// The slots of each step.
  var grids: [SlotGrid]
  /// The steps whose samples must not be coarser than their grid.
  var strict: [Bool]
  var notes: [String] = []

  init(_ formula: Formula, _ grid: SlotGrid, _ zone: Zone, _ source: FormulaSource) throws(FormulaError) {
    self.formula = formula
    self.source = source
    shown = grid
    families = try Evaluation.families(of: formula, source)
    units = try formula.quantities(Evaluation.known(families, source))
    grids = Array(repeating: grid, count: formula.steps.count)
    strict = Array(repeating: false, count: formula.steps.count)
    let before = min(formula.reach, 2 * CalendarPeriod.longest)
    offsets = WallOffsets(zone, Span(from: grid.start - before, to: grid.end))
    try plan()
  }

  mutating func result() throws(FormulaError) -> FormulaResult {
    var open: [Column] = []
    for index in formula.steps.indices {
      let operands = Array(open.suffix(formula.steps[index].operands))
      open.removeLast(operands.count)
      open.append(column(of: index, operands))
    }
    let column = open.last ?? Column(values: [])
    return FormulaResult(
      samples: samples(column.values), low: samples(column.low), high: samples(column.high), unit: unit, notes: notes)
  }

  private func samples(_ values: [Double]) -> [Sample] {
    values.enumerated().map { Sample(slot: shown.slot($0.offset), value: $0.element.isFinite ? $0.element : nil) }
  }

  private var unit: Unit? {
    if case .unit(let unit)? = units.last?.quantity { unit } else { nil }
  }

  // MARK: What there is

  private static func families(
    of formula: Formula, _ source: FormulaSource
  ) throws(FormulaError) -> [Selector: [SeriesID]] {
    var families: [Selector: [SeriesID]] = [:]
    for step in formula.steps {
      switch step.operation {
      case .series(let series) where source.entry(series) == nil:
        throw FormulaError(
          "there is no series \(series.description.quoted)", at: step.place, help: "nothing of it was measured so far")
      case .family(let selector): families[selector] = try members(selector, step, source)
      default: break
      }
    }
    return families
  }

  private static func members(
    _ selector: Selector, _ step: Step, _ source: FormulaSource
  ) throws(FormulaError) -> [SeriesID] {
    let names = source.names(selector).sorted()
    if names.isEmpty {
      throw FormulaError(
        "no series fits \(selector.text.quoted)", at: step.place, help: "nothing of them was measured so far")
    }
    guard names.count <= Formula.mostSeries else {
      throw FormulaError(
        "\(selector.text.quoted) names \(names.count) series, more than \(Formula.mostSeries)", at: step.place,
        help: "write a narrower pattern: a part of them would give a wrong number")
    }
    return names
  }

  private static func known(
    _ families: [Selector: [SeriesID]], _ source: FormulaSource
  ) -> (Selector) -> KnownUnit {
    { selector in
      let members = families[selector] ?? SeriesID(selector.text).map { [$0] } ?? []
      let units = members.compactMap { series in source.entry(series).map { (series, $0.unit) } }
      guard let first = units.first else { return .unknown }
      guard let other = units.first(where: { !Quantity.unit($0.1).fits(.unit(first.1)) }) else { return .unit(first.1) }
      return .mixed(
        "\(first.0.description.quoted) \(name(first.1)), \(other.0.description.quoted) \(name(other.1))")
    }
  }

  private static func name(_ unit: Unit) -> String {
    unit.symbol.isEmpty ? "none" : "in \(unit.symbol.printable(limit: 20))"
  }
}
