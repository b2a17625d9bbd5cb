/// A stretch of a message that is read element after element and never beyond its end: the part of X.690 that SNMP
/// uses, with definite lengths (RFC 3417 section 8). Everything is `nil` where the bytes are not what is wanted.
struct Cursor {
  private(set) var place: Int
  let end: Int

  init(_ bytes: Span<UInt8>) { (place, end) = (0, bytes.count) }

  private init(_ place: Int, _ end: Int) { (self.place, self.end) = (place, end) }

  var isAtEnd: Bool { place == end }
  var count: Int { end - place }

  /// Goes behind the next element: its tag, and its content. Longer forms of a length than needed are taken, since
  /// agents send them.
  mutating func next(_ bytes: Span<UInt8>) -> (tag: UInt8, content: Cursor)? {
    guard count >= 2 else { return nil }
    let tag = bytes[place]
    var length = Int(bytes[place + 1])
    var start = place + 2
    if length >= 0x80 {
      let more = length & 0x7F
      guard (1...4).contains(more), more <= end - start else { return nil }
      length = 0
      for index in start..<start + more { length = length << 8 | Int(bytes[index]) }
      start += more
    }
    guard length <= end - start else { return nil }
    place = start + length
    return (tag, Cursor(start, place))
  }

  mutating func next(_ bytes: Span<UInt8>, _ tag: UInt8) -> Cursor? {
    guard let element = next(bytes), element.tag == tag else { return nil }
    return element.content
  }

  /// Goes one byte on.
  mutating func skip() { place = min(place + 1, end) }

  /// An INTEGER of at most 64 bits.
  mutating func integer(_ bytes: Span<UInt8>) -> Int64? { next(bytes, Tag.integer)?.signed(bytes) }

  /// A whole content as a number in two's complement.
  func signed(_ bytes: Span<UInt8>) -> Int64? {
    guard (1...8).contains(count) else { return nil }
    var value = Int64(Int8(bitPattern: bytes[place]))
    for index in place + 1..<end { value = value << 8 | Int64(bytes[index]) }
    return value
  }

  /// A whole content as a number that is never negative, of at most `width` bytes. Some agents leave out the zero
  /// before the highest bit, and some put signs before it.
  func unsigned(_ bytes: Span<UInt8>, width: Int) -> UInt64? {
    guard count > 0 else { return nil }
    var start = place
    let padding = bytes[place]
    if padding == 0 || padding == 0xFF {
      while end - start > width, bytes[start] == padding { start += 1 }
    }
    guard end - start <= width else { return nil }
    var value: UInt64 = 0
    for index in start..<end { value = value << 8 | UInt64(bytes[index]) }
    return value
  }

  /// Writes the parts of an object identifier from `start` on and returns where they end. One without content is 0.0,
  /// as agents mean it. It has at most 128 parts (RFC 3416 section 4.1).
  func readParts(_ bytes: Span<UInt8>, into list: inout [UInt32], from start: Int) -> Int? {
    var parts = list.mutableSpan
    guard parts.count - start >= 2, bytes.count >= end else { return nil }
    parts[start] = 0
    parts[start + 1] = 0
    if count == 0 { return start + 2 }
    let most = min(parts.count, start + 128)
    var next = start
    var part: UInt32 = 0
    for index in place..<end {
      let byte = bytes[index]
      guard part >> 25 == 0, next < most else { return nil }
      part = part << 7 | UInt32(byte & 0x7F)
      if byte >= 0x80 { continue }
      if next == start {
        let root = min(2, part / 40)
        parts[next] = root
        part -= root * 40
        next += 1
      }
      guard next < most else { return nil }
      parts[next] = part
      next += 1
      part = 0
    }
    return bytes[end - 1] < 0x80 ? next : nil
  }
}

/// The tags of RFC 3416 section 3, and of what agents send besides.
enum Tag {
  static let integer: UInt8 = 0x02
  static let bits: UInt8 = 0x03
  static let octets: UInt8 = 0x04
  static let null: UInt8 = 0x05
  static let identifier: UInt8 = 0x06
  static let sequence: UInt8 = 0x30
  static let address: UInt8 = 0x40
  static let counter: UInt8 = 0x41
  static let gauge: UInt8 = 0x42
  static let ticks: UInt8 = 0x43
  static let opaque: UInt8 = 0x44
  static let counter64: UInt8 = 0x46
  static let unsigned: UInt8 = 0x47
  static let noSuchObject: UInt8 = 0x80
  static let noSuchInstance: UInt8 = 0x81
  static let endOfMibView: UInt8 = 0x82
  static let get: UInt8 = 0xA0
  static let next: UInt8 = 0xA1
  static let response: UInt8 = 0xA2
  static let bulk: UInt8 = 0xA5
}
