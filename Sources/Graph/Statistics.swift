package import Model

/// What a legend says of a series; unknown samples count for nothing.
package struct Statistics: Hashable, Sendable {
  /// The last known number.
  package var now: Double
  package var average: Double
  package var maximum: Double
  package var maximumAt: Instant
  /// Nearest rank.
  package var percentile95: Double
  package var sum: Double
  package var count: Int

  /// `nil` while nothing is known. `peaks` can only raise the maximum.
  package init?(_ samples: [Sample], peaks: [Sample] = []) {
    let known = samples.filter { $0.value?.isFinite == true }
    guard let last = known.last, let first = known.first else { return nil }
    let values = known.map { clamped($0.value) }
    now = clamped(last.value)
    sum = values.reduce(0, +)
    count = values.count
    average = sum / Double(count)
    percentile95 = values.sorted()[max(0, (95 * count + 99) / 100 - 1)]
    maximum = clamped(first.value)
    maximumAt = first.slot
    for sample in known + peaks where sample.value?.isFinite == true && clamped(sample.value) > maximum {
      maximum = clamped(sample.value)
      maximumAt = sample.slot
    }
  }
}

/// Held to ±1e300, so that sums and products stay finite.
func clamped(_ value: Double?) -> Double {
  guard let value, !value.isNaN else { return 0 }
  return min(max(value, -largestNumber), largestNumber)
}
