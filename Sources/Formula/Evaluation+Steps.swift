import Model

extension Evaluation {
  /// The results of a step.
  mutating func column(of index: Int, _ operands: [Column]) -> Column {
    let grid = grids[index]
    let factor = units[index].factor
    switch formula.steps[index].operation {
    case .number(let value, _): return Column(values: Array(repeating: value, count: grid.count))
    case .series(let series): return Column(values: samples(of: series, on: grid, isStrict: strict[index]))
    // What a pattern names is read by the aggregate, one after another.
    case .family: return Column(values: [])
    case .negative: return operands[0].map { -$0 }
    case .named: return operands[0]
    case .binary(let binary):
      return operands[0].merged(with: operands[1]) { binary.of($0, $1) * factor }
    case .call(.aggregate(let aggregate)): return aggregated(aggregate, operands, at: index)
    case .call(let function): return column(function, operands, at: index)
    }
  }

  /// Samples on a grid; `isStrict` takes none that stand for more than one slot.
  func samples(of series: SeriesID, on grid: SlotGrid, isStrict: Bool) -> [Double] {
    let step = source.entry(series)?.step ?? grid.step
    // A sample that began before the first slot still stands for a part of it.
    let span = Span(from: grid.start.slot(step: max(step, 1)), to: grid.end)
    let window = source.window(series, span, grid.step)
    if isStrict, window.step > grid.step { return Array(repeating: .nan, count: grid.count) }
    return grid.values(of: window)
  }

  private mutating func column(_ function: Function, _ operands: [Column], at index: Int) -> Column {
    let grid = grids[index]
    let values = operands[0].values
    switch function {
    case .abs: return operands[0].map(Swift.abs)
    case .clamp: return clamped(operands)
    case .share: return operands[0].merged(with: operands[1]) { Binary.over.of($0, $1) * 100 }
    case .choose: return chosen(operands)
    case .delta: return Column(values: differences(values))
    case .rate: return Column(values: differences(values).map { ($0 / Double(grid.step)).known })
    case .smooth(let period): return Column(values: smoothed(values, slots: period.length / grid.step, on: grid))
    case .shift(let period): return shifted(operands[0], by: period, from: grids[index - 1], to: grid)
    case .percentile(let rank, let period): return percentile(rank, over: period, values, at: index)
    case .seasonal(let period, let count):
      return seasonal(values, period, count, from: grids[index - 1], to: grid)
    case .forecast(let period): return forecast(values, period, from: grids[index - 1], to: grid)
    case .aggregate: return operands[0]
    }
  }

  // MARK: Slot by slot

  private func clamped(_ operands: [Column]) -> Column {
    let low = operands[1].values
    let high = operands[2].values
    func within(_ values: [Double]) -> [Double] {
      values.indices.map { slot in
        guard !values[slot].isNaN, low[slot] <= high[slot] else { return .nan }
        return min(max(values[slot], low[slot]), high[slot])
      }
    }
    let column = Column(values: within(operands[0].values))
    return operands[0].hasBand ? column.banded(within(operands[0].low), within(operands[0].high)) : column
  }

  private func chosen(_ operands: [Column]) -> Column {
    Column(
      values: operands[0].values.indices.map { slot in
        let condition = operands[0].values[slot]
        return condition.isNaN ? .nan : operands[condition != 0 ? 1 : 2].values[slot]
      })
  }

  private func differences(_ values: [Double]) -> [Double] {
    values.indices.dropFirst().map { (values[$0] - values[$0 - 1]).known }
  }

  /// The mean of the slots up to each, `.nan` where less than half of them are known.
  private func smoothed(_ values: [Double], slots: Int, on grid: SlotGrid) -> [Double] {
    let width = max(1, slots)
    let sums = movingSums(values, width: width)
    let first = values.count - grid.count
    return (first..<values.count).map { slot in
      let (sum, known) = sums[slot]
      return 2 * known >= width && known > 0 ? (sum / Double(known)).known : .nan
    }
  }

  private func shifted(_ column: Column, by period: CalendarPeriod, from: SlotGrid, to grid: SlotGrid) -> Column {
    let places = (0..<grid.count).map { from.index(of: offsets.instant(grid.slot($0), before: period)) }
    func moved(_ values: [Double]) -> [Double] { values.isEmpty ? [] : places.map { $0.map { values[$0] } ?? .nan } }
    return Column(values: moved(column.values), low: moved(column.low), high: moved(column.high))
  }
}
