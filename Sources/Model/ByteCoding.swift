/// Writes values one after the other in a compact form: variable-length integers, strings with their length, doubles
/// as their eight bytes.
package struct ByteWriter: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init(reserving capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  /// LEB128: seven bits a byte, lowest first.
  package mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func count(_ value: Int) { unsigned(UInt64(max(0, value))) }

  /// Zigzag, so that small negative numbers stay short.
  package mutating func integer(_ value: Int) {
    unsigned(UInt64(bitPattern: Int64((value << 1) ^ (value >> (Int.bitWidth - 1)))))
  }

  /// The bits as they are, so that a value reads back equal to the last one.
  package mutating func double(_ value: Double) {
    let bits = value.bitPattern
    for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
  }

  package mutating func string(_ text: String) {
    let utf8 = text.utf8
    count(utf8.count)
    bytes.append(contentsOf: utf8)
  }
}

/// Reads what `ByteWriter` wrote; anything else ends in `ByteReader.Malformed`, never in a trap or a huge allocation.
package struct ByteReader {
  package struct Malformed: Error {
    package var offset: Int

    package init(offset: Int) { self.offset = offset }
  }

  private let bytes: ArraySlice<UInt8>
  private var index: Int

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    self.index = bytes.startIndex
  }

  package init(_ bytes: [UInt8]) { self.init(bytes[...]) }

  package var isAtEnd: Bool { index == bytes.endIndex }
  private var malformed: Malformed { Malformed(offset: index - bytes.startIndex) }

  package mutating func byte() throws(Malformed) -> UInt8 {
    guard index < bytes.endIndex else { throw malformed }
    defer { index += 1 }
    return bytes[index]
  }

  package mutating func unsigned() throws(Malformed) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      guard shift < 63 || next <= 1 else { throw malformed }
      result |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return result }
      shift += 7
    }
  }

  /// A number of things that follow, each of at least one byte.
  package mutating func count() throws(Malformed) -> Int {
    let value = try unsigned()
    guard value <= UInt64(bytes.endIndex - index) else { throw malformed }
    return Int(value)
  }

  package mutating func integer() throws(Malformed) -> Int {
    let value = try unsigned()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  package mutating func double() throws(Malformed) -> Double {
    guard bytes.endIndex - index >= 8 else { throw malformed }
    var bits: UInt64 = 0
    for place in 0..<8 { bits |= UInt64(bytes[index + place]) << UInt64(place * 8) }
    index += 8
    return Double(bitPattern: bits)
  }

  package mutating func string() throws(Malformed) -> String { try string(likely: "") }

  /// A text that is most likely another one again, which then is not made anew.
  package mutating func string(likely: String) throws(Malformed) -> String {
    let length = try count()
    let text = bytes[index..<index + length]
    index += length
    if likely.utf8.count == length, likely.utf8.elementsEqual(text) { return likely }
    guard let made = String(validating: text, as: UTF8.self) else { throw malformed }
    return made
  }
}
