import Alert
import Collect
import Config
import Demo
import Journal
import Model
import Platform
import SLA
import State

/// A simulated life, taken through the stages of the cycle.
///
/// Readings go into journal and series a day at a time. Verdicts, incidents and mail are then made run by run, but only
/// in those runs that have something to decide (`Attention`); the last day has all of its runs.
struct Rehearsal: ~Copyable {
  let configuration: RunningConfiguration
  let installation: Installation
  let simulation: Simulation
  let lock: Lock
  private let store: StateStore
  private let progress: RunProgress
  private var catalogue: Catalogue = [:]
  private var prompter: Prompter
  private var samples = 0
  /// Of the last run, which also publishes.
  private var lastRecord: RunRecord?
  /// What went wrong in what is not simulated, each once.
  private(set) var problems: [String] = []

  init(
    _ configuration: RunningConfiguration, _ installation: Installation, _ store: StateStore, lock: consuming Lock,
    _ simulation: Simulation, _ progress: RunProgress
  ) {
    self.configuration = configuration
    self.installation = installation
    self.store = store
    self.lock = lock
    self.simulation = simulation
    self.progress = progress
    prompter = Prompter(simulation.story.answers)
  }

  private var plan: Plan { configuration.plan }

  /// Every day, in order.
  mutating func live() throws {
    try attempting {
      try store.disable(simulation.story.disabled)
      for note in simulation.story.notes { _ = try store.add(note) }
    }
    let days = self.days
    progress.begin("demo", of: days.count, "days")
    let life = simulation
    // Days are made up by two at a time, as they are needed.
    for start in stride(from: 0, to: days.count, by: 2) {
      let pair = days[start..<min(start + 2, days.count)].map { $0 }
      for runs in concurrently(pair.count, workers: 2, { life.runs(in: pair[$0]) }) {
        try live(through: runs)
        progress.tally.add()
      }
    }
  }

  private var days: [Span] {
    let span = simulation.span
    return stride(from: span.from.slot(step: 86_400).seconds, to: span.to.seconds, by: 86_400).map {
      Span(from: Instant($0), to: Instant($0 + 86_400)).intersection(span)
    }
  }

  /// One day of runs.
  private mutating func live(through runs: [SimulatedRun]) throws {
    guard let last = runs.last else { return }
    let outcomes = runs.map { self.outcomes(of: $0) }
    var day = self.cycle(at: last)
    try day.stage("journal") { cycle in
      let position = try cycle.notedPosition()
      try cycle.take(Array(outcomes.joined()), after: try cycle.store.jobRecords(), Cycle.Unread(position: position))
    }
    var observations: [String: [Observation]] = [:]
    try day.stage("series") { observations = try $0.replay() }
    try day.keepSimulated()
    catalogue = day.catalogue
    note(day.record.degraded)
    samples += outcomes.joined().reduce(0) { $0 + $1.reading.measurements.count { $0.value != nil } }
    try decide(runs, outcomes, observations)
  }

  private mutating func decide(
    _ runs: [SimulatedRun], _ outcomes: [[Outcome]], _ observations: [String: [Observation]]
  ) throws {
    var attention = Attention(plan, runs, observations, lastDay: simulation.span.to - 86_400)
    attention.wake = try attempting { prompter.wake(try store.openIncidents()) }
    for (place, run) in runs.enumerated() where attention.isWanted(at: run.now) || place == runs.count - 1 {
      try attempting { try prompter.answer(in: store, at: run.now) }
      var cycle = self.cycle(at: run)
      cycle.count(outcomes[place].map(\.reading))
      cycle.record.stages.append(RunRecord.Stage("collect", milliseconds: run.milliseconds))
      let seen = attention.observations(upTo: run.now)
      var decisions: [Decision] = []
      try cycle.stage("judge") { decisions = try $0.decide(on: seen) }
      try cycle.stage("commit") { try $0.commit() }
      let before = cycle.record.degraded.count
      try cycle.stage("mail") { try $0.mail() }
      note(Array(cycle.record.degraded.dropFirst(before)))
      lastRecord = cycle.record
      attention.isPending = decisions.contains { $0.reason == .notYet }
      attention.wake = try attempting { prompter.wake(try store.openIncidents()) }
    }
  }

  /// Draws and publishes the site as the last run would have.
  mutating func show() throws {
    let last = SimulatedRun(now: simulation.span.to - plan.settings.step, readings: [])
    var cycle = self.cycle(at: last)
    let before = lastRecord?.degraded.count ?? 0
    cycle.record = lastRecord ?? cycle.record
    try cycle.stage("report") { $0.report() }
    cycle.keepHouse()
    try cycle.stage("finish") { try $0.commit() }
    note(Array(cycle.record.degraded.dropFirst(before)))
  }

  /// What came of it, in one line.
  func summary(seconds: Double) throws -> String {
    try attempting {
      let incidents = try store.recentIncidents(limit: 10_000)
      let mails = (try? Files.list("\(Paths.folder(of: plan.path))/mail").count) ?? 0
      return "Lived through \(plan.hosts.count) hosts, \(countText(samples)) samples, \(incidents.count) incidents "
        + "(\(incidents.count { $0.phase == .open }) open) and \(mails) mails "
        + "in \(durationText(milliseconds: Int(seconds * 1_000)))."
    }
  }

  // MARK: Parts

  private func cycle(at run: SimulatedRun) -> Cycle {
    let number = (run.now - simulation.span.from) / plan.settings.step + 1
    return Cycle(
      configuration, installation, store, catalogue: catalogue, number: number, now: run.now,
      started: Clock.monotonic() - Double(run.milliseconds) / 1_000, isTimed: false, progress: RunProgress())
  }

  /// Jobs that are switched off are not measured.
  private func outcomes(of run: SimulatedRun) -> [Outcome] {
    let off = simulation.story.disabled.filter { $0.since <= run.now && $0.holds(at: run.now) }
    guard !off.isEmpty else { return run.readings.map { Outcome(reading: $0) } }
    return run.readings.map { reading in
      guard let disabled = off.first(where: { $0.job == reading.job }), let job = plan.job(reading.job) else {
        return Outcome(reading: reading)
      }
      return disabled.outcome(of: job, slot: reading.slot, zone: plan.settings.zone)
    }
  }

  private mutating func note(_ lines: [String]) {
    problems += lines.filter { line in !problems.contains(line) }
  }
}

extension Cycle {
  /// Keeps what a simulated stretch has made, without a run of its own in the list of runs.
  fileprivate mutating func keepSimulated() throws {
    do {
      try store.commit(change)
      change = StateChange()
    } catch {
      throw Ending(.unable, "\(error)")
    }
  }
}

/// Turns what the state cannot do into status 4.
private func attempting<Result>(_ work: () throws -> Result) throws -> Result {
  do { return try work() } catch let error as StateError { throw Ending(.unable, "\(error)") }
}
