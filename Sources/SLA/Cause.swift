import Config
import Model

/// A verdict with its reason, for one observation or one slot.
struct Finding: Hashable {
  var verdict: Verdict
  var cause: String

  static let good = Finding(verdict: .good, cause: "")
  static let notCollected = Finding(verdict: .unknown, cause: "collector did not run")
  static let notDue = Finding(verdict: .excluded, cause: "not due")
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

/// Both numbers short, or in full where they are so close that they would read the same.
private func texts(_ value: Double, _ bound: Double, _ unit: Unit) -> (String, String) {
  guard abs(value - bound) < 0.005 * max(abs(value), abs(bound)) else {
    return (numberText(value, unit), numberText(bound, unit))
  }
  let suffix = unit.symbol.isEmpty ? "" : thinSpace + unit.symbol
  return (fullText(value) + suffix, fullText(bound) + suffix)
}

private func fullText(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? countText(Int(value)) : "\(value)"
}
