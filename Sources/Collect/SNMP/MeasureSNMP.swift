import Config
import Model
import Platform
import SNMP

/// Measures jobs over SNMP, all agents at once; one outcome for each assignment, in their order.
///
/// A job's `timeout` is for its conversation as a whole and is divided among the tries.
package func measureSNMP(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  let now = Clock.now()
  var shelf = FieldSetShelf()
  let plans = assignments.map { SNMPPlan.make($0, secrets: context.secrets, &shelf, now: now) }
  let asked = plans.compactMap { try? $0.get() }
  var answered: [Outcome?] = asked.map { _ in nil }
  converse(
    asked.map(\.conversation), deadline: context.deadline, inFlight: max(128, context.workers)
  ) { place, transcript in
    answered[place] = asked[place].outcome(transcript, runStarted: context.runStarted)
    context.measured.add()
  }
  var outcomes = answered[...]
  return zip(assignments, plans).map { assignment, plan in
    switch plan {
    case .failure(let failure): outcome(of: assignment, failure)
    case .success:
      outcomes.popFirst().flatMap { $0 } ?? outcome(of: assignment, Failure(.local, "the conversation was lost"))
    }
  }
}

private func outcome(of assignment: Assignment, _ failure: Failure) -> Outcome {
  Outcome(
    reading: Reading(
      job: assignment.job.id, slot: assignment.slot, step: assignment.job.step, failure: failure))
}

/// One job: what to ask and how to read the answers.
private struct SNMPPlan {
  let assignment: Assignment
  let probe: SNMPProbe
  let fields: FieldSetPlan
  let conversation: Conversation

  static func make(
    _ assignment: Assignment, secrets: SecretStore, _ shelf: inout FieldSetShelf, now: Double
  ) -> Result<SNMPPlan, Failure> {
    guard case .snmp(let probe) = assignment.job.probe else {
      return .failure(Failure(.local, "\(assignment.job.id) is no SNMP job"))
    }
    let fields = shelf.plan(of: probe.fieldSet)
    return credentials(probe.credentials, secrets).flatMap { credentials in
      fields.map { fields in
        let agent = Agent(
          host: probe.address, port: probe.port, credentials: credentials,
          timeout: assignment.job.timeout / Double(max(0, probe.retries) + 1), retries: probe.retries,
          maxRepetitions: LearnedBulk(assignment.memory, now: now).capped(probe.maxRepetitions),
          engine: assignment.memory?.knownEngine(now: now), isSourceStrict: probe.isSourceStrict)
        let conversation = Conversation(
          agent, [.get(SystemGroup.objects)] + fields.operations, limit: assignment.job.timeout,
          silence: LearnedSilence(assignment.memory, now: now).columns)
        return SNMPPlan(assignment: assignment, probe: probe, fields: fields, conversation: conversation)
      }
    }
  }

  func outcome(_ transcript: Transcript, runStarted: Double) -> Outcome {
    let system = SystemGroup(transcript.answers[0])
    let answers = transcript.answers.dropFirst()
    let middle = ((answers.first?.began ?? 0) + (answers.last?.ended ?? 0)) / 2
    let time = system.time(readAt: Clock.now() - Clock.monotonic() + middle)
    var harvest = Harvest(memory: assignment.memory, time: time, step: assignment.job.step)
    fields.read(answers, into: &harvest)
    let failure = failure(transcript, harvest)
    let reading = Reading(
      job: assignment.job.id, slot: assignment.slot, step: assignment.job.step,
      measurements: harvest.measurements, failure: failure, facts: system.facts + harvest.facts,
      cost: cost(transcript, runStarted: runStarted))
    return Outcome(reading: reading, memory: memory(harvest, time, transcript))
  }

  /// What the agent or the way to it did wrong comes before what was wrong with single values.
  private func failure(_ transcript: Transcript, _ harvest: Harvest) -> Failure? {
    let place = "\(probe.address) port \(probe.port)"
    if let error = transcript.answers.dropFirst().lazy.compactMap(\.error).first {
      return Failure(error.kind.failure, "\(place): \(error)".printable())
    }
    return harvest.trouble.map { Failure($0.kind, "\(place): \($0.message)".printable()) }
  }

  private func cost(_ transcript: Transcript, runStarted: Double) -> Cost {
    Cost(
      startedAfter: Int((transcript.began - runStarted) * 1000),
      milliseconds: Int((transcript.ended - transcript.began) * 1000), bytes: transcript.bytes,
      retries: transcript.retries)
  }

