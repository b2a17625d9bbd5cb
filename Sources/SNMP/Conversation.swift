/// What to ask one agent, in order.
package struct Conversation: Sendable {
  package enum Operation: Hashable, Sendable {
    case get([OID])
    /// The columns of one table, side by side.
    case walk([OID])

    /// The columns of an answer that never came.
    var unread: [ReadColumn] {
      switch self {
      case .get: [ReadColumn(isComplete: false)]
      case .walk(let columns): columns.map { _ in ReadColumn(isComplete: false) }
      }
    }
  }

  package var agent: Agent
  package var operations: [Operation]
  /// Seconds for all of it, counted from its first request.
  package var limit: Double
  package var walkLimits: WalkLimits
  /// What an earlier conversation found of columns that are not answered.
  package var silence: [OID: ColumnSilence]

  package init(
    _ agent: Agent, _ operations: [Operation], limit: Double = .infinity, walkLimits: WalkLimits = WalkLimits(),
    silence: [OID: ColumnSilence] = [:]
  ) {
    self.agent = agent
    self.operations = operations
    self.limit = limit
    self.walkLimits = walkLimits
    self.silence = silence
  }
}

/// Of a column that was not answered while others were.
package enum ColumnSilence: String, Hashable, Sendable {
  /// One of several that were asked for together when time was over; it is asked for after all others.
  case suspected
  /// Alone it is not answered, and others are; it is not asked for.
  case certain
}

/// What was read of one column, in the order of its rows.
package struct ReadColumn: Hashable, Sendable {
  /// The column; without parts where single objects were read.
  package var root: OID
  /// Each under what its name has behind the root.
  package var rows: Bindings
  /// False where it was left before its end: then rows behind the last one may be there or not.
  package var isComplete: Bool
  /// To be given as `Conversation.silence` for a while: asking again costs all the waiting again.
  package var silence: ColumnSilence?

  package init(
    _ rows: Bindings = [], under root: OID = OID([]), isComplete: Bool = true, silence: ColumnSilence? = nil
  ) {
    self.root = root
    self.rows = rows
    self.isComplete = isComplete
    self.silence = silence
  }

  /// With their whole names.
  package var bindings: Bindings {
    root.count == 0 ? rows : Bindings(rows.map { VarBind(root.appending($0.oid), $0.value) })
  }
}

/// What came of an operation: all that was read, and why it is not more.
package struct Answer: Hashable, Sendable {
  /// For a walk one for each column, in their order; for a get a single one, in the order of its objects.
  package var columns: [ReadColumn]
  /// Set where something is missing.
  package var error: SNMPError?
  /// Monotonic seconds of its first request and its last answer.
  package var began: Double
  package var ended: Double

  /// Column by column.
  package var bindings: Bindings {
    columns.count == 1 ? columns[0].bindings : columns.reduce(into: []) { $0 += $1.bindings }
  }

  package init(columns: [ReadColumn] = [], error: SNMPError? = nil, began: Double = 0, ended: Double = 0) {
    self.columns = columns
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
  /// Rows for each GETBULK the agent could bear after it found one too big or an answer got lost, 0 for none at all;
  /// `nil` where that did not happen. To be kept and given as `Agent.maxRepetitions` next time.
  package var bearable: Int?
  /// The engine of version 3, to be kept and given as `Agent.engine` next time.
  package var engine: KnownEngine?
}
