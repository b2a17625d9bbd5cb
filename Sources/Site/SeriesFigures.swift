import Config
import Graph
import Model

/// What is counted of a series over day, week, 4 weeks and year.
struct SeriesFigures {
  struct Row {
    var period: Period
    var lowest: Double?
    var average: Double?
    /// Nearest rank over single slots; of averages there is none.
    var percentile95: Double?
    var highest: Double?
    var highestAt: Instant?
    /// Known samples, those there should be, and the seconds each stands for.
    var count = 0
    var expected = 0
    var step: Int

    var coverageText: String { percentText(count, of: expected, decimals: 1) }
  }

  var label: String
  var entry: CatalogueEntry
  var now: Double?
  var rows: [Row]
  /// Single slots of the last 24 hours.
  var day: [Sample]
}

extension Press {
  /// Single slots are read once, for the longest time they are kept for.
  func figures(_ label: String, _ entry: CatalogueEntry) -> SeriesFigures {
    let end = end(step: entry.step)
    let kept = singleSlots(of: entry)
    let longest = Period.allCases.map(\.seconds).filter { $0 <= kept }.max() ?? Period.day.seconds
    let single = samples(entry, Span(from: end - longest, to: end), nil)
    var rows = Period.allCases.map { period in
      let span = Span(from: end - period.seconds, to: end)
      return period.seconds <= longest
        ? SeriesFigures.Row(period, single, over: span, step: entry.step) : coarseRow(period, entry, span)
    }
    // The coarse row that is not over yet has no extremes of its own.
    for place in rows.indices.dropFirst() { rows[place].include(rows[place - 1]) }
    let day = Span(from: end - Period.day.seconds, to: end)
    return SeriesFigures(
      label: label, entry: entry, now: latest(entry), rows: rows, day: single.filter { day.contains($0.slot) })
  }

  /// Of averages; lowest and highest only where they are kept beside them, for those of averages are none.
  private func coarseRow(_ period: Period, _ entry: CatalogueEntry, _ span: Span) -> SeriesFigures.Row {
    let tiers = input.plan.settings.retention.tiers.filter { $0.duration >= span.seconds && $0.every > 0 }
    let tier = tiers.filter(\.extremes).min { $0.every < $1.every } ?? tiers.min { $0.every < $1.every }
    let resolution = max(tier?.every ?? period.resolution ?? entry.step, entry.step)
    let window = input.window(entry.series, Span(from: span.from.slot(step: resolution), to: span.to), resolution)
    var row = SeriesFigures.Row(period, window.samples, step: window.step)
    guard tier?.extremes == true else { return row }
    let (low, high) = input.peaks(entry.series, span, resolution)
    let top = high.filter { $0.value != nil }.max { ($0.value ?? 0) < ($1.value ?? 0) }
    row.lowest = low.compactMap(\.value).min()
    (row.highest, row.highestAt) = (top?.value, top?.slot)
    return row
  }
}

extension SeriesFigures.Row {
  /// Takes in the extremes of a shorter time that ends with this one.
  fileprivate mutating func include(_ other: SeriesFigures.Row) {
    if let low = lowest, let lower = other.lowest, lower < low { lowest = lower }
    if let high = highest, let higher = other.highest, higher > high {
      (highest, highestAt) = (higher, other.highestAt)
    }
  }

  fileprivate init(_ period: Period, _ single: [Sample], over span: Span, step: Int) {
    self.init(period: period, step: max(step, 1))
    expected = span.seconds / max(step, 1) + (span.seconds % max(step, 1) == 0 ? 0 : 1)
    guard let numbers = Statistics(of: single, over: span, step: step) else { return }
    (lowest, average, highest) = (numbers.minimum, numbers.average, numbers.maximum)
    (percentile95, highestAt) = (numbers.percentile95, numbers.maximumAt)
    (count, expected) = (numbers.count, numbers.expected ?? expected)
  }

  fileprivate init(_ period: Period, _ averages: [Sample], step: Int) {
    self.init(period: period, step: max(step, 1))
    let values = averages.compactMap(\.value).filter(\.isFinite)
    (count, expected) = (values.count, averages.count)
    average = mean(of: values)
  }
}

/// `nil` where there is none, or none that is a number.
func mean(of values: [Double]) -> Double? {
  let mean = values.reduce(0, +) / Double(values.count)
  return mean.isFinite ? mean : nil
}
