package import Model

/// Something a person is to be told, and why.
package struct Notice: Hashable, Sendable {
  package enum Reason: String, Hashable, Sendable {
    /// Out of tolerance for as long as the objective's `for`.
    case opened
    /// The next step of the escalation was due.
    case escalated
    /// Still open after the repeat interval.
    case repeated
    /// Good again; goes to everybody who was told.
    case closed
    /// Closed because its objective is no longer configured; says nothing about the service. Goes to everybody told.
    case withdrawn
  }

  package var reason: Reason
  package var incident: Incident
  /// The contact's name in the plan.
  package var contact: String
  /// Why this person: `network-oncall, first of shift mon-fri 08:00-18:00`.
  package var why: String

  package init(reason: Reason, incident: Incident, contact: String, why: String) {
    self.reason = reason
    self.incident = incident
    self.contact = contact
    self.why = why
  }
}
