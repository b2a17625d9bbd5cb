import TestSupport
import Testing

@testable import SNMP

/// Version 3 with a real snmpd, in every way it speaks.
@Suite(.serialized) struct Version3Tests {
  struct Way: Sendable {
    var user: User
    var number: Int
  }

  /// Every method of signing, alone and with every method of hiding.
  static let ways: [Way] = User.Authentication.allCases.flatMap { signing -> [User] in
    ([nil] + User.Privacy.allCases.map(Optional.some)).map { hiding in
      User(
        name: "user-\(signing.rawValue)-\(hiding?.rawValue ?? "none")",
        authentication: .init(signing, password: "signs-the-message"),
        privacy: hiding.map { .init($0, password: "hides-the-message") })
    }
  }.enumerated().map { Way(user: $0.element, number: $0.offset) }

  static let configuration = ways.map { way in
    let hiding = way.user.privacy.map { "\($0.method.rawValue) \"\($0.password)\"" } ?? ""
    return """
      createUser \(way.user.name) \(way.user.authentication?.method.rawValue ?? "") "signs-the-message" \(hiding)
      rouser \(way.user.name) \(way.user.privacy == nil ? "auth" : "priv")

      """
  }.joined()

  static let unknownEngines = oid("1.3.6.1.6.3.15.1.1.4.0")
  static let notInTimeWindows = oid("1.3.6.1.6.3.15.1.1.2.0")

  func agent(_ daemon: SNMPDaemon, _ user: User, engine: KnownEngine? = nil) -> Agent {
    Agent(
      host: "127.0.0.1", port: daemon.port, credentials: .v3(user), timeout: 2, retries: 1, engine: engine)
  }

  /// How often the agent reported something so far.
  func count(_ object: OID, _ daemon: SNMPDaemon) -> Int {
    let plain = Agent(host: "127.0.0.1", port: daemon.port, credentials: .v2c(community: "open-sesame"))
    guard case .counter32(let count)? = talk(plain, [.get([object])]).answers[0].bindings.first?.value else {
      return -1
    }
    return Int(count)
  }

  @Test func `every method of signing goes with every method of hiding`() throws {
    #expect(Self.ways.count == 42)
    let daemon = try SNMPDaemon(more: Self.configuration)
    let conversations = Self.ways.map {
      Conversation(agent(daemon, $0.user), [.get([Name.sysName]), .walk([Name.ifDescr])])
    }
    let transcripts = converse(conversations, deadline: monotonicNow() + 30)
    for (way, transcript) in zip(Self.ways, transcripts) {
      #expect(transcript.answers[0].error == nil, "\(way.user.name)")
      #expect(transcript.answers[0].bindings.first?.value == .octets(Array("test-router".utf8)), "\(way.user.name)")
      #expect(transcript.answers[1].bindings.isEmpty == false, "\(way.user.name)")
    }
  }

  @Test func `an engine that is known is not asked for`() throws {
    let daemon = try SNMPDaemon()
    let first = talk(agent(daemon, ConverseTests.alice), [.get([Name.sysName])])
    let engine = try #require(first.engine)
    #expect((5...32).contains(engine.id.count) && engine.boots > 0)
    let asked = count(Self.unknownEngines, daemon)
    #expect(asked == 1)
    let second = talk(agent(daemon, ConverseTests.alice, engine: engine), [.get([Name.sysName])])
    #expect(second.answers[0].error == nil)
    #expect(count(Self.unknownEngines, daemon) == asked)
    #expect(second.engine?.id == engine.id)
  }

  @Test func `another engine at the address is found out, and so is another time`() throws {
    let daemon = try SNMPDaemon()
    let user = ConverseTests.bob
    let known = try #require(talk(agent(daemon, user), [.get([Name.sysName])]).engine)
    let stranger = KnownEngine(id: [0x80, 0, 0x1F, 0x88, 4, 1, 2, 3], boots: 7, time: 1000)
    let moved = talk(agent(daemon, user, engine: stranger), [.get([Name.sysName])])
    #expect(moved.answers[0].error == nil)
    #expect(moved.engine?.id == known.id)
    let late = KnownEngine(id: known.id, boots: known.boots, time: known.time + 100_000)
    let before = count(Self.notInTimeWindows, daemon)
    let adjusted = talk(agent(daemon, user, engine: late), [.get([Name.sysName])])
    #expect(adjusted.answers[0].error == nil)
    #expect(count(Self.notInTimeWindows, daemon) == before + 1)
  }

  @Test func `a remembered engine that is silent costs no more than another`() {
    let silent = FakeAgent { _ in [] }
    let dead = Agent(
      host: "127.0.0.1", port: silent.port, credentials: .v3(ConverseTests.alice), timeout: 0.1, retries: 1,
      engine: KnownEngine(id: [1, 2, 3, 4, 5], boots: 1, time: 1))
    let transcript = talk(dead, [.get([Name.sysName])])
    #expect(transcript.answers[0].error?.kind == .timeout)
    #expect(transcript.ended - transcript.began < onBusyMachine(3))
    #expect(silent.received == 2)
  }

  @Test func `every error of version 3 has its name`() throws {
    let daemon = try SNMPDaemon()
    var unsigned = ConverseTests.alice
    (unsigned.authentication, unsigned.privacy) = (nil, nil)
    var unknown = ConverseTests.alice
    unknown.name = "mallory"
    var wrong = ConverseTests.alice
    wrong.authentication?.password = "alice-sings"
    var hiding = ConverseTests.carol
    hiding.privacy = .init(.aes128, password: "carol-hides")
    // Who signs and hides nothing hears of it in another order.
    var (signing, unknownSigning) = (ConverseTests.carol, ConverseTests.carol)
    signing.authentication?.password = "carol-sings"
    unknownSigning.name = "mallory"
    let users = [unsigned, unknown, wrong, hiding, signing, unknownSigning]
    let kinds = users.map { talk(agent(daemon, $0), [.get([Name.sysName])]).answers[0].error?.kind }
    #expect(kinds == [.denied, .unknownUser, .wrongDigest, .unsupportedSecurityLevel, .wrongDigest, .unknownUser])
    let names: [Report] = [.notInTimeWindow, .unknownEngine, .decryptionError, .other]
    #expect(
      names.map { $0.error(for: wrong).kind } == [.notInTimeWindow, .unknownEngine, .decryptionError, .garbage])
  }
}
