import Synchronization
import TestSupport
import Testing

@testable import SNMP

private let table: [UInt32] = [1, 3, 6, 1, 4, 1, 9999, 1]
private let scalar: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 5, 0]

/// Answers damaged in every way a byte can be, read by the real decoder.
@Suite(.serialized) struct MutationTests {
  /// How many; `make fuzz` wants more.
  static let damaged = fuzzed(5000)

  static let values: [[UInt8]] = [
    BER.counter32(1000), BER.gauge(5), BER.timeTicks(6), BER.counter64(1 << 40), BER.integer(-7), BER.text("eth0"),
    BER.oid([1, 3, 6, 1]), BER.element(0x40, [192, 0, 2, 1]), BER.element(0x44, [0x9F, 0x78, 4, 0x42, 0xF6, 0, 0]),
    BER.noSuchInstance, BER.endOfMibView, BER.element(0x05, []),
  ]

  /// Each mutator does one kind of damage.
  static let mutators: [@Sendable (inout [UInt8], inout SeededRandom) -> Void] = [
    { bytes, random in bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random) },
    { bytes, random in
      bytes[Int.random(in: bytes.indices, using: &random)] ^= UInt8(1) << UInt8.random(in: 0...7, using: &random)
    },
    { bytes, random in bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) },
    { bytes, random in bytes.remove(at: Int.random(in: bytes.indices, using: &random)) },
    { bytes, random in
      bytes.insert(.random(in: 0...255, using: &random), at: Int.random(in: bytes.indices, using: &random))
    },
    { bytes, random in
      let start = Int.random(in: bytes.indices, using: &random)
      bytes += bytes[start...]
    },
    { bytes, random in
      // The lengths stand behind tags: the first bytes are where they hurt.
      bytes[Int.random(in: 0..<min(40, bytes.count), using: &random)] =
        [0, 0x7F, 0x80, 0x82, 0x84, 0xFF]
        .randomElement(using: &random) ?? 0
    },
  ]

  static func mutated(_ honest: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var bytes = honest
    for _ in 0..<Int.random(in: 1...3, using: &random) where bytes.count > 2 {
      mutators.randomElement(using: &random)?(&bytes, &random)
    }
    return bytes
  }

  static func isInType(_ value: SNMPValue) -> Bool {
    switch value {
    case .integer(let number): (Int64(Int32.min)...Int64(Int32.max)).contains(number)
    case .octets(let bytes), .opaque(let bytes), .ipAddress(let bytes): bytes.count <= 4096
    case .objectIdentifier(let oid): oid.count <= 128
    default: true
    }
  }

  @Test func `damaged answers crash nothing, hang nothing and invent nothing`() {
    let random = Mutex(SeededRandom(20_261_122))
    let sent = Mutex(0)
    let mutator = FakeAgent { request in
      random.withLock { random in
        let rows = (1...3).map { row in
          (table + [row], Self.values.randomElement(using: &random) ?? [5, 0])
        }
        let honest = request.command == .get ? request.response([(scalar, rows[0].1)]) : request.response(rows)
        sent.withLock { $0 += 25 }
        return (0..<25).map { _ in .send(Self.mutated(honest, &random)) }
      }
    }
    let agent = Agent(
      host: "127.0.0.1", port: mutator.port, credentials: .v2c(community: "c"), timeout: 0.05, retries: 0)
    let operations: [Conversation.Operation] = [.get([OID(scalar)]), .walk([OID(table)])]
    var found = 0
    var round = 0
    while sent.withLock({ $0 }) < Self.damaged, round < Self.damaged / 100 {
      round += 1
      let start = monotonicNow()
      let conversations = (0..<20).map { _ in Conversation(agent, operations) }
      for transcript in converse(conversations, deadline: start + 10) {
        for (place, answer) in transcript.answers.enumerated() {
          #expect(answer.bindings.allSatisfy { Self.isInType($0.value) })
          #expect(answer.bindings.allSatisfy { $0.oid.hasPrefix(OID(place == 0 ? scalar : table)) })
          #expect(answer.error != nil || place == 1 || !answer.bindings.isEmpty)
          found += answer.bindings.count
        }
      }
      #expect(monotonicNow() - start < onBusyMachine(5))
    }
    #expect(sent.withLock { $0 } >= Self.damaged)
    // Much damage leaves a message that can be read.
    #expect(found > 20)
  }

  @Test func `damaged answers of version 3 end in an error with a name`() throws {
    let daemon = try SNMPDaemon()
    let relay = try DatagramRelay(to: daemon.port)
    let agent = Agent(
      host: "127.0.0.1", port: relay.port, credentials: .v3(ConverseTests.alice), timeout: 0.05, retries: 0)
    let random = Mutex(SeededRandom(7))
    relay.change { bytes in random.withLock { Self.mutated(bytes, &$0) } }
    let conversations = (0..<300).map { _ in Conversation(agent, [.get([Name.sysName])]) }
    for transcript in converse(conversations, deadline: monotonicNow() + 20) {
      let answer = transcript.answers[0]
      // What is signed cannot be changed; what is not, the report that tells the engine, can.
      #expect(answer.bindings.allSatisfy { $0.value == .octets(Array("test-router".utf8)) })
      #expect(answer.bindings.isEmpty == (answer.error != nil))
    }
    relay.change { $0 }
    #expect(talk(agent, [.get([Name.sysName])]).answers[0].error == nil)
  }
}
