internal import Model
internal import SLA

extension Figure {
  /// The availability; nothing where the figure must not be used.
  var usableText: String { isVoid || availability == nil ? noNumber : availabilityText }

  var usableBudgetText: String { isVoid ? noNumber : budgetText }
}

extension Figure.Standing {
  /// In the order a reader cares for.
  static let inOrder: [Figure.Standing] = [.met, .atRisk, .broken, .notEnoughData]
}
