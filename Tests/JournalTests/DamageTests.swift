import Foundation
import Model
import Platform
import TestSupport
import Testing

@testable import Journal

struct DamageTests {
  /// A journal of six records in one segment, and where each ends.
  private func sixRecords(_ folder: String) throws -> (journal: Journal, file: String, bytes: [UInt8], ends: [Int]) {
    let journal = Journal(folder: folder)
    var maker = ReadingMaker(seed: 4)
    var ends: [Int] = []
    for slot in 0..<6 {
      var reading = maker.reading(slot: slot)
      reading.job = JobID(host: "www", job: "ping")
      ends.append(try journal.append([reading]).position.offset)
    }
    let file = "\(folder)/00000001-1970-01-01.journal"
    return (journal, file, try Files.read(file), ends)
  }

  /// Without the syncs of `Files.replace`, and those ext4 makes when a file is cut to nothing and written again.
  private func put(_ bytes: [UInt8], in file: String) throws {
    try Files.remove(file)
    try Data(bytes).write(to: URL(fileURLWithPath: file))
  }

  private func slots(_ batch: Journal.Batch) -> [Int] { batch.readings.map(\.slot.seconds) }

  @Test func `a journal cut at any byte of its last records keeps all before the cut, and takes more`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, file, bytes, ends) = try sixRecords(folder.path)
    for cut in ends[2]...bytes.count {
      try put(Array(bytes[..<cut]), in: file)
      let whole = ends.filter { $0 <= cut }.count
      let isTorn = !ends.contains(cut)
      let batch = try journal.read()
      #expect(slots(batch) == Array(0..<whole), "cut at \(cut)")
      #expect(batch.damage.isEmpty == !isTorn, "cut at \(cut)")
      let appended = try journal.append([small(99)])
      #expect(appended.damage.count == (isTorn ? 1 : 0))
      let after = try journal.read()
      #expect(slots(after) == Array(0..<whole) + [99], "cut at \(cut)")
      #expect(after.damage.isEmpty)
      #expect(slots(try journal.read(after: batch.position)) == [99], "cut at \(cut)")
    }
  }

  @Test func `a journal cut inside its first bytes begins anew`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, file, bytes, ends) = try sixRecords(folder.path)
    for cut in 0..<ends[0] {
      try put(Array(bytes[..<cut]), in: file)
      #expect(try journal.read().readings.isEmpty)
      try journal.append([small(99)])
      #expect(slots(try journal.read()) == [99], "cut at \(cut)")
      #expect(try journal.read().damage.isEmpty, "cut at \(cut)")
    }
  }

  @Test func `a changed byte costs the record it is in and no other`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, file, bytes, ends) = try sixRecords(folder.path)
    for index in bytes.indices {
      for mask in [0x01, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] ^= mask
        try put(changed, in: file)
        let hit = index < Segment.magic.count ? nil : ends.firstIndex { index < $0 }
        let kept = (0..<6).filter { $0 != hit }
        let batch = try journal.read()
        #expect(slots(batch) == kept, "byte \(index)")
        #expect(batch.damage.count == 1, "byte \(index)")
        #expect(try journal.append([small(99)]).damage.count == (hit == nil ? 0 : 1))
        #expect(slots(try journal.read()) == kept + [99], "byte \(index)")
        for name in try Files.list(folder.path).dropFirst() { try Files.remove("\(folder.path)/\(name)") }
      }
    }
  }

  @Test func `damage in an older segment is passed over and told each time it is read`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, file, bytes, ends) = try sixRecords(folder.path)
    try journal.append([small(86_400)])
    var changed = bytes
    changed[ends[1] + 9] ^= 0xFF
    try put(changed, in: file)
    let batch = try journal.read()
    #expect(slots(batch) == [0, 1, 3, 4, 5, 86_400])
    #expect(
      batch.damage == [
        "journal 00000001-1970-01-01.journal: \(ends[2] - ends[1]) bytes at \(ends[1]) are not a whole record, "
          + "and were passed over"
      ])
  }

  @Test func `a torn end is cut off although there is nothing to append, and told once`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, file, bytes, ends) = try sixRecords(folder.path)
    try put(Array(bytes.dropLast(3)), in: file)
    let position = JournalPosition(segment: 1, offset: ends[4])
    let appended = try journal.append([], trusting: position)
    #expect(appended.damage.count == 1 && appended.position == position)
    #expect(try Files.size(file) == ends[4])
    #expect(try journal.append([], trusting: position).damage == [])
    #expect(try journal.read(after: position).damage == [])
  }

  @Test func `zeros and noise at the end are cut off`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, file, bytes, _) = try sixRecords(folder.path)
    var random = SeededRandom(5)
    let tails = [
      [UInt8](repeating: 0, count: 4_096), (0..<4_096).map { _ in UInt8.random(in: 0...255, using: &random) },
    ]
    for tail in tails {
      try put(bytes + tail, in: file)
      #expect(slots(try journal.read()) == Array(0..<6))
      try journal.append([small(99)])
      #expect(slots(try journal.read()) == Array(0..<6) + [99])
      #expect(try journal.read().damage.isEmpty)
    }
  }

  @Test func `random damage never crashes and never loses what stands before it`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, file, bytes, ends) = try sixRecords(folder.path)
    var random = SeededRandom(6)
    for _ in 0..<fuzzed(1_000) {
      var changed = bytes
      let places = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        Int.random(in: 16..<bytes.count, using: &random)
      }
      for place in places { changed[place] = UInt8.random(in: 0...255, using: &random) }
      try put(changed, in: file)
      let before = ends.filter { $0 <= places.min() ?? 0 }.count
      #expect(Array(slots(try journal.read()).prefix(before)) == Array(0..<before))
    }
  }

  @Test func `a position behind the end is told, and reading goes on`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let (journal, _, bytes, _) = try sixRecords(folder.path)
    let batch = try journal.read(after: JournalPosition(segment: 1, offset: bytes.count + 10))
    #expect(batch.damage.count == 1)
    #expect(batch.position == JournalPosition(segment: 1, offset: bytes.count))
  }
}
