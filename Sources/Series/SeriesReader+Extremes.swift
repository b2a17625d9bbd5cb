package import Model
import RRD

extension SeriesReader {
  /// The lowest and the highest single step behind each sample of a window, as far as they are known; empty where its
  /// samples are single steps themselves.
  ///
  /// They are counted from single steps as long as these are kept. Before that the finest archive of extremes that
  /// reaches back far enough answers: one row of it may be longer than a sample, and then stands for each inside it.
  package func extremes(
    behind window: SeriesWindow, of entry: CatalogueEntry
  ) throws(SeriesError) -> (low: [Sample], high: [Sample]) {
    guard window.step > entry.step, let first = window.samples.first?.slot, let last = window.samples.last?.slot else {
      return ([], [])
    }
    let span = Span(from: first, to: last + window.step)
    let kept = try kept(entry, span)
    var extremes = Extremes(window)
    // The slot that single steps begin in is only partly theirs.
    if let coarse = kept.coarse {
      let end = kept.single?.samples.first.map { $0.slot + window.step } ?? span.to
      extremes.spread(coarse, until: end)
    }
    if let single = kept.single { extremes.count(single) }
    return (extremes.samples(extremes.lows), extremes.samples(extremes.highs))
  }
}

/// The lowest and highest of the samples of a window, not a number where none is known.
private struct Extremes {
  let slots: [Instant]
  let step: Int
  private(set) var lows: [Double]
  private(set) var highs: [Double]

  init(_ window: SeriesWindow) {
    slots = window.samples.map(\.slot)
    step = window.step
    lows = [Double](repeating: .nan, count: slots.count)
    highs = lows
  }

  mutating func count(_ single: SeriesWindow) {
    for sample in single.samples {
      guard let value = sample.value else { continue }
      add(value, value, at: (sample.slot - slots[0]) / step)
    }
  }

  /// - Parameter end: what begins here or later has single steps.
  mutating func spread(_ coarse: SeriesEnvelope, until end: Instant) {
    for (low, high) in zip(coarse.low, coarse.high) {
      guard let least = low.value, let most = high.value else { continue }
      let from = max(low.slot, slots[0])
      let to = min(low.slot + coarse.average.step, end, slots[slots.count - 1] + step)
      for second in stride(from: from.slot(step: step).seconds, to: to.seconds, by: step) {
        add(least, most, at: (Instant(second) - slots[0]) / step)
      }
    }
  }

  private mutating func add(_ low: Double, _ high: Double, at place: Int) {
    guard slots.indices.contains(place) else { return }
    // Nothing is less than what is not a number, so the first one is taken whatever it is.
    if !(lows[place] <= low) { lows[place] = low }
    if !(highs[place] >= high) { highs[place] = high }
  }

  func samples(_ values: [Double]) -> [Sample] {
    zip(slots, values).map { Sample(slot: $0, value: $1.isNaN ? nil : $1) }
  }
}
