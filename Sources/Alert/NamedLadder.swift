import Config

/// The steps an objective's incidents take, and where they come from.
struct NamedLadder: Hashable {
  /// For print: `escalation default`, `notify of www-answers`.
  var name: String
  var steps: [Escalation.Step]
  /// Why there are none.
  var origin: String = ""
}

extension Plan {
  /// The objective's own escalation, else one step to whom it notifies, else the escalation `default`, else none.
  func ladder(of objective: Objective) -> NamedLadder {
    if let name = objective.escalation, let escalation = escalations[name] {
      return NamedLadder(name: "escalation \(name)", steps: escalation.steps, origin: "escalation \(name) has no steps")
    }
    if let target = objective.notify {
      return NamedLadder(name: "notify of \(objective.name)", steps: [.notify(target, next: false)])
    }
    if let escalation = escalations["default"] {
      return NamedLadder(
        name: "escalation default", steps: escalation.steps, origin: "escalation default has no steps")
    }
    return NamedLadder(
      name: "", steps: [],
      origin: "“\(objective.name)” has neither notify nor escalation, and there is no escalation default")
  }
}
