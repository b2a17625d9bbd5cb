import Foundation
internal import GRDB
package import Model
import Platform

/// What redeye remembers from one run to the next, in one SQLite file.
///
/// A run changes it with one `commit`; other commands only answer incidents and mark messages. A rollback journal and
/// not a write-ahead log: SQLite before 3.51.3 can damage a database in WAL mode when two processes write, and Debian
/// 12 has 3.40.1.
package struct StateStore: Sendable {
  package let path: String
  let database: DatabaseQueue

  /// A store and what had to be done to get it.
  package struct Opened: Sendable {
    package var store: StateStore
    /// One line for each thing a person must know: a damaged file set aside, a snapshot restored.
    package var problems: [String]
  }

  /// Opens the state for a run, which holds the lock: a damaged or lost file is set aside in `quarantine/` beside it
  /// and the newest good snapshot takes its place.
  ///
  /// - Parameter isSynced: Whether a commit waits until it is safe on the disk. Without, what a machine that fails leaves
  ///   behind may be damaged; for states that can be made again.
  package static func open(path: String, now: Instant, isSynced: Bool = true) throws(StateError) -> Opened {
    try translating(path) {
      try makeFolder((path as NSString).deletingLastPathComponent)
      do {
        return Opened(store: try connected(path, checking: true, isSynced: isSynced), problems: [])
      } catch let damage as StateDamage {
        let problem = try Recovery(path: path, now: now).restore(after: damage)
        return Opened(store: try connected(path, checking: false), problems: [problem])
      }
    }
  }

  /// Opens the state for a command that runs beside a run; damage is an error here.
  package static func openShared(path: String) throws(StateError) -> StateStore {
    try translating(path) {
      do {
        return try connected(path, checking: true)
      } catch let damage as StateDamage {
        throw StateError.damaged(path: path, text: damage.text)
      }
    }
  }

  private static func connected(_ path: String, checking: Bool, isSynced: Bool = true) throws -> StateStore {
    if checking { try Recovery.refuseLostFile(path) }
    makeFile(path)
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration(isSynced: isSynced))
      if checking, let fault = try quickCheck(database) { throw StateDamage(text: fault) }
      if try database.read(Schema.migrator.hasBeenSuperseded) { throw StateError.newer(path: path) }
      try Schema.migrator.migrate(database)
      return StateStore(path: path, database: database)
    } catch let error as DatabaseError where error.isDamage {
      throw StateDamage(text: error.message ?? error.resultCode.description)
    }
  }

  private static func configuration(isSynced: Bool) -> Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(10)
    configuration.label = "state"
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = TRUNCATE;
          PRAGMA synchronous = \(isSynced ? "FULL" : "OFF");
          PRAGMA trusted_schema = OFF;
          PRAGMA cell_size_check = ON;
          """)
    }
    return configuration
  }

  /// SQLite's first complaint about the file; `nil` where it has none.
  static func quickCheck(_ database: DatabaseQueue) throws -> String? {
    let lines = try database.read { try String.fetchAll($0, sql: "PRAGMA quick_check(1)") }
    return lines == ["ok"] ? nil : lines.first ?? "no answer to quick_check"
  }

  private static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
  }

  /// SQLite gives its journals the mode of the database, and would make that one readable by everybody. What is wrong
  /// with the place SQLite says in its own words. One that is there stays closed: closing a file gives up SQLite's locks
  /// on it.
  static func makeFile(_ path: String) {
    guard !Files.exists(path) else { return }
    _ = try? AppendFile(path: path, mode: 0o640).size
  }
}

/// The file is not what it should be; in SQLite's words.
struct StateDamage: Error {
  var text: String
}

extension DatabaseError {
  /// True where the file's content is at fault, and not a lock or a disk.
  var isDamage: Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) || message?.contains("malformed") == true
      || message?.contains("no such table") == true
  }
}
