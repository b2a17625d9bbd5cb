/// An agent of versions 1 and 2c, and of 3 where it has a user: what it knows, and how badly it behaves.
package struct SimulatedAgent: Sendable {
  package enum Fault: Hashable, Sendable {
    /// No answer to every so manieth request.
    case drop(every: Int)
    /// No answer to a GETBULK of more bindings than this, as where fragments get lost.
    case losesAbove(bindings: Int)
    /// No answer to a request that holds anything of this column.
    case silentOn([UInt32])
    /// genErr without a place to one that does.
    case failsOn([UInt32])
    /// Bytes that are no message.
    case garbage
    /// Every counter is sent as text.
    case wrongType
    /// The same row again and again.
    case standsStill
    /// tooBig where a GETBULK would have to be cut.
    case saysTooBig
  }

  package var walk: RecordedWalk
  package var community = "public"
  /// Who may ask with version 3.
  package var user: SecuredUser?
  /// Bytes of the longest message it sends.
  package var longest = 1472
  /// Milliseconds before an answer.
  package var delay = 0
  package var faults: Set<Fault> = []
  private var count = 0

  package init(_ walk: RecordedWalk) { self.walk = walk }

  /// The answer to a datagram, if it gives one.
  mutating func answer(_ datagram: ArraySlice<UInt8>) -> [UInt8]? {
    count += 1
    if let user, let message = SecuredMessage(datagram) { return answer(message, user) }
    guard let request = Request(datagram), request.community.elementsEqual(community.utf8) else { return nil }
    for case .drop(let every) in faults where count % every == 0 { return nil }
    for case .losesAbove(let most) in faults where request.oids.count * request.repetitions > most { return nil }
    for case .silentOn(let column) in faults where request.holds(column) { return nil }
    if faults.contains(.garbage) { return [0x30, 0x20, 0xFF, 0x02, 0x01] + datagram.prefix(20) }
    return request.message(response(to: request))
  }

  /// Time stands still here; managers take the clock of an agent as it is.
  private func answer(_ message: SecuredMessage, _ user: SecuredUser) -> [UInt8]? {
    guard message.engine == user.engine else {
      return message.introduction(of: user.engine, boots: 1, time: 1000)
    }
    guard let scoped = message.scoped(by: user) else { return nil }
    var outer = Reader(scoped)
    guard let content = outer.next()?.content else { return nil }
    var parts = Reader(content)
    guard parts.next() != nil, parts.next() != nil, let pdu = parts.next(),
      let request = Request(pdu: pdu, version: 3, community: [], head: [UInt8](repeating: 0, count: 100))
    else { return nil }
    let salt = [UInt8](repeating: 0, count: 4) + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) }
    return message.answer(response(to: request), by: user, boots: 1, time: 1000, salt: salt)
  }

  private func response(to request: Request) -> [UInt8] {
    for case .failsOn(let column) in faults where request.holds(column) {
      return request.pdu(status: 5, index: 0, request.list)
    }
    let room = longest - request.head.count - 30
    switch request.command {
    case .get: return complete(request, get(request), room)
    case .next: return complete(request, next(request, rows: 1), room)
    case .bulk: return bulk(request, room)
    }
  }

  private func complete(_ request: Request, _ bindings: [[UInt8]], _ room: Int) -> [UInt8] {
    let list = bindings.flatMap { $0 }
    if list.count > room { return request.pdu(status: 1, index: 0, []) }
    let missing =
      request.version == 0 ? bindings.firstIndex { $0.suffix(2) == [0x80, 0] || $0.suffix(2) == [0x82, 0] } : nil
    if let missing { return request.pdu(status: 2, index: missing + 1, request.list) }
    return request.pdu(status: 0, index: 0, list)
  }

  /// As many whole bindings as there is room for.
  private func bulk(_ request: Request, _ room: Int) -> [UInt8] {
    var list: [UInt8] = []
    list.reserveCapacity(room)
    for binding in next(request, rows: request.repetitions) {
      guard list.count + binding.count <= room else {
        if faults.contains(.saysTooBig) || list.isEmpty { return request.pdu(status: 1, index: 0, []) }
        break
      }
      list += binding
    }
    return request.pdu(status: 0, index: 0, list)
  }

  private func get(_ request: Request) -> [[UInt8]] {
    request.oids.map { oid in
      let place = walk.place(of: oid)
      return place < walk.oids.count && walk.oids[place] == oid
        ? binding(place) : Encoding.element(0x30, Encoding.oid(oid) + [0x80, 0])
    }
  }

  private func next(_ request: Request, rows: Int) -> [[UInt8]] {
    var places = request.oids.map { oid -> Int in
      let place = walk.place(of: oid)
      return place < walk.oids.count && walk.oids[place] == oid && !faults.contains(.standsStill) ? place + 1 : place
    }
    var bindings: [[UInt8]] = []
    bindings.reserveCapacity(rows * places.count)
    for _ in 0..<rows {
      for column in places.indices {
        let place = places[column]
        guard place < walk.oids.count else {
          bindings.append(Encoding.element(0x30, Encoding.oid(walk.oids.last ?? request.oids[column]) + [0x82, 0]))
          continue
        }
        bindings.append(binding(place))
        if !faults.contains(.standsStill) { places[column] += 1 }
      }
      if bindings.count * 12 > longest { break }
    }
    return bindings
  }

  private func binding(_ place: Int) -> [UInt8] {
    if faults.contains(.wrongType) {
      switch walk.values[place] {
      case .counter32, .counter64:
        return Encoding.element(0x30, Encoding.oid(walk.oids[place]) + Encoding.element(0x04, Array("many".utf8)))
      default: break
      }
    }
    return Array(walk.binding(place))
  }
}

