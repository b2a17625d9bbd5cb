import TestSupport
import Testing

@testable import SNMP

private let name: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 5, 0]

/// Messages as bytes, without an agent.
struct MessageTests {
  func read(_ bytes: [UInt8], version: Int = 1, number: Int32? = 7) -> Received {
    Message.read(bytes.span, version: version, request: number)
  }

  func response(_ list: [UInt8], number: [UInt8] = [2, 1, 7], version: UInt8 = 1, tag: UInt8 = 0xA2) -> [UInt8] {
    let pdu = number + BER.integer(0) + BER.integer(0) + BER.element(0x30, list)
    return BER.element(0x30, [2, 1, version] + BER.text("public") + BER.element(tag, pdu))
  }

  func binding(_ value: [UInt8]) -> [UInt8] { BER.element(0x30, BER.oid(name) + value) }

  /// The value of the only binding; `nil` where the message is refused.
  func value(_ encoded: [UInt8]) -> SNMPValue? {
    guard case .response(let response) = read(response(binding(encoded))) else { return nil }
    return response.bindings.first?.value
  }

  static let valid: [([UInt8], SNMPValue?)] = [
    ([0x02, 1, 0xF9], SNMPValue.integer(-7)), ([0x02, 4, 0x80, 0, 0, 0], .integer(-2_147_483_648)),
    ([0x02, 5, 0, 0, 0, 0, 5], .integer(5)), ([0x41, 4, 0xFF, 0xFF, 0xFF, 0xFF], .counter32(.max)),
    ([0x41, 5, 0, 0xFF, 0xFF, 0xFF, 0xFE], .counter32(.max - 1)),
    ([0x41, 5, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE], .counter32(.max - 1)), ([0x42, 1, 5], .gauge(5)),
    ([0x47, 1, 5], .gauge(5)), ([0x43, 2, 1, 0], .timeTicks(256)),
    ([0x46, 9, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], .counter64(.max)),
    ([0x04, 0x81, 2, 0x68, 0x69], .octets([0x68, 0x69])), ([0x03, 2, 0, 0x80], .octets([0, 0x80])),
    ([0x40, 4, 192, 0, 2, 1], .ipAddress([192, 0, 2, 1])), ([0x05, 0], .null), ([0x80, 0], .noSuchObject),
    ([0x81, 0], .noSuchInstance), ([0x82, 0], .endOfMibView), ([0x06, 2, 0x2B, 0x86], nil),
    ([0x06, 2, 0x2B, 6], .objectIdentifier(OID([1, 3, 6]))), ([0x06, 0], .objectIdentifier(OID([0, 0]))),
    ([0x06, 3, 0x88, 0x37, 3], .objectIdentifier(OID([2, 999, 3]))),
    ([0x06, 6, 0x2B, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F], .objectIdentifier(OID([1, 3, .max]))),
    ([0x06, 6, 0x2B, 0x90, 0x80, 0x80, 0x80, 0], nil),
    ([0x44, 7, 0x9F, 0x78, 4, 0x42, 0xF6, 0, 0], .real(123)),
    ([0x44, 11, 0x9F, 0x79, 8, 0x40, 0x5E, 0xC0, 0, 0, 0, 0, 0], .real(123)),
    ([0x44, 5, 0x9F, 0x76, 2, 1, 0], .counter64(256)), ([0x44, 4, 0x9F, 0x7A, 1, 0xFF], .integer(-1)),
    ([0x44, 3, 1, 2, 3], .opaque([1, 2, 3])), ([0x44, 3, 0x9F, 0x78, 9], .opaque([0x9F, 0x78, 9])),
  ]