  /// A conversation that brought no counters leaves the old ones to compare with.
  private func memory(_ harvest: Harvest, _ time: ReadingTime, _ transcript: Transcript) -> JobMemory? {
    var memory = assignment.memory
    let rows = harvest.rows
    if !harvest.counters.isEmpty || !rows.isEmpty {
      memory = JobMemory(
        readAt: time.readAt, uptime: time.uptime, counters: harvest.counters, rows: rows,
        notes: assignment.memory?.notes ?? [:])
      memory?.keep(time.engine)
    }
    if let rows = transcript.bearable {
      memory = memory ?? JobMemory(readAt: time.readAt)
      memory?.notes.merge(LearnedBulk.notes(rows, now: time.readAt)) { $1 }
    }
    if !harvest.told.isEmpty {
      memory = memory ?? JobMemory(readAt: time.readAt)
      memory?.notes[Harvest.toldNote] = harvest.told.sorted().joined(separator: " ")
    }
    let silence = LearnedSilence(assignment.memory, now: time.readAt).notes(transcript, now: time.readAt)
    if !silence.isEmpty {
      memory = memory ?? JobMemory(readAt: time.readAt)
      memory?.notes.merge(silence) { $1 }
    }
    if let engine = transcript.engine {
      memory = memory ?? JobMemory(readAt: time.readAt)
      memory?.keep(engine, now: Clock.now())
    }
    return memory == assignment.memory ? nil : memory
  }
}

extension SNMPError.Kind {
  var failure: Failure.Class {
    switch self {
    case .timeout: .timeout
    case .refused, .noRoute: .refused
    case .resolve: .resolve
    case .denied, .unknownUser, .wrongDigest, .decryptionError, .unsupportedSecurityLevel: .denied
    case .garbage, .limit, .notIncreasing, .unknownEngine, .notInTimeWindow: .garbage
    case .deadline: .deadline
    case .local: .local
    }
  }
}

/// How many rows an agent could bear when answers got lost, believed for a day: the cause may have been a passing
/// one.
private struct LearnedBulk {
  private let rows: Int?

  init(_ memory: JobMemory?, now: Double) {
    let until = memory?.notes["bulk-until"].flatMap(Double.init) ?? 0
    rows = now < until ? memory?.notes["bulk"].flatMap { Int($0) } : nil
  }

  func capped(_ most: Int) -> Int { min(most, rows ?? most) }

  static func notes(_ rows: Int, now: Double) -> [String: String] {
    ["bulk": "\(rows)", "bulk-until": "\(Int(now) + 86_400)"]
  }
}

/// Columns an agent has no answer to, while it answers to all others: it takes a dozen timeouts to find one. Believed
/// for an hour; then they are asked for again, after all others, which lose nothing by it.
private struct LearnedSilence {
  let columns: [OID: ColumnSilence]

  init(_ memory: JobMemory?, now: Double) {
    let until = memory?.notes["silent-until"].flatMap(Double.init) ?? 0
    let words = memory?.notes["silent"]?.split(separator: " ") ?? []
    let pairs = words.compactMap { word -> (OID, ColumnSilence)? in
      let parts = word.split(separator: "=").map(String.init)
      guard parts.count == 2, let oid = OID(parts[0]), let silence = ColumnSilence(rawValue: parts[1]) else {
        return nil
      }
      return (oid, now < until ? silence : .suspected)
    }
    columns = Dictionary(pairs) { first, _ in first }
  }

  /// What to remember; nothing where nothing was learned, and the hour goes on.
  func notes(_ transcript: Transcript, now: Double) -> [String: String] {
    let silent = transcript.answers.flatMap(\.columns).compactMap { column in column.silence.map { (column.root, $0) } }
    let found = Dictionary(silent) { first, _ in first }
    guard found != columns else { return [:] }
    return [
      "silent": found.map { "\($0.key)=\($0.value.rawValue)" }.sorted().joined(separator: " "),
      "silent-until": "\(Int(now) + 3_600)",
    ]
  }
}

/// Field sets made ready, each once.
private struct FieldSetShelf {
  private var known: [FieldSet: Result<FieldSetPlan, Failure>] = [:]

  mutating func plan(of set: FieldSet) -> Result<FieldSetPlan, Failure> {
    if let plan = known[set] { return plan }
    let plan = FieldSetPlan.make(set)
    known[set] = plan
    return plan
  }
}
