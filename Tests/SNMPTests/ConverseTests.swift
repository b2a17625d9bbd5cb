import Glibc
import TestSupport
import Testing

@testable import SNMP

/// Conversations with a real snmpd.
@Suite(.serialized) struct ConverseTests {
  static let alice = User(
    name: "alice", authentication: .init(.sha1, password: "alice-signs"),
    privacy: .init(.aes128, password: "alice-hides"))
  static let bob = User(
    name: "bob", authentication: .init(.sha512, password: "bob-signs"),
    privacy: .init(.aes256, password: "bob-hides"))
  static let carol = User(name: "carol", authentication: .init(.md5, password: "carol-signs"))
  static let openSesame = Credentials.v2c(community: "open-sesame")

  let daemon: SNMPDaemon

  init() throws { daemon = try SNMPDaemon() }

  func agent(_ credentials: Credentials, host: String = "127.0.0.1", timeout: Double = 2) -> Agent {
    Agent(host: host, port: daemon.port, credentials: credentials, timeout: timeout, retries: 1)
  }

  @Test(arguments: [
    (Credentials.v1(community: "open-sesame"), "127.0.0.1"), (openSesame, "127.0.0.1"), (openSesame, "::1"),
    (openSesame, "[::1]"), (openSesame, "localhost"), (.v3(alice), "127.0.0.1"), (.v3(alice), "[::1]"),
    (.v3(bob), "127.0.0.1"), (.v3(carol), "127.0.0.1"),
  ])
  func `every version reads, over both families and by name`(_ credentials: Credentials, host: String) {
    let answer = talk(agent(credentials, host: host), [.get([Name.sysName])]).answers[0]
    #expect(answer.bindings == [VarBind(Name.sysName, .octets(Array("test-router".utf8)))])
    #expect(answer.error == nil)
  }

  @Test(arguments: [Credentials.v1(community: "open-sesame"), openSesame, .v3(alice)])
  func `columns are walked side by side and end where they end`(_ credentials: Credentials) {
    let columns = [Name.ifIndex, Name.ifDescr, oid("1.3.6.1.2.1.99.99")]
    let answer = talk(agent(credentials), [.walk(columns)]).answers[0]
    let indexes = answer.bindings.filter { $0.oid.hasPrefix(Name.ifIndex) }
    let names = answer.bindings.filter { $0.oid.hasPrefix(Name.ifDescr) }
    #expect(answer.error == nil)
    #expect(indexes.count >= 1 && indexes.count == names.count)
    #expect(indexes.count + names.count == answer.bindings.count)
    #expect(names.contains { $0.value == .octets(Array("lo".utf8)) })
  }

  @Test(arguments: [Credentials.v1(community: "open-sesame"), openSesame])
  func `a missing object leaves the others`(_ credentials: Credentials) {
    let missing = oid("1.3.6.1.2.1.1.99.0")
    let answer = talk(agent(credentials), [.get([missing, Name.sysName])]).answers[0]
    #expect(answer.error == nil)
    #expect(Set(answer.bindings.filter { $0.value.exists }.map(\.oid)) == [Name.sysName])
    #expect(answer.bindings.contains { $0.oid == missing && !$0.value.exists })
  }

  @Test func `a wrong community cannot be told from silence, and it says so`() {
    let answer = talk(agent(.v2c(community: "sesame-wrong"), timeout: 0.1), [.get([Name.sysName])]).answers[0]
    #expect(answer.error?.kind == .timeout)
    #expect(answer.error?.oid == Name.sysName)
    #expect(answer.error?.text.contains("no answer in 2 tries of 0.1 s") == true)
    #expect(answer.error?.text.contains("community is wrong") == true)
    #expect("\(answer)".contains("sesame") == false)
  }

