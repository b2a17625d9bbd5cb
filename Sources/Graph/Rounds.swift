import Model

/// What one round of packets brought, or all rounds of one device column.
struct Round {
  /// Device columns from the left edge of the plot.
  var left: Double
  var right: Double
  var median: Double?
  /// In percent.
  var loss: Double?
  /// In ascending order; the lost ones are not there.
  var answers: [Double] = []

  /// Linear between ranks; 0 is the smallest answer, 1 the largest.
  func quantile(_ share: Double) -> Double {
    guard let last = answers.indices.last else { return 0 }
    let rank = share * Double(last)
    let below = Int(rank)
    return answers[below] + (answers[min(below + 1, last)] - answers[below]) * (rank - Double(below))
  }
}

extension Chart {
  /// The rounds of a latency chart, oldest first.
  func rounds(columns: Int) -> [Round] {
    guard case .latency(let loss, let packets) = kind else { return [] }
    let medians = series.first?.samples ?? []
    var places: [Instant: Int] = [:]
    var slots: [Instant] = []
    for sample in medians + loss where covers(sample) && places[sample.slot] == nil {
      places[sample.slot] = slots.count
      slots.append(sample.slot)
    }
    let axis = ColumnAxis(self, columns)
    var rounds = slots.map { slot in
      Round(left: max(0, axis.x(slot)), right: min(Double(columns), axis.x(slot + axis.step)))
    }
    for sample in medians { if let place = places[sample.slot] { rounds[place].median = known(sample) } }
    for sample in loss { if let place = places[sample.slot] { rounds[place].loss = known(sample) } }
    for rank in packets {
      for sample in rank {
        if let place = places[sample.slot], let answer = known(sample) { rounds[place].answers.append(answer) }
      }
    }
    for place in rounds.indices { rounds[place].answers.sort() }
    rounds.sort { $0.left < $1.left }
    return axis.columnsPerStep < 1 ? Self.merged(rounds) : rounds
  }

  private func known(_ sample: Sample) -> Double? {
    sample.value.flatMap { $0.isFinite ? clamped($0) : nil }
  }

  /// The rounds of each column as one: the mean of the medians, the worst loss, all answers.
  private static func merged(_ rounds: [Round]) -> [Round] {
    var merged: [Round] = []
    var medians = 0.0
    for round in rounds {
      let left = round.left.rounded(.down)
      if let last = merged.last, last.left == left {
        medians += round.median == nil ? 0 : 1
        merged[merged.count - 1].add(round, count: medians)
      } else {
        medians = round.median == nil ? 0 : 1
        merged.append(
          Round(left: left, right: left + 1, median: round.median, loss: round.loss, answers: round.answers))
      }
    }
    for place in merged.indices { merged[place].answers.sort() }
    return merged
  }
}

extension Round {
  /// - Parameter count: of medians with the new one.
  fileprivate mutating func add(_ other: Round, count: Double) {
    if let new = other.median { median = (median ?? new) + (new - (median ?? new)) / count }
    if let new = other.loss { loss = max(loss ?? 0, new) }
    answers += other.answers
  }
}
