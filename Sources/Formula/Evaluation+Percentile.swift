import Model

extension Evaluation {
  /// Nearest rank: ascending, the value at `ceil(rank × n)` (field: 95th percentile billing).
  ///
  /// Unknown where less than half of the window is known; how much it is made of is noted.
  mutating func percentile(
    _ rank: Double, over period: CalendarPeriod?, _ values: [Double], at index: Int
  ) -> Column {
    let grid = grids[index]
    guard let period else { return Column(values: Array(repeating: overall(rank, values), count: grid.count)) }
    let base = grids[index - 1]
    let width = max(1, period.length / base.step)
    var window = RankedWindow(values)
    var (first, next) = (0, 0)
    let results = (0..<grid.count).map { slot -> Double in
      let end = grid.slot(slot) + grid.step
      while next < base.count, base.slot(next) + base.step <= end {
        window.insert(next)
        next += 1
      }
      while first < next - width {
        window.remove(first)
        first += 1
      }
      return 2 * window.count >= width ? window.percentile(rank) ?? .nan : .nan
    }
    return Column(values: results)
  }

  private mutating func overall(_ rank: Double, _ values: [Double]) -> Double {
    var window = RankedWindow(values)
    for index in values.indices { window.insert(index) }
    let text = rank == rank.rounded() ? "\(Int(rank))" : "\(rank)"
    let share = percentText(window.count, of: values.count, decimals: 1)
    notes.append(
      "percentile \(text) of \(countText(window.count)) of \(countText(values.count)) samples (\(share))")
    return 2 * window.count >= values.count ? window.percentile(rank) ?? .nan : .nan
  }
}
