internal import GRDB
package import Model

/// What people wrote down. Each note has a row of its own, so that writing one needs no lock of a run: the next report
/// reads it.
extension StateStore {
  /// The newest by what they tell of, newest first.
  package func notes(limit: Int) throws(StateError) -> [Note] {
    try notes("ORDER BY at DESC, number DESC LIMIT ?", [limit])
  }

  /// Newest first.
  package func notes(on subject: Note.Subject) throws(StateError) -> [Note] {
    try notes("WHERE kind = ? AND name = ? ORDER BY at DESC, number DESC", [subject.kind.rawValue, subject.name])
  }

  /// Everything there are notes on.
  package func noted() throws(StateError) -> Set<Note.Subject> {
    try reading { database in
      let rows = try Row.fetchAll(database, sql: "SELECT DISTINCT kind, name FROM note")
      return Set(rows.compactMap { row in Note.Kind(rawValue: row[0]).map { Note.Subject($0, row[1]) } })
    }
  }

  /// Keeps a note; safe on the disk when it returns.
  /// - Returns: its number.
  package func add(_ note: Note) throws(StateError) -> Int {
    try writing { database in
      try database.execute(
        sql: #"INSERT INTO note (kind, name, at, "by", text, written_at) VALUES (?, ?, ?, ?, ?, ?)"#,
        arguments: [
          note.subject.kind.rawValue, note.subject.name, note.at.seconds, note.by, note.text, note.writtenAt.seconds,
        ])
      return Int(database.lastInsertedRowID)
    }
  }

  /// Takes a note away.
  /// - Returns: the note; `nil` where there is none of that number.
  package func removeNote(_ number: Int) throws(StateError) -> Note? {
    guard let note = try notes("WHERE number = ?", [number]).first else { return nil }
    try writing { try $0.execute(sql: "DELETE FROM note WHERE number = ?", arguments: [number]) }
    return note
  }

  private func notes(_ condition: String, _ arguments: StatementArguments) throws(StateError) -> [Note] {
    try reading { database in
      let rows = try Row.fetchAll(
        database, sql: #"SELECT number, kind, name, at, "by", text, written_at FROM note \#(condition)"#,
        arguments: arguments)
      return rows.compactMap { row in
        guard let kind = Note.Kind(rawValue: row[1]) else { return nil }
        return Note(
          number: row[0], on: Note.Subject(kind, row[2]), at: Instant(row[3]), by: row[4], text: row[5],
          writtenAt: Instant(row[6]))
      }
    }
  }
}
