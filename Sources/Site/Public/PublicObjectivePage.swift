import Config
import Model
import SLA

extension Press {
  /// `objectives/TITLE.html`
  mutating func publicObjectives() {
    let open = Dictionary(grouping: input.openIncidents, by: \.objective)
    let closed = Dictionary(grouping: input.closedIncidents, by: \.objective)
    for status in input.objectives {
      let name = status.objective.name
      publicObjective(status, (open[name] ?? []) + (closed[name] ?? []).sorted { $0.number > $1.number })
    }
  }

  private mutating func publicObjective(_ status: ObjectiveStatus, _ incidents: [Incident]) {
    let path = objectivePath(status.objective)
    let definition = publicDefinition(status, incidents)
    // Times and what is left of a budget move on; a page of which nothing happened may be as old as this.
    if keeps(path, definition, every: 3_600) { return }
    let mark = StateMark(status.figure?.standing)
    let title = status.objective.title
    var head = PageHead(path: path, title: "\(title) \(mark.word)", section: .overview, template: "publicobjective")
    head.until = status.figure?.until
    let strip = DayStrip(status, now: input.now, zone: words.zone)
    page(
      head,
      [
        "name": title, "label": (status.figure?.windowLabel).orFalse, "state": mark.view,
        "verdict": mark.word.prefix(1).uppercased() + mark.word.dropFirst(), "target": targetText(status.objective),
        "number": status.figure.flatMap { $0.isVoid ? nil : $0.availabilityText } ?? noNumber,
        "plain": plainWords(status), "hours": hoursText(status.objective.hours),
        "sum": status.figure.map { sum($0, status.objective) }.orFalse,
        "strip": strip.view, "striptitle": stripTitle, "days": strip.text,
        "striptext": "\(title), last 30 days to \(words.shortDay(input.now)): \(strip.text)",
        "hasincidents": !incidents.isEmpty, "table": publicTable(incidents.prefix(50)),
        "stretches": publicStretches(status).orFalse,
        "policy": publicPolicy(status.objective), "previous": previous(status).orFalse,
      ], definition: definition)
  }

  private func publicDefinition(_ status: ObjectiveStatus, _ incidents: [Incident]) -> UInt64 {
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(edition)))
    definition.add(status.ledger.count)
    definition.add(status.figure?.standing.rawValue)
    definition.add(status.figure?.bad ?? 0)
    definition.add(status.figure?.unknown ?? 0)
    definition.add(staleness == nil ? 0 : 1)
    for incident in incidents {
      definition.add(incident.number)
      definition.add(incident.phase.rawValue)
    }
    return definition.value
  }

  /// Bad and unknown time by its length alone, newest first.
  private func publicStretches(_ status: ObjectiveStatus) -> [View] {
    told(status).reversed().prefix(50).map { stretch in
      [
        "stretch": words.stretch(stretch.span), "lasted": exactDurationText(stretch.span.seconds),
        "state": verdictMark(stretch.verdict).view,
      ]
    }
  }
}
