import Foundation
internal import GRDB
package import Model

extension StateStore {
  /// The definition of every chapter of the site that was made.
  package func chapterDefinitions() throws(StateError) -> [String: UInt64] {
    try reading { database in
      var result: [String: UInt64] = [:]
      let rows = try Row.fetchCursor(database, sql: "SELECT name, definition FROM chapter")
      while let row = try rows.next() { result[row[0]] = UInt64(bitPattern: row[1] as Int64) }
      return result
    }
  }

  /// A chapter as it was made; `nil` where there is none, or none that can be read.
  package func chapter(_ name: String) throws(StateError) -> Chapter? {
    let coded = try reading {
      try Data.fetchOne($0, sql: "SELECT coded FROM chapter WHERE name = ?", arguments: [name])
    }
    return coded.flatMap { try? Chapter(coded: [UInt8]($0)) }
  }
}

extension Database {
  /// - Parameter coded: `nil` for a chapter that is gone.
  func put(chapter name: String, _ chapter: CodedChapter?) throws {
    guard let chapter else {
      try cachedStatement(sql: "DELETE FROM chapter WHERE name = ?").execute(arguments: [name])
      return
    }
    try cachedStatement(
      sql: """
        INSERT INTO chapter (name, definition, coded) VALUES (?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, coded = excluded.coded
        """
    )
    .execute(arguments: [name, Int64(bitPattern: chapter.definition), Data(chapter.bytes)])
  }
}
