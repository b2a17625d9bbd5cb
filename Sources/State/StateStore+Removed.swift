internal import GRDB
package import Model

/// What is gone from the configuration.
extension StateStore {
  /// Newest first.
  package func removed() throws(StateError) -> [Removed] {
    try reading { database in
      try String.fetchAll(database, sql: "SELECT details FROM removed ORDER BY missed_at DESC, kind, name").map {
        try decoded(Removed.self, json: $0)
      }
    }
  }
}

extension Database {
  func put(_ removed: Removed) throws {
    try execute(
      sql: "INSERT OR REPLACE INTO removed (kind, name, missed_at, details) VALUES (?, ?, ?, ?)",
      arguments: [removed.kind.rawValue, removed.name, removed.missedAt.seconds, try jsonText(removed)])
  }

  /// It is back.
  func forget(_ removed: Removed) throws {
    try execute(
      sql: "DELETE FROM removed WHERE kind = ? AND name = ?", arguments: [removed.kind.rawValue, removed.name])
  }
}
