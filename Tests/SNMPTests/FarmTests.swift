import SNMPFarm
import TestSupport
import Testing

@testable import SNMP

private let ifTable: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]
private let columns = [2, 7, 8, 10, 14, 16].map { OID(ifTable + [$0]) }

/// Conversations with many agents at once, each with an address of its own.
@Suite(.serialized) struct FarmTests {
  func agent(_ farm: AgentFarm, _ number: Int = 0, timeout: Double = 0.3, repetitions: Int = 25) -> Agent {
    Agent(
      host: AgentFarm.address(number), port: farm.port, credentials: .v2c(community: "public"), timeout: timeout,
      retries: 1, maxRepetitions: repetitions)
  }

  func walk(_ farm: AgentFarm, timeout: Double = 0.3, _ change: (inout SimulatedAgent) -> Void) -> Transcript {
    farm.change(0) { change(&$0) }
    return talk(agent(farm, timeout: timeout), [.walk(columns)])
  }

  @Test func `fifteen hundred agents at once are all read`() throws {
    let walk = RecordedWalk.switchboard(ports: 4)
    let farm = try AgentFarm(Array(repeating: SimulatedAgent(walk), count: 1500))
    defer { farm.end() }
    let conversations = (0..<1500).map { Conversation(agent(farm, $0, timeout: 5), [.walk(columns)]) }
    let transcripts = converse(conversations, deadline: monotonicNow() + 30, inFlight: 1500)
    #expect(transcripts.allSatisfy { $0.answers[0].error == nil })
    #expect(transcripts.allSatisfy { $0.answers[0].columns.map(\.bindings.count) == Array(repeating: 4, count: 6) })
  }

  @Test func `half of the agents hang, and the others lose nothing`() throws {
    var agents = Array(repeating: SimulatedAgent(.switchboard(ports: 8)), count: 200)
    for number in 0..<100 { agents[number * 2].faults = [.drop(every: 1)] }
    let farm = try AgentFarm(agents)
    defer { farm.end() }
    let start = monotonicNow()
    let transcripts = converse(
      (0..<200).map { Conversation(agent(farm, $0, timeout: 1), [.walk(columns)]) }, deadline: start + 30)
    #expect(monotonicNow() - start < onBusyMachine(8))
    for (number, transcript) in transcripts.enumerated() {
      #expect(transcript.answers[0].error?.kind == (number % 2 == 0 ? .timeout : nil))
    }
  }

