package import Model
package import Platform

/// What a probe is told of the run it works for.
package struct MeasureContext: Sendable {
  /// When the run started, in monotonic seconds.
  package var runStarted: Double
  /// When the measuring must have ended, in monotonic seconds.
  package var deadline: Double
  /// How much at once.
  package var workers: Int
  /// Jobs of one host at once; `nil` for no limit.
  package var perHost: Int?
  package var secrets: SecretStore
  /// Pings of this machine's own uplink.
  package var guards: Set<JobID>
  /// Counts the jobs that have been measured, for who watches the run.
  package var measured: Tally

  package init(
    runStarted: Double, deadline: Double, workers: Int, secrets: SecretStore, guards: Set<JobID> = [],
    measured: Tally = Tally(), perHost: Int? = nil
  ) {
    self.runStarted = runStarted
    self.deadline = deadline
    self.workers = workers
    self.secrets = secrets
    self.guards = guards
    self.measured = measured
    self.perHost = perHost
  }
}

/// Measures jobs of one kind, all by the context's deadline: one outcome for each assignment, in their order. It
/// never throws; what goes wrong is a failure in the reading.
package typealias Measure = @Sendable ([Assignment], MeasureContext) -> [Outcome]
