package import Config
package import Model

/// A job that is due, with the slot its reading belongs to and what it remembered.
package struct Assignment: Sendable {
  package var job: Job
  package var slot: Instant
  package var memory: JobMemory?

  package init(job: Job, slot: Instant, memory: JobMemory? = nil) {
    self.job = job
    self.slot = slot
    self.memory = memory
  }
}

/// What came of an assignment. `memory` replaces the job's; `nil` keeps it.
package struct Outcome: Sendable {
  package var reading: Reading
  package var memory: JobMemory?

  package init(reading: Reading, memory: JobMemory? = nil) {
    self.reading = reading
    self.memory = memory
  }
}
