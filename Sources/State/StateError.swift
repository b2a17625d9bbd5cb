internal import GRDB

/// Why the state could not be read or written: `state /x/state.sqlite: disk I/O error`.
package enum StateError: Error, Sendable, CustomStringConvertible {
  /// SQLite's own words.
  case database(path: String, text: String)
  /// The file is damaged, and this command may not mend it.
  case damaged(path: String, text: String)
  /// It was written by a later version.
  case newer(path: String)
  case noIncident(Int)
  case closedIncident(Int)

  package var description: String {
    switch self {
    case .database(let path, let text): "state \(path): \(text)"
    case .damaged(let path, let text): "state \(path): damaged (\(text)); the next `redeye run` restores a snapshot"
    case .newer(let path): "state \(path): written by a later version of redeye; use that one"
    case .noIncident(let number): "there is no incident \(number); `redeye alert list --all` lists them"
    case .closedIncident(let number): "incident \(number) is closed already"
    }
  }
}

/// Runs a piece of database work; what GRDB throws becomes words of ours.
func translating<Result>(_ path: String, _ work: () throws -> Result) throws(StateError) -> Result {
  do {
    return try work()
  } catch let error as StateError {
    throw error
  } catch let error as DatabaseError {
    throw .database(path: path, text: error.message ?? error.resultCode.description)
  } catch {
    throw .database(path: path, text: "\(error)")
  }
}
