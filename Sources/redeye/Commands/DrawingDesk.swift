import Config
import Model
import Platform
import Site
import State

/// What pictures are drawn from outside of a run: series and, where an objective judges one of them, its ledger.
struct DrawingDesk {
  private let plan: Plan
  private let span: Span
  private let now: Instant
  private let installation: Installation

  init(_ plan: Plan, over span: Span, now: Instant) throws {
    (self.plan, self.span, self.now) = (plan, span, now)
    installation = Installation(plan.settings)
    // Before the first run there is nothing to draw, and a picture that says so; a folder nobody may see is another thing.
    if !Files.exists(installation.stateFile), !Files.mayLook(into: installation.data) {
      _ = try installation.sharedState()
    }
  }

  /// - Parameter subject: what is drawn, so that only the ledgers of its host are read; `nil` has no use for ledgers.
  func input(for subject: String?) throws -> SiteInput {
    guard Files.exists(installation.stateFile) else { return input([:], []) }
    let store = try installation.sharedState()
    let host = subject.map { String($0.prefix { $0 != "/" }) }
    let objectives = plan.objectives.filter { objective in host.map { judges(objective, $0) } ?? false }
    var input = input(
      try store.catalogue(),
      try objectives.map { ObjectiveStatus(objective: $0, ledger: try store.ledger($0.name, over: span)) })
    input.notes = try store.notes(limit: Self.mostNotes)
    return input
  }

  /// The newest of them, as on the pages.
  private static let mostNotes = 5_000

  private func judges(_ objective: Objective, _ host: String) -> Bool {
    let text = objective.series.text
    return text.hasPrefix("**") || glob(String(text.prefix { $0 != "/" }), host)
  }

  private func input(_ catalogue: Catalogue, _ objectives: [ObjectiveStatus]) -> SiteInput {
    let samples = Samples(installation.series(plan.settings.retention), catalogue)
    return SiteInput(
      plan: plan, now: now, builtAt: now, version: Redeye.version, catalogue: catalogue, objectives: objectives,
      peaks: samples.extremes, window: samples.windows)
  }
}