/// A request as it arrives.
struct Request {
  enum Command: UInt8 {
    case get = 0xA0
    case next = 0xA1
    case bulk = 0xA5
  }

  let version: Int
  let community: ArraySlice<UInt8>
  let command: Command
  let repetitions: Int
  let oids: [[UInt32]]
  /// The bindings as they came.
  let list: [UInt8]
  /// Version and community, encoded.
  let head: [UInt8]
  private let id: [UInt8]

  init?(_ datagram: ArraySlice<UInt8>) {
    var outer = Reader(datagram)
    guard let message = outer.next(), message.tag == 0x30 else { return nil }
    var parts = Reader(message.content)
    guard let version = parts.next(), let community = parts.next(), let pdu = parts.next() else { return nil }
    self.init(
      pdu: pdu, version: Reader.integer(version.content), community: community.content,
      head: Encoding.element(0x02, Array(version.content)) + Encoding.element(0x04, Array(community.content)))
  }

  init?(pdu: (tag: UInt8, content: ArraySlice<UInt8>), version: Int, community: ArraySlice<UInt8>, head: [UInt8]) {
    guard let command = Command(rawValue: pdu.tag) else { return nil }
    var fields = Reader(pdu.content)
    guard let id = fields.next(), fields.next() != nil, let index = fields.next(), let list = fields.next() else {
      return nil
    }
    self.version = version
    self.community = community
    self.head = head
    self.command = command
    repetitions = command == .bulk ? min(1000, Reader.integer(index.content)) : 1
    self.id = Encoding.element(0x02, Array(id.content))
    self.list = Array(list.content)
    var bindings = Reader(list.content)
    var oids: [[UInt32]] = []
    while let binding = bindings.next() {
      var name = Reader(binding.content)
      guard let name = name.next() else { return nil }
      oids.append(Reader.oid(name.content))
    }
    self.oids = oids
  }

  func pdu(status: Int64, index: Int, _ list: [UInt8]) -> [UInt8] {
    Encoding.element(
      0xA2, id + Encoding.signed(status) + Encoding.signed(Int64(index)) + Encoding.element(0x30, list))
  }

  func holds(_ column: [UInt32]) -> Bool { oids.contains { $0.starts(with: column) } }

  func message(_ pdu: [UInt8]) -> [UInt8] { Encoding.element(0x30, head + pdu) }
}
