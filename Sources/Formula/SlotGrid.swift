package import Model

/// Slots at equal distances: `start`, `start + step`, … `count` of them.
package struct SlotGrid: Hashable, Sendable {
  package var start: Instant
  /// Seconds; at least 1.
  package var step: Int
  package var count: Int

  package init(start: Instant, step: Int, count: Int) {
    self.start = start
    self.step = max(1, step)
    self.count = max(0, count)
  }

  /// The slots that a span touches, on the grid of the epoch.
  package init(_ span: Span, step: Int) {
    let step = max(1, step)
    let start = span.from.slot(step: step)
    self.init(start: start, step: step, count: span.isEmpty ? 0 : (span.to - start + step - 1) / step)
  }

  package var end: Instant { start + count * step }
  package var span: Span { Span(from: start, to: end) }

  func slot(_ index: Int) -> Instant { start + index * step }

  /// The slot an instant lies in; `nil` outside of the grid.
  func index(of instant: Instant) -> Int? {
    let distance = instant - start
    return distance >= 0 && distance < count * step ? distance / step : nil
  }

  /// On the same slots from `earlier` seconds before the start to `later` seconds before the end, at least.
  func reaching(back earlier: Int, until later: Int = 0) -> SlotGrid {
    let before = (earlier + step - 1) / step
    let cut = max(0, later / step)
    return SlotGrid(start: start - before * step, step: step, count: count + before - cut)
  }
}

extension SlotGrid {
  /// Samples of any distance on this grid; unknown where less than half of a slot is known.
  package func samples(of window: SeriesWindow) -> [Sample] {
    values(of: window).enumerated().map { Sample(slot: slot($0.offset), value: $0.element.isNaN ? nil : $0.element) }
  }

  /// Samples of any distance on this grid, `.nan` where less than half of a slot is known.
  ///
  /// A sample stands for `[slot, slot + step)`; a slot gets the mean of what is known in it, by time.
  func values(of window: SeriesWindow) -> [Double] {
    let width = max(1, window.step)
    if width == step, let first = window.samples.first, (first.slot - start) % step == 0 { return copied(window) }
    var sums = [Double](repeating: 0, count: count)
    var known = [Int](repeating: 0, count: count)
    for sample in window.samples {
      guard let value = sample.value, value.isFinite else { continue }
      var from = max(sample.slot, start)
      let to = min(sample.slot + width, end)
      while from < to, let index = index(of: from) {
        let next = min(to, slot(index + 1))
        sums[index] += value * Double(next - from)
        known[index] += next - from
        from = next
      }
    }
    return zip(sums, known).map { sum, seconds in
      2 * seconds >= step ? (sum / Double(seconds)).known : .nan
    }
  }

  private func copied(_ window: SeriesWindow) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    for sample in window.samples {
      guard let value = sample.value, let index = index(of: sample.slot) else { continue }
      values[index] = value.known
    }
    return values
  }
}

extension Double {
  /// Not a number where it is infinite: a result that is no number is unknown.
  var known: Double { isFinite ? self : .nan }
}

/// Results on a grid; `.nan` is unknown, in these arrays only.
struct Column {
  var values: [Double]
  /// The ends of a band around them; empty where there is none.
  var low: [Double] = []
  var high: [Double] = []

  var hasBand: Bool { !low.isEmpty }

  /// Slot by slot; a band becomes the band of the results.
  func map(_ change: (Double) -> Double) -> Column {
    Column(values: values.map { change($0).known }).banded(low.map { change($0).known }, high.map { change($0).known })
  }

  /// With a band whose ends are in their order.
  func banded(_ one: [Double], _ other: [Double]) -> Column {
    var result = self
    result.low = zip(one, other).map { Swift.min($0, $1) }
    result.high = zip(one, other).map { Swift.max($0, $1) }
    return result
  }

  /// Slot by slot with another. A band stays where only one of them has one.
  func merged(with other: Column, _ join: (Double, Double) -> Double) -> Column {
    let result = Column(values: zip(values, other.values).map { join($0, $1).known })
    if hasBand == other.hasBand { return result }
    func ends(_ own: [Double], _ others: [Double]) -> [Double] { zip(own, others).map { join($0, $1).known } }
    return hasBand
      ? result.banded(ends(low, other.values), ends(high, other.values))
      : result.banded(ends(values, other.low), ends(values, other.high))
  }
}
