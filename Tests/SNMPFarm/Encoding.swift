/// The encoding rules of SNMP, as far as an agent needs them.
enum Encoding {
  static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag] + length(content.count) + content }

  static func length(_ count: Int) -> [UInt8] {
    switch count {
    case ..<0x80: [UInt8(count)]
    case ..<0x100: [0x81, UInt8(count)]
    default: [0x82, UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
    }
  }

  static func signed(_ value: Int64, tag: UInt8 = 0x02) -> [UInt8] {
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * Int64($0))) }
    while bytes.count > 1, (bytes[0] == 0 && bytes[1] < 0x80) || (bytes[0] == 0xFF && bytes[1] >= 0x80) {
      bytes.removeFirst()
    }
    return element(tag, bytes)
  }

  static func unsigned(_ value: UInt64, tag: UInt8) -> [UInt8] {
    var bytes = [0] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * UInt64($0))) }
    while bytes.count > 1, bytes[0] == 0, bytes[1] < 0x80 { bytes.removeFirst() }
    return element(tag, bytes)
  }

  static func oid(_ parts: [UInt32]) -> [UInt8] {
    guard parts.count >= 2 else { return element(0x06, [0]) }
    var content: [UInt8] = []
    append(parts[0] * 40 + parts[1], to: &content)
    for part in parts.dropFirst(2) { append(part, to: &content) }
    return element(0x06, content)
  }

  private static func append(_ part: UInt32, to content: inout [UInt8]) {
    for shift in [28, 21, 14, 7] as [UInt32] where part >> shift > 0 {
      content.append(UInt8(part >> shift & 0x7F) | 0x80)
    }
    content.append(UInt8(part & 0x7F))
  }
}

/// Reads elements one after the other.
struct Reader {
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
    guard place + 2 <= bytes.endIndex else { return nil }
    let tag = bytes[place]
    var length = Int(bytes[place + 1])
    place += 2
    if length >= 0x80 {
      let more = length & 0x7F
      guard more <= 2, place + more <= bytes.endIndex else { return nil }
      length = bytes[place..<place + more].reduce(0) { $0 << 8 | Int($1) }
      place += more
    }
    guard place + length <= bytes.endIndex else { return nil }
    defer { place += length }
    return (tag, bytes[place..<place + length])
  }

  static func integer(_ content: ArraySlice<UInt8>) -> Int { content.reduce(0) { $0 << 8 | Int($1) } }

  static func oid(_ content: ArraySlice<UInt8>) -> [UInt32] {
    var parts: [UInt32] = []
    parts.reserveCapacity(content.count + 1)
    var part: UInt32 = 0
    for byte in content {
      part = part << 7 | UInt32(byte & 0x7F)
      guard byte < 0x80 else { continue }
      if parts.isEmpty {
        let first = min(2, part / 40)
        parts.append(first)
        parts.append(part - first * 40)
      } else {
        parts.append(part)
      }
      part = 0
    }
    return parts
  }
}
