package import Model

/// The sum of an objective's ledger over one window.
package struct Figure: Hashable, Sendable {
  /// Broken: no budget left. At risk: a smaller share of the budget is left than of the window. Else met, unless
  /// coverage is under the objective's floor.
  package enum Standing: String, Hashable, Sendable { case met, atRisk, broken, notEnoughData }

  package var objective: String
  /// The whole window, its part still to come included; UTC instants.
  package var window: Span
  /// `November 2026`, `week 47 of 2026`, `last 30 d`.
  package var windowLabel: String
  /// Counted up to here.
  package var until: Instant
  /// Seconds of service time in the window up to `until`, exclusions taken out.
  package var service: Int
  /// Seconds outside service hours or excluded, up to `until`.
  package var excluded: Int
  package var good: Int
  package var bad: Int
  package var unknown: Int
  /// `good / (good + bad)` after the unknown policy; `nil` where nothing was observed.
  package var availability: Double?
  /// `(good + bad) / service`; 0 where there is no service time yet.
  package var coverage: Double
  /// True below the minimum coverage: the figure must not be used.
  package var isVoid: Bool
  /// Bad seconds allowed in the whole window.
  package var budget: Int
  /// `budget - bad`; negative when broken.
  package var left: Int
  package var standing: Standing

  package init(
    objective: String, window: Span, windowLabel: String, until: Instant, service: Int, excluded: Int, good: Int,
    bad: Int, unknown: Int, availability: Double?, coverage: Double, isVoid: Bool, budget: Int, left: Int,
    standing: Standing
  ) {
    self.objective = objective
    self.window = window
    self.windowLabel = windowLabel
    self.until = until
    self.service = service
    self.excluded = excluded
    self.good = good
    self.bad = bad
    self.unknown = unknown
    self.availability = availability
    self.coverage = coverage
    self.isVoid = isVoid
    self.budget = budget
    self.left = left
    self.standing = standing
  }
}
