/// One run, as the run journal page shows it.
package struct RunRecord: Hashable, Sendable, Codable {
  /// Counts up with each run.
  package var number: Int
  package var slot: Instant
  package var startedAt: Instant
  package var milliseconds: Int
  package var collected: Int
  package var failed: Int
  package var skipped: Int
  package var samples: Int
  /// One line for each thing that was not as it should be; empty after a good run.
  package var degraded: [String]
  /// Milliseconds of each stage, in order.
  package var stages: [Stage]
  /// What there was no time for, by reason; `nil` where nothing was left out.
  package var leftOut: [LeftOut]?
  /// Jobs that were due and are switched off; `nil` for none.
  package var disabled: Int?

  /// Jobs that were left out for one reason.
  package struct LeftOut: Hashable, Sendable, Codable {
    package var count: Int
    package var reason: String
    /// Some of them, by name.
    package var examples: [JobID]

    package init(count: Int, reason: String, examples: [JobID]) {
      self.count = count
      self.reason = reason
      self.examples = examples
    }
  }

  package struct Stage: Hashable, Sendable, Codable {
    package var name: String
    package var milliseconds: Int

    package init(_ name: String, milliseconds: Int) {
      self.name = name
      self.milliseconds = milliseconds
    }
  }

  package init(
    number: Int, slot: Instant, startedAt: Instant, milliseconds: Int = 0, collected: Int = 0, failed: Int = 0,
    skipped: Int = 0, samples: Int = 0, degraded: [String] = [], stages: [Stage] = [], leftOut: [LeftOut]? = nil,
    disabled: Int? = nil
  ) {
    self.number = number
    self.slot = slot
    self.startedAt = startedAt
    self.milliseconds = milliseconds
    self.collected = collected
    self.failed = failed
    self.skipped = skipped
    self.samples = samples
    self.degraded = degraded
    self.stages = stages
    self.leftOut = leftOut
    self.disabled = disabled
  }
}