  @Test(arguments: valid)
  func `a value is read as its type`(_ bytes: [UInt8], _ expected: SNMPValue?) { #expect(value(bytes) == expected) }

  static let invalid: [[UInt8]] = [
    [0x02, 0], [0x02, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1], [0x41, 0], [0x41, 5, 1, 0, 0, 0, 0],
    [0x42, 5, 0x7F, 0, 0, 0, 0],
    [0x46, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0x04, 5, 1, 2], [0x04, 0x80], [0x04, 0x85, 0, 0, 0, 0, 0], [0x04],
    [0x04, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x1F, 0x81, 1, 0], [0x99, 1, 1],
  ]

  @Test(arguments: invalid)
  func `what cannot be a value of its type voids the message`(_ bytes: [UInt8]) { #expect(value(bytes) == nil) }

  @Test func `an INTEGER of over 32 bits is of another type, not another number`() {
    #expect(value([0x02, 5, 0x7F, 0, 0, 0, 1]) == .opaque([0x7F, 0, 0, 0, 1]))
  }

  @Test func `a text is kept to four thousand bytes`() {
    let long = BER.element(0x04, [UInt8](repeating: 0x61, count: 9000))
    #expect(value(long) == .octets([UInt8](repeating: 0x61, count: 4096)))
  }

  @Test func `the answer to another request, and what is no answer, is passed over`() {
    let good = response(binding([0x05, 0]))
    func isOther(_ received: Received) -> Bool { if case .other = received { true } else { false } }
    func isUnreadable(_ received: Received) -> Bool { if case .unreadable = received { true } else { false } }
    #expect(isOther(read(good, number: 8)))
    #expect(isOther(read(good, number: nil)))
    #expect(isOther(read(response([], tag: 0xA8))))
    #expect(isOther(read(response([], number: [2, 9, 0, 0, 0, 0, 0, 0, 0, 0, 7]))) == false)
    #expect(isUnreadable(read(good, version: 0)))
    #expect(isUnreadable(read([])))
    for length in 1..<good.count { #expect(isUnreadable(read(Array(good.prefix(length)))), "\(length)") }
    guard case .response(let response) = read(good + [1, 2, 3]) else {
      Issue.record("bytes behind it")
      return
    }
    #expect(response.bindings == [VarBind(OID(name), .null)])
  }

  @Test(arguments: [1, 127, 128, 200, 16_383, Int32.max])
  func `a request is read back as it was written`(_ number: Int32) {
    let long: [UInt32] = [1, 3, 6, 1, 0, 127, 128, 16_384, .max]
    let request = Request(kind: .bulk(25), oids: (0..<40).map { OID(long + [$0]) })
    let bytes = Message.datagram(request, number: number, version: 1, community: Array("öffentlich".utf8))
    let read = SNMPRequest(bytes)
    #expect(read?.oids == (0..<40).map { long + [$0] })
    #expect(read?.community == "öffentlich" && read?.version == 1 && read?.command == .bulk && read?.repetitions == 25)
    #expect(read?.id == BER.integer(Int(number)))
    #expect(BER.split(bytes[...])?.rest.isEmpty == true)
  }

  @Test func `identifiers of one answer share their numbers and differ as if they did not`() {
    let names: [[UInt32]] = [[1, 3, 6, 1, 7], [1, 3, 6, 1, 8], [1, 3, 6, 1]]
    let list = names.flatMap { BER.element(0x30, BER.oid($0) + [0x05, 0]) }
    guard case .response(let response) = read(response(list)) else {
      Issue.record("unreadable")
      return
    }
    #expect(response.bindings.map(\.oid) == names.map { OID($0) })
    #expect(Set(response.bindings.map(\.oid)) == Set(names.map { OID($0) }))
    #expect(response.bindings[0].oid.suffix(after: response.bindings[2].oid) == OID([7]))
    #expect(response.bindings[2].oid < response.bindings[0].oid && response.bindings[0].oid < response.bindings[1].oid)
  }

  @Test func `damaged messages are read within their bounds`() {
    var random = SeededRandom(2026)
    let honest = response((0..<12).flatMap { binding(MutationTests.values[$0]) })
    var readable = 0
    for _ in 0..<MutationTests.damaged {
      let bytes = MutationTests.mutated(honest, &random)
      guard case .response(let response) = read(bytes) else { continue }
      readable += 1
      #expect(response.bindings.allSatisfy { MutationTests.isInType($0.value) && $0.oid.count <= 128 })
      #expect(response.bindings.count <= bytes.count / 4)
    }
    #expect(readable > MutationTests.damaged / 20)
  }
}
