package import Model

package struct Contact: Hashable, Sendable {
  package var name: String
  package var title: String
  package var email: String?

  package init(name: String, title: String, email: String?) {
    self.name = name
    self.title = title
    self.email = email
  }
}

package struct Role: Hashable, Sendable {
  package struct Shift: Hashable, Sendable {
    package var hours: WeeklyHours
    /// First is asked first.
    package var contacts: [String]

    package init(hours: WeeklyHours, contacts: [String]) {
      self.hours = hours
      self.contacts = contacts
    }
  }

  package var name: String
  package var title: String
  package var zone: Zone
  /// The first shift that covers an instant is on duty.
  package var shifts: [Shift]
  /// Asked when no shift covers, or its contacts are used up.
  package var fallback: [String]

  package init(name: String, title: String, zone: Zone, shifts: [Shift], fallback: [String]) {
    self.name = name
    self.title = title
    self.zone = zone
    self.shifts = shifts
    self.fallback = fallback
  }
}

/// A ladder: steps taken one after the other until somebody acknowledges or it is good again.
package struct Escalation: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    /// A role or a contact; `next` asks the contact after the one asked before.
    case notify(String, next: Bool)
    case wait(Int)
    /// From here the last notice is repeated each so many seconds.
    case repeating(Int)
  }

  package var name: String
  package var steps: [Step]

  package init(name: String, steps: [Step]) {
    self.name = name
    self.steps = steps
  }
}
