import Foundation
import TestSupport
import Testing

@testable import RRD

/// A damaged header kills a process that shows it to librrd, this one too: whatever the validator lets through here, librrd
/// is asked to read and to write.
@Suite(.serialized) struct RRDHeaderTests {
  /// Fields of `smallLayout`'s header, with where they stand.
  private static let fields: [(name: String, offset: Int)] = [
    ("cookie", 0), ("float cookie", 16), ("sources", 24), ("archives", 32), ("step", 40), ("heartbeat", 168),
    ("rows", 392), ("steps in a row", 400), ("share of unknown", 408), ("last update", 848), ("microseconds", 856),
    ("unknown seconds", 896), ("unknown steps", 1_096), ("row", 1_728),
  ]
  private static let values: [UInt64] = [
    0, 1, 2, 255, 65_536, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x7FFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF,
    0x8000_0000_0000_0000, 0x7FF8_0000_0000_0000, 3,
  ]

  /// True where the file was let through and librrd lived.
  private func survives(_ path: String) throws -> Bool {
    guard let header = try? RRDHeader.read(path, now: start + 100_000) else { return false }
    do {
      var file = try RRDFile(open: path, now: start + 100_000)
      for archive in header.archives {
        _ = try? file.rows(of: archive, from: header.lastUpdate - 6_000, to: header.lastUpdate)
      }
      let next = header.lastUpdate - header.lastUpdate % header.step + header.step
      try? file.update([RRDRow(time: next, values: header.sources.map { _ in 1 })])
      try? file.update([RRDRow(time: next + 50 * header.step, values: header.sources.map { _ in nil })])
    }
    return true
  }

  @Test func `the offsets used here are those of the file`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let fields = FieldReader(try bytes(try sampleFile(folder)))
    let expected: [String: Int] = [
      "sources": 2, "archives": 4, "step": 60, "heartbeat": 120, "rows": 100, "steps in a row": 1,
      "last update": start + 3_600, "microseconds": 0,
    ]
    for field in Self.fields {
      guard let value = expected[field.name] else { continue }
      #expect(try fields.count(at: field.offset, in: 0...Int.max, "") == value, "\(field.name)")
    }
    #expect(fields.double(at: 408) == 0.5)
    #expect(RRDFormat.headSize(sources: 2, archives: 4) == 1_760)
  }

  @Test func `no value of any field kills the process`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let good = try bytes(try sampleFile(folder))
    let path = folder.path + "/mutant.rrd"
    var refused = 0
    for field in Self.fields {
      for value in Self.values {
        var mutant = good
        for place in 0..<8 { mutant[field.offset + place] = UInt8(truncatingIfNeeded: value >> UInt64(place * 8)) }
        try put(mutant, path)
        if try !survives(path) { refused += 1 }
      }
    }
    #expect(refused > Self.fields.count * Self.values.count / 2)
  }

  @Test func `every byte of the header can be any of some values`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let good = try bytes(try sampleFile(folder))
    let path = folder.path + "/mutant.rrd"
    for offset in 0..<1_760 {
      for value in [0x00, 0xFF] as [UInt8] where good[offset] != value {
        var mutant = good
        mutant[offset] = value
        try put(mutant, path)
        _ = try survives(path)
      }
    }
  }

  @Test func `random damage does not kill the process`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let good = try bytes(try sampleFile(folder))
    let path = folder.path + "/mutant.rrd"
    var random = SeededRandom(7)
    for _ in 0..<fuzzed(5_000) {
      var mutant = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        mutant[Int.random(in: 0..<1_760, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      try put(mutant, path)
      _ = try survives(path)
    }
  }

  @Test func `a file cut anywhere is damaged`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let good = try bytes(try sampleFile(folder))
    let path = folder.path + "/cut.rrd"
    for length in Array(stride(from: 0, to: good.count, by: 64)) + [good.count - 1, good.count - 8] {
      try put(Array(good[..<length]), path)
      #expect(throws: RRDError.self, "cut at \(length)") { try RRDHeader.read(path) }
    }
    try put(good + [0], path)
    #expect(throws: RRDError.damaged(path: path, text: "it has 5761 bytes and should have 5760")) {
      try RRDHeader.read(path)
    }
  }

  @Test func `zeros, text and other things are damaged`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let path = folder.path + "/other.rrd"
    for content in [[], [UInt8](repeating: 0, count: 5_760), Array("RRD".utf8), Array(repeating: 0x41, count: 200)] {
      try put(content, path)
      #expect(throws: RRDError.self) { try RRDHeader.read(path) }
    }
    #expect(throws: RRDError.missing(path: folder.path + "/none")) { try RRDHeader.read(folder.path + "/none") }
    #expect(throws: RRDError.damaged(path: folder.path, text: "it is not a regular file")) {
      try RRDHeader.read(folder.path)
    }
  }

  @Test func `a link is not followed`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let path = try sampleFile(folder)
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link.rrd", withDestinationPath: path)
    #expect(throws: RRDError.self) { try RRDHeader.read(folder.path + "/link.rrd") }
  }

  @Test func `a file with holes is told apart, and filled`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let path = folder.path + "/holes.rrd"
    var layout = smallLayout
    layout.archives[0].rows = 10_000
    try RRDFile.make(path, layout: layout, start: start)
    let before = try bytes(path)
    _ = try output(of: "fallocate", "--punch-hole", "--offset", "65536", "--length", "32768", path)
    #expect(throws: RRDError.sparse(path: path)) { try RRDHeader.read(path) }
    try RRDFile.fill(path)
    #expect(try RRDHeader.read(path).size == before.count)
    #expect(Array(try bytes(path)[..<65_536]) == Array(before[..<65_536]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["holes.rrd"])
  }

  @Test func `a file updated after now is told with how far`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let path = try sampleFile(folder)
    #expect(try RRDHeader.read(path, now: start + 3_600).lastUpdate == start + 3_600)
    #expect(throws: RRDError.ahead(path: path, seconds: 1)) { try RRDHeader.read(path, now: start + 3_599) }
  }

  @Test func `a file of many sources and archives is read whole`() throws {
    let folder = try TemporaryFolder(inMemory: true)
    let path = folder.path + "/wide.rrd"
    let sources = (0..<200).map { "s\($0)" }
    let archives = (1...20).map { RRDLayout.Archive(.average, steps: $0, rows: 3) }
    let layout = RRDLayout(step: 60, heartbeat: 120, sources: sources, archives: archives)
    try RRDFile.make(path, layout: layout, start: start)
    let header = try RRDHeader.read(path)
    #expect(header.sources == sources)
    #expect(header.archives.count == 20)
  }
}
