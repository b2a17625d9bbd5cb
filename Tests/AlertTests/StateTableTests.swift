import Alert
import Config
import Model
import TestSupport
import Testing

/// Every state an incident can be in against everything that can happen to it.
struct StateTableTests {
  private static let now = World.start + 6_000

  private static let states: [(name: String, make: @Sendable (inout Incident) -> Void)] = [
    ("nobody told", { _ in }),
    ("first told, next later", { $0.stand(step: 2, dueIn: 300, told: ["alice"]) }),
    ("first told, next due", { $0.stand(step: 2, dueIn: 0, told: ["alice"]) }),
    ("two told, all overdue", { $0.stand(step: 2, dueIn: -5_000, told: ["alice"]) }),
    ("repeating, later", { $0.stand(step: 5, dueIn: 60, told: ["alice", "bob", "chief"]) }),
    ("repeating, due", { $0.stand(step: 5, dueIn: -60, told: ["alice", "bob", "chief"]) }),
    ("beyond the last step", { $0.stand(step: 9, dueIn: nil, told: ["alice"]) }),
    ("acknowledged for good", { $0.stand(step: 2, dueIn: -60, told: ["alice"], acknowledgedFor: nil) }),
    ("acknowledged until later", { $0.stand(step: 2, dueIn: -60, told: ["alice"], acknowledgedFor: 600) }),
    ("acknowledgement ran out", { $0.stand(step: 2, dueIn: -600, told: ["alice"], acknowledgedFor: -60) }),
    ("closed", { $0.phase = .closed }),
  ]

  private static let bad = "up is 0, minimum 1"

  private static let events: [(name: String, tail: [(Verdict, Int)]?, isPlanned: Bool)] = [
    ("bad", [(.bad, 6_000)], true), ("unknown", [(.bad, 5_000), (.unknown, 1_000)], true),
    ("excluded", [(.bad, 5_000), (.excluded, 1_000)], true), ("good", [(.bad, 5_000), (.good, 1_000)], true),
    ("unknown, then good", [(.bad, 4_000), (.unknown, 1_000), (.good, 1_000)], true),
    ("good, then bad", [(.bad, 4_000), (.good, 1_000), (.bad, 1_000)], true), ("an empty ledger", [], true),
    ("no condition", nil, true), ("removed", [(.bad, 6_000)], false),
  ]

  private func result(_ state: (inout Incident) -> Void, _ tail: [(Verdict, Int)]?, _ isPlanned: Bool) -> Advance {
    var incident = Incident(
      number: 1, objective: "www", title: "The website answers", host: "www", since: World.start,
      openedAt: World.start + 185, cause: Self.bad)
    incident.events = [IncidentEvent(at: World.start + 185, kind: .opened, text: Self.bad)]
    state(&incident)
    var plan = World().plan
    if !isPlanned { plan.objectives = [] }
    return advance(
      open: [incident], nextNumber: 2, conditions: conditions(tail), plan: plan, now: Self.now)
  }

  private func conditions(_ tail: [(Verdict, Int)]?) -> [Condition] {
    guard let tail else { return [] }
    var ledger: [LedgerInterval] = []
    var cursor = World.start
    for (verdict, seconds) in tail {
      ledger.append(
        LedgerInterval(
          objective: "www", span: Span(from: cursor, to: cursor + seconds), verdict: verdict,
          cause: verdict == .bad ? Self.bad : "", configuration: ""))
      cursor = cursor + seconds
    }
    return [Condition(objective: World.objective(), latest: ledger)]
  }

  @Test func `every state and event has the result the table says`() throws {
    var table = ""
    for state in Self.states {
      table += "\(state.name)\n"
      for event in Self.events {
        let result = result(state.make, event.tail, event.isPlanned)
        table += "  \(event.name): \(result.line(at: Self.now))\n"
      }
    }
    try golden("states.txt", table)
  }

  @Test func `a run that is repeated decides nothing new`() {
    for state in Self.states {
      for event in Self.events {
        let first = result(state.make, event.tail, event.isPlanned)
        var plan = World().plan
        if !event.isPlanned { plan.objectives = [] }
        let second = advance(
          open: first.incidents, nextNumber: first.nextNumber, conditions: conditions(event.tail), plan: plan,
          now: Self.now)
        // An incident that did not change is not in the result, and one that is gone from there may open anew.
        guard first.incidents.contains(where: { $0.phase == .open }) else { continue }
        #expect(second.notices.isEmpty && second.incidents.isEmpty, "\(state.name), \(event.name)")
      }
    }
  }
}

extension Incident {
  fileprivate mutating func stand(step: Int, dueIn seconds: Int?, told: [String]) {
    ladder = Ladder(step: step, dueAt: seconds.map { World.start + 6_000 + $0 }, told: told)
    for contact in told {
      events.append(IncidentEvent(at: World.start + 185, kind: .notified, text: contact))
    }
  }

  fileprivate mutating func stand(step: Int, dueIn seconds: Int?, told: [String], acknowledgedFor length: Int?) {
    stand(step: step, dueIn: seconds, told: told)
    acknowledgement = Acknowledgement(
      by: told[0], at: World.start + 300, until: length.map { World.start + 6_000 + $0 })
  }
}

extension Advance {
  fileprivate func line(at now: Instant) -> String {
    let reasons = decisions.map { "\($0.reason)" }
    let told = notices.map { "\($0.contact) \($0.reason)" }
    let left = incidents.map { incident in
      let due = incident.ladder.dueAt.map { ", step \(incident.ladder.step) in \($0 - now) s" } ?? ""
      return "#\(incident.number) \(incident.phase)\(due)"
    }
    return [reasons, told, left].map { $0.isEmpty ? "-" : $0.joined(separator: ", ") }.joined(separator: " | ")
  }
}
