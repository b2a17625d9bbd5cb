package import Model

/// When a job is due.
package enum Schedule: Hashable, Sendable {
  /// In every slot of its step, at a time that a hash of its name settles.
  case grid
  /// At these times of the zone. No two of them share a slot of the job's step.
  case cron(Cron, Zone)
  /// Once, at this time, or up to `late` seconds after it.
  case once(Instant, late: Int)
}

/// How much a job matters where there is no time for all.
package enum Priority: String, Hashable, Sendable, CaseIterable {
  case low, normal, high

  /// How many jobs of low priority weigh as much.
  package var weight: Double {
    switch self {
    case .low: 1
    case .normal: 4
    case .high: 16
    }
  }
}
