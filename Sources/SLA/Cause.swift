import Config
import Model

/// A verdict with its reason, for one observation or one slot.
struct Finding: Hashable {
  var verdict: Verdict
  var cause: String

  static let good = Finding(verdict: .good, cause: "")
  static let notCollected = Finding(verdict: .unknown, cause: "collector did not run")
  static let outsideHours = Finding(verdict: .excluded, cause: "outside service hours")
}

extension Tolerance {
  /// The finding of one observation; `name` is what the cause calls it.
  func finding(_ observation: Observation, name: @autoclosure () -> String) -> Finding {
    guard let value = observation.value, value.isFinite else {
      return Finding(verdict: .unknown, cause: observation.missingCause)
    }
    guard let (rule, bound) = broken(by: value) else { return .good }
    let (number, limit) = texts(value, bound, observation.unit)
    return Finding(verdict: .bad, cause: "\(name()) is \(number), \(rule) \(limit)".printable())
  }

  /// The first bound that does not hold.
  private func broken(by value: Double) -> (rule: String, bound: Double)? {
    if let minimum, value < minimum { return ("minimum", minimum) }
    if let maximum, value > maximum { return ("maximum", maximum) }
    if let equals, value != equals { return ("must be", equals) }
    return nil
  }
}

extension Observation {
  fileprivate var missingCause: String {
    if let failure { return failure.description.printable() }
    return value == nil ? "no value" : "the value is not a number"
  }
}

/// Both numbers as short as they can be told apart.
private func texts(_ value: Double, _ bound: Double, _ unit: Unit) -> (String, String) {
  let short = (numberText(value, unit), numberText(bound, unit))
  guard short.0 == short.1 else { return short }
  let suffix = unit.symbol.isEmpty ? "" : thinSpace + unit.symbol
  return ("\(value)\(suffix)", "\(bound)\(suffix)")
}
