import Model

extension Evaluation {
  /// Over all series of patterns and all other operands: what is unknown is passed over, and the result unknown where
  /// all are.
  func aggregated(_ aggregate: Aggregate, _ operands: [Column], at index: Int) -> Column {
    var gathering = Gathering(aggregate, count: grids[index].count)
    var operand = index - 1
    for column in operands.reversed() {
      if case .family(let selector) = formula.steps[operand].operation {
        for series in families[selector] ?? [] {
          gathering.add(samples(of: series, on: grids[operand], isStrict: strict[operand]))
        }
      } else {
        gathering.add(column.values)
      }
      operand = formula.steps[operand].start - 1
    }
    return Column(values: gathering.results)
  }
}

/// One series after another, so that a thousand of them take the room of one.
private struct Gathering {
  private let aggregate: Aggregate
  private var values: [Double]
  private var counts: [Int]

  init(_ aggregate: Aggregate, count: Int) {
    self.aggregate = aggregate
    values = Array(repeating: 0, count: count)
    counts = Array(repeating: 0, count: count)
  }

  mutating func add(_ others: [Double]) {
    for (slot, value) in others.enumerated() where !value.isNaN {
      counts[slot] += 1
      values[slot] = counts[slot] == 1 ? value : joined(values[slot], value, counts[slot])
    }
  }

  private func joined(_ so: Double, _ value: Double, _ count: Int) -> Double {
    switch aggregate {
    case .min: min(so, value)
    case .max: max(so, value)
    case .sum: so + value
    // Step by step, so that no sum is too large.
    case .avg: so + (value / Double(count) - so / Double(count))
    case .count: so
    }
  }

  var results: [Double] {
    values.indices.map { slot in
      if counts[slot] == 0 { return .nan }
      return aggregate == .count ? Double(counts[slot]) : values[slot].known
    }
  }
}