  @Test func `an agent with small messages is asked for less, and it is remembered`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 50))])
    defer { farm.end() }
    let whole = walk(farm) { _ in }
    #expect(whole.answers[0].bindings.count == 300 && whole.bearable == nil)
    let small = walk(farm) {
      $0.longest = 600
      $0.faults = [.saysTooBig]
    }
    #expect(small.answers[0].bindings == whole.answers[0].bindings)
    let bearable = try #require(small.bearable)
    #expect((1...4).contains(bearable))
    let before = farm.requests
    let again = talk(agent(farm, repetitions: bearable), [.walk(columns)])
    #expect(again.bearable == nil && again.answers[0].error == nil)
    #expect(farm.requests - before == (50 + bearable) / bearable)
  }

  @Test func `answers whose fragments get lost are asked for in pieces that have none`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 50))])
    defer { farm.end() }
    let system = OID([1, 3, 6, 1, 2, 1, 1, 5, 0])
    farm.change(0) { $0.faults = [.losesAbove(bindings: 40)] }
    let transcript = talk(agent(farm), [.get([system]), .walk(columns)])
    #expect(transcript.answers[1].error == nil)
    #expect(transcript.answers[1].bindings.count == 300)
    #expect((1...6).contains(transcript.bearable ?? 0))
  }

  @Test(arguments: [SimulatedAgent.Fault.silentOn(ifTable + [14]), .failsOn(ifTable + [14])])
  func `a column that is never answered costs itself alone, and is named`(fault: SimulatedAgent.Fault) throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 50))])
    defer { farm.end() }
    let system = OID([1, 3, 6, 1, 2, 1, 1, 5, 0])
    farm.change(0) { $0.faults = [fault] }
    let transcript = talk(agent(farm), [.get([system]), .walk(columns)])
    #expect(transcript.answers[1].columns.map(\.bindings.count) == [50, 50, 50, 50, 0, 50])
    #expect(transcript.answers[1].columns.map(\.isComplete) == [true, true, true, true, false, true])
    #expect(transcript.answers[1].error?.oid == OID(ifTable + [14]))
    let isSilent = if case .silentOn = fault { true } else { false }
    #expect(transcript.answers[1].columns.map(\.silence) == [nil, nil, nil, nil, isSilent ? .certain : nil, nil])
  }

  @Test func `a column that was never answered is not asked for, and is named`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 50))])
    defer { farm.end() }
    farm.change(0) { $0.faults = [.silentOn(ifTable + [14])] }
    let conversation = Conversation(
      agent(farm, timeout: 5), [.walk(columns)], silence: [OID(ifTable + [14]): .certain, OID([1, 3]): .certain])
    let start = monotonicNow()
    let answer = converse([conversation], deadline: start + 10)[0].answers[0]
    #expect(monotonicNow() - start < 2)
    #expect(answer.columns.map(\.bindings.count) == [50, 50, 50, 50, 0, 50])
    #expect(answer.columns.map(\.silence) == [nil, nil, nil, nil, .certain, nil])
    #expect(answer.error?.oid == OID(ifTable + [14]) && answer.error?.kind == .timeout)
    let nothing = Conversation(
      agent(farm), [.walk([OID(ifTable + [14])])], silence: [OID(ifTable + [14]): .certain])
    #expect(converse([nothing], deadline: monotonicNow() + 10)[0].answers[0].error?.kind == .timeout)
  }

  @Test func `what time was too short to find is asked for last by the next conversation`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 50))])
    defer { farm.end() }
    farm.change(0) { $0.faults = [.silentOn(ifTable + [2])] }
    let system = OID([1, 3, 6, 1, 2, 1, 1, 5, 0])
    func conversation(_ silence: [OID: ColumnSilence], limit: Double) -> Conversation {
      Conversation(agent(farm, timeout: 5), [.get([system]), .walk(columns)], limit: limit, silence: silence)
    }
    let first = converse([conversation([:], limit: 4.5)], deadline: monotonicNow() + 20)[0].answers[1].columns
    let suspects = first.filter { $0.silence != nil }
    #expect((1...6).contains(suspects.count) && suspects.allSatisfy { $0.silence == .suspected })
    #expect(suspects.first?.root == columns[0])
    let silence = Dictionary(uniqueKeysWithValues: suspects.map { ($0.root, ColumnSilence.suspected) })
    let second = converse([conversation(silence, limit: 20)], deadline: monotonicNow() + 30)[0].answers[1].columns
    #expect(second.map(\.bindings.count) == [0, 50, 50, 50, 50, 50])
    #expect(second.map(\.silence) == [.certain, nil, nil, nil, nil, nil])
  }

  @Test func `an agent that goes away in the middle has no column it never answers`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 50))])
    defer { farm.end() }
    let system = OID([1, 3, 6, 1, 2, 1, 1, 5, 0])
    farm.change(0) { $0.faults = Set([2, 7, 8, 10, 14, 16].map { .silentOn(ifTable + [$0]) }) }
    let transcript = talk(agent(farm), [.get([system]), .walk(columns)])
    #expect(transcript.answers[1].columns.allSatisfy { $0.silence != .certain && !$0.isComplete })
  }

  @Test func `a lost answer leaves time to ask for less, however long the timeout is`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 50))])
    defer { farm.end() }
    let system = OID([1, 3, 6, 1, 2, 1, 1, 5, 0])
    farm.change(0) { $0.faults = [.losesAbove(bindings: 60)] }
    let conversation = Conversation(agent(farm, timeout: 6), [.get([system]), .walk(columns)], limit: 12)
    let transcript = converse([conversation], deadline: monotonicNow() + 20)[0]
    #expect(transcript.answers[1].error == nil)
    #expect(transcript.answers[1].bindings.count == 300)
    #expect(transcript.bearable == 8)
  }

  @Test func `each conversation is handed over once, in whatever order they end`() throws {
    let farm = try AgentFarm(Array(repeating: SimulatedAgent(.switchboard(ports: 3)), count: 30))
    defer { farm.end() }
    farm.change(0) { $0.delay = 100 }
    var places: [Int] = []
    let conversations = (0..<30).map { Conversation(agent(farm, $0, timeout: 2), [.walk(columns)]) }
    converse(conversations + [Conversation(agent(farm), [])], deadline: monotonicNow() + 10) { place, transcript in
      places.append(place)
      #expect(transcript.answers.count == (place < 30 ? 1 : 0))
    }
    #expect(places.sorted() == Array(0...30))
    #expect(places.first != 0)
  }

  @Test func `every second request lost is asked again, and nothing is missing`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 20))])
    defer { farm.end() }
    let transcript = walk(farm, timeout: 0.05) { $0.faults = [.drop(every: 2)] }
    #expect(transcript.answers[0].error == nil)
    #expect(transcript.answers[0].bindings.count == 120)
    #expect(transcript.retries > 0)
  }

  @Test func `garbage, silence and tables that stand still each have their name`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 20))])
    defer { farm.end() }
    #expect(walk(farm) { $0.faults = [.garbage] }.answers[0].error?.kind == .garbage)
    #expect(walk(farm) { $0.faults = [.drop(every: 1)] }.answers[0].error?.kind == .timeout)
    let still = walk(farm) { $0.faults = [.standsStill] }.answers[0]
    #expect(still.error?.kind == .notIncreasing)
    #expect(still.columns.allSatisfy { !$0.isComplete })
  }

  @Test func `a late answer is an answer`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 2))])
    defer { farm.end() }
    let transcript = walk(farm) { $0.delay = 150 }
    #expect(transcript.answers[0].error == nil && transcript.retries == 0)
  }

  @Test func `an agent may answer from another address only where that is allowed`() {
    let scalar: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 5, 0]
    let cluster = FakeAgent { request in [.sendFromElsewhere(request.response([(scalar, BER.integer(5))]))] }
    var agent = Agent(
      host: "127.0.0.1", port: cluster.port, credentials: .v2c(community: "c"), timeout: 0.2, retries: 0)
    #expect(talk(agent, [.get([OID(scalar)])]).answers[0].error?.kind == .timeout)
    agent.isSourceStrict = false
    #expect(talk(agent, [.get([OID(scalar)])]).answers[0].bindings.map(\.value) == [.integer(5)])
  }

  @Test func `agents of version 3 sign and hide, each with an engine of its own`() throws {
    let passwords = SecuredUser.Passwords(signing: "signs-everything", hiding: "hides-everything")
    let farm = try AgentFarm(
      (0..<20).map { number in
        var agent = SimulatedAgent(.switchboard(ports: 10))
        agent.user = SecuredUser(name: "reader", passwords, engine: [0x80, 0, 0x1F, 0x88, 4, UInt8(number)])
        return agent
      })
    defer { farm.end() }
    func ask(_ signing: String) -> [Transcript] {
      let user = User(
        name: "reader", authentication: .init(.sha1, password: signing),
        privacy: .init(.aes128, password: "hides-everything"))
      let column = OID([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 6])
      let conversations = (0..<20).map { number in
        Conversation(
          Agent(host: AgentFarm.address(number), port: farm.port, credentials: .v3(user), timeout: 0.5, retries: 0),
          [.walk([column])])
      }
      return converse(conversations, deadline: monotonicNow() + 10)
    }
    let answers = ask("signs-everything").map { $0.answers[0] }
    #expect(answers.allSatisfy { $0.error == nil && $0.bindings.count == 10 })
    #expect(ask("signs-something").allSatisfy { $0.answers[0].bindings.isEmpty })
  }

  @Test func `a silent twin with the same engine keeps the other one waiting for a second at most`() throws {
    let passwords = SecuredUser.Passwords(signing: "signs-everything", hiding: "hides-everything")
    let engine: [UInt8] = [0x80, 0, 0x1F, 0x88, 4, 77]
    let farm = try AgentFarm(
      (0..<3).map { _ in
        var agent = SimulatedAgent(.switchboard(ports: 10))
        agent.user = SecuredUser(name: "reader", passwords, engine: engine)
        return agent
      })
    defer { farm.end() }
    let user = User(
      name: "reader", authentication: .init(.sha1, password: "signs-everything"),
      privacy: .init(.aes128, password: "hides-everything"))
    func ask(_ known: [KnownEngine?]) -> [Transcript] {
      let conversations = (0..<3).map { number in
        Conversation(
          Agent(
            host: AgentFarm.address(number), port: farm.port, credentials: .v3(user), timeout: 3, retries: 2,
            engine: known[number]),
          [.walk([OID([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 6])])], limit: 3)
      }
      return converse(conversations, deadline: monotonicNow() + 20)
    }
    let first = ask([nil, nil, nil])
    #expect(first.allSatisfy { $0.answers[0].error == nil })
    farm.change(0) { $0.user = nil }
    farm.change(1) { $0.user = nil }
    // Whoever comes first: the silent ones give up their turns, and the time of the one that queued is its own.
    let second = ask(first.map(\.engine))
    #expect(second[2].answers[0].error == nil && second[2].answers[0].bindings.count == 10)
    #expect(second[0].answers[0].error?.kind == .timeout && second[1].answers[0].error?.kind == .timeout)
    #expect(second[2].ended - second[2].began < onBusyMachine(4))
  }

  @Test func `no way to a host is told from a closed port`() {
    #expect(SNMPError.unreachable(113).kind == .noRoute)
    #expect(SNMPError.unreachable(111).kind == .refused)
  }
}
