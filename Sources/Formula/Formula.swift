package import Model

/// Arithmetic on series, read and found to be well-formed.
///
/// `8 * 'www/system/eth0/net-in' as "bit/s"`; docs/decisions/0015 has the grammar and the reasons.
package struct Formula: Hashable, Sendable, CustomStringConvertible {
  package let text: String
  let steps: [Step]

  /// A series or a pattern of series in the text.
  package struct Reference: Hashable, Sendable {
    package var selector: Selector
    /// In characters of the text, with its quotes.
    package var place: Range<Int>
  }

  package init(_ text: String) throws(FormulaError) {
    var parser = try Parser(text)
    self.text = text
    steps = try parser.formula()
  }

  /// One series as it is.
  package init(_ series: SeriesID) {
    text = "'\(series)'"
    steps = [Step(operation: .series(series), place: 0..<text.unicodeScalars.count, operands: 0, start: 0)]
  }

  package var description: String { text }

  /// The percentile of its results over the time that is shown.
  package func percentile(_ rank: Double) -> Formula {
    let place = steps.first.map { $0.place.lowerBound..<text.unicodeScalars.count } ?? 0..<0
    let step = Step(operation: .call(.percentile(rank, nil)), place: place, operands: 1, start: 0)
    return Formula(text: text, steps: steps + [step])
  }

  private init(text: String, steps: [Step]) {
    self.text = text
    self.steps = steps
  }

  /// Everything the formula reads, in its order.
  package var references: [Reference] {
    steps.compactMap { step in
      switch step.operation {
      case .series(let series): Reference(selector: Selector(series.description), place: step.place)
      case .family(let selector): Reference(selector: selector, place: step.place)
      default: nil
      }
    }
  }

  /// Whether its result can have a band around it: it asks for what is usual or to be expected.
  package var hasBand: Bool {
    steps.contains { step in
      switch step.operation {
      case .call(.seasonal), .call(.forecast): true
      default: false
      }
    }
  }

  /// How far before the time that is shown it reads, in seconds: what it needs of the past.
  package var reach: Int {
    steps.reduce(0) { sum, step in
      guard case .call(let function) = step.operation else { return sum }
      return sum + function.lead
    }
  }

  /// The longest text, in characters; nobody reads a longer formula.
  package static let longest = 4_000
  /// The most numbers, series, signs and functions.
  static let mostSteps = 400
  /// The deepest that parentheses and functions go.
  static let deepest = 40
}

extension Function {
  /// Seconds of the past it reads before a slot.
  var lead: Int {
    switch self {
    case .shift(let period), .smooth(let period), .percentile(_, .some(let period)): period.length + period.slack
    case .seasonal(let period, let count): period.length * count + period.slack
    case .forecast(let period): period.length * Function.seasonsOfForecast + period.slack
    case .aggregate, .clamp, .abs, .share, .choose, .delta, .rate, .percentile(_, .none): 0
    }
  }

  /// Periods before the first slot that a forecast learns from: two to begin with, three to settle.
  static let seasonsOfForecast = 5
}
