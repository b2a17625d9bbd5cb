import Foundation
import GRDB
import Model
import TestSupport
import Testing

@testable import State

@Suite(.serialized) struct RecoveryTests {
  private func filled(_ folder: borrowing TemporaryFolder) throws {
    let store = try opened(folder)
    try store.commit(
      StateChange(
        ledger: (0..<400).map { interval($0 * 60, $0 * 60 + 60, $0 % 2 == 0 ? .good : .bad) },
        incidents: [incident(1)]))
    try store.acknowledge(1, Acknowledgement(by: "anna", at: now))
    try store.database.close()
  }

  private func put(_ bytes: Data, _ folder: borrowing TemporaryFolder) throws {
    for suffix in ["", "-journal"] { try? FileManager.default.removeItem(atPath: path(folder) + suffix) }
    try bytes.write(to: URL(fileURLWithPath: path(folder)))
  }

  @Test func `the file has its mode, a rollback journal and full syncs`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.setMeta("x", "1")
    let attributes = try FileManager.default.attributesOfItem(atPath: store.path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let pragmas = try store.database.read { database in
      try ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout"].map {
        try String.fetchOne(database, sql: "PRAGMA \($0)") ?? ""
      }
    }
    #expect(pragmas == ["truncate", "2", "1", "0", "10000"])
    #expect(files(folder.path) == ["state.sqlite", "state.sqlite-journal"])
  }

  @Test func `a snapshot is taken once an hour and three are kept`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    #expect(try store.snapshotIfDue(now: now))
    #expect(try !store.snapshotIfDue(now: now + 3_599))
    for hour in 1..<6 { #expect(try store.snapshotIfDue(now: now + hour * 3_600)) }
    let snapshots = (3..<6).map { "state-\(now.seconds + $0 * 3_600).sqlite" }
    #expect(files(folder.path + "/snapshots") == snapshots)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/snapshots/" + snapshots[0])
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    // A clock set back: the snapshots of the future must not stop new ones.
    #expect(try store.snapshotIfDue(now: now))
    #expect(files(folder.path + "/snapshots").contains("state-\(now.seconds).sqlite"))
    #expect(files(folder.path + "/snapshots").count == 3)
  }

  @Test func `a damaged state is set aside and the newest good snapshot takes its place, announced`() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try opened(folder).snapshotIfDue(now: now)
    try opened(folder).setMeta("later", "1")
    try opened(folder).snapshotIfDue(now: now + 7_200)
    let newest = folder.path + "/snapshots/state-\(now.seconds + 7_200).sqlite"
    try Data("not a database".utf8).write(to: URL(fileURLWithPath: newest))
    try put(Data(repeating: 7, count: 8_192), folder)
    let opening = try StateStore.open(path: path(folder), now: now + 9_000)
    #expect(
      opening.problems == [
        "state \(path(folder)): damaged (file is not a database), moved to "
          + "\(folder.path)/quarantine/state-\(now.seconds + 9_000).sqlite; restored the snapshot of "
          + "\(stampText(now)): what happened since, acknowledgements too, is forgotten"
      ])
    #expect(try opening.store.incident(1)?.acknowledgement?.by == "anna")
    #expect(try opening.store.meta("later") == nil)
    #expect(try StateStore.open(path: path(folder), now: now + 9_060).problems.isEmpty)
  }

  @Test(arguments: [true, false]) func `a state that is gone or empty is not taken for a new one`(isGone: Bool) throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try opened(folder).snapshotIfDue(now: now)
    if isGone { try FileManager.default.removeItem(atPath: path(folder)) } else { try put(Data(), folder) }
    let opening = try StateStore.open(path: path(folder), now: now + 60)
    #expect(opening.problems.count == 1)
    #expect(opening.problems.first?.contains(isGone ? "the file is gone" : "the file is empty") == true)
    #expect(try opening.store.incident(1)?.acknowledgement?.by == "anna")
  }

  @Test func `without a snapshot it begins anew, and says what that means`() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try put(Data(repeating: 7, count: 4_096), folder)
    let opening = try StateStore.open(path: path(folder), now: now)
    #expect(
      opening.problems.first?.hasSuffix(
        "there is no good snapshot: ledger, incidents and acknowledgements begin anew") == true)
    #expect(try opening.store.incident(1) == nil)
  }

  @Test func `a command beside a run does not mend, it says who does`() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    try put(Data(repeating: 7, count: 4_096), folder)
    let error = #expect(throws: StateError.self) { try StateStore.openShared(path: path(folder)) }
    #expect(error?.description.contains("the next `redeye run` restores a snapshot") == true)
    #expect(files(folder.path).contains("state.sqlite"))
  }

  @Test func `a state of a later version is refused and left alone`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99: later')") }
    let error = #expect(throws: StateError.self) { try StateStore.open(path: path(folder), now: now) }
    #expect(error?.description == "state \(path(folder)): written by a later version of redeye; use that one")
    #expect(files(folder.path).contains("state.sqlite"))
  }

  @Test func `a changed byte is mended, announced, or does not matter to the answer`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    try filled(folder)
    try opened(folder).snapshotIfDue(now: now)
    let good = try Data(contentsOf: URL(fileURLWithPath: path(folder)))
    var random = SeededRandom(11)
    var announced = 0
    for _ in 0..<200 {
      var changed = good
      changed[Int.random(in: 0..<good.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      try put(changed, folder)
      guard let opening = try? StateStore.open(path: path(folder), now: now) else { continue }
      announced += opening.problems.count
      // A changed byte in a text is a changed text; what must not happen is an answer gone in silence.
      guard opening.problems.isEmpty, let incident = try? opening.store.incident(1) else { continue }
      #expect(incident.acknowledgement != nil)
    }
    #expect(announced > 0)
  }

  @Test func `a state cut anywhere is restored`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    try filled(folder)
    try opened(folder).snapshotIfDue(now: now)
    let good = try Data(contentsOf: URL(fileURLWithPath: path(folder)))
    for number in 0..<50 {
      try put(good.prefix(good.count * number / 50), folder)
      let opening = try StateStore.open(path: path(folder), now: now)
      #expect(opening.problems.count == 1, "cut at \(good.count * number / 50)")
      #expect(try opening.store.incident(1)?.acknowledgement?.by == "anna")
    }
  }

  @Test func `a machine that died inside a transaction finds all of it or nothing`() throws {
    let folder = try TemporaryFolder()
    try filled(folder)
    let store = try opened(folder)
    let copy = folder.path + "/died"
    try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
    // The files as a power cut would leave them: pages written to the database, the journal not yet cut.
    try store.database.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA cache_size = 1")
      try database.inTransaction {
        for number in 0..<400 {
          try database.execute(
            sql: "UPDATE ledger SET cause = ? WHERE id = ?", arguments: ["changed \(number)", number])
        }
        for suffix in ["", "-journal"] {
          try FileManager.default.copyItem(atPath: store.path + suffix, toPath: copy + "/state.sqlite" + suffix)
        }
        return .rollback
      }
    }
    let whole = try Data(contentsOf: URL(fileURLWithPath: copy + "/state.sqlite"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) != whole)
    let opening = try StateStore.open(path: copy + "/state.sqlite", now: now)
    #expect(opening.problems.isEmpty)
    let span = Span(from: now, to: now + 24_000)
    #expect(try opening.store.ledger("www", over: span) == store.ledger("www", over: span))
  }
}
