import CNetSNMP

/// What an engine of version 3 reports instead of an answer (RFC 3414 section 3.2).
enum Report: Int {
  case unsupportedSecurityLevel = 1
  case notInTimeWindow = 2
  case unknownUserName = 3
  case unknownEngine = 4
  case wrongDigest = 5
  case decryptionError = 6
  case other = 0

  /// usmStats; the number that follows it is the report's.
  private static let prefix = OID([1, 3, 6, 1, 6, 3, 15, 1, 1])

  init(_ pdu: netsnmp_pdu) {
    let oid = unsafe pdu.variables.flatMap { unsafe OID($0.pointee) }
    self = oid?.suffix(after: Report.prefix).flatMap { Report(rawValue: Int($0.parts[0])) } ?? .other
  }

  /// The error for a user; `nil` where the library sends the request again by itself.
  func error(for user: User) -> SNMPError? {
    switch self {
    case .notInTimeWindow: nil
    case .unknownUserName: SNMPError(.denied, "the agent does not know the user «\(user.name)»")
    case .wrongDigest:
      SNMPError(.denied, "the agent refuses the signature: wrong authentication password or method")
    case .decryptionError: SNMPError(.denied, "the agent cannot decrypt: wrong privacy password or method")
    case .unsupportedSecurityLevel:
      SNMPError(.denied, "the agent wants the user «\(user.name)» on another level of security")
    case .unknownEngine, .other: SNMPError(.garbage, "the agent reports an error of its engine")
    }
  }
}

extension Response {
  init(_ pdu: netsnmp_pdu, bytes: Int) {
    unsafe self.init(status: pdu.errstat, index: pdu.errindex, bindings: [], bytes: bytes)
    var next = unsafe pdu.variables
    while let variable = unsafe next {
      if let oid = unsafe OID(variable.pointee), let value = unsafe SNMPValue(variable.pointee) {
        bindings.append(VarBind(oid, value))
      }
      unsafe next = variable.pointee.next_variable
    }
  }
}

extension OID {
  fileprivate init?(_ variable: netsnmp_variable_list) {
    guard let name = unsafe variable.name else { return nil }
    unsafe self.init(unsafe UnsafeBufferPointer(start: name, count: variable.name_length))
  }

  fileprivate init(_ parts: UnsafeBufferPointer<oid>) {
    unsafe self.init(parts.map { UInt32(truncatingIfNeeded: $0) })
  }
}

extension SNMPValue {
  /// `nil` for a type that SNMP does not have.
  fileprivate init?(_ variable: netsnmp_variable_list) {
    let type = unsafe Int(variable.type)
    switch type {
    case REDEYE_NO_SUCH_OBJECT: self = .noSuchObject
    case REDEYE_NO_SUCH_INSTANCE: self = .noSuchInstance
    case REDEYE_END_OF_MIB_VIEW: self = .endOfMibView
    case REDEYE_ASN_NULL: self = .null
    default:
      guard let value = unsafe SNMPValue.number(variable, type) ?? SNMPValue.text(variable, type) else { return nil }
      self = value
    }
  }

  private static func number(_ variable: netsnmp_variable_list, _ type: Int) -> SNMPValue? {
    guard let integer = unsafe variable.val.integer, let wide = unsafe variable.val.counter64 else { return nil }
    let bits = unsafe UInt(bitPattern: integer.pointee)
    switch type {
    case REDEYE_ASN_INTEGER: return unsafe .integer(Int64(integer.pointee))
    case REDEYE_ASN_GAUGE, REDEYE_ASN_UINTEGER: return .gauge(UInt32(truncatingIfNeeded: bits))
    case REDEYE_ASN_COUNTER: return .counter32(UInt32(truncatingIfNeeded: bits))
    case REDEYE_ASN_TIMETICKS: return .timeTicks(UInt32(truncatingIfNeeded: bits))
    case REDEYE_ASN_COUNTER64, REDEYE_ASN_OPAQUE_COUNTER64, REDEYE_ASN_OPAQUE_U64:
      return unsafe .counter64(joined(wide.pointee))
    case REDEYE_ASN_OPAQUE_I64: return unsafe .integer(Int64(bitPattern: joined(wide.pointee)))
    case REDEYE_ASN_OPAQUE_FLOAT: return unsafe .real(Double(variable.val.floatVal.pointee))
    case REDEYE_ASN_OPAQUE_DOUBLE: return unsafe .real(variable.val.doubleVal.pointee)
    default: return nil
    }
  }

  private static func joined(_ value: counter64) -> UInt64 {
    UInt64(value.high & 0xFFFF_FFFF) << 32 | UInt64(value.low & 0xFFFF_FFFF)
  }

  private static func text(_ variable: netsnmp_variable_list, _ type: Int) -> SNMPValue? {
    switch type {
    case REDEYE_ASN_OBJECT_ID:
      let count = unsafe variable.val_len / MemoryLayout<oid>.size
      return unsafe .objectIdentifier(OID(UnsafeBufferPointer(start: variable.val.objid, count: count)))
    case REDEYE_ASN_OCTET_STR, REDEYE_ASN_BIT_STR: return unsafe .octets(bytes(variable))
    case REDEYE_ASN_IPADDRESS: return unsafe .ipAddress(bytes(variable))
    case REDEYE_ASN_OPAQUE: return unsafe .opaque(bytes(variable))
    default: return nil
    }
  }

  private static func bytes(_ variable: netsnmp_variable_list) -> [UInt8] {
    guard let start = unsafe variable.val.string else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: start, count: variable.val_len))
  }
}
