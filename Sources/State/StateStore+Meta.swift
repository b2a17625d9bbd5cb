internal import GRDB

extension StateStore {
  /// The text kept under a key.
  package func meta(_ key: String) throws(StateError) -> String? {
    try reading { try String.fetchOne($0, sql: "SELECT value FROM meta WHERE key = ?", arguments: [key]) }
  }

  /// Keeps a text; `nil` takes it away.
  package func setMeta(_ key: String, _ value: String?) throws(StateError) {
    try writing { database in
      if let value {
        try database.put(meta: value, for: key)
      } else {
        try database.execute(sql: "DELETE FROM meta WHERE key = ?", arguments: [key])
      }
    }
  }

  func reading<Result>(_ work: (Database) throws -> Result) throws(StateError) -> Result {
    try translating(path) { try database.read(work) }
  }

  func writing<Result>(_ work: (Database) throws -> Result) throws(StateError) -> Result {
    try translating(path) { try database.write(work) }
  }
}

extension Database {
  func put(meta value: String, for key: String) throws {
    try execute(
      sql: "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      arguments: [key, value])
  }
}
