/// What to ask one agent, in order.
package struct Conversation: Sendable {
  package enum Operation: Hashable, Sendable {
    case get([OID])
    /// The columns of one table, side by side.
    case walk([OID])
  }

  package var agent: Agent
  package var operations: [Operation]
  /// Seconds for all of it, counted from its first request.
  package var limit: Double

  package init(_ agent: Agent, _ operations: [Operation], limit: Double = .infinity) {
    self.agent = agent
    self.operations = operations
    self.limit = limit
  }
}

/// What came of an operation: all that was read, and why it is not more.
package struct Answer: Hashable, Sendable {
  /// In the order of the objects asked for, or row by row.
  package var bindings: [VarBind]
  /// Set where something is missing.
  package var error: SNMPError?
  /// Monotonic seconds of its first request and its last answer.
  package var began: Double
  package var ended: Double

  package init(bindings: [VarBind] = [], error: SNMPError? = nil, began: Double = 0, ended: Double = 0) {
    self.bindings = bindings
    self.error = error
    self.began = began
    self.ended = ended
  }
}

/// What came of a conversation: one answer for each operation, and what it cost.
package struct Transcript: Sendable {
  package var answers: [Answer]
  /// Monotonic seconds; the same where it never began.
  package var began: Double
  package var ended: Double
  /// Bytes received.
  package var bytes: Int
  /// Requests that were sent again.
  package var retries: Int
  /// Rows for each GETBULK the agent could bear after answers got lost; `nil` where none did.
  package var bearable: Int?
}

/// Why an operation has not all it asked for.
package struct SNMPError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, CaseIterable {
    /// No answer. A wrong community looks the same: agents keep silent.
    case timeout
    /// Nothing listens there, or there is no way to it.
    case refused
    /// The host has no address.
    case resolve
    /// The agent said no.
    case denied
    /// An answer that breaks the rules.
    case garbage
    /// More than is read of one table.
    case limit
    /// The run ended first.
    case deadline
    /// Something of this machine, or an argument that cannot be used.
    case local
  }

  package var kind: Kind
  /// The object at which it stopped.
  package var oid: OID?
  /// What happened and the way out; neither the host nor a secret.
  package var text: String

  package init(_ kind: Kind, at oid: OID? = nil, _ text: String) {
    self.kind = kind
    self.oid = oid
    self.text = text
  }

  package var description: String { oid.map { "\(text), at \($0)" } ?? text }
}
