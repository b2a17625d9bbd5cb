internal import GRDB
package import Model

extension StateStore {
  /// The last runs, newest first.
  package func runs(limit: Int) throws(StateError) -> [RunRecord] {
    try reading { database in
      try String.fetchAll(
        database, sql: "SELECT details FROM run ORDER BY number DESC LIMIT ?", arguments: [limit]
      )
      .map { try decoded(RunRecord.self, json: $0) }
    }
  }

  /// The number for the next run.
  package func nextRunNumber() throws(StateError) -> Int {
    try reading { 1 + (try Int.fetchOne($0, sql: "SELECT max(number) FROM run") ?? 0) }
  }
}
