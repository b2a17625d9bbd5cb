package import Model

/// The sum of an objective's ledger over one window.
package struct Figure: Hashable, Sendable {
  /// Not enough data: the figure is void, whatever its seconds add up to. Else broken: more bad time than the budget,
  /// or below its target with nothing of the window to come. At risk: a smaller share of the budget is left than of the
  /// window. Else met.
  package enum Standing: String, Hashable, Sendable { case met, atRisk, broken, notEnoughData }

  package var objective: String
  /// The whole window, its part still to come included; UTC instants.
  package var window: Span
  /// `November 2026`, `week 47 of 2026`, `last 30 d`.
  package var windowLabel: String
  /// Counted up to here.
  package var until: Instant
  /// Seconds of service time in the window up to `until`, exclusions taken out; `good + bad + unknown`.
  package var service: Int
  /// Seconds outside service hours or excluded, up to `until`.
  package var excluded: Int
  /// Good and bad seconds after the unknown policy, `assumed` among them.
  package var good: Int
  package var bad: Int
  /// Seconds that count as neither.
  package var unknown: Int
  /// `good / (good + bad)`; `nil` where there is neither.
  package var availability: Double?
  /// The measured share of `service`; 0 where there is no service time yet.
  package var coverage: Double
  /// True below the minimum coverage: the figure must not be used. Never where unknown time counts as bad.
  package var isVoid: Bool
  /// Bad seconds allowed in the whole window: `(1 - target) * wholeService`, cut.
  package var budget: Int
  /// `budget - bad`; negative when broken.
  package var left: Int
  package var standing: Standing
  /// Seconds of `good` and `bad` that were not measured and that the unknown policy counts.
  package var assumed: Int
  /// Service seconds of the whole window: those counted and those still to come. A rolling window has yet to come what
  /// it reaches back before `inServiceSince`.
  package var wholeService: Int
  /// Where counting starts, if that is inside the window: the first the ledger knows of the objective.
  package var inServiceSince: Instant?

  package init(
    objective: String, window: Span, windowLabel: String, until: Instant, service: Int, excluded: Int, good: Int,
    bad: Int, unknown: Int, availability: Double?, coverage: Double, isVoid: Bool, budget: Int, left: Int,
    standing: Standing, assumed: Int = 0, wholeService: Int? = nil, inServiceSince: Instant? = nil
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
    self.assumed = assumed
    self.wholeService = wholeService ?? service
    self.inServiceSince = inServiceSince
  }

  /// `99.953 %`, cut; `–` where nothing was observed.
  package var availabilityText: String { percentText(good, of: good + bad) }
  /// `99.8 %`, cut.
  package var coverageText: String { percentText(good + bad - assumed, of: service, decimals: 1) }
  /// The availability if all unknown time had been bad; cut.
  package var lowerBoundText: String { percentText(good, of: good + bad + unknown) }
  /// The share of the budget that is left, negative when broken; `–` where there is no budget.
  package var leftText: String { percentText(left, of: budget, decimals: 1) }
}
