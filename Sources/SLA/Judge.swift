package import Config
package import Model

/// The ledger of an objective over `[from, to)`: each slot's verdict with its cause, equal neighbours joined.
///
/// A slot nobody observed is unknown (`collector did not run`), or excluded where no job was due in it (`not due`); one whose series gave no value is unknown with its
/// failure. Of a glob a slot is bad when any series is, else unknown when any is. Time outside service hours is
/// excluded to the second, also inside a slot. The unknown policy is not applied here: the ledger is what was seen.
///
/// Of two observations of one series and slot the last with a value counts, so a replayed journal changes nothing.
/// - Parameter observations: In any order; those outside the span are left alone.
/// - Parameter configuration: The hash of the configuration that judges.
package func judge(
  _ objective: Objective, observations: [Observation], from: Instant, to: Instant, configuration: String, zone: Zone
) -> [LedgerInterval] {
  let span = Span(from: from, to: to)
  guard !span.isEmpty else { return [] }
  var ledger = LedgerWriter(objective: objective.name, configuration: configuration)
  var hours = serviceSpans(objective.hours, in: span, zone: zone)[...]
  for (stretch, finding) in measured(objective, observations, span) {
    ledger.append(stretch, finding, within: &hours)
  }
  return ledger.intervals
}

/// Every second of the span with what was seen in it, slot by slot, with one stretch for each gap.
private func measured(_ objective: Objective, _ observations: [Observation], _ span: Span) -> [(Span, Finding)] {
  let step = max(1, objective.step)
  var result: [(Span, Finding)] = []
  var cursor = span.from
  for group in bySlot(observations, step: step) {
    let slot = group[group.startIndex].slot.slot(step: step)
    let stretch = Span(from: slot, to: slot + step).intersection(Span(from: cursor, to: span.to))
    guard !stretch.isEmpty else { continue }
    result += objective.unobserved(Span(from: cursor, to: stretch.from))
    result.append((stretch, finding(of: group, objective)))
    cursor = stretch.to
  }
  return result + objective.unobserved(Span(from: cursor, to: span.to))
}

/// Runs of observations that share a slot of the objective's grid, oldest first.
private func bySlot(_ observations: [Observation], step: Int) -> [ArraySlice<Observation>] {
  let ordered = inOrder(observations) { $0.slot < $1.slot }
  var groups: [ArraySlice<Observation>] = []
  var start = ordered.startIndex
  while start < ordered.endIndex {
    let slot = ordered[start].slot.slot(step: step)
    let end = ordered[start...].firstIndex { $0.slot.slot(step: step) != slot } ?? ordered.endIndex
    groups.append(ordered[start..<end])
    start = end
  }
  return groups
}

private func finding(of group: ArraySlice<Observation>, _ objective: Objective) -> Finding {
  let exact = objective.series.isExact
  let findings = (group.count == 1 ? Array(group) : lastWord(group)).map { observation in
    (
      observation,
      objective.tolerance.finding(observation, name: exact ? observation.series.metric : "\(observation.series)")
    )
  }
  if let bad = findings.first(where: { $0.1.verdict == .bad }) { return bad.1 }
  guard let (observation, unknown) = findings.first(where: { $0.1.verdict == .unknown }) else { return .good }
  return exact ? unknown : Finding(verdict: .unknown, cause: "\(observation.series): \(unknown.cause)".printable())
}

/// One observation for each series and slot, in the order of their names, so that a cause does not depend on the
/// order in which jobs came home.
private func lastWord(_ group: ArraySlice<Observation>) -> [Observation] {
  struct Place: Hashable {
    let series: SeriesID
    let slot: Instant
  }
  var words: [Place: Observation] = [:]
  for observation in group {
    let place = Place(series: observation.series, slot: observation.slot)
    if observation.value == nil, words[place]?.value != nil { continue }
    words[place] = observation
  }
  return words.values.sorted { ($0.series, $0.slot) < ($1.series, $1.slot) }
}

/// The ledger as it grows: split at service hours, equal neighbours joined.
private struct LedgerWriter {
  let objective: String
  let configuration: String
  var intervals: [LedgerInterval] = []

  /// - Parameter hours: Service time not yet passed; what ends before the stretch is dropped.
  mutating func append(_ stretch: Span, _ finding: Finding, within hours: inout ArraySlice<Span>) {
    var cursor = stretch.from
    while cursor < stretch.to {
      while let next = hours.first, next.to <= cursor { hours.removeFirst() }
      let open = hours.first?.intersection(stretch) ?? Span(from: stretch.to, to: stretch.to)
      let start = open.isEmpty ? stretch.to : max(cursor, open.from)
      write(Span(from: cursor, to: start), .outsideHours)
      let end = open.isEmpty ? stretch.to : open.to
      write(Span(from: start, to: end), finding)
      cursor = end
    }
  }

  private mutating func write(_ span: Span, _ finding: Finding) {
    guard !span.isEmpty else { return }
    if let last = intervals.last, last.verdict == finding.verdict, last.cause == finding.cause {
      intervals[intervals.count - 1].span.to = span.to
    } else {
      intervals.append(
        LedgerInterval(
          objective: objective, span: span, verdict: finding.verdict, cause: finding.cause,
          configuration: configuration))
    }
  }
}

/// Sorts only what is not in order yet; keeps the order of equals.
func inOrder<Element>(_ elements: [Element], by isBefore: (Element, Element) -> Bool) -> [Element] {
  guard zip(elements, elements.dropFirst()).contains(where: { isBefore($1, $0) }) else { return elements }
  return elements.enumerated()
    .sorted { isBefore($0.element, $1.element) || (!isBefore($1.element, $0.element) && $0.offset < $1.offset) }
    .map(\.element)
}