  @Test func `a wrong authentication password is refused, and the right one after it works`() {
    var wrong = Self.alice
    wrong.authentication?.password = "alice-sings"
    let error = talk(agent(.v3(wrong)), [.get([Name.sysName])]).answers[0].error
    #expect(error?.kind == .wrongDigest)
    #expect(error?.text.contains("wrong authentication password") == true)
    #expect(talk(agent(.v3(Self.alice)), [.get([Name.sysName])]).answers[0].error == nil)
  }

  @Test func `a wrong privacy password is silence after the engine was told`() {
    var wrong = Self.alice
    wrong.privacy?.password = "alice-rides"
    let error = talk(agent(.v3(wrong), timeout: 0.1), [.get([Name.sysName])]).answers[0].error
    #expect(error?.text.contains("privacy password or method may be wrong") == true)
  }

  @Test func `an unknown user and a short password are named`() {
    var stranger = Self.alice
    stranger.name = "mallory"
    #expect(
      talk(agent(.v3(stranger)), [.get([Name.sysName])]).answers[0].error
        == SNMPError(
          .unknownUser, at: Name.sysName, "unknown user: the agent does not know the user «mallory»"))
    let short = User(name: "alice", authentication: .init(.sha1, password: "short"))
    #expect(talk(agent(.v3(short)), [.get([Name.sysName])]).answers[0].error?.kind == .local)
  }

  @Test func `a level the user may not use is denied`() {
    let plain = User(name: "alice")
    let error = talk(agent(.v3(plain)), [.get([Name.sysName])]).answers[0].error
    #expect(error?.kind == .denied)
  }

  @Test func `other passwords for the same engine take turns`() {
    var wrong = Self.alice
    wrong.authentication?.password = "alice-sings"
    let users = [Self.alice, wrong, Self.alice, wrong, Self.bob, Self.alice]
    let conversations = users.map { Conversation(agent(.v3($0)), [.get([Name.sysName])]) }
    let transcripts = converse(conversations, deadline: monotonicNow() + 10)
    #expect(transcripts.map { $0.answers[0].error?.kind } == [nil, .wrongDigest, nil, .wrongDigest, nil, nil])
  }

  @Test func `users of other names and contexts speak with one engine at the same time`() {
    var wrong = Self.alice
    wrong.privacy?.password = "alice-rides"
    var elsewhere = Self.bob
    elsewhere.context = "elsewhere"
    let conversations =
      [Conversation(agent(.v3(wrong), timeout: 1), [.get([Name.sysName])])]
      + [Self.bob, elsewhere, Self.bob].map { Conversation(agent(.v3($0)), [.get([Name.sysName])]) }
    for _ in 0..<3 {
      let transcripts = converse(conversations, deadline: monotonicNow() + 10)
      #expect(transcripts[0].answers[0].error?.text.contains("privacy password") == true)
      #expect(transcripts[1].answers[0].error == nil && transcripts[3].answers[0].error == nil)
      #expect(transcripts[1].ended < transcripts[0].ended)
      // The agent is silent about a context it does not know; that too keeps nobody waiting.
      #expect(transcripts[2].answers[0].error?.text.contains("context") == true)
      #expect(transcripts[3].ended < transcripts[0].ended && transcripts[3].ended < transcripts[2].ended)
    }
  }

  @Test func `the silent cost only themselves`() throws {
    let silent = FakeAgent { _ in [] }
    let closed = Agent(host: "127.0.0.1", port: freePort(udp: true), credentials: Self.openSesame, timeout: 20)
    let deaf = (0..<20).map { index in
      Agent(
        host: "127.0.0.1", port: silent.port, credentials: index % 2 == 0 ? Self.openSesame : .v3(Self.alice),
        timeout: 2, retries: 1)
    }
    let agents = deaf + [closed, agent(Self.openSesame), agent(.v3(Self.alice))]
    let start = monotonicNow()
    let transcripts = converse(
      agents.map { Conversation($0, [.get([Name.sysName])]) }, deadline: start + 10)
    #expect(monotonicNow() - start < onBusyMachine(5))
    #expect(transcripts.prefix(20).allSatisfy { $0.answers[0].error?.kind == .timeout && $0.retries == 1 })
    #expect(transcripts[20].answers[0].error?.kind == .refused)
    #expect(transcripts[20].ended - transcripts[20].began < onBusyMachine(0.3))
    #expect(transcripts[21].answers[0].error == nil && transcripts[22].answers[0].error == nil)
    let firstGivenUp = try #require(transcripts.prefix(20).map(\.ended).min())
    #expect(transcripts[21].ended < firstGivenUp && transcripts[22].ended < firstGivenUp)
  }

  @Test func `the deadline ends what is still waiting, and names are not waited for`() {
    let silent = FakeAgent { _ in [] }
    let patient = Agent(host: "127.0.0.1", port: silent.port, credentials: Self.openSesame, timeout: 60)
    let start = monotonicNow()
    let transcripts = converse(
      [Conversation(patient, [.get([Name.sysName])]), Conversation(patient, [.get([Name.sysName])], limit: 0.2)],
      deadline: start + 3)
    #expect(monotonicNow() - start < onBusyMachine(10))
    #expect(transcripts[0].answers[0].error?.kind == .deadline)
    #expect(transcripts[1].answers[0].error?.text == "not finished in 0.2 s")
  }

  @Test func `a host without an address is named`() {
    let nowhere = Agent(host: "nowhere.invalid", credentials: Self.openSesame)
    let error = talk(nowhere, [.get([Name.sysName])], seconds: 5).answers[0].error
    // A machine without a name server says so late or not at all.
    #expect(error?.kind == .resolve || error?.kind == .deadline)
    let portless = Agent(host: "127.0.0.1", port: 0, credentials: Self.openSesame)
    #expect(talk(portless, [.get([Name.sysName])]).answers[0].error?.kind == .local)
  }

  @Test func `no more than in flight at once, and all get their turn`() {
    let conversations = (0..<60).map { _ in Conversation(agent(Self.openSesame), [.get([Name.sysName])]) }
    let transcripts = converse(conversations, deadline: monotonicNow() + 10, inFlight: 4)
    #expect(transcripts.allSatisfy { $0.answers[0].error == nil })
    let spans = transcripts.map { ($0.began, $0.ended) }
    let most = spans.map { one in spans.count { $0.0 < one.1 && one.0 < $0.1 } }.max() ?? 0
    #expect((1...7).contains(most))
  }

  @Test func `the silent do not keep the others waiting`() {
    let silent = FakeAgent { _ in [] }
    let deaf = Agent(host: "127.0.0.1", port: silent.port, credentials: Self.openSesame, timeout: 20)
    let agents = Array(repeating: deaf, count: 24) + [agent(Self.openSesame)]
    let start = monotonicNow()
    let transcripts = converse(
      agents.map { Conversation($0, [.get([Name.sysName])], limit: 8) }, deadline: start + 40, inFlight: 8)
    #expect(transcripts[24].answers[0].error == nil)
    #expect(transcripts[24].ended < transcripts.prefix(8).map(\.ended).min() ?? 0)
    #expect(transcripts[0].answers[0].error?.text == "not finished in 8 s")
  }

  @Test func `descriptors above 1024 are no trouble`() {
    var limit = rlimit()
    _ = unsafe getrlimit(__rlimit_resource_t(7), &limit)
    limit.rlim_cur = min(limit.rlim_max, 4096)
    _ = unsafe setrlimit(__rlimit_resource_t(7), &limit)
    let opened = (0..<1200).map { _ in unsafe open("/dev/null", O_RDONLY) }
    defer { for descriptor in opened where descriptor >= 0 { close(descriptor) } }
    #expect((opened.max() ?? 0) > 1024)
    #expect(talk(agent(Self.openSesame), [.get([Name.sysName])]).answers[0].error == nil)
  }
}
