import TestSupport
import Testing

@testable import DNS

struct DNSMessageTests {
  private static let question = DNSQuestion(server: "", name: "a.example", type: .txt, timeout: 1)
  /// A question for TXT of `a.example`, as an answer with so many records behind it.
  private static func head(records: Int) -> [UInt8] {
    [0, 7, 0x84, 0, 0, 1, 0, UInt8(records), 0, 0, 0, 0, 1, 0x41, 7] + Array("eXample".utf8) + [0, 0, 16, 0, 1]
  }

  private static func record(type: UInt8, _ data: [UInt8], owner: [UInt8] = [0xC0, 12], size: Int? = nil) -> [UInt8] {
    owner + [0, type, 0, 1, 0, 0, 0, 9, 0, UInt8(size ?? data.count)] + data
  }

  private func message(_ records: [[UInt8]], _ question: DNSQuestion = question) throws -> DNSAnswer {
    try DNSMessage(Self.head(records: records.count) + records.joined(), to: question).answer(question)
  }

  @Test(arguments: [
    ("192.0.2.1", "1.2.0.192.in-addr.arpa"), ("www.example.org", "www.example.org"), ("1.2.3", "1.2.3"),
    ("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"), ("1:2:3", "1:2:3"),
    ("::1::", "::1::"),
  ])
  func `an address is looked up backwards under its own name`(address: String, name: String) {
    #expect(DNSQuestion.reverse(address) == name)
  }

  @Test func `texts are put together, and their case is kept`() throws {
    let answer = try message([Self.record(type: 16, [2, 0x41, 0x62, 1, 0x43]), Self.record(type: 16, [0])])
    #expect(answer.records == ["", "AbC"])
    #expect(answer.timeToLive == 9)
  }

  @Test(
    arguments: [
      ("a pointer to itself", [UInt8](repeating: 0, count: 0), [0xC0, 29]), ("a pointer forward", [], [0xC0, 60]),
      ("a label too long", [], [64]), ("an end inside the owner", [], [5, 1]),
    ] as [(String, [UInt8], [UInt8])])
  func `a name that leads nowhere is broken`(what: String, data: [UInt8], owner: [UInt8]) {
    #expect(throws: DNSMessage.Fault.self) { try message([Self.record(type: 16, data, owner: owner)]) }
  }

  @Test(
    arguments: [
      (16, [5, 1]), (16, [1]), (6, [0, 0, 1, 2, 3]), (15, [0]), (1, [1, 2, 3]), (28, [1]), (33, [0, 0, 0]),
    ] as [(UInt8, [UInt8])])
  func `data shorter than its type needs is broken`(type: UInt8, data: [UInt8]) {
    #expect(throws: DNSMessage.Fault.self) { try message([Self.record(type: type, data)]) }
  }

  @Test func `a record longer than the answer is broken`() {
    #expect(throws: DNSMessage.Fault.self) { try message([Self.record(type: 16, [1, 65], size: 3)]) }
  }

  @Test func `aliases are followed in any order and in circles`() throws {
    let question = DNSQuestion(server: "", name: "a.example", type: .a, timeout: 1)
    var bytes = Self.head(records: 3)
    bytes[bytes.count - 3] = 1
    // b.example is an alias of a.example, which is one of b.example; b.example has an address.
    let b: [UInt8] = [1, 0x62, 0xC0, 14]
    bytes += Self.record(type: 1, [192, 0, 2, 1], owner: b)
    bytes += Self.record(type: 5, [0xC0, 12], owner: b) + Self.record(type: 5, b)
    #expect(try DNSMessage(bytes, to: question).answer(question).records == ["192.0.2.1"])
  }

  @Test func `another question's answer, and a question, are broken`() {
    let other = DNSQuestion(server: "", name: "b.example", type: .txt, timeout: 1)
    #expect(throws: DNSMessage.Fault.self) { try message([], other) }
    var bytes = Self.head(records: 0)
    bytes[2] = 0
    #expect(throws: DNSMessage.Fault.self) { try DNSMessage(bytes, to: Self.question) }
  }

  @Test func `a name never looks like two, or breaks a line`() throws {
    let question = DNSQuestion(server: "", name: "a.example", type: .ns, timeout: 1)
    var bytes = Self.head(records: 1)
    bytes[bytes.count - 3] = 2
    bytes += Self.record(type: 2, [4, 0x2E, 0x0A, 0xFF, 0x61, 0])
    #expect(try DNSMessage(bytes, to: question).answer(question).records == ["\\046\\010\\255a"])
  }

  @Test func `a hundred thousand spoiled answers neither trap nor hang`() throws {
    var random = SeededRandom(20_261_122)
    let whole =
      Self.head(records: 4) + Self.record(type: 16, [2, 65, 66]) + Self.record(type: 5, [1, 0x62, 0xC0, 14])
      + Self.record(type: 6, [0xC0, 14, 0xC0, 12] + Array(1...20)) + Self.record(type: 15, [0, 1, 0xC0, 12])
    #expect(throws: Never.self) { try DNSMessage(whole, to: Self.question) }
    var good = 0
    for _ in 0..<100_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...20, using: &random)) }
      if let message = try? DNSMessage(bytes, to: Self.question) {
        good += 1
        _ = message.answer(Self.question)
      }
    }
    #expect(good > 1_000 && good < 99_000)
  }
}
