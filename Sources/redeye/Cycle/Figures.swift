import Config
import Model
import SLA
import State

/// Figures of a plan's objectives, folded from the ledger in the state.
struct Figures {
  let plan: Plan
  let store: StateStore

  init(_ plan: Plan, _ store: StateStore) {
    self.plan = plan
    self.store = store
  }

  /// The figure of the window that runs now; `nil` before anything was judged.
  func now(_ objective: Objective, at now: Instant) throws -> Figure? {
    let span = window(objective.window, containing: now, zone: plan.settings.zone)
    let label = label(of: objective.window, span, zone: plan.settings.zone)
    return try figure(objective, NamedWindow(window: objective.window, span: span, label: label), at: now).figure
  }

  /// A figure with the ledger it is the sum of.
  func figure(
    _ objective: Objective, _ named: NamedWindow, at now: Instant
  ) throws -> (figure: Figure?, ledger: [LedgerInterval]) {
    // A carried verdict looks back over the window's start.
    let span = Span(from: named.span.from - 86_400, to: named.span.to)
    let ledger = try store.ledger(objective.name, over: span)
    let inside = ledger.filter { !$0.span.intersection(named.span).isEmpty }
    guard !inside.isEmpty else { return (nil, []) }
    let figure = SLA.figure(
      objective, window: named.span, windowLabel: named.label, isRolling: named.window.isRolling, ledger: ledger,
      now: now, zone: plan.settings.zone)
    return (figure, inside)
  }
}
