package import Model

extension Figure.Standing {
  /// The words of the pages, the mails and the terminal.
  package var words: String {
    switch self {
    case .met: "met"
    case .atRisk: "at risk"
    case .broken: "broken"
    case .notEnoughData: "not enough data"
    }
  }
}

extension Figure {
  /// The availability, told to be void where it must not be used: `98.125 % (void)`.
  package var markedAvailabilityText: String {
    isVoid && availability != nil ? "\(availabilityText) (void)" : availabilityText
  }

  /// What is left of the budget: `3.2 of 22.3 min`.
  package var budgetText: String { budgetShare(left, of: budget) }

  /// From where its seconds are counted.
  package var countedFrom: Instant { inServiceSince ?? window.from }
}

/// Seconds of a budget, cut: `3.2 of 22.3 min`; in hours where the budget is ten hours or more, in seconds where it is
/// under two minutes.
package func budgetShare(_ seconds: Int, of budget: Int) -> String {
  if abs(budget) < 120 { return "\(countText(seconds)) of \(countText(budget))\(thinSpace)s" }
  let (size, unit) = budget >= 36_000 ? (3_600, "h") : (60, "min")
  return "\(tenths(seconds, size)) of \(tenths(budget, size))\(thinSpace)\(unit)"
}

/// The share of the time that may be bad: `0.05 %` for a target of 0.9995.
package func allowedShare(_ target: Double) -> String {
  var digits = fixedText(100 * (1 - target), decimals: 6)
  while digits.last == "0" { digits.removeLast() }
  if digits.last == "." { digits.removeLast() }
  return "\(digits)\(thinSpace)%"
}

/// Cut downwards to one digit after the point.
private func tenths(_ seconds: Int, _ size: Int) -> String {
  let tenths = (Double(seconds * 10) / Double(size)).rounded(.down)
  return fixedText(tenths / 10, decimals: 1)
}
