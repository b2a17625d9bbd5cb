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
    let kept = bytes.prefix(1000).map { [0x0A, 0x0D, 0x09].contains($0) ? 0x20 : $0 }
    let words = kept.split { $0 == 0x20 || $0 == 0 }
    let text = String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    return text.isEmpty ? nil : text.printable(limit: 255)
  }
}
