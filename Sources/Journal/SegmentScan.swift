/// A record: the payload's length (4 bytes, little-endian), CRC-32C over length and payload (4 bytes), payload.
enum Record {
  static let header = 8

  static func append(_ payload: [UInt8], to bytes: inout [UInt8]) {
    let length = fourBytes(UInt32(payload.count))
    bytes += length
    bytes += fourBytes(crc32c(payload[...], continuing: crc32c(length[...])))
    bytes += payload
  }

  /// Where the payload of a record at an offset stands; `nil` unless it is whole and its checksum holds.
  static func payload(in bytes: [UInt8], at offset: Int) -> Range<Int>? {
    guard let range = claimedPayload(in: bytes, at: offset) else { return nil }
    let length = crc32c(bytes[offset..<offset + 4])
    return crc32c(bytes[range], continuing: length) == number(bytes, at: offset + 4) ? range : nil
  }

  /// Where the payload would stand if the length is to be believed.
  static func claimedPayload(in bytes: [UInt8], at offset: Int) -> Range<Int>? {
    guard bytes.count - offset > header else { return nil }
    let length = Int(number(bytes, at: offset))
    guard length > 0, length <= bytes.count - offset - header else { return nil }
    return offset + header..<offset + header + length
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8 | UInt32(bytes[offset + 2]) << 16
      | UInt32(bytes[offset + 3]) << 24
  }

  private static func fourBytes(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
  }
}

/// What a segment holds from an offset on. All places are those in the segment.
struct SegmentScan {
  /// Payloads of whole records, in order.
  var records: [(place: Int, payload: ArraySlice<UInt8>)] = []
  /// Stretches that are no record, in order.
  var damage: [Range<Int>] = []
  let size: Int

  /// `bytes` are those of the segment from `start` on, where a record begins.
  init(_ bytes: [UInt8], at start: Int) {
    size = start + bytes.count
    var offset = 0
    while offset < bytes.count {
      if let payload = Record.payload(in: bytes, at: offset) {
        records.append((start + payload.lowerBound, bytes[payload]))
        offset = payload.upperBound
      } else {
        let next = SegmentScan.nextRecord(in: bytes, after: offset) ?? bytes.count
        damage.append(start + offset..<start + next)
        offset = next
      }
    }
  }

  /// Where an unfinished record at the very end begins, when nothing else is wrong.
  var tornTail: Int? {
    guard damage.count == 1, let only = damage.first, only.upperBound == size else { return nil }
    return only.lowerBound
  }

  /// From where a later read goes on: a torn tail is cut at the next append, and new records take its place.
  var resume: Int {
    if let last = damage.last, last.upperBound == size { return last.lowerBound }
    return size
  }

  private static func nextRecord(in bytes: [UInt8], after bad: Int) -> Int? {
    // Mostly the length is whole and something in the payload is not.
    if let claimed = Record.claimedPayload(in: bytes, at: bad),
      Record.payload(in: bytes, at: claimed.upperBound) != nil
    {
      return claimed.upperBound
    }
    // A bound on the checksums tried, so that a file made to look like records everywhere ends too.
    var budget = 1 << 28
    for offset in bad + 1..<max(bad + 1, bytes.count - Record.header) {
      guard let claimed = Record.claimedPayload(in: bytes, at: offset), bytes[claimed.lowerBound] == 1 else {
        continue
      }
      budget -= claimed.count
      guard budget > 0 else { return nil }
      if Record.payload(in: bytes, at: offset) != nil { return offset }
    }
    return nil
  }
}
