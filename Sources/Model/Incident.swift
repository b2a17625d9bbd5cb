/// An objective out of its tolerance for longer than its `for`, from the first bad slot until it is good again.
package struct Incident: Hashable, Sendable, Codable {
  package enum Phase: String, Sendable, Codable { case open, closed }

  /// Numbers count up and are never used again.
  package var number: Int
  package var objective: String
  package var title: String
  /// Where the measured thing lives, for links; the first part of the objective's series.
  package var host: String?
  package var phase: Phase
  /// The first bad slot.
  package var since: Instant
  /// When it was decided, by the run's clock.
  package var openedAt: Instant
  /// The end of the last bad slot, once closed; `nil` where it was closed without being seen good.
  package var until: Instant?
  package var closedAt: Instant?
  /// The ledger's cause when it opened.
  package var cause: String
  package var acknowledgement: Acknowledgement?
  /// Where its escalation stands.
  package var ladder: Ladder
  /// What happened, oldest first.
  package var events: [IncidentEvent]

  package init(
    number: Int, objective: String, title: String, host: String?, since: Instant, openedAt: Instant, cause: String
  ) {
    self.number = number
    self.objective = objective
    self.title = title
    self.host = host
    self.phase = .open
    self.since = since
    self.openedAt = openedAt
    self.cause = cause
    self.ladder = Ladder()
    self.events = []
  }
}

/// An answer to an incident: it stops the escalation until it expires.
package struct Acknowledgement: Hashable, Sendable, Codable {
  package var by: String
  package var at: Instant
  package var until: Instant?
  package var note: String

  package init(by: String, at: Instant, until: Instant? = nil, note: String = "") {
    self.by = by
    self.at = at
    self.until = until
    self.note = note
  }
}

/// The escalation's place: the next step, when it is due, and who has been told.
package struct Ladder: Hashable, Sendable, Codable {
  package var step: Int
  package var dueAt: Instant?
  /// How often each role was notified, to find its next contact.
  package var asked: [String: Int]
  /// Contacts told so far, in order; each gets the closing notice.
  package var told: [String]

  package init(step: Int = 0, dueAt: Instant? = nil, asked: [String: Int] = [:], told: [String] = []) {
    self.step = step
    self.dueAt = dueAt
    self.asked = asked
    self.told = told
  }
}

package struct IncidentEvent: Hashable, Sendable, Codable {
  package enum Kind: String, Sendable, Codable { case opened, notified, escalated, acknowledged, noted, closed }

  package var at: Instant
  package var kind: Kind
  package var text: String

  package init(at: Instant, kind: Kind, text: String) {
    self.at = at
    self.kind = kind
    self.text = text
  }
}

/// A message on its way: written in the same transaction as the change it tells of, marked when it was handed over.
package struct OutboxMessage: Hashable, Sendable, Codable {
  /// Also the Message-ID, so that a message sent twice can be known as one.
  package var id: String
  package var recipient: String
  package var subject: String
  /// The whole message, RFC 5322, CRLF line ends.
  package var bytes: [UInt8]
  package var createdAt: Instant
  package var attempts: Int
  package var nextAttempt: Instant
  package var sentAt: Instant?
  /// Set when it was given up.
  package var failedAt: Instant?
  package var lastError: String?

  package init(id: String, recipient: String, subject: String, bytes: [UInt8], createdAt: Instant) {
    self.id = id
    self.recipient = recipient
    self.subject = subject
    self.bytes = bytes
    self.createdAt = createdAt
    self.attempts = 0
    self.nextAttempt = createdAt
  }
}
