import Model
import SNMP

extension SNMPValue {
  /// The number, of whatever type; also one written as text, as some agents send loads and temperatures.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .gauge(let value), .counter32(let value), .timeTicks(let value): Double(value)
    case .counter64(let value): Double(value)
    case .real(let value): value.isFinite ? value : nil
    case .octets: text.flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  /// The counter, as wide as its type.
  var counter: CounterReading? {
    switch self {
    case .counter64(let value): CounterReading(value, bits: 64)
    case .counter32(let value), .gauge(let value), .timeTicks(let value): CounterReading(UInt64(value), bits: 32)
    case .integer(let value): UInt64(exactly: value).map { CounterReading($0, bits: 64) }
    case .octets: text.flatMap { UInt64($0) }.map { CounterReading($0, bits: 64) }
    default: nil
    }
  }

  /// A small whole number, as enumerations are.
  var integer: Int? {
    switch self {
    case .integer(let value): Int(value)
    case .gauge(let value): Int(value)
    default: nil
    }
  }

  /// The text without the blanks and zero bytes that agents pad with, on one line; `nil` where nothing is left.
  var text: String? {
    guard case .octets(let bytes) = self else { return nil }
    if SNMPValue.isPlain(bytes) { return String(decoding: bytes, as: UTF8.self) }
    let kept = bytes.prefix(1000).map { [0x0A, 0x0D, 0x09].contains($0) ? 0x20 : $0 }
    let words = kept.split { $0 == 0x20 || $0 == 0 }
    let text = String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    return text.isEmpty ? nil : text.printable(limit: 255)
  }

  /// Words of visible ASCII with single blanks between them, as nearly every text of a device is.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last, first != 0x20, last != 0x20, bytes.count <= 255 else {
      return false
    }
    var before: UInt8 = 0
    for byte in bytes {
      guard byte >= 0x20, byte <= 0x7E, byte != 0x20 || before != 0x20 else { return false }
      before = byte
    }
    return true
  }

  /// What it says in words, for names and filters: the text, a number in decimal, an identifier, an address.
  var label: String? {
    switch self {
    case .octets(let bytes): SNMPValue.isPlain(bytes) || isReadable(bytes) ? text : hexadecimal(bytes)
    case .objectIdentifier(let oid): oid.description
    case .ipAddress(let bytes): bytes.map(String.init).joined(separator: ".")
    case .counter64(let value): String(value)
    case .counter32(let value), .gauge(let value), .timeTicks(let value): String(value)
    case .integer(let value): String(value)
    case .real, .opaque, .null, .noSuchObject, .noSuchInstance, .endOfMibView: nil
    }
  }

  /// A text may hold anything, so only what cannot be one, and six bytes with controls among them, is an address.
  private func isReadable(_ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    let padded = bytes.reversed().drop { $0 == 0 }
    return bytes.count != 6 || !padded.contains { $0 < 0x20 }
  }

  /// `00:1b:21:3c:9d:f8`, as physical addresses are written; `nil` for none, and for one of zeros.
  private func hexadecimal(_ bytes: [UInt8]) -> String? {
    guard bytes.contains(where: { $0 != 0 }) else { return nil }
    return bytes.prefix(64).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
  }
}
