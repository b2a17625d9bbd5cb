import Config
import Demo
import Model
import SLA

/// In which simulated runs there is something to decide: where a verdict changes, while something is bad and not an
/// incident yet, and when an incident asks to be looked at. In all others nothing could become of the readings.
struct Attention {
  /// When an open incident's next step, or somebody's answer to it, is due.
  var wake: Instant?
  /// Whether something is bad, but not for long enough.
  var isPending = false
  private let lastDay: Instant
  private var wanted: Set<Instant> = []
  /// By objective, with the run that brought each, in order.
  private var waiting: [String: ArraySlice<(at: Instant, observation: Observation)>]

  /// - Parameter lastDay: From here on every run is wanted.
  init(_ plan: Plan, _ runs: [SimulatedRun], _ observations: [String: [Observation]], lastDay: Instant) {
    self.lastDay = lastDay
    let delays = Attention.delays(runs)
    waiting = observations.mapValues { observations in
      observations.map { (at: $0.slot + (delays[$0.series.row.job] ?? 0), observation: $0) }[...]
    }
    guard let first = runs.first?.now, let last = runs.last?.now else { return }
    for objective in plan.objectives {
      let day = Span(from: first.slot(step: objective.step), to: last + plan.settings.step)
      let ledger = judge(
        objective, observations: observations[objective.name] ?? [], from: day.from, to: day.to, configuration: "",
        zone: plan.settings.zone)
      // A slot is seen within its own length.
      for (before, after) in zip(ledger, ledger.dropFirst()) where before.verdict != after.verdict {
        let change = after.span.from
        let looks = stride(from: change.seconds, through: change.seconds + objective.step, by: plan.settings.step)
        wanted.formUnion(looks.map { Instant($0) })
      }
      if let opening = ledger.first, opening.verdict != .good { isPending = true }
    }
  }

  func isWanted(at now: Instant) -> Bool {
    isPending || now >= lastDay || wanted.contains(now) || wake.map { $0 <= now } ?? false
  }

  /// What runs up to now have brought, each once.
  mutating func observations(upTo now: Instant) -> [String: [Observation]] {
    var seen: [String: [Observation]] = [:]
    for name in waiting.keys {
      guard let all = waiting[name], let first = all.first, first.at <= now else { continue }
      let due = all.prefix { $0.at <= now }
      seen[name] = due.map(\.observation)
      waiting[name] = all.dropFirst(due.count)
    }
    return seen
  }

  /// Seconds from the begin of a slot to the run that has its turn; it is the same in every slot of a job.
  private static func delays(_ runs: [SimulatedRun]) -> [JobID: Int] {
    var delays: [JobID: Int] = [:]
    for run in runs {
      for reading in run.readings where delays[reading.job] == nil { delays[reading.job] = run.now - reading.slot }
    }
    return delays
  }
}
