/// All objects of a device, ready to be sent.
package struct RecordedWalk: Sendable {
  /// A value as an agent sends it.
  package enum Value: Hashable, Sendable {
    case integer(Int64)
    case octets([UInt8])
    case null
    case objectIdentifier([UInt32])
    case ipAddress([UInt8])
    case counter32(UInt32)
    case gauge(UInt32)
    case timeTicks(UInt32)
    case opaque([UInt8])
    case counter64(UInt64)

    var encoded: [UInt8] {
      switch self {
      case .integer(let value): Encoding.signed(value)
      case .octets(let bytes): Encoding.element(0x04, bytes)
      case .null: [0x05, 0]
      case .objectIdentifier(let parts): Encoding.oid(parts)
      case .ipAddress(let bytes): Encoding.element(0x40, bytes)
      case .counter32(let value): Encoding.unsigned(UInt64(value), tag: 0x41)
      case .gauge(let value): Encoding.unsigned(UInt64(value), tag: 0x42)
      case .timeTicks(let value): Encoding.unsigned(UInt64(value), tag: 0x43)
      case .opaque(let bytes): Encoding.element(0x44, bytes)
      case .counter64(let value): Encoding.unsigned(value, tag: 0x46)
      }
    }
  }

  package private(set) var oids: [[UInt32]]
  package private(set) var values: [Value]
  /// Whole bindings, one behind the other.
  private let encoded: [UInt8]
  private let ends: [Int]

  /// Of two objects of one name the last counts.
  package init(_ objects: [([UInt32], Value)]) {
    let byName = Dictionary(objects.map { ($0.0, $0.1) }) { _, last in last }
    let sorted = byName.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    oids = sorted.map(\.key)
    values = sorted.map(\.value)
    var encoded: [UInt8] = []
    var ends: [Int] = []
    for (oid, value) in sorted {
      encoded += Encoding.element(0x30, Encoding.oid(oid) + value.encoded)
      ends.append(encoded.count)
    }
    self.encoded = encoded
    self.ends = ends
  }

  package var objects: [([UInt32], Value)] { Array(zip(oids, values)) }

  /// The place of the first object at or behind the name.
  func place(of oid: [UInt32]) -> Int {
    var (low, high) = (0, oids.count)
    while low < high {
      let middle = (low + high) / 2
      if oids[middle].lexicographicallyPrecedes(oid) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func binding(_ place: Int) -> ArraySlice<UInt8> { encoded[(place == 0 ? 0 : ends[place - 1])..<ends[place]] }

  subscript(oid: [UInt32]) -> Value? {
    let place = place(of: oid)
    return place < oids.count && oids[place] == oid ? values[place] : nil
  }
}

// MARK: - Recordings

extension RecordedWalk {
  /// A recording in snmpsim's format: `OID|TYPE|VALUE` lines, hexadecimal where the type ends in `x`. Lines it
  /// computes are taken with the value they start from, and others that cannot be read are left out.
  package init(snmprec text: String) {
    self.init(
      text.split(whereSeparator: \.isNewline).compactMap { line in
        let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let oid = RecordedWalk.oid(parts[0]) else { return nil }
        return RecordedWalk.value(parts[1], parts[2]).map { (oid, $0) }
      })
  }

  private static func oid(_ text: Substring) -> [UInt32]? {
    let parts = text.split(separator: ".").map { UInt32($0) }
    return parts.count >= 2 && !parts.contains(nil) ? parts.compactMap { $0 } : nil
  }

  private static func value(_ type: Substring, _ text: Substring) -> Value? {
    if let colon = type.firstIndex(of: ":") {
      let initial = text.split(separator: ",").first { $0.hasPrefix("initial=") }
      return value(type[..<colon], initial?.dropFirst("initial=".count) ?? "0")
    }
    if type.hasSuffix("x") {
      guard let bytes = hexadecimal(text), let code = Int(type.dropLast()) else { return nil }
      return RecordedWalk.bytes(code, bytes)
    }
    return Int(type).flatMap { scalar($0, text) }
  }

  private static func bytes(_ type: Int, _ bytes: [UInt8]) -> Value? {
    switch type {
    case 4: .octets(bytes)
    case 64 where bytes.count == 4: .ipAddress(bytes)
    case 68: .opaque(bytes)
    default: nil
    }
  }

  private static func scalar(_ type: Int, _ text: Substring) -> Value? {
    switch type {
    case 2: Int64(text).map(Value.integer)
    case 4: .octets(Array(text.utf8))
    case 5: .null
    case 6: oid(text).map(Value.objectIdentifier)
    case 64:
      text.split(separator: ".").count == 4 ? .ipAddress(text.split(separator: ".").compactMap { UInt8($0) }) : nil
    case 65: UInt64(text).map { .counter32(UInt32(truncatingIfNeeded: $0)) }
    case 66: UInt64(text).map { .gauge(UInt32(truncatingIfNeeded: $0)) }
    case 67: UInt64(text).map { .timeTicks(UInt32(truncatingIfNeeded: $0)) }
    case 68: .opaque(Array(text.utf8))
    case 70: UInt64(text).map(Value.counter64)
    default: nil
    }
  }

  private static func hexadecimal(_ text: Substring) -> [UInt8]? {
    let digits = text.utf8.compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
