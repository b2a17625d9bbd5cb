/// A message of version 3 as an agent sees it (RFC 3412 section 6, RFC 3414 section 2.4).
struct SecuredMessage {
  let id: [UInt8]
  let engine: [UInt8]
  private let flags: UInt8
  private let boots: Int
  private let time: Int
  private let user: [UInt8]
  private let signature: Range<Int>
  private let salt: [UInt8]
  private let data: (tag: UInt8, content: ArraySlice<UInt8>)
  private let datagram: [UInt8]

  /// `nil` for what is no message of version 3 with the user-based security model.
  init?(_ datagram: ArraySlice<UInt8>) {
    let datagram = Array(datagram)
    var outer = Reader(datagram[...])
    guard let message = outer.next(), message.tag == 0x30 else { return nil }
    var parts = Reader(message.content)
    guard let version = parts.next(), Reader.integer(version.content) == 3, let head = parts.next(),
      let security = parts.next(), let data = parts.next()
    else { return nil }
    var heads = Reader(head.content)
    guard let id = heads.next(), heads.next() != nil, let flags = heads.next() else { return nil }
    var sequence = Reader(security.content)
    guard let list = sequence.next() else { return nil }
    var fields = Reader(list.content)
    guard let engine = fields.next(), let boots = fields.next(), let time = fields.next(), let user = fields.next(),
      let signature = fields.next(), let salt = fields.next()
    else { return nil }
    self.id = Array(id.content)
    self.flags = flags.content.first ?? 0
    self.engine = Array(engine.content)
    self.boots = Reader.integer(boots.content)
    self.time = Reader.integer(time.content)
    self.user = Array(user.content)
    self.signature = signature.content.indices
    self.salt = Array(salt.content)
    self.data = data
    self.datagram = datagram
  }

  /// The context and the PDU, where the message is signed and hidden by the user.
  func scoped(by user: SecuredUser) -> ArraySlice<UInt8>? {
    guard flags & 3 == 3, self.user.elementsEqual(user.name.utf8), signature.count == 12, data.tag == 0x04 else {
      return nil
    }
    var unsigned = datagram
    for index in signature { unsigned[index] = 0 }
    guard user.signature(unsigned) == Array(datagram[signature]) else { return nil }
    return user.shown(Array(data.content), boots: boots, time: time, salt: salt)[...]
  }

  /// Tells who asks for nobody's engine which one this is: usmStatsUnknownEngineIDs.
  func introduction(of engine: [UInt8], boots: Int, time: Int) -> [UInt8] {
    let name = Encoding.oid([1, 3, 6, 1, 6, 3, 15, 1, 1, 4, 0])
    let list = Encoding.element(0x30, Encoding.element(0x30, name + Encoding.unsigned(1, tag: 0x41)))
    let pdu = Encoding.element(0xA8, request + Encoding.signed(0) + Encoding.signed(0) + list)
    let scoped = Encoding.element(0x30, Encoding.element(0x04, engine) + Encoding.element(0x04, []) + pdu)
    return whole(flags: 0, security(engine, boots, time, user: [], signature: [], salt: []), scoped)
  }

  /// The number of the request in a message that hides nothing.
  private var request: [UInt8] {
    var scoped = Reader(data.content)
    guard data.tag == 0x30, scoped.next() != nil, scoped.next() != nil, let pdu = scoped.next() else {
      return Encoding.signed(0)
    }
    var fields = Reader(pdu.content)
    return Encoding.element(0x02, Array(fields.next()?.content ?? [0]))
  }

  /// Signs and hides an answer.
  func answer(_ pdu: [UInt8], by user: SecuredUser, boots: Int, time: Int, salt: [UInt8]) -> [UInt8] {
    let scoped = Encoding.element(0x30, Encoding.element(0x04, user.engine) + Encoding.element(0x04, []) + pdu)
    let hidden = Encoding.element(0x04, user.hidden(scoped, boots: boots, time: time, salt: salt))
    let place = [UInt8](repeating: 0, count: 12)
    let unsigned = whole(
      flags: 3, security(user.engine, boots, time, user: self.user, signature: place, salt: salt), hidden)
    // Behind the place are only the salt and what is hidden.
    let end = unsigned.count - hidden.count - salt.count - 2
    return unsigned[..<(end - 12)] + user.signature(unsigned) + unsigned[end...]
  }

  private func security(
    _ engine: [UInt8], _ boots: Int, _ time: Int, user: [UInt8], signature: [UInt8], salt: [UInt8]
  ) -> [UInt8] {
    let texts = Encoding.element(0x04, user) + Encoding.element(0x04, signature) + Encoding.element(0x04, salt)
    let numbers = Encoding.signed(Int64(boots)) + Encoding.signed(Int64(time))
    return Encoding.element(0x04, Encoding.element(0x30, Encoding.element(0x04, engine) + numbers + texts))
  }

  private func whole(flags: UInt8, _ security: [UInt8], _ data: [UInt8]) -> [UInt8] {
    let head = Encoding.element(
      0x30, Encoding.element(0x02, id) + Encoding.signed(65_507) + [0x04, 1, flags] + Encoding.signed(3))
    return Encoding.element(0x30, Encoding.signed(3) + head + security + data)
  }
}
