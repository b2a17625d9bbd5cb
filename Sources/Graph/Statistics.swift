package import Model

/// What a legend says of a series; unknown samples count for nothing.
///
/// Count them over samples of full resolution and hand them to `Chart.Series`: a percentile of averages is none
/// (field practice of billing: nearest rank over all five-minute means).
package struct Statistics: Hashable, Sendable {
  /// The last known number.
  package var now: Double
  package var average: Double
  package var maximum: Double
  package var maximumAt: Instant
  package var minimum: Double
  package var median: Double?
  /// Nearest rank; `nil` where only averages of samples were at hand.
  package var percentile95: Double?
  package var sum: Double
  package var count: Int
  /// How many samples there should be, if that is known.
  package var expected: Int?
  /// Seconds a sample stands for, where it is another than the chart's.
  package var step: Int?

  /// The share of expected samples that are known, 0 to 1.
  package var coverage: Double? {
    expected.flatMap { $0 > 0 ? min(1, Double(count) / Double($0)) : nil }
  }

  /// `nil` while nothing is known.
  ///
  /// - Parameters:
  ///   - samples: of full resolution, in any order; those outside `span` do not count.
  ///   - span: what is counted over; also how many samples are expected, with `step`.
  ///   - step: seconds between samples.
  package init?(of samples: [Sample], over span: Span, step: Int) {
    let inside = samples.filter { span.contains($0.slot) }.sorted { $0.slot < $1.slot }
    self.init(inside)
    let length = max(1, step)
    expected = max(count, span.seconds / length + (span.seconds % length == 0 ? 0 : 1))
    self.step = length
  }

  /// Of samples in order of time. `peaks` can only raise the maximum, `lows` only lower the minimum; averages have no
  /// percentiles.
  package init?(_ samples: [Sample], peaks: [Sample] = [], lows: [Sample] = [], isConsolidated: Bool = false) {
    var tally = Tally()
    for sample in samples { tally.add(sample) }
    guard let last = tally.last, tally.count > 0 else { return nil }
    for peak in peaks { tally.raise(peak) }
    for low in lows { tally.lower(low) }
    now = last
    sum = tally.sum
    count = tally.count
    average = sum / Double(count)
    maximum = tally.maximum
    maximumAt = tally.maximumAt
    minimum = tally.minimum
    if !isConsolidated {
      median = nearestRank(tally.values, percent: 50)
      percentile95 = nearestRank(tally.values, percent: 95)
    }
  }
}

extension Chart.Series {
  /// What was handed in, else what the samples say.
  var numbers: Statistics? {
    statistics ?? Statistics(samples, peaks: peaks, lows: lows, isConsolidated: isConsolidated)
  }
}

/// What is counted while samples go by once.
private struct Tally {
  var values: [Double] = []
  var last: Double?
  var sum = 0.0
  var maximum = -Double.infinity
  var maximumAt = Instant(0)
  var minimum = Double.infinity
  var count: Int { values.count }

  mutating func add(_ sample: Sample) {
    guard let value = sample.value, value.isFinite else { return }
    let held = clamped(value)
    values.append(held)
    last = held
    sum += held
    raise(sample)
    lower(sample)
  }

  mutating func raise(_ sample: Sample) {
    guard let value = sample.value, value.isFinite, clamped(value) > maximum else { return }
    maximum = clamped(value)
    maximumAt = sample.slot
  }

  mutating func lower(_ sample: Sample) {
    guard let value = sample.value, value.isFinite else { return }
    minimum = min(minimum, clamped(value))
  }
}

/// The smallest value that so many percent of all do not exceed: one that was measured.
func nearestRank(_ values: [Double], percent: Int) -> Double? {
  guard !values.isEmpty else { return nil }
  var values = values
  return ranked(&values, max(0, (percent * values.count + 99) / 100 - 1))
}

/// The value that would stand at `rank` in order (Hoare's selection): sorting all of them would take longer.
private func ranked(_ values: inout [Double], _ rank: Int) -> Double {
  var values = values.mutableSpan
  var (low, high) = (0, values.count - 1)
  while low < high {
    let pivot = values[(low + high) / 2]
    var (left, right) = (low, high)
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      guard left <= right else { break }
      values.swapAt(left, right)
      left += 1
      right -= 1
    }
    if rank <= right { high = right } else if rank >= left { low = left } else { return pivot }
  }
  return values[rank]
}

/// Held to ±1e300, so that sums and products stay finite.
func clamped(_ value: Double?) -> Double {
  guard let value, !value.isNaN else { return 0 }
  return min(max(value, -largestNumber), largestNumber)
}
