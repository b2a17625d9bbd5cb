package import Config
package import Model
package import SLA

/// Everything the pages tell of: values that the run already has, and one way to read samples.
package struct SiteInput: Sendable {
  package typealias Peaks =
    @Sendable (_ series: SeriesID, _ span: Span, _ resolution: Int) -> (low: [Sample], high: [Sample])
  /// A window of a series with samples at most `resolution` seconds apart; `nil` is the finest there is.
  package typealias Window = @Sendable (_ series: SeriesID, _ span: Span, _ resolution: Int?) -> SeriesWindow

  package var plan: Plan
  package var now: Instant
  /// When the pages were made, by the run's clock.
  package var builtAt: Instant
  /// The newest sample's time; `nil` before the first.
  package var dataUntil: Instant?
  package var nextExpected: Instant?
  /// Of redeye.
  package var version: String
  /// This run so far; its last stages are not over yet.
  package var run: RunRecord?
  /// Earlier runs, newest first.
  package var runs: [RunRecord]
  package var jobRecords: [JobRecord]
  package var catalogue: Catalogue
  /// In the order of the plan.
  package var objectives: [ObjectiveStatus]
  package var openIncidents: [Incident]
  /// Newest first.
  package var closedIncidents: [Incident]
  /// One for each role of the plan.
  package var onCall: [OnDuty]
  package var outbox: OutboxCount
  /// The rendered problems of a configuration that could not be used, while the last good one runs on.
  package var configurationProblem: String?
  /// Reads the configuration the run goes by once more, for pages that show it; `nil` where it was changed since.
  package var configuration: (@Sendable () -> EffectiveTree?)?
  /// What was measured and is no longer in the configuration, newest first.
  package var removed: [Removed] = []
  /// What people wrote down, newest first.
  package var notes: [Note] = []
  package var window: Window
  /// The lowest and the highest of each sample's stretch, where samples are averages of many slots and the store keeps it; else empty.
  package var peaks: Peaks
  /// What is published was made from.
  package var memory: SiteMemory
  /// Pictures that earlier runs had no time for, with how many runs each has waited.
  package var waiting: [String: Int]
  /// Seconds left for drawing.
  package var remaining: @Sendable () -> Double
  /// Draws several charts, each in all its formats.
  package var studio: Studio

  package init(
    plan: Plan, now: Instant, builtAt: Instant, dataUntil: Instant? = nil, nextExpected: Instant? = nil,
    version: String, run: RunRecord? = nil, runs: [RunRecord] = [], jobRecords: [JobRecord] = [],
    catalogue: Catalogue = [:], objectives: [ObjectiveStatus] = [], openIncidents: [Incident] = [],
    closedIncidents: [Incident] = [], onCall: [OnDuty] = [], outbox: OutboxCount = OutboxCount(),
    configurationProblem: String? = nil, memory: SiteMemory = SiteMemory(),
    waiting: [String: Int] = [:], remaining: @escaping @Sendable () -> Double = { .infinity },
    studio: @escaping Studio = { $0.map { $0.pictures() } },
    peaks: @escaping Peaks = { _, _, _ in ([], []) }, window: @escaping Window
  ) {
    self.plan = plan
    self.now = now
    self.builtAt = builtAt
    self.dataUntil = dataUntil
    self.nextExpected = nextExpected
    self.version = version
    self.run = run
    self.runs = runs
    self.jobRecords = jobRecords
    self.catalogue = catalogue
    self.objectives = objectives
    self.openIncidents = openIncidents
    self.closedIncidents = closedIncidents
    self.onCall = onCall
    self.outbox = outbox
    self.configurationProblem = configurationProblem
    self.memory = memory
    self.waiting = waiting
    self.remaining = remaining
    self.studio = studio
    self.peaks = peaks
    self.window = window
  }
}

/// What the published site was made from; nothing is known where there is none, and all of it is made.
package struct SiteMemory: Sendable {
  /// The definition of each chapter.
  package var definitions: [String: UInt64]
  /// A chapter by its name.
  package var chapter: @Sendable (String) -> Chapter?

  package init(definitions: [String: UInt64] = [:], chapter: @escaping @Sendable (String) -> Chapter? = { _ in nil }) {
    self.definitions = definitions
    self.chapter = chapter
  }
}

/// How an objective stands.
package struct ObjectiveStatus: Sendable {
  package var objective: Objective
  /// Of the window that runs now; `nil` before anything was judged.
  package var figure: Figure?
  /// Of the windows before, newest first.
  package var previous: [Figure]
  /// Oldest first; the last 30 days, or the figure's window where that is longer.
  package var ledger: [LedgerInterval]

  package init(
    objective: Objective, figure: Figure? = nil, previous: [Figure] = [], ledger: [LedgerInterval] = []
  ) {
    self.objective = objective
    self.figure = figure
    self.previous = previous
    self.ledger = ledger
  }
}

/// Who answers for a role now, and who is next.
package struct OnDuty: Hashable, Sendable {
  package var role: String
  /// The contact's title; `nil` while nobody is on duty.
  package var contact: String?
  package var until: Instant?
  package var next: String?

  package init(role: String, contact: String?, until: Instant? = nil, next: String? = nil) {
    self.role = role
    self.contact = contact
    self.until = until
    self.next = next
  }
}

/// Messages that wait to be handed over.
package struct OutboxCount: Hashable, Sendable {
  package var queued: Int
  package var oldest: Instant?

  package init(queued: Int = 0, oldest: Instant? = nil) {
    self.queued = queued
    self.oldest = oldest
  }
}
