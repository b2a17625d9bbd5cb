package import Config
package import Model
import SLA

/// An objective with the end of its ledger.
package struct Condition: Sendable {
  package var objective: Objective
  /// Oldest first, up to the last judged slot: from the last good interval on (that one included), and while an
  /// incident is open at least from its first bad slot on.
  package var latest: [LedgerInterval]

  package init(objective: Objective, latest: [LedgerInterval]) {
    self.objective = objective
    // Between two measurements of a schedule of its own an objective stands as the last one left it.
    self.latest = latest.filter { !$0.isBetweenTimes }
  }
}

/// What a run has to write and to say.
package struct Advance: Hashable, Sendable {
  /// New and changed incidents; the others stay as they are.
  package var incidents: [Incident]
  package var notices: [Notice]
  package var nextNumber: Int
  /// What was decided and why, also where nothing changed.
  package var decisions: [Decision]

  package init(incidents: [Incident], notices: [Notice], nextNumber: Int, decisions: [Decision]) {
    self.incidents = incidents
    self.notices = notices
    self.nextNumber = nextNumber
    self.decisions = decisions
  }
}

/// One decision with its reason, for `alert explain` and the run's log.
package struct Decision: Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Bad, for less than the objective's `for`.
    case notYet
    case opened
    /// Open, and the last slot is bad.
    case stillBad
    /// Open, and the last slot was not measured: not good again.
    case heldUnknown
    /// Open, and the service need not work now.
    case heldExcluded
    /// Open, and the ledger has nothing new.
    case noWord
    case closed
    case withdrawn
    /// A contact gets the first notice of the incident.
    case told
    case escalated
    case repeated
    /// The contact already has a notice of this run.
    case alreadyTold
    /// A contact that cannot be reached was passed over.
    case skipped
    /// There was nobody to tell.
    case nobody
    /// Acknowledged: the ladder waits.
    case acknowledged
    /// The acknowledgement ran out: the ladder goes on.
    case expired
  }

  package var reason: Reason
  package var objective: String
  /// `nil` before there is an incident.
  package var incident: Int?
  package var text: String

  package init(_ reason: Reason, objective: String, incident: Int?, text: String) {
    self.reason = reason
    self.objective = objective
    self.incident = incident
    self.text = text
  }
}

/// What has to happen now: incidents that open and close, and the steps of their ladders that are due.
///
/// Only open incidents are looked at. An incident opens when its objective was bad for as long as its `for`, counted
/// in judged seconds since the last good slot; unknown slots in between neither count nor clear, excluded time starts
/// the count anew. It closes at the first good slot after it, and not on unknown or excluded ones. While the last slot
/// is excluded its ladder rests. An incident whose objective is gone from the plan is withdrawn.
package func advance(
  open incidents: [Incident], nextNumber: Int, conditions: [Condition], plan: Plan, now: Instant
) -> Advance {
  var result = Advance(incidents: [], notices: [], nextNumber: nextNumber, decisions: [])
  let known = Dictionary(plan.objectives.map { ($0.name, $0) }) { first, _ in first }
  let tails = Dictionary(conditions.map { ($0.objective.name, $0) }) { first, _ in first }
  var stillOpen: Set<String> = []
  for incident in incidents.sorted(by: { $0.number < $1.number }) where incident.phase == .open {
    let after = incident.advanced(
      objective: tails[incident.objective]?.objective ?? known[incident.objective],
      isPlanned: known[incident.objective] != nil, tail: tails[incident.objective]?.latest ?? [], plan: plan, now: now)
    result.add(after, before: incident)
    if after.incident.phase == .open { stillOpen.insert(incident.objective) }
  }
  for condition in conditions where known[condition.objective.name] != nil {
    if stillOpen.insert(condition.objective.name).inserted { result.openIfDue(condition, plan: plan, now: now) }
  }
  return result
}

extension Advance {
  fileprivate mutating func add(_ course: Course, before: Incident?) {
    if course.incident != before { incidents.append(course.incident) }
    notices += course.finishedNotices
    decisions += course.decisions
  }

  fileprivate mutating func openIfDue(_ condition: Condition, plan: Plan, now: Instant) {
    guard let run = badRun(condition.latest) else { return }
    let objective = condition.objective
    guard run.seconds >= objective.holdDown else {
      let text = "\(run.cause); bad for \(durationText(run.seconds)) of \(durationText(objective.holdDown))"
      decisions.append(Decision(.notYet, objective: objective.name, incident: nil, text: text))
      return
    }
    add(Course(opening: objective, run, number: nextNumber, plan: plan, now: now), before: nil)
    nextNumber += 1
  }
}
