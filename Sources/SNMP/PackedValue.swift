/// A value in sixteen bytes. What is longer than a number stands in the contents of its list, and only that list can
/// unpack it.
package struct PackedValue: Sendable {
  package enum Kind: UInt8, Sendable {
    /// No value at all, as for a row in which a column is missing.
    case none
    case integer, gauge, counter32, counter64, timeTicks, real
    case octets, identifier, address, opaque
    case null
    case noSuchObject, noSuchInstance, endOfMibView
  }

  package let kind: Kind
  /// The number as it is, in two's complement, as the bits of a double; or where the content is: its place in the
  /// upper half, its bytes in the lower.
  package let bits: UInt64

  package static let none = PackedValue(.none)

  init(_ kind: Kind, _ bits: UInt64 = 0) { (self.kind, self.bits) = (kind, bits) }

  init(_ kind: Kind, _ contents: inout [UInt8], _ bytes: some Collection<UInt8>) {
    self.init(kind, UInt64(contents.count) << 32 | UInt64(bytes.count))
    contents.append(contentsOf: bytes)
  }

  init(_ value: SNMPValue, _ contents: inout [UInt8]) {
    switch value {
    case .integer(let value): self.init(.integer, UInt64(bitPattern: value))
    case .gauge(let value): self.init(.gauge, UInt64(value))
    case .counter32(let value): self.init(.counter32, UInt64(value))
    case .counter64(let value): self.init(.counter64, value)
    case .timeTicks(let value): self.init(.timeTicks, UInt64(value))
    case .real(let value): self.init(.real, value.bitPattern)
    case .octets(let bytes): self.init(.octets, &contents, bytes)
    case .objectIdentifier(let oid): self.init(oid, &contents)
    case .ipAddress(let bytes): self.init(.address, &contents, bytes)
    case .opaque(let bytes): self.init(.opaque, &contents, bytes)
    case .null: self.init(.null)
    case .noSuchObject: self.init(.noSuchObject)
    case .noSuchInstance: self.init(.noSuchInstance)
    case .endOfMibView: self.init(.endOfMibView)
    }
  }

  /// Four bytes for each part, the lowest first.
  init(_ oid: OID, _ contents: inout [UInt8]) {
    self.init(.identifier, &contents, oid.parts.flatMap { part in (0..<4).map { UInt8(part >> ($0 * 8) & 0xFF) } })
  }

  /// False where the agent said that there is no such thing, or said nothing.
  package var exists: Bool { kind != .none && kind.rawValue < Kind.noSuchObject.rawValue }

  private var range: Range<Int> { Int(bits >> 32)..<Int(bits >> 32 + bits & 0xFFFF_FFFF) }

  private var hasContent: Bool { (Kind.octets.rawValue...Kind.opaque.rawValue).contains(kind.rawValue) }

  /// The same value, for a list with other contents.
  func moved(from contents: [UInt8], to others: inout [UInt8]) -> PackedValue {
    hasContent ? PackedValue(kind, &others, contents[range]) : self
  }

  func unpacked(_ contents: [UInt8]) -> SNMPValue? {
    switch kind {
    case .none: nil
    case .integer: .integer(Int64(bitPattern: bits))
    case .gauge: .gauge(UInt32(truncatingIfNeeded: bits))
    case .counter32: .counter32(UInt32(truncatingIfNeeded: bits))
    case .counter64: .counter64(bits)
    case .timeTicks: .timeTicks(UInt32(truncatingIfNeeded: bits))
    case .real: .real(Double(bitPattern: bits))
    case .octets: .octets(Array(contents[range]))
    case .identifier: .objectIdentifier(OID(PackedValue.parts(contents[range])))
    case .address: .ipAddress(Array(contents[range]))
    case .opaque: .opaque(Array(contents[range]))
    case .null: .null
    case .noSuchObject: .noSuchObject
    case .noSuchInstance: .noSuchInstance
    case .endOfMibView: .endOfMibView
    }
  }

  private static func parts(_ bytes: ArraySlice<UInt8>) -> [UInt32] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: 4).map { start in
      (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << ($1 * 8) }
    }
  }
}
