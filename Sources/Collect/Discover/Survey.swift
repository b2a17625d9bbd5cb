package import Config
package import Model
import Platform
import SNMP

/// Asks devices what they are and what they have, all at once. Nothing is written anywhere.
package struct Survey: Sendable {
  /// Where a device may be, and the field sets to ask it for, as places in `fieldSets`.
  package struct Target: Sendable {
    package var address: String
    package var port: Int
    package var sets: [Int]

    package init(address: String, port: Int, sets: [Int]) {
      self.address = address
      self.port = port
      self.sets = sets
    }
  }

  package var credentials: SNMPCredentials
  package var fieldSets: [FieldSet]
  /// Seconds to wait for an answer, and tries after the first.
  package var timeout: Double
  package var retries: Int
  package var secrets: SecretStore

  package init(
    credentials: SNMPCredentials, fieldSets: [FieldSet], timeout: Double, retries: Int, secrets: SecretStore
  ) {
    self.credentials = credentials
    self.fieldSets = fieldSets
    self.timeout = timeout
    self.retries = retries
    self.secrets = secrets
  }

  /// Seconds for all tables of one device.
  private static let longest = 120.0
  /// Seconds for a network that is all silence.
  private static let end = 86_400.0

  /// What came of each target, in their order; `progress` hears how many were asked and how many of them answered.
  /// Throws where a secret cannot be had.
  package func ask(
    _ targets: [Target], progress: @escaping (_ asked: Int, _ answered: Int) -> Void
  ) throws(Failure) -> [Result<Surveyed, Failure>] {
    let credentials = try Collect.credentials(self.credentials, secrets).get()
    let agents = targets.map {
      Agent(host: $0.address, port: $0.port, credentials: credentials, timeout: timeout, retries: retries)
    }
    var greetings = greet(agents, progress)
    let there = greetings.indices.filter { (try? greetings[$0].get()) != nil }
    let plans = fieldSets.map { try? FieldSetPlan.make($0).get() }
    let pinged = ping(there.map { targets[$0].address })
    let conversations = there.map { place in
      var agent = agents[place]
      agent.engine = (try? greetings[place].get())?.known
      return Conversation(
        agent, targets[place].sets.flatMap { plans[$0]?.operations ?? [] }, limit: Survey.longest)
    }
    converse(conversations, deadline: Clock.monotonic() + Survey.end) { number, transcript in
      guard case .success(var greeting) = greetings[there[number]] else { return }
      greeting.device.answersPing = pinged[number]
      greeting.device.parts = parts(targets[there[number]].sets, plans, transcript)
      greetings[there[number]] = .success(greeting)
    }
    return greetings.map { $0.map(\.device) }
  }

  // MARK: Who is there

  private struct Greeting {
    var device: Surveyed
    var known: KnownEngine?
  }

  private static let greeting: [OID] = [
    OID([1, 3, 6, 1, 2, 1, 1, 1, 0]), OID([1, 3, 6, 1, 2, 1, 1, 2, 0]), OID([1, 3, 6, 1, 2, 1, 1, 5, 0]),
    OID([1, 3, 6, 1, 2, 1, 1, 6, 0]), OID([1, 3, 6, 1, 6, 3, 10, 2, 1, 1, 0]),
  ]

  private func greet(
    _ agents: [Agent], _ progress: @escaping (Int, Int) -> Void
  ) -> [Result<Greeting, Failure>] {
    var greetings: [Result<Greeting, Failure>] = agents.map { _ in .failure(Failure(.local, "it was not asked")) }
    var (asked, answered) = (0, 0)
    progress(0, 0)
    converse(
      agents.map { Conversation($0, [.get(Survey.greeting)]) }, deadline: Clock.monotonic() + Survey.end
    ) { place, transcript in
      greetings[place] = greeting(transcript)
      asked += 1
      if case .success = greetings[place] { answered += 1 }
      progress(asked, answered)
    }
    return greetings
  }

  /// The failure names neither the address, which whoever asked knows, nor the object, which says nothing to them.
  private func greeting(_ transcript: Transcript) -> Result<Greeting, Failure> {
    let answer = transcript.answers[0]
    if let error = answer.error, answer.bindings.isEmpty {
      return .failure(Failure(error.kind.failure, error.text.printable()))
    }
    let values = Dictionary(answer.bindings.map { ($0.oid, $0.value) }) { first, _ in first }
    func text(_ place: Int) -> String? { values[Survey.greeting[place]].flatMap { $0.exists ? $0.label : nil } }
    var device = Surveyed()
    device.description = text(0)
    device.object = text(1)
    device.name = text(2)
    device.location = text(3)
    if case .octets(let bytes) = values[Survey.greeting[4]] { device.engine = bytes }
    return .success(Greeting(device: device, known: transcript.engine))
  }

  /// Whether each is there for a ping as well.
  private func ping(_ addresses: [String]) -> [Bool] {
    let probe = addresses.enumerated().map { number, address in
      Assignment(
        job: Job(
          id: JobID(host: "\(number)", job: "ping"), title: "", group: [], step: 60, timeout: 5,
          probe: .ping(PingProbe(address: address, packets: 2)),
          location: SourceLocation(file: "", line: 1, column: 1)),
        slot: Instant(0))
    }
    let now = Clock.monotonic()
    let context = MeasureContext(runStarted: now, deadline: now + 60, workers: 16, secrets: secrets)
    guard !probe.isEmpty else { return [] }
    return measurePing(probe, context).map { outcome in
      outcome.reading.measurements.contains { $0.metric == "up" && $0.value == 1 }
    }
  }

  // MARK: What it has

  private func parts(_ sets: [Int], _ plans: [FieldSetPlan?], _ transcript: Transcript) -> [Surveyed.Part] {
    var answers = transcript.answers[...]
    return sets.map { set in
      guard let plan = plans[set] else { return Surveyed.Part(fieldSet: fieldSets[set]) }
      let own = answers.prefix(plan.operations.count)
      answers = answers.dropFirst(own.count)
      return part(fieldSets[set], plan, own)
    }
  }

  /// Read just as a job would.
  private func part(_ set: FieldSet, _ plan: FieldSetPlan, _ answers: ArraySlice<Answer>) -> Surveyed.Part {
    var part = Surveyed.Part(fieldSet: set)
    var harvest = Harvest(memory: nil, time: ReadingTime(readAt: 0, uptime: nil, engine: nil), step: 60)
    plan.read(answers, into: &harvest)
    let known = harvest.measurements.filter { $0.value != nil }
    part.isAnswered = !known.isEmpty || !harvest.counters.isEmpty || !harvest.rows.isEmpty
    part.isComplete = answers.allSatisfy { $0.error == nil }
    if !plan.columns.oids.isEmpty, let answer = answers.last { part.rows = plan.survey(answer) }
    let told = Set(known.filter { $0.instance == nil }.map(\.metric)).union(harvest.counters.keys)
    part.silent = set.objects.map(\.name).filter { !told.contains($0) }
    return part
  }
}
