package import Model

extension Reading {
  /// How the job now stands, after how it stood.
  ///
  /// - Parameter isShort: The attempt had less than all its time.
  package func record(after previous: JobRecord?, isShort: Bool = false) -> JobRecord {
    guard failure?.kind != .leftOut, failure?.kind != .disabled else { return unasked(after: previous, isShort) }
    let failed = hasFailed
    return JobRecord(
      job: job, lastSlot: slot, lastSuccess: failed ? previous?.lastSuccess : slot, failure: failure,
      failuresInARow: failed ? (previous?.failuresInARow ?? 0) + 1 : 0,
      failingSince: failed ? previous?.failingSince ?? slot : nil, cost: cost,
      facts: facts.isEmpty && failed ? previous?.facts ?? [] : facts,
      learned: (previous?.learned ?? Learned()).after(self, isShort: isShort))
  }

  /// True where there is a failure and not one number was measured.
  package var isEmpty: Bool { failure != nil && measurements.allSatisfy { $0.value == nil } }

  /// Whether nothing was measured, or what was is bad. Good numbers beside one that could not be had are a success with
  /// a note.
  private var hasFailed: Bool {
    guard failure != nil else { return false }
    guard let up = measurements.first(where: { $0.metric == "up" && $0.instance == nil }) else { return isEmpty }
    return up.value != 1
  }

  /// Nothing was learned, but that it waits.
  private func unasked(after previous: JobRecord?, _ isShort: Bool) -> JobRecord {
    var record = previous ?? JobRecord(job: job, lastSlot: slot)
    record.lastSlot = slot
    record.failure = failure
    guard failure?.kind == .leftOut else { return record }
    record.learned.leftOut += 1
    if isShort { record.learned.silent += 1 }
    return record
  }
}

extension Learned {
  fileprivate func after(_ reading: Reading, isShort: Bool) -> Learned {
    var learned = self
    switch reading.failure?.kind {
    // Of this side: nothing was learned of the other.
    case .local, .secret, .cutOff: return self
    case .deadline:
      learned.leftOut += 1
      return learned
    default: break
    }
    if !isShort { learned.leftOut = 0 }
    if reading.isUnanswered {
      learned.silent += 1
      learned.isConfirmed = isConfirmed || !isShort || learned.silent >= Assignment.dead
      return learned
    }
    (learned.silent, learned.isConfirmed) = (0, false)
    let now = max(1, reading.cost.milliseconds)
    learned.milliseconds = milliseconds == 0 ? now : (milliseconds * 3 + now) / 4
    return learned
  }
}
