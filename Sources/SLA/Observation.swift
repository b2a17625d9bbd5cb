package import Model

/// What one series said for one slot, or why it said nothing.
///
/// Give one without a value for each series that was asked for and not measured: a slot of which nothing is given
/// counts as a slot in which the collector did not run.
package struct Observation: Hashable, Sendable {
  package var slot: Instant
  package var series: SeriesID
  /// `nil`, or not finite: unknown.
  package var value: Double?
  /// Why there is no value.
  package var failure: Failure?
  /// For print in the cause.
  package var unit: Unit

  package init(slot: Instant, series: SeriesID, value: Double?, failure: Failure? = nil, unit: Unit = .none) {
    self.slot = slot
    self.series = series
    self.value = value
    self.failure = failure
    self.unit = unit
  }
}
