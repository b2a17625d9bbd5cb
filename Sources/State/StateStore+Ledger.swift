internal import GRDB
package import Model

extension StateStore {
  /// An objective's verdicts over a span, oldest first, cut to it.
  package func ledger(_ objective: String, over span: Span) throws(StateError) -> [LedgerInterval] {
    try reading { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT start, "end", verdict, cause, configuration FROM ledger
          WHERE objective = ?1 AND start < ?3 AND "end" > ?2
            AND start >= coalesce((SELECT max(start) FROM ledger WHERE objective = ?1 AND start <= ?2), 0)
          ORDER BY start
          """)
      return try Row.fetchAll(statement, arguments: [objective, span.from.seconds, span.to.seconds]).map { row in
        let interval = LedgerInterval(row: row, objective: objective)
        var cut = interval
        cut.span = interval.span.intersection(span)
        return cut
      }
    }
  }

  /// The last interval of every objective.
  package func lastVerdicts() throws(StateError) -> [String: LedgerInterval] {
    try reading { database in
      var last: [String: LedgerInterval] = [:]
      for objective in try String.fetchAll(database, sql: "SELECT DISTINCT objective FROM ledger") {
        last[objective] = try database.lastInterval(objective)?.interval
      }
      return last
    }
  }

  /// Up to when each objective is judged.
  package func judgedUntil() throws(StateError) -> [String: Instant] {
    try reading { database in
      var judged: [String: Instant] = [:]
      let rows = try Row.fetchCursor(database, sql: "SELECT objective, until FROM judged")
      while let row = try rows.next() { judged[row[0]] = Instant(row[1]) }
      return judged
    }
  }

  /// Forgets intervals that ended before `instant`.
  package func pruneLedger(before instant: Instant) throws(StateError) {
    try writing { try $0.execute(sql: #"DELETE FROM ledger WHERE "end" <= ?"#, arguments: [instant.seconds]) }
  }
}

extension Database {
  /// No time is counted twice: what the ledger has already is cut off the interval, and one that goes on with the
  /// same verdict, cause and configuration lengthens the last.
  func append(_ interval: LedgerInterval) throws {
    let last = try lastInterval(interval.objective)
    var span = interval.span
    if let last { span.from = max(span.from, last.interval.span.to) }
    guard !span.isEmpty else { return }
    if let last, last.interval.span.to == span.from, last.interval.isContinued(by: interval) {
      try cachedStatement(sql: #"UPDATE ledger SET "end" = ? WHERE id = ?"#)
        .execute(arguments: [span.to.seconds, last.id])
      return
    }
    try cachedStatement(
      sql: """
        INSERT INTO ledger (objective, start, "end", verdict, cause, configuration) VALUES (?, ?, ?, ?, ?, ?)
        """
    )
    .execute(arguments: [
      interval.objective, span.from.seconds, span.to.seconds, interval.verdict.rawValue, interval.cause,
      interval.configuration,
    ])
  }

  func lastInterval(_ objective: String) throws -> (id: Int64, interval: LedgerInterval)? {
    let statement = try cachedStatement(
      sql: """
        SELECT start, "end", verdict, cause, configuration, id FROM ledger WHERE objective = ?
        ORDER BY start DESC LIMIT 1
        """)
    return try Row.fetchOne(statement, arguments: [objective]).map { row in
      (row[5], LedgerInterval(row: row, objective: objective))
    }
  }
}

extension LedgerInterval {
  fileprivate init(row: Row, objective: String) {
    self.init(
      objective: objective, span: Span(from: Instant(row[0]), to: Instant(row[1])),
      verdict: Verdict(rawValue: row[2]) ?? .unknown, cause: row[3], configuration: row[4])
  }

  fileprivate func isContinued(by next: LedgerInterval) -> Bool {
    verdict == next.verdict && cause == next.cause && configuration == next.configuration
  }
}
