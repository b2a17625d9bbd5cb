package import Config
package import Model

/// A job that is due, with the slot its reading belongs to and what it remembered.
package struct Assignment: Sendable {
  package var job: Job
  package var slot: Instant
  package var memory: JobMemory?
  /// What runs before learned of it.
  package var learned: Learned
  /// How much it matters, against others.
  package var importance: Double

  package init(
    job: Job, slot: Instant, memory: JobMemory? = nil, learned: Learned = Learned(), importance: Double = 1
  ) {
    self.job = job
    self.slot = slot
    self.memory = memory
    self.learned = learned
    self.importance = importance
  }
}

/// What came of an assignment. `memory` replaces the job's; `nil` keeps it.
package struct Outcome: Sendable {
  package var reading: Reading
  package var memory: JobMemory?
  /// Whether the attempt had less than all its time, so that silence in it says little.
  package var isShort = false

  package init(reading: Reading, memory: JobMemory? = nil) {
    self.reading = reading
    self.memory = memory
  }
}
