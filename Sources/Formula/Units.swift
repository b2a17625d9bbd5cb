package import Model

/// What is known of the unit of a series, or of those a pattern names.
package enum KnownUnit: Hashable, Sendable {
  case unit(Unit)
  /// Not before something was measured.
  case unknown
  /// The series of a pattern have several; two of them, in words.
  case mixed(String)
}

extension Formula {
  /// The unit of the result, `nil` where it is not known and where it is a mere number, which goes with any; what does
  /// not go together is an error at its place.
  package func unit(where known: (Selector) -> KnownUnit) throws(FormulaError) -> Unit? {
    if case .unit(let unit)? = try quantities(known).last?.quantity { unit } else { nil }
  }

  /// The unit of each step, and the factor its number gets by its units.
  func quantities(
    _ known: (Selector) -> KnownUnit
  ) throws(FormulaError) -> [(quantity: Quantity, factor: Double)] {
    var results: [(quantity: Quantity, factor: Double)] = []
    var open: [Quantity] = []
    for step in steps {
      let result = try quantity(of: step, taking: Array(open.suffix(step.operands)), known)
      open.removeLast(step.operands)
      open.append(result.quantity)
      results.append(result)
    }
    return results
  }

  private func quantity(
    of step: Step, taking operands: [Quantity], _ known: (Selector) -> KnownUnit
  ) throws(FormulaError) -> (quantity: Quantity, factor: Double) {
    switch step.operation {
    case .number(_, let unit): return (unit.map { .unit($0) } ?? .bare, 1)
    case .series(let series): return (try quantity(Selector(series.description), step, known), 1)
    case .family(let selector): return (try quantity(selector, step, known), 1)
    case .negative: return (operands[0], 1)
    case .named(let unit): return (.unit(unit), 1)
    case .binary(.times): return Quantity.product(operands[0], operands[1], dividing: false)
    case .binary(.over): return Quantity.product(operands[0], operands[1], dividing: true)
    case .binary(let binary):
      let common = try together(operands, step)
      return (binary.isComparison ? .unit(.none) : common, 1)
    case .call(let function): return (try quantity(function, operands, step), 1)
    }
  }

  private func quantity(
    _ selector: Selector, _ step: Step, _ known: (Selector) -> KnownUnit
  ) throws(FormulaError) -> Quantity {
    switch known(selector) {
    case .unit(let unit): return .unit(unit)
    case .unknown: return .unknown
    case .mixed(let which):
      throw FormulaError(
        "\(selector.text.quoted) has series of different units: \(which)", at: step.place,
        help: "write a pattern that names only those of one unit")
    }
  }

  private func quantity(
    _ function: Function, _ operands: [Quantity], _ step: Step
  ) throws(FormulaError) -> Quantity {
    switch function {
    case .aggregate(.count): return .unit(.none)
    case .aggregate, .clamp: return try together(operands, step)
    case .share:
      _ = try together(operands, step)
      return .unit(.percent)
    case .choose: return try together(Array(operands.dropFirst()), step)
    case .rate:
      return operands[0] == .bare
        ? .unit(.perSecond) : Quantity.product(operands[0], .unit(.seconds), dividing: true).quantity
    case .abs, .delta, .shift, .smooth, .percentile, .seasonal, .forecast: return operands[0]
    }
  }

  /// One unit for all of them.
  private func together(_ quantities: [Quantity], _ step: Step) throws(FormulaError) -> Quantity {
    let common = Quantity.common(quantities)
    guard let other = quantities.first(where: { !$0.fits(common) }) else { return common }
    throw FormulaError(
      "\(common.words) and \(other.words) do not go together", at: step.place,
      help: Quantity.wayOut(common, other))
  }
}

extension Quantity {
  fileprivate var words: String {
    switch self {
    case .bare, .unknown: "a number"
    case .unit(let unit): unit.symbol.isEmpty ? "a number without a unit" : unit.symbol.quoted
    }
  }

  /// A way out that fits, where there is a well-known one.
  fileprivate static func wayOut(_ one: Quantity, _ other: Quantity) -> String {
    let symbols = [one, other].compactMap { if case .unit(let unit) = $0 { unit.symbol } else { nil } }
    for (bits, bytes) in [("bit/s", "B/s"), ("bit", "B")] where Set(symbols) == [bits, bytes] {
      return "make bits of the bytes: 'HOST/JOB/METRIC' * 8 as '\(bits)'"
    }
    if Set(symbols) == ["", "%"] { return "make a percentage of the share: 'HOST/JOB/METRIC' * 100 as '%'" }
    return "say what the unit of one is, as in ('HOST/JOB/METRIC' * 1000 as '\(symbols.first { !$0.isEmpty } ?? "s")')"
  }
}
