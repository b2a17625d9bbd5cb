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

  private static func bindings(_ list: Cursor, _ bytes: Span<UInt8>) -> Bindings? {
    var list = list
    // A part takes a byte at least, and the two that share one have the heads before it.
    var parts = [UInt32](repeating: 0, count: list.count)
    var ends: [Int] = []
    var values: [PackedValue] = []
    var contents: [UInt8] = []
    ends.reserveCapacity(list.count / 16)
    values.reserveCapacity(list.count / 16)
    var end = 0
    while !list.isAtEnd {
      guard var binding = list.next(bytes, Tag.sequence), let name = binding.next(bytes, Tag.identifier),
        let next = name.readParts(bytes, into: &parts, from: end), let content = binding.next(bytes),
        let value = PackedValue(content.tag, content.content, bytes, &contents)
      else { return nil }
      end = next
      ends.append(end)
      values.append(value)
    }
    return Bindings(names: OIDList(parts, endingAt: ends), values: values, contents: contents)
  }
}

extension PackedValue {
  /// `nil` where the content cannot be one of the tag, and for tags that SNMP does not have.
  fileprivate init?(_ tag: UInt8, _ content: Cursor, _ bytes: Span<UInt8>, _ contents: inout [UInt8]) {
    switch tag {
    case Tag.integer:
      guard let value = content.signed(bytes) else { return nil }
      // Over 32 bits it is no INTEGER of SNMP: said to be of another type rather than cut.
      self =
        Int32(exactly: value) == nil
        ? PackedValue(.opaque, content, bytes, &contents) : PackedValue(.integer, UInt64(bitPattern: value))
    case Tag.counter, Tag.gauge, Tag.unsigned, Tag.ticks:
      guard let value = content.unsigned(bytes, width: 4) else { return nil }
      self.init(tag == Tag.counter ? .counter32 : tag == Tag.ticks ? .timeTicks : .gauge, value)
    case Tag.counter64:
      guard let value = content.unsigned(bytes, width: 8) else { return nil }
      self.init(.counter64, value)
    case Tag.octets, Tag.bits: self.init(.octets, content, bytes, &contents)
    case Tag.address: self.init(.address, content, bytes, &contents)
    case Tag.opaque: self.init(opaque: content, bytes, &contents)
    case Tag.identifier:
      guard let oid = OID(content, bytes) else { return nil }
      self.init(oid, &contents)
    case Tag.null: self.init(.null)
    case Tag.noSuchObject: self.init(.noSuchObject)
    case Tag.noSuchInstance: self.init(.noSuchInstance)
    case Tag.endOfMibView: self.init(.endOfMibView)
    default: return nil
    }
  }

  /// Numbers within an Opaque, as net-snmp's agents send them (draft-perkins-opaque-01).
  private init(opaque content: Cursor, _ bytes: Span<UInt8>, _ contents: inout [UInt8]) {
    // The tag has two bytes, of which the first is the same for all.
    if content.count > 2, bytes[content.place] == 0x9F {
      var inner = content
      inner.skip()
      if let number = inner.next(bytes), inner.isAtEnd,
        let value = PackedValue(special: number.content, number.tag, bytes)
      {
        self = value
        return
      }
    }
    self.init(.opaque, content, bytes, &contents)
  }

  private init?(special content: Cursor, _ tag: UInt8, _ bytes: Span<UInt8>) {
    switch tag {
    case 0x76, 0x7B:
      guard let value = content.unsigned(bytes, width: 8) else { return nil }
      self.init(.counter64, value)
    case 0x78 where content.count == 4:
      guard let value = content.unsigned(bytes, width: 4) else { return nil }
      self.init(.real, Double(Float(bitPattern: UInt32(truncatingIfNeeded: value))).bitPattern)
    case 0x79 where content.count == 8:
      guard let value = content.unsigned(bytes, width: 8) else { return nil }
      self.init(.real, value)
    case 0x7A:
      guard let value = content.signed(bytes) else { return nil }
      self.init(.integer, UInt64(bitPattern: value))
    default: return nil
    }
  }

  /// Bytes of a text that are kept; no device needs more to say something.
  private static let longest = 4096

  /// The content, cut where it is very long.
  private init(_ kind: Kind, _ content: Cursor, _ bytes: Span<UInt8>, _ contents: inout [UInt8]) {
    let kept = bytes.extracting(content.place..<content.place + min(content.count, PackedValue.longest))
    self = unsafe kept.withUnsafeBufferPointer { unsafe PackedValue(kind, &contents, $0) }
  }
}

extension OID {
  /// One that is a value, with a list of its own.
  fileprivate init?(_ content: Cursor, _ bytes: Span<UInt8>) {
    var parts = [UInt32](repeating: 0, count: content.count + 2)
    guard let end = content.readParts(bytes, into: &parts, from: 0) else { return nil }
    self.init(parts, in: 0..<end)
  }
}
