internal import Model
internal import SLA

extension Figure {
  /// Cut, never rounded; nothing where the figure must not be used.
  var availabilityText: String { isVoid || availability == nil ? noNumber : percentText(good, of: good + bad) }

  var coverageText: String { percentText(good + bad, of: service, decimals: 1) }

  var leftText: String { isVoid ? noNumber : exactDurationText(left) }

  /// A void figure says so, however its seconds add up.
  var honestStanding: Standing { isVoid ? .notEnoughData : standing }
}

extension Figure.Standing {
  /// In the order a reader cares for.
  static let inOrder: [Figure.Standing] = [.met, .atRisk, .broken, .notEnoughData]

  var word: String {
    switch self {
    case .met: "met"
    case .atRisk: "at risk"
    case .broken: "broken"
    case .notEnoughData: "not enough data"
    }
  }
}
