import Config
import Model
import SNMPFarm
import Testing

@testable import Collect

/// What a device tells before anything of it is configured.
@Suite(.serialized) struct SurveyTests {
  private func survey(
    _ agent: SimulatedAgent, _ sets: [FieldSet], credentials: SNMPCredentials? = nil
  ) throws -> Result<Surveyed, Failure> {
    let farm = try AgentFarm([agent])
    defer { farm.end() }
    let survey = Survey(
      credentials: credentials ?? .v2c(community: .literal(Secret("public"))), fieldSets: sets, timeout: 0.5,
      retries: 1,
      secrets: SecretStore(environment: [:]))
    let target = Survey.Target(address: AgentFarm.address(0), port: farm.port, sets: Array(sets.indices))
    return try survey.ask([target]) { _, _ in }[0]
  }

  private func exclusions(_ more: String) throws -> [String: Exclusion] {
    var agent = SimulatedAgent(.switchboard(ports: 4))
    let off: ([UInt32], RecordedWalk.Value) = ([1, 3, 6, 1, 2, 1, 2, 2, 1, 7, 4], .integer(2))
    agent.walk = RecordedWalk(agent.walk.objects + [off])
    let part = try #require(try survey(agent, [shipped("interfaces", more)]).get().parts.first)
    return Dictionary(
      part.rows.compactMap { row in row.exclusion.map { (row.name, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  @Test func `each row that would be left out says by which field of the job`() throws {
    #expect(try exclusions("") == ["Gi1/0/4": .onlyEnabled])
    #expect(try exclusions("only enabled: false").isEmpty)
    #expect(
      try exclusions("only: {alias: 'customer [12]$'}") == ["Gi1/0/3": .only, "Gi1/0/4": .onlyEnabled])
    #expect(try exclusions("except: {alias: 1$}") == ["Gi1/0/1": .except, "Gi1/0/4": .onlyEnabled])
    #expect(try exclusions("exclude: /3$") == ["Gi1/0/3": .exclude, "Gi1/0/4": .onlyEnabled])
    #expect(
      try exclusions("include: '/[13]$', except: {alias: 1$}, only enabled: false")
        == ["Gi1/0/1": .except, "Gi1/0/2": .include, "Gi1/0/4": .include])
  }

  @Test func `rows are called as the first reading will call them, and say what they are`() throws {
    let set = shipped("interfaces")
    let agent = SimulatedAgent(.switchboard(ports: 5))
    let device = try survey(agent, [set]).get()
    let part = try #require(device.part(set))
    let farm = try AgentFarm([agent])
    defer { farm.end() }
    #expect(part.rows.map(\.name).sorted() == FarmAsking(farm: farm).measure(set).instances)
    let fifth = try #require(part.rows.last)
    #expect(fifth.name == "Gi1/0/5" && fifth.note == "to customer 5" && fifth.speed == 1_000_000_000)
    #expect(fifth.status == 2 && fifth.type == 6 && part.isAnswered && part.isComplete)
    #expect(device.name == "switch" && device.location == "Rack 7" && device.description == "A switch of 5 ports")
  }

  @Test func `a field set is answered where a job of it would have a number`() throws {
    let runtime: ([UInt32], RecordedWalk.Value) = ([1, 3, 6, 1, 2, 1, 33, 1, 2, 3, 0], .integer(7))
    let impossible: ([UInt32], RecordedWalk.Value) = ([1, 3, 6, 1, 4, 1, 318, 1, 1, 1, 2, 2, 1, 0], .integer(-1))
    let sets = ["ups", "ups-input", "apc-ups", "sensors"].map { shipped($0) }
    let device = try survey(SimulatedAgent(RecordedWalk([runtime, impossible])), sets).get()
    #expect(device.parts.map(\.isAnswered) == [true, false, false, false])
    #expect(device.parts[0].silent == sets[0].objects.map(\.name).filter { $0 != "runtime" })
    #expect(device.name == nil)
  }

  @Test func `who is silent is told in the words of the way to it, without its address or a secret`() throws {
    var agent = SimulatedAgent(.switchboard(ports: 1))
    agent.community = "another-one"
    let result = try survey(agent, [])
    guard case .failure(let failure) = result else { return #expect(Bool(false), "it answers") }
    #expect(failure.kind == .timeout && failure.message.contains("the community is wrong"), "\(failure)")
    #expect(!failure.message.contains("127.") && !failure.message.contains("another"))
  }

  @Test func `a secret that cannot be had ends it before anybody is asked`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 1))])
    defer { farm.end() }
    let survey = Survey(
      credentials: .v2c(community: .environment("NOWHERE")), fieldSets: [], timeout: 1, retries: 0,
      secrets: SecretStore(environment: [:]))
    let error = #expect(throws: Failure.self) {
      try survey.ask([Survey.Target(address: AgentFarm.address(0), port: farm.port, sets: [])]) { _, _ in }
    }
    #expect(error?.kind == .secret && farm.requests == 0)
  }

  @Test func `a table that breaks off is not taken for all there is`() throws {
    var agent = SimulatedAgent(.switchboard(ports: 60))
    agent.faults = [.standsStill]
    let part = try #require(try survey(agent, [shipped("interfaces")]).get().parts.first)
    #expect(!part.isComplete)
  }
}
