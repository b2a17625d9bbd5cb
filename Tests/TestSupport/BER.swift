/// The encoding of SNMP, as far as tests need it: short forms, and no checks.
package enum BER {
  package static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
    [tag] + length(content.count) + content
  }

  private static func length(_ count: Int) -> [UInt8] {
    switch count {
    case ..<128: [UInt8(count)]
    case ..<256: [0x81, UInt8(count)]
    default: [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
    }
  }

  package static func integer(_ value: Int, tag: UInt8 = 0x02) -> [UInt8] {
    var bytes = unsafe withUnsafeBytes(of: value.bigEndian) { unsafe Array($0) }
    while bytes.count > 1, bytes[0] == 0, bytes[1] < 0x80 { bytes.removeFirst() }
    while bytes.count > 1, bytes[0] == 0xFF, bytes[1] >= 0x80 { bytes.removeFirst() }
    return element(tag, bytes)
  }

  package static func unsigned(_ value: UInt64, tag: UInt8) -> [UInt8] {
    var bytes = unsafe [0] + withUnsafeBytes(of: value.bigEndian) { unsafe Array($0) }
    while bytes.count > 1, bytes[0] == 0, bytes[1] < 0x80 { bytes.removeFirst() }
    return element(tag, bytes)
  }

  package static func text(_ text: String) -> [UInt8] { element(0x04, Array(text.utf8)) }
  package static func counter32(_ value: UInt32) -> [UInt8] { unsigned(UInt64(value), tag: 0x41) }
  package static func gauge(_ value: UInt32) -> [UInt8] { unsigned(UInt64(value), tag: 0x42) }
  package static func timeTicks(_ value: UInt32) -> [UInt8] { unsigned(UInt64(value), tag: 0x43) }
  package static func counter64(_ value: UInt64) -> [UInt8] { unsigned(value, tag: 0x46) }
  package static let noSuchObject: [UInt8] = [0x80, 0]
  package static let noSuchInstance: [UInt8] = [0x81, 0]
  package static let endOfMibView: [UInt8] = [0x82, 0]

  package static func oid(_ parts: [UInt32]) -> [UInt8] {
    guard parts.count >= 2 else { return element(0x06, [0]) }
    return element(0x06, [UInt8(parts[0] * 40 + parts[1])] + parts.dropFirst(2).flatMap(group))
  }

  private static func group(_ part: UInt32) -> [UInt8] {
    var bytes = [UInt8(part & 0x7F)]
    var rest = part >> 7
    while rest > 0 {
      bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
      rest >>= 7
    }
    return bytes
  }

  /// An element at the front: its tag, its content and what follows.
  package static func split(
    _ bytes: ArraySlice<UInt8>
  ) -> (tag: UInt8, content: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
    guard bytes.count >= 2 else { return nil }
    let tag = bytes[bytes.startIndex]
    var start = bytes.startIndex + 2
    var length = Int(bytes[bytes.startIndex + 1])
    if length >= 0x80 {
      let more = length & 0x7F
      guard more <= 2, bytes.endIndex >= start + more else { return nil }
      length = bytes[start..<start + more].reduce(0) { $0 << 8 | Int($1) }
      start += more
    }
    guard bytes.endIndex >= start + length else { return nil }
    return (tag, bytes[start..<start + length], bytes[(start + length)...])
  }

  package static func parts(_ content: ArraySlice<UInt8>) -> [UInt32] {
    var parts: [UInt32] = []
    var part: UInt32 = 0
    for byte in content {
      part = part << 7 | UInt32(byte & 0x7F)
      if byte < 0x80 {
        parts += parts.isEmpty ? [part / 40, part % 40] : [part]
        part = 0
      }
    }
    return parts
  }
}

/// A request of version 1 or 2c as an agent sees it.
package struct SNMPRequest: Sendable {
  package enum Command: UInt8, Sendable {
    case get = 0xA0
    case next = 0xA1
    case bulk = 0xA5
  }

  package var version: Int
  package var community: String
  package var command: Command
  /// Encoded.
  package var id: [UInt8]
  package var repetitions: Int
  package var oids: [[UInt32]]

  package init?(_ bytes: [UInt8]) {
    guard let message = BER.split(bytes[...]), let version = BER.split(message.content),
      let community = BER.split(version.rest), let pdu = BER.split(community.rest),
      let command = Command(rawValue: pdu.tag), let id = BER.split(pdu.content), let status = BER.split(id.rest),
      let index = BER.split(status.rest), let list = BER.split(index.rest)
    else { return nil }
    self.version = Int(version.content.last ?? 0)
    self.community = String(decoding: community.content, as: UTF8.self)
    self.command = command
    self.id = BER.element(0x02, Array(id.content))
    repetitions = index.content.reduce(0) { $0 << 8 | Int($1) }
    oids = SNMPRequest.names(list.content)
  }

  private static func names(_ list: ArraySlice<UInt8>) -> [[UInt32]] {
    var names: [[UInt32]] = []
    var rest = list
    while let binding = BER.split(rest), let name = BER.split(binding.content) {
      names.append(BER.parts(name.content))
      rest = binding.rest
    }
    return names
  }

  /// A response to it, with encoded values.
  package func response(
    _ bindings: [([UInt32], [UInt8])], status: Int = 0, index: Int = 0, id: [UInt8]? = nil
  ) -> [UInt8] {
    let list = bindings.flatMap { BER.element(0x30, BER.oid($0.0) + $0.1) }
    let pdu = (id ?? self.id) + BER.integer(status) + BER.integer(index) + BER.element(0x30, list)
    return BER.element(
      0x30, BER.integer(version) + BER.element(0x04, Array(community.utf8)) + BER.element(0xA2, pdu))
  }

  /// What an honest agent with these objects answers.
  package func honest(_ objects: [([UInt32], [UInt8])]) -> [UInt8] {
    let objects = objects.sorted { $0.0.lexicographicallyPrecedes($1.0) }
    if command == .get {
      return response(oids.map { oid in (oid, objects.first { $0.0 == oid }?.1 ?? BER.noSuchObject) })
    }
    var positions = oids
    var found: [([UInt32], [UInt8])] = []
    for _ in 0..<(command == .bulk ? repetitions : 1) {
      for column in positions.indices {
        let next = objects.first { positions[column].lexicographicallyPrecedes($0.0) }
        found.append((next?.0 ?? positions[column], next?.1 ?? BER.endOfMibView))
        if let next { positions[column] = next.0 }
      }
    }
    return response(found)
  }
}
