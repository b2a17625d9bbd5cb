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

  init(_ pdu: UnsafeMutablePointer<netsnmp_pdu>) {
    let oid = unsafe pdu.pointee.variables.flatMap { unsafe OID($0) }
    self = oid?.suffix(after: Report.prefix)?.parts.first.flatMap { Report(rawValue: Int($0)) } ?? .other
  }

  /// What it means to a user.
  func error(for user: User) -> SNMPError {
    switch self {
    case .notInTimeWindow:
      SNMPError(
        .notInTimeWindow, "not in time window: the agent's clock jumps or stands, so it takes no request for new")
    case .unknownUserName: SNMPError(.unknownUser, "unknown user: the agent does not know the user «\(user.name)»")
    case .wrongDigest:
      SNMPError(
        .wrongDigest, "wrong digest: the agent refuses the signature: wrong authentication password or method")
    case .decryptionError:
      SNMPError(.decryptionError, "decryption error: the agent cannot decrypt: wrong privacy password or method")
    case .unsupportedSecurityLevel:
      SNMPError(
        .unsupportedSecurityLevel,
        "unsupported security level: the agent wants the user «\(user.name)» on another level of security")
    case .unknownEngine:
      SNMPError(.unknownEngine, "unknown engine: the agent does not answer to the engine it told")
    case .other: SNMPError(.garbage, "the agent reports an error of its engine")
    }
  }
}

extension Response {
  init(_ pdu: UnsafeMutablePointer<netsnmp_pdu>, bytes: Int) {
    unsafe self.init(status: pdu.pointee.errstat, index: pdu.pointee.errindex, bindings: [], bytes: bytes)
    bindings.reserve(bytes / 20)
    var next = unsafe pdu.pointee.variables
    while let variable = unsafe next {
      if let name = unsafe variable.pointee.name, let value = unsafe SNMPValue(variable) {
        unsafe bindings.append(UnsafeBufferPointer(start: name, count: variable.pointee.name_length), value)
      }
      unsafe next = variable.pointee.next_variable
    }
  }
}

/// A binding stays where the library has it: it holds room for the longest name, over a kilobyte.
private typealias Variable = UnsafeMutablePointer<netsnmp_variable_list>

extension OID {
  fileprivate init?(_ variable: Variable) {
    guard let name = unsafe variable.pointee.name else { return nil }
    unsafe self.init(unsafe UnsafeBufferPointer(start: name, count: variable.pointee.name_length))
  }

  fileprivate init(_ parts: UnsafeBufferPointer<oid>) {
    unsafe self.init(parts.map { UInt32(truncatingIfNeeded: $0) })
  }
}

extension SNMPValue {
  /// `nil` for a type that SNMP does not have.
  fileprivate init?(_ variable: Variable) {
    let type = unsafe Int(variable.pointee.type)
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

  private static func number(_ variable: Variable, _ type: Int) -> SNMPValue? {
    guard let integer = unsafe variable.pointee.val.integer, let wide = unsafe variable.pointee.val.counter64
    else { return nil }
    let bits = unsafe UInt(bitPattern: integer.pointee)
    switch type {
    case REDEYE_ASN_INTEGER: return unsafe .integer(Int64(integer.pointee))
    case REDEYE_ASN_GAUGE, REDEYE_ASN_UINTEGER: return .gauge(UInt32(truncatingIfNeeded: bits))
    case REDEYE_ASN_COUNTER: return .counter32(UInt32(truncatingIfNeeded: bits))
    case REDEYE_ASN_TIMETICKS: return .timeTicks(UInt32(truncatingIfNeeded: bits))
    case REDEYE_ASN_COUNTER64, REDEYE_ASN_OPAQUE_COUNTER64, REDEYE_ASN_OPAQUE_U64:
      return unsafe .counter64(joined(wide.pointee))
    case REDEYE_ASN_OPAQUE_I64: return unsafe .integer(Int64(bitPattern: joined(wide.pointee)))
    case REDEYE_ASN_OPAQUE_FLOAT: return unsafe .real(Double(variable.pointee.val.floatVal.pointee))
    case REDEYE_ASN_OPAQUE_DOUBLE: return unsafe .real(variable.pointee.val.doubleVal.pointee)
    default: return nil
    }
  }

  private static func joined(_ value: counter64) -> UInt64 {
    UInt64(value.high & 0xFFFF_FFFF) << 32 | UInt64(value.low & 0xFFFF_FFFF)
  }

  private static func text(_ variable: Variable, _ type: Int) -> SNMPValue? {
    switch type {
    case REDEYE_ASN_OBJECT_ID:
      let count = unsafe variable.pointee.val_len / MemoryLayout<oid>.size
      return unsafe .objectIdentifier(OID(UnsafeBufferPointer(start: variable.pointee.val.objid, count: count)))
    case REDEYE_ASN_OCTET_STR, REDEYE_ASN_BIT_STR: return unsafe .octets(bytes(variable))
    case REDEYE_ASN_IPADDRESS: return unsafe .ipAddress(bytes(variable))
    case REDEYE_ASN_OPAQUE: return unsafe .opaque(bytes(variable))
    default: return nil
    }
  }

  /// Bytes of a text that are kept; no device needs more to say something.
  private static let longest = 4096

  private static func bytes(_ variable: Variable) -> [UInt8] {
    guard let start = unsafe variable.pointee.val.string else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: start, count: min(longest, variable.pointee.val_len)))
  }
}
