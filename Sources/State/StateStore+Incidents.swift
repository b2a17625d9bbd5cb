internal import GRDB
package import Model

extension StateStore {
  /// Open incidents, oldest first.
  package func openIncidents() throws(StateError) -> [Incident] {
    try incidents("WHERE phase = 'open' ORDER BY number")
  }

  /// The newest incidents, open or closed, newest first.
  package func recentIncidents(limit: Int) throws(StateError) -> [Incident] {
    try incidents("ORDER BY number DESC LIMIT ?", [limit])
  }

  package func incident(_ number: Int) throws(StateError) -> Incident? {
    try incidents("WHERE number = ?", [number]).first
  }

  /// The number for the next incident; numbers are never used again, and not after a restored snapshot either as
  /// long as it saw them.
  package func nextIncidentNumber() throws(StateError) -> Int {
    try reading { 1 + (try Int.fetchOne($0, sql: "SELECT max(number) FROM incident") ?? 0) }
  }

  /// Answers an incident; safe on the disk when it returns, whatever a run beside it commits.
  /// - Returns: the incident as it now stands.
  @discardableResult
  package func acknowledge(_ number: Int, _ answer: Acknowledgement) throws(StateError) -> Incident {
    try writing { database in
      guard let incident = try database.incidents("WHERE number = ?", [number]).first else {
        throw StateError.noIncident(number)
      }
      guard incident.phase == .open else { throw StateError.closedIncident(number) }
      try database.execute(
        sql: #"INSERT INTO acknowledgement (incident, "by", at, until, note) VALUES (?, ?, ?, ?, ?)"#,
        arguments: [number, answer.by, answer.at.seconds, answer.until?.seconds, answer.note])
      return incident.answered(answer)
    }
  }

  private func incidents(_ condition: String, _ arguments: StatementArguments = []) throws(StateError) -> [Incident] {
    try reading { try $0.incidents(condition, arguments) }
  }
}

extension Database {
  func put(_ incident: Incident) throws {
    try execute(
      sql: """
        INSERT INTO incident (number, phase, objective, since, details) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (number) DO UPDATE SET phase = excluded.phase, objective = excluded.objective,
          since = excluded.since, details = excluded.details
        """,
      arguments: [
        incident.number, incident.phase.rawValue, incident.objective, incident.since.seconds, try jsonText(incident),
      ])
  }

  fileprivate func incidents(_ condition: String, _ arguments: StatementArguments) throws -> [Incident] {
    try Row.fetchAll(self, sql: "SELECT details FROM incident \(condition)", arguments: arguments).map { row in
      var incident = try decoded(Incident.self, json: row[0])
      for answer in try answers(to: incident.number) { incident = incident.answered(answer) }
      return incident
    }
  }

  private func answers(to incident: Int) throws -> [Acknowledgement] {
    let statement = try cachedStatement(
      sql: #"SELECT "by", at, until, note FROM acknowledgement WHERE incident = ? ORDER BY id"#)
    return try Row.fetchAll(statement, arguments: [incident]).map { row in
      Acknowledgement(
        by: row[0], at: Instant(row[1]), until: (row[2] as Int?).map(Instant.init), note: row[3])
    }
  }
}

extension Incident {
  /// The incident with an answer taken in, unless its events tell of it already.
  ///
  /// A run that began before the answer was given writes the incident without it; so an answer stands in its own table
  /// and is taken in at every reading until the incident tells of it.
  fileprivate func answered(_ answer: Acknowledgement) -> Incident {
    let until = answer.until.map { " until \(stampText($0))" } ?? ""
    let note = answer.note.isEmpty ? "" : ": \(answer.note)"
    let event = IncidentEvent(at: answer.at, kind: .acknowledged, text: "by \(answer.by)\(until)\(note)")
    guard !events.contains(event) else { return self }
    var result = self
    result.acknowledgement = answer
    result.events.append(event)
    return result
  }
}
