/// What a datagram is to the one who waits for an answer.
enum Received {
  case response(Response)
  /// A whole message, but not the answer to the request: an old one, or one of somebody else's.
  case other
  /// No message of this version.
  case unreadable
}

/// A message of the versions 1 and 2c (RFC 3416 section 3, RFC 1157 section 4.1), read strictly within its bounds.
enum Message {
  /// Reads a datagram as the answer to the request of that number, if one waits. Bytes behind the message are left alone, as other managers do.
  static func read(_ bytes: Span<UInt8>, version: Int, request: Int32?) -> Received {
    var datagram = Cursor(bytes)
    guard var message = datagram.next(bytes, Tag.sequence), message.integer(bytes) == Int64(version),
      message.next(bytes, Tag.octets) != nil, let pdu = message.next(bytes)
    else { return .unreadable }
    guard pdu.tag == Tag.response else { return .other }
    var fields = pdu.content
    guard let number = fields.integer(bytes) else { return .unreadable }
    guard number == request.map(Int64.init) else { return .other }
    guard let status = fields.integer(bytes), let index = fields.integer(bytes),
      let list = fields.next(bytes, Tag.sequence), let bindings = bindings(list, bytes)
    else { return .unreadable }
    return .response(
      Response(
        status: Int(clamping: status), index: Int(clamping: index), bindings: bindings, bytes: bytes.count))
  }

  /// An object of a message: where the parts of its name end, and its value as it came.
  private struct Found {
    var end: Int
    var tag: UInt8
    var content: Cursor
  }

  /// Names first, so that all of them share one list.
  private static func bindings(_ list: Cursor, _ bytes: Span<UInt8>) -> [VarBind]? {
    // A part takes a byte at least, and the two that share one have the heads before it.
    var parts = [UInt32](repeating: 0, count: list.count)
    guard let found = names(list, bytes, &parts) else { return nil }
    var bindings: [VarBind] = []
    bindings.reserveCapacity(found.count)
    var start = 0
    for object in found {
      guard let value = SNMPValue(object.tag, object.content, bytes) else { return nil }
      bindings.append(VarBind(OID(parts, in: start..<object.end), value))
      start = object.end
    }
    return bindings
  }

  private static func names(_ list: Cursor, _ bytes: Span<UInt8>, _ parts: inout [UInt32]) -> [Found]? {
    var list = list
    var room = parts.mutableSpan
    var found: [Found] = []
    found.reserveCapacity(list.count / 16)
    var end = 0
    while !list.isAtEnd {
      guard var binding = list.next(bytes, Tag.sequence), let name = binding.next(bytes, Tag.identifier),
        let next = name.readParts(bytes, into: &room, from: end), let value = binding.next(bytes)
      else { return nil }
      end = next
      found.append(Found(end: end, tag: value.tag, content: value.content))
    }
    return found
  }
}

extension SNMPValue {
  /// `nil` where the content cannot be one of the tag, and for tags that SNMP does not have.
  fileprivate init?(_ tag: UInt8, _ content: Cursor, _ bytes: Span<UInt8>) {
    switch tag {
    case Tag.octets, Tag.bits: self = .octets(content.kept(bytes))
    case Tag.identifier:
      guard let oid = OID(content, bytes) else { return nil }
      self = .objectIdentifier(oid)
    case Tag.address: self = .ipAddress(content.kept(bytes))
    case Tag.opaque: self = SNMPValue(opaque: content, bytes)
    case Tag.null: self = .null
    case Tag.noSuchObject: self = .noSuchObject
    case Tag.noSuchInstance: self = .noSuchInstance
    case Tag.endOfMibView: self = .endOfMibView
    default:
      guard let number = SNMPValue(number: content, tag, bytes) else { return nil }
      self = number
    }
  }

  private init?(number content: Cursor, _ tag: UInt8, _ bytes: Span<UInt8>) {
    if tag == Tag.integer {
      guard let value = content.signed(bytes) else { return nil }
      // Over 32 bits it is no INTEGER of SNMP: said to be of another type rather than cut.
      self = Int32(exactly: value) == nil ? .opaque(content.kept(bytes)) : .integer(value)
      return
    }
    guard let value = content.unsigned(bytes, width: tag == Tag.counter64 ? 8 : 4) else { return nil }
    switch tag {
    case Tag.counter: self = .counter32(UInt32(truncatingIfNeeded: value))
    case Tag.gauge, Tag.unsigned: self = .gauge(UInt32(truncatingIfNeeded: value))
    case Tag.ticks: self = .timeTicks(UInt32(truncatingIfNeeded: value))
    case Tag.counter64: self = .counter64(value)
    default: return nil
    }
  }

  /// Numbers within an Opaque, as net-snmp's agents send them (draft-perkins-opaque-01).
  private init(opaque content: Cursor, _ bytes: Span<UInt8>) {
    var inner = content
    // The tag has two bytes, of which the first is the same for all.
    guard content.count > 2, bytes[content.place] == 0x9F else {
      self = .opaque(content.kept(bytes))
      return
    }
    inner.skip()
    let value = inner.next(bytes).flatMap { SNMPValue(special: $0.content, $0.tag, bytes) }
    self = inner.isAtEnd ? value ?? .opaque(content.kept(bytes)) : .opaque(content.kept(bytes))
  }

  private init?(special content: Cursor, _ tag: UInt8, _ bytes: Span<UInt8>) {
    switch tag {
    case 0x76, 0x7B:
      guard let value = content.unsigned(bytes, width: 8) else { return nil }
      self = .counter64(value)
    case 0x78 where content.count == 4:
      guard let value = content.unsigned(bytes, width: 4) else { return nil }
      self = .real(Double(Float(bitPattern: UInt32(truncatingIfNeeded: value))))
    case 0x79 where content.count == 8:
      guard let value = content.unsigned(bytes, width: 8) else { return nil }
      self = .real(Double(bitPattern: value))
    case 0x7A:
      guard let value = content.signed(bytes) else { return nil }
      self = .integer(value)
    default: return nil
    }
  }
}

extension OID {
  /// One that is a value, with a list of its own.
  fileprivate init?(_ content: Cursor, _ bytes: Span<UInt8>) {
    var parts = [UInt32](repeating: 0, count: content.count + 2)
    var room = parts.mutableSpan
    guard let end = content.readParts(bytes, into: &room, from: 0) else { return nil }
    self.init(parts, in: 0..<end)
  }
}

extension Cursor {
  /// Bytes of a text that are kept; no device needs more to say something.
  private static let longest = 4096

  /// The content, cut where it is very long.
  fileprivate func kept(_ bytes: Span<UInt8>) -> [UInt8] {
    unsafe bytes.extracting(place..<place + min(count, Cursor.longest)).withUnsafeBufferPointer { unsafe Array($0) }
  }
}
