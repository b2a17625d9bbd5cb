package import Config
package import Model

/// The figure of an objective over one window, in whole seconds and integer arithmetic.
///
/// Counting starts with the first interval of the ledger (the objective is in service since then) and ends with the
/// last one, at `now` or with the window, whichever is first; what was not judged yet is not counted yet.
/// - Parameters:
///   - isRolling: Whether the window goes along with time. The part of its length that the objective is not in service
///     yet is then still to come, so that `1d` has the budget of a day from its first minute on.
///   - ledger: Of this objective, `stretches` says how far back.
package func figure(
  _ objective: Objective, window: Span, windowLabel: String, isRolling: Bool = false, ledger: [LedgerInterval],
  now: Instant, zone: Zone
) -> Figure {
  let judged = extent(of: ledger) ?? Span(from: window.from, to: window.from)
  let from = max(window.from, judged.from)
  let until = max(window.from, min(window.to, now, judged.to))
  let counted = stretches(objective, ledger: ledger, in: Span(from: from, to: until), zone: zone)
  let tally = Tally(counted)
  var toCome = objective.countedSeconds(in: Span(from: max(from, until), to: window.to), zone: zone)
  if isRolling {
    toCome += objective.countedSeconds(in: Span(from: window.from, to: min(from, window.to)), zone: zone)
  }
  var figure = sum(objective, window, windowLabel, until: until, tally, wholeService: tally.service + toCome)
  figure.inServiceSince = window.contains(judged.from) && judged.from > window.from ? judged.from : nil
  let isOver = isRolling ? figure.inServiceSince == nil : until >= window.to
  figure.standing = standing(of: figure, isOver: isOver, target: Billionths(objective.target))
  return figure
}

/// Seconds of each verdict.
struct Tally: Hashable {
  var good = 0
  var bad = 0
  var unknown = 0
  var excluded = 0
  /// Of good and bad.
  var assumed = 0

  init(_ stretches: [Stretch] = []) {
    for stretch in stretches { add(stretch) }
  }

  mutating func add(_ stretch: Stretch) {
    let seconds = stretch.span.seconds
    switch stretch.verdict {
    case .good: good += seconds
    case .bad: bad += seconds
    case .unknown: unknown += seconds
    case .excluded: excluded += seconds
    }
    if stretch.isAssumed { assumed += seconds }
  }

  var service: Int { good + bad + unknown }
  var measured: Int { good + bad - assumed }
}

/// A share of one in billionths, so that 99.9 % of a month is what it is on paper.
struct Billionths: Hashable {
  let count: Int

  init(_ share: Double) { count = Int((min(1, max(0, share)) * 1e9).rounded()) }

  var rest: Int { 1_000_000_000 - count }

  /// So many seconds times the share, cut.
  static func cut(_ seconds: Int, times billionths: Int) -> Int {
    let product = seconds.multipliedFullWidth(by: billionths)
    return 1_000_000_000.dividingFullWidth(product).quotient
  }

  /// Whether `part` of `whole` is less than the share.
  func exceeds(_ part: Int, of whole: Int) -> Bool {
    let left = part.multipliedFullWidth(by: 1_000_000_000)
    let right = whole.multipliedFullWidth(by: count)
    return (left.high, left.low) < (right.high, right.low)
  }
}

private func sum(
  _ objective: Objective, _ window: Span, _ label: String, until: Instant, _ tally: Tally, wholeService: Int
) -> Figure {
  let budget = Billionths.cut(wholeService, times: Billionths(objective.target).rest)
  let observed = tally.good + tally.bad
  return Figure(
    objective: objective.name, window: window, windowLabel: label, until: until, service: tally.service,
    excluded: tally.excluded, good: tally.good, bad: tally.bad, unknown: tally.unknown,
    availability: observed > 0 ? Double(tally.good) / Double(observed) : nil,
    coverage: tally.service > 0 ? Double(tally.measured) / Double(tally.service) : 0,
    isVoid: isVoid(objective, tally), budget: budget, left: budget - tally.bad, standing: .met,
    assumed: tally.assumed, wholeService: wholeService)
}

/// A contract that takes unknown time as bad already holds it against the figure.
private func isVoid(_ objective: Objective, _ tally: Tally) -> Bool {
  guard tally.good + tally.bad > 0 else { return true }
  if objective.unknown == .bad { return false }
  return Billionths(objective.minimumCoverage).exceeds(tally.measured, of: tally.service)
}

/// - Parameter isOver: Whether nothing of the window is to come; a rolling one that is filled is over at any time.
private func standing(of figure: Figure, isOver: Bool, target: Billionths) -> Figure.Standing {
  if figure.isVoid { return .notEnoughData }
  if figure.left < 0 { return .broken }
  // Unknown time makes the base smaller than the budget's, so a window can miss its target with budget left.
  if isOver, target.exceeds(figure.good, of: figure.good + figure.bad) { return .broken }
  let toCome = figure.wholeService - figure.service
  if isLess(figure.left, of: figure.budget, than: toCome, of: figure.wholeService) { return .atRisk }
  return .met
}

private func isLess(_ part: Int, of whole: Int, than otherPart: Int, of otherWhole: Int) -> Bool {
  let left = part.multipliedFullWidth(by: otherWhole)
  let right = otherPart.multipliedFullWidth(by: whole)
  return (left.high, left.low) < (right.high, right.low)
}

private func extent(of ledger: [LedgerInterval]) -> Span? {
  let filled = ledger.filter { !$0.span.isEmpty }
  guard let from = filled.map(\.span.from).min(), let to = filled.map(\.span.to).max() else { return nil }
  return Span(from: from, to: to)
}

func serviceSeconds(_ hours: ServiceHours, _ span: Span, _ zone: Zone) -> Int {
  serviceSpans(hours, in: span, zone: zone).reduce(0) { $0 + $1.seconds }
}
