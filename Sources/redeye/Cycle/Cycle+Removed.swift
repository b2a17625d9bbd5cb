import Config
import Model
import SLA
import State

/// Hosts and objectives that were measured and are no longer in the configuration.
extension Cycle {
  /// Those there are, newest first; what is gone since the run before, or is back, is noted for the state.
  mutating func removed(_ records: [JobID: JobRecord]) throws -> [Removed] {
    let known = try store.removed()
    let hosts = Set(plan.hosts.map(\.name))
    let objectives = Set(plan.objectives.map(\.name))
    let back = known.filter { ($0.kind == .host ? hosts : objectives).contains($0.name) }
    change.returned = back
    let names = Set(known.map { "\($0.kind.rawValue) \($0.name)" })
    let goneHosts = Set(records.keys.map(\.host)).subtracting(hosts).filter { !names.contains("host \($0)") }
    // What was judged long ago only, nobody misses.
    let judged = try store.judgedUntil().filter { $0.value > now - 40 * 86_400 }.keys
    let goneObjectives = Set(judged).subtracting(objectives).filter {
      !names.contains("objective \($0)")
    }
    guard !goneHosts.isEmpty || !goneObjectives.isEmpty else { return known.filter { !back.contains($0) } }
    // The configuration of the run before, as long as this one has not put its own in its place.
    let before = LastGood(of: plan.path).plan().flatMap { $0.hash == plan.hash ? nil : $0 }
    let new =
      goneHosts.sorted().map { removedHost($0, records, before) }
      + (try goneObjectives.sorted().map { try removedObjective($0, before) })
    change.removed = new
    return new + known.filter { !back.contains($0) }
  }

  private func removedHost(_ name: String, _ records: [JobID: JobRecord], _ before: Plan?) -> Removed {
    let host = before?.host(name)
    let last = records.filter { $0.key.host == name }.compactMap(\.value.lastSuccess).max()
    return Removed(
      .host, name, title: host?.title, group: host?.group ?? [], missedAt: now, lastMeasured: last)
  }

  private func removedObjective(_ name: String, _ before: Plan?) throws -> Removed {
    let until = try store.judgedUntil()[name]
    guard let before, let objective = before.objectives.first(where: { $0.name == name }) else {
      return Removed(.objective, name, missedAt: now, lastMeasured: until)
    }
    let figure = try Figures(before, store).now(objective, at: until ?? now)
    let standing = figure.map {
      Removed.Standing(
        window: $0.windowLabel, figure: $0.availabilityText, target: objective.targetText,
        words: $0.standing.words)
    }
    return Removed(.objective, name, title: objective.title, missedAt: now, lastMeasured: until, standing: standing)
  }
}
