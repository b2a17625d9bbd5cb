import Model

/// What one round of packets brought, or all rounds of one device column.
struct Round {
  /// The first one's, of several.
  var slot = Instant(0)
  /// Device columns from the left edge of the plot.
  var left: Double
  var right: Double
  var median: Double?
  /// In percent.
  var loss: Double?
  /// In ascending order; the lost ones are not there.
  var answers: [Double] = []

  var isInOrder: Bool {
    for index in answers.indices.dropLast() where answers[index] > answers[index + 1] { return false }
    return true
  }

  /// Linear between ranks; 0 is the smallest answer, 1 the largest.
  func quantile(_ share: Double) -> Double {
    guard let last = answers.indices.last else { return 0 }
    let rank = share * Double(last)
    let below = Int(rank)
    return answers[below] + (answers[min(below + 1, last)] - answers[below]) * (rank - Double(below))
  }
}

extension Chart {
  /// The rounds of a latency chart, oldest first; where a column holds several, they are one.
  func rounds(columns: Int) -> [Round] { shown(measuredRounds(columns: columns), columns: columns) }

  /// Those of each column as one, where a round has no column to itself.
  func shown(_ rounds: [Round], columns: Int) -> [Round] {
    ColumnAxis(self, columns).columnsPerStep < 1 ? Self.merged(rounds) : rounds
  }

  /// Each round by itself, oldest first.
  func measuredRounds(columns: Int) -> [Round] {
    guard case .latency(let loss, let packets) = kind else { return [] }
    let medians = inOrder(series.first?.samples ?? [])
    let losses = inOrder(loss)
    let axis = ColumnAxis(self, columns)
    var rounds = slots(medians, losses).map { slot in
      var round = Round(slot: slot, left: max(0, axis.x(slot)), right: min(Double(columns), axis.x(slot + axis.step)))
      round.answers.reserveCapacity(packets.count)
      return round
    }
    visit(medians, &rounds) { $0.median = $1 }
    visit(losses, &rounds) { $0.loss = $1 }
    for rank in packets {
      visit(inOrder(rank), &rounds) { round, answer in
        if let answer { round.answers.append(answer) }
      }
    }
    for place in rounds.indices where !rounds[place].isInOrder { rounds[place].answers.sort() }
    return rounds
  }

  /// Of two lists in order of time, each slot inside the span once.
  private func slots(_ one: [Sample], _ other: [Sample]) -> [Instant] {
    var slots: [Instant] = []
    slots.reserveCapacity(max(one.count, other.count))
    var (first, second) = (0, 0)
    while first < one.count || second < other.count {
      let isFirst = second >= other.count || first < one.count && one[first].slot <= other[second].slot
      let sample = isFirst ? one[first] : other[second]
      if isFirst { first += 1 } else { second += 1 }
      if covers(sample), slots.last != sample.slot { slots.append(sample.slot) }
    }
    return slots
  }

  /// Each sample with the round of its slot; both are in order of time.
  private func visit(_ samples: [Sample], _ rounds: inout [Round], _ note: (inout Round, Double?) -> Void) {
    var place = 0
    for sample in samples {
      while place < rounds.count, rounds[place].slot < sample.slot { place += 1 }
      guard place < rounds.count else { return }
      if rounds[place].slot == sample.slot { note(&rounds[place], known(sample)) }
    }
  }

  private func inOrder(_ samples: [Sample]) -> [Sample] {
    Trace.isInOrder(samples) ? samples : samples.sorted { $0.slot < $1.slot }
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
        var first = round
        (first.left, first.right) = (left, left + 1)
        merged.append(first)
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
