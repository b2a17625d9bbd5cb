import Foundation
import Model
import Platform
import TestSupport
import Testing

@testable import Journal

struct JournalTests {
  @Test func `what was appended is read in order, once`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path + "/journal")
    var maker = ReadingMaker(seed: 3)
    let first = (0..<20).map { _ in maker.reading(slot: 1_700_000_040) }
    let second = (0..<20).map { _ in maker.reading(slot: 1_700_000_100) }
    let middle = try journal.append(first).position
    #expect(try journal.read().readings == first)
    let end = try journal.append(second, trusting: middle).position
    let batch = try journal.read(after: middle)
    #expect(batch.readings == second)
    #expect(batch.position == end)
    #expect(batch.damage.isEmpty)
    #expect(batch.isComplete)
    #expect(try journal.read(after: end).readings.isEmpty)
    #expect(try journal.read().readings == first + second)
  }

  @Test func `a journal that was never written is empty`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path + "/none")
    let batch = try journal.read()
    #expect(batch.readings.isEmpty && batch.damage.isEmpty && batch.isComplete)
    #expect(try journal.append([]).position == JournalPosition(segment: 0, offset: 0))
  }

  @Test func `segments can be read by their owner and group alone`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path + "/journal")
    try journal.append([small(60)])
    let name = try #require(try Files.list(journal.folder).first)
    #expect(name == "00000001-1970-01-01.journal")
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(journal.folder)/\(name)")
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func `a new day and a full segment begin a new one`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path, segmentLimit: 200)
    for slot in [86_340, 86_400, 86_460, 86_520, 86_580, 86_640, 86_700] { try journal.append([small(slot)]) }
    try journal.append([small(60)])
    #expect(
      try Files.list(folder.path) == [
        "00000001-1970-01-01.journal", "00000002-1970-01-02.journal", "00000003-1970-01-02.journal",
        "00000004-1970-01-01.journal",
      ])
    #expect(
      try journal.read().readings.map(\.slot.seconds) == [86_340, 86_400, 86_460, 86_520, 86_580, 86_640, 86_700, 60])
  }

  @Test func `a long journal is read in pieces`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path, segmentLimit: 100)
    for slot in 0..<30 { try journal.append([small(slot * 60)]) }
    var slots: [Int] = []
    var position: JournalPosition?
    var pieces = 0
    while true {
      let batch = try journal.read(after: position, limit: 300)
      slots += batch.readings.map { $0.slot.seconds / 60 }
      position = batch.position
      pieces += 1
      if batch.isComplete { break }
    }
    #expect(slots == Array(0..<30))
    #expect(pieces > 3)
  }

  @Test func `readings of some jobs are found again`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path)
    for slot in [60, 120, 86_400] { try journal.append([small(slot), small(slot, host: "db")]) }
    let found = try journal.readings(of: [JobID(host: "db", job: "ping")], from: Instant(120))
    #expect(found == [small(120, host: "db"), small(86_400, host: "db")])
  }

  @Test func `a reading too large for the journal says so in its place`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path, recordLimit: 500)
    var large = small(60)
    large.facts = [Fact("text", String(repeating: "x", count: 600))]
    try journal.append([large, small(120)])
    let readings = try journal.read().readings
    #expect(readings.map(\.slot.seconds) == [60, 120])
    #expect(readings.first?.failure?.message.contains("more than the journal keeps for one") == true)
  }

  @Test func `old segments go by age and by size, never those unread or the newest`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path)
    for day in 0..<6 { try journal.append([small(day * 86_400)]) }
    let one = try Files.size("\(folder.path)/00000001-1970-01-01.journal")
    #expect(try journal.prune(before: Instant(2 * 86_400)) == 2)
    #expect(try journal.prune(before: Instant(0), limit: 3 * one + 20) == 1)
    #expect(try Files.list(folder.path).count == 3)
    #expect(try journal.prune(before: Instant(90 * 86_400), keepingFrom: JournalPosition(segment: 5, offset: 0)) == 1)
    #expect(try journal.prune(before: Instant(90 * 86_400), limit: 0) == 1)
    #expect(try Files.list(folder.path) == ["00000006-1970-01-06.journal"])
    #expect(try journal.append([small(7 * 86_400)]).position.segment == 7)
  }

  @Test func `a segment gone before it was read is told`() throws {
    let folder = try TemporaryFolder()
    let journal = Journal(folder: folder.path)
    var positions: [JournalPosition] = []
    for day in 0..<4 { positions.append(try journal.append([small(day * 86_400)]).position) }
    try Files.remove("\(folder.path)/00000002-1970-01-02.journal")
    let batch = try journal.read(after: positions[0])
    #expect(batch.readings.map(\.slot.seconds) == [2 * 86_400, 3 * 86_400])
    #expect(batch.damage == ["journal: segments 2 to 2 are gone before they were read"])
  }

  @Test func `a folder that cannot be made is named with its reason`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("file", "")
    let error = #expect(throws: FileError.self) { try Journal(folder: file).append([small(60)]) }
    #expect(error?.description == "cannot make the folder \(file): Not a directory")
  }

  @Test(arguments: ["17:4096", "0:0"]) func `a position reads back as it was printed`(text: String) {
    #expect(JournalPosition(text)?.description == text)
  }

  @Test(arguments: ["", "1", "1:", "a:1", "1:2:3", "-1:0", "1:-1"]) func `other text is no position`(text: String) {
    #expect(JournalPosition(text) == nil)
  }
}
