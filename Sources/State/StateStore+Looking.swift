internal import GRDB

extension StateStore {
  /// Opens a state that is there to look at it only: nothing is written, not even where SQLite or a later version of
  /// redeye would. A run beside it goes on.
  package static func openToLook(path: String) throws(StateError) -> StateStore {
    try translating(path) {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(10)
      configuration.label = "state"
      let database = try DatabaseQueue(path: path, configuration: configuration)
      if try database.read(Schema.migrator.hasBeenSuperseded) { throw StateError.newer(path: path) }
      return StateStore(path: path, database: database)
    }
  }
}
