import Config
import Journal
import Model
import Platform
import Series
import State

/// One run: the stages in their order, each with what the stages before made.
///
/// The journal is the truth. What a stage derives from it goes into the state in one transaction together with the
/// journal position, so a run that dies anywhere is picked up by the next.
struct Cycle {
  let plan: Plan
  /// What is wrong with the configuration, while the last good one runs.
  let broken: RunningConfiguration.Broken?
  let installation: Installation
  let store: StateStore
  let now: Instant
  /// Monotonic seconds.
  let started: Double
  /// Whether the stages share out the time until the next run; see `Cycle+Time.swift`.
  let isTimed: Bool
  var catalogue: Catalogue
  var record: RunRecord
  /// Whether the whole site is made, not what moved alone.
  var drawsAnew = false
  /// Pictures there was no time for; they come first in the next run, so that is no fault.
  var waiting = 0
  /// Series files that lack slots the journal has.
  var behind: Set<String> = []
  /// The newest slot that was judged, where the journal could not be read to its end in the time there is.
  var judgedTo: Instant?
  /// What was measured, by kind, for the table at the end.
  var kinds: [KindFigures] = []
  /// What people see of the run while it goes on.
  let progress: RunProgress
  /// What is to be kept, until `commit`.
  var change = StateChange()

  init(
    _ configuration: RunningConfiguration, _ installation: Installation, now: Instant, isTimed: Bool,
    progress: RunProgress
  ) throws {
    let started = Clock.monotonic()
    let opened = try installation.state(now: now)
    do {
      self.init(
        configuration, installation, opened.store, catalogue: try opened.store.catalogue(),
        number: try opened.store.nextRunNumber(), now: now, started: started, isTimed: isTimed, progress: progress)
    } catch {
      throw Ending(.unable, "\(error)")
    }
    record.degraded = opened.problems + [installation.quarantineNote].compactMap { $0 }
    if let broken {
      record.degraded.append("the configuration is broken and the last good one runs on: \(broken.reason)")
    }
  }

  /// A run on a state that is open already.
  ///
  /// - Parameters:
  ///   - catalogue: What the state holds of it.
  ///   - number: The run's own.
  ///   - started: Monotonic seconds.
  init(
    _ configuration: RunningConfiguration, _ installation: Installation, _ store: StateStore, catalogue: Catalogue,
    number: Int, now: Instant, started: Double, isTimed: Bool, progress: RunProgress
  ) {
    plan = configuration.plan
    broken = configuration.broken
    self.installation = installation
    self.store = store
    self.catalogue = catalogue
    self.now = now
    self.started = started
    self.isTimed = isTimed
    self.progress = progress
    record = RunRecord(number: number, slot: now.slot(step: plan.settings.step), startedAt: now)
  }

  var retention: Retention { plan.settings.retention }
  var zone: Zone { plan.settings.zone }
  var series: SeriesStore { installation.series(retention) }

  /// Runs a stage, notes how long it took, and turns what it cannot help into status 4.
  mutating func stage(_ name: String, _ body: (inout Cycle) throws -> Void) throws {
    let before = Clock.monotonic()
    do {
      try body(&self)
    } catch let ending as Ending {
      throw ending
    } catch {
      throw Ending(.unable, "\(name): \(error)")
    }
    record.stages.append(RunRecord.Stage(name, milliseconds: Int((Clock.monotonic() - before) * 1000)))
  }

  /// One transaction for all that the stages so far want kept.
  mutating func commit() throws {
    change.run = finishedRecord
    try store.commit(change)
    change = StateChange()
  }

  var finishedRecord: RunRecord {
    var record = record
    record.milliseconds = Int((Clock.monotonic() - started) * 1000)
    return record
  }

  /// What has to be done now and then: a copy of the state, old journal segments, the configuration for bad days.
  mutating func keepHouse() {
    attempt("state snapshot") { _ = try $0.store.snapshotIfDue(now: $0.now) }
    attempt("journal") { cycle in
      let unread = [try cycle.journalPosition(), try cycle.notedPosition()].compactMap { $0 }.min()
      try cycle.installation.journal.prune(before: cycle.now - 40 * 86_400, keepingFrom: unread)
    }
    guard broken == nil else { return }
    attempt("last good configuration") { try LastGood.keep($0.plan, in: $0.installation) }
  }

  /// Something the run can do without; when it fails the run is degraded.
  mutating func attempt(_ what: String, _ body: (inout Cycle) throws -> Void) {
    do {
      try body(&self)
    } catch {
      record.degraded.append("\(what): \(error)")
    }
  }

  /// How far the journal was judged.
  func journalPosition() throws -> JournalPosition? {
    try store.meta(Self.positionKey).flatMap(JournalPosition.init)
  }

  /// How far the records of jobs tell what the journal holds: a run that was killed leaves more in it.
  func notedPosition() throws -> JournalPosition? {
    try store.meta(Self.notedKey).flatMap(JournalPosition.init)
  }

  static let positionKey = "journal position"
  static let notedKey = "journal noted"
}
