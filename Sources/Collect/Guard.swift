import Config
import Model

/// The outcomes, where everything silent is unknown if none of the guards was answered: a machine without a way out
/// cannot tell whether its targets are up.
///
/// What did answer keeps its numbers, and a guard its own: that the uplink is down was measured. Guards that were not
/// due say nothing.
func guarded(_ outcomes: [(probe: Probe, outcome: Outcome)], by guards: Set<JobID>) -> [Outcome] {
  let watch = outcomes.map(\.outcome.reading).filter { guards.contains($0.job) }
  guard !watch.isEmpty, watch.allSatisfy(\.isSilent) else { return outcomes.map(\.outcome) }
  let names = watch.map(\.job.description).sorted().joined(separator: " and ")
  return outcomes.map { probe, outcome in
    guard probe.reachesOut, outcome.reading.isSilent, !guards.contains(outcome.reading.job) else { return outcome }
    var outcome = outcome
    outcome.reading = outcome.reading.cutOff(names)
    return outcome
  }
}

extension Probe {
  /// Whether it asks something that is not on this machine.
  fileprivate var reachesOut: Bool {
    switch self {
    case .system, .script: false
    default: true
    }
  }
}

extension Reading {
  /// Whether nobody answered: a failure, or nothing that is up.
  var isSilent: Bool {
    let up = measurements.filter { $0.metric == "up" }.compactMap(\.value)
    return up.isEmpty ? failure != nil : up.allSatisfy { $0 == 0 }
  }

  fileprivate func cutOff(_ guards: String) -> Reading {
    var reading = self
    for index in reading.measurements.indices { reading.measurements[index].value = nil }
    let own = failure.map { " (\($0.description))" } ?? ""
    reading.failure = Failure(.cutOff, "nothing is known of it while \(guards) gets no answer\(own)")
    return reading
  }
}
