/// A value as an agent sends it; the three last say that there is none.
package enum SNMPValue: Hashable, Sendable {
  case integer(Int64)
  /// Gauge32 and Unsigned32.
  case gauge(UInt32)
  case counter32(UInt32)
  case counter64(UInt64)
  /// Hundredths of a second.
  case timeTicks(UInt32)
  case octets([UInt8])
  case objectIdentifier(OID)
  case ipAddress([UInt8])
  /// A float or double within an Opaque.
  case real(Double)
  case opaque([UInt8])
  case null
  case noSuchObject
  case noSuchInstance
  case endOfMibView

  /// False where the agent said that there is no such thing.
  package var exists: Bool {
    switch self {
    case .noSuchObject, .noSuchInstance, .endOfMibView: false
    default: true
    }
  }
}

/// An object and its value.
package struct VarBind: Hashable, Sendable {
  package var oid: OID
  package var value: SNMPValue

  package init(_ oid: OID, _ value: SNMPValue) {
    self.oid = oid
    self.value = value
  }
}
