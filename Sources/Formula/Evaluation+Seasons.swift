import Model

extension Evaluation {
  /// Deviations each way that a band reaches; Brutlag (2000) finds 2 to 3 sensible.
  private static let bandWidth = 2.0

  /// The mean of the same time in each of `count` periods before, two deviations around it as the band; unknown where
  /// fewer than two of them are known.
  func seasonal(_ values: [Double], _ period: CalendarPeriod, _ count: Int, from: SlotGrid, to grid: SlotGrid) -> Column
  {
    var result = Column(values: [], low: [], high: [])
    for slot in 0..<grid.count {
      let earlier = (1...count).compactMap { number -> Double? in
        let whole = CalendarPeriod(days: period.days * number, seconds: period.seconds * number)
        let value = from.index(of: offsets.instant(grid.slot(slot), before: whole)).map { values[$0] }
        return value.flatMap { $0.isNaN ? nil : $0 }
      }
      let (mean, deviation) = Evaluation.moments(earlier)
      result.values.append(mean.known)
      result.low.append((mean - Self.bandWidth * deviation).known)
      result.high.append((mean + Self.bandWidth * deviation).known)
    }
    return result
  }

  /// The mean and the deviation of a sample; not numbers for fewer than two values.
  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    guard values.count > 1 else { return (.nan, .nan) }
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / (count - 1) }
    return (mean, variance.squareRoot())
  }

  /// What Holt and Winters expect of each slot by those before it, with Brutlag's band.
  mutating func forecast(
    _ values: [Double], _ period: CalendarPeriod, from: SlotGrid, to grid: SlotGrid
  ) -> Column {
    let length = period.length / grid.step
    let unknown = Array(repeating: Double.nan, count: grid.count)
    guard length >= 4, period.length.isMultiple(of: grid.step) else {
      notes.append("a forecast needs four samples in its period, and here one stands for \(grid.step) s")
      return Column(values: unknown, low: unknown, high: unknown)
    }
    // By the wall clock, so that nine in the morning stays nine in the morning.
    let phases = values.indices.map { index in
      let wall = (period.days > 0 ? offsets.wall(from.slot(index)) : from.slot(index).seconds) % period.length
      return (wall < 0 ? wall + period.length : wall) / grid.step
    }
    let expected = holtWinters(values, phases: phases, length: length)
    let first = from.count - grid.count
    return Column(
      values: expected[first...].map { $0.value.known },
      low: expected[first...].map { ($0.value - Self.bandWidth * $0.deviation).known },
      high: expected[first...].map { ($0.value + Self.bandWidth * $0.deviation).known })
  }
}
