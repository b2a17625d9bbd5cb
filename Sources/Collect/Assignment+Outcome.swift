import Config
import Model
import Platform

extension Assignment {
  /// The outcome with this job's name, slot and step.
  func outcome(
    _ measurements: [Measurement] = [], failure: Failure? = nil, facts: [Fact] = [], cost: Cost = Cost(),
    memory: JobMemory? = nil
  ) -> Outcome {
    Outcome(
      reading: Reading(
        job: job.id, slot: slot, step: job.step, measurements: measurements, failure: failure, facts: facts,
        cost: cost),
      memory: memory)
  }

  /// No numbers, and why; the message is made fit for one line.
  func failed(_ kind: Failure.Class, _ message: String, facts: [Fact] = [], cost: Cost = Cost()) -> Outcome {
    outcome(failure: Failure(kind, message.printable()), facts: facts, cost: cost)
  }
}

extension MeasureContext {
  /// Seconds until the measuring must have ended.
  var remaining: Double { deadline - Clock.monotonic() }

  /// What was spent since a moment in monotonic seconds.
  func cost(since start: Double, bytes: Int = 0, retries: Int = 0) -> Cost {
    Cost(
      startedAfter: Int(max(0, start - runStarted) * 1000), milliseconds: Int((Clock.monotonic() - start) * 1000),
      bytes: bytes, retries: retries)
  }
}
