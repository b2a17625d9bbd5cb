import Model
import Testing

@testable import Journal

struct ReadingCodingTests {
  @Test func `a reading of any shape reads back as it was`() throws {
    var maker = ReadingMaker(seed: 1)
    for slot in -1_000..<4_000 {
      let reading = maker.reading(slot: slot * 977)
      #expect(try Reading(encoded: reading.encoded[...]) == reading)
    }
  }

  @Test func `a value keeps its bits`() throws {
    for value in [0.1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi] {
      let reading = Reading(
        job: JobID(host: "h", job: "j"), slot: Instant(0), step: 60, measurements: [Measurement("m", value, .none)])
      let again = try Reading(encoded: reading.encoded[...])
      #expect(again.measurements.first?.value?.bitPattern == value.bitPattern)
    }
  }

  @Test func `bytes that are no reading are refused, wherever they end or differ`() throws {
    var maker = ReadingMaker(seed: 2)
    for slot in 0..<40 {
      let bytes = maker.reading(slot: slot).encoded
      for end in bytes.indices { #expect(throws: (any Error).self) { try Reading(encoded: bytes[..<end]) } }
      for index in bytes.indices {
        var other = bytes
        other[index] ^= 0xFF
        // Some changes make another reading; none may trap or take all memory.
        _ = try? Reading(encoded: other[...])
      }
    }
  }

  @Test func `rows of a table share their instance and unit`() {
    let rows = (0..<100).map { Measurement("in\($0)", 1, .bytesPerSecond, instance: "a long interface name") }
    let reading = Reading(job: JobID(host: "h", job: "j"), slot: Instant(0), step: 60, measurements: rows)
    #expect(reading.encoded.count < 1_600)
  }
}

struct CRC32CTests {
  @Test(
    arguments: [
      ("", 0), ("123456789", 0xE306_9283), ("The quick brown fox jumps over the lazy dog", 0x2262_0404),
      (String(repeating: "\0", count: 32), 0x8A91_36AA),
    ] as [(String, UInt32)])
  func `the checksum is that of RFC 3720`(text: String, sum: UInt32) {
    #expect(crc32c(Array(text.utf8)[...]) == sum)
  }

  @Test func `a checksum goes on where another stopped`() {
    let bytes = (0..<100).map { UInt8($0) }
    #expect(crc32c(bytes[37...], continuing: crc32c(bytes[..<37])) == crc32c(bytes[...]))
  }
}
