import Config
import Model
import Platform
import State

/// How a run shares out its time. Cron starts the next run a step after this one and finds the lock held if this one
/// still runs, so what can wait does.
///
/// Collecting ends at the deadline. From there to the next run a quarter is left for mail, another for drawing, and half
/// for publishing what was drawn. What was measured goes into the journal and is judged whatever the time.
extension Cycle {
  /// Monotonic seconds after which nothing is measured any more: the deadline, or sooner where judging and writing took
  /// more of the rest of the last runs than is theirs.
  var collectEnd: Double {
    let (deadline, step) = (Double(plan.settings.deadline), Double(plan.settings.step))
    guard isTimed else { return started + deadline }
    let runs = (try? store.runs(limit: 5)) ?? []
    let needed = runs.map { $0.seconds(of: ["judge", "commit"]) }.max() ?? 0
    return started + max(deadline / 3, deadline - max(0, needed - max(0, step - deadline) * 0.25))
  }

  /// Monotonic seconds after which no further stretch of a backlog in the journal is begun.
  var replayEnd: Double { end(share: 0) }
  /// Monotonic seconds after which no further message is handed over.
  var mailEnd: Double { end(share: 0.25) }
  /// Monotonic seconds after which no further picture is drawn.
  var drawingEnd: Double { end(share: 0.5) }

  private func end(share: Double) -> Double {
    guard isTimed else { return .infinity }
    let (deadline, step) = (Double(plan.settings.deadline), Double(plan.settings.step))
    return started + deadline + max(0, step - deadline) * share
  }
}

extension RunRecord {
  fileprivate func seconds(of names: Set<String>) -> Double {
    Double(stages.filter { names.contains($0.name) }.map(\.milliseconds).reduce(0, +)) / 1_000
  }
}
