import Config
import Model
import SLA

extension StateMark {
  init(_ standing: Figure.Standing?) {
    let shape: Shape =
      switch standing {
      case .met: .good
      case .atRisk: .warning
      case .broken: .bad
      case .notEnoughData, nil: .unknown
      }
    self.init(shape, standing?.words ?? "no data yet")
  }
}

extension Press {
  func objectivePath(_ objective: Objective) -> String { "objectives/\(fileName(objective.name)).html" }
  func hostPath(_ host: String) -> String { "hosts/\(fileName(host)).html" }
  func incidentPath(_ incident: Incident) -> String { incident.page }

  /// The rows of `objectivetable.mustache`: broken, at risk, not enough data, met; within these as in the plan.
  func objectiveRows(_ statuses: [ObjectiveStatus]) -> [View] {
    let order: [Figure.Standing?] = [.broken, .atRisk, .notEnoughData, nil, .met]
    return statuses.enumerated().sorted { one, other in
      let ranks = [one, other].map { order.firstIndex(of: $0.element.figure?.standing) ?? order.count }
      return (ranks[0], one.offset) < (ranks[1], other.offset)
    }.map { objectiveRow($0.element) }
  }

  private func objectiveRow(_ status: ObjectiveStatus) -> View {
    let strip = DayStrip(status, now: input.now, zone: words.zone)
    let figure = status.figure
    return [
      "state": StateMark(figure?.standing).view,
      "title": status.objective.title,
      "path": objectivePath(status.objective),
      "target": targetText(status.objective),
      "figure": figure?.availabilityText ?? noNumber, "void": figure?.isVoid ?? false,
      "budget": figure.map { ["bar": budgetBar($0), "text": $0.budgetText] as View }.orFalse,
      "strip": strip.view,
      "striptext": "\(status.objective.title), last 30 days to \(words.shortDay(input.now)): \(strip.text)",
      "coverage": figure?.coverageText ?? noNumber,
      "window": figure?.windowLabel ?? "",
    ]
  }

  /// `99.9 %` for `99.9%`.
  func targetText(_ objective: Objective) -> String {
    let text = objective.targetText
    return text.hasSuffix("%") ? text.dropLast().trimmed + thinSpace + "%" : text
  }

  /// `23 Apr – 21 May`
  var stripTitle: String {
    let today = words.zone.civil(input.now)
    let first = words.zone.startOfDay(Civil(year: today.year, month: today.month, day: today.day - 29).normalised)
    return "\(words.shortDay(first)) – \(words.shortDay(input.now))"
  }

  /// The rows of `incidenttable.mustache`.
  mutating func incidentRows(_ incidents: [Incident], root: String) -> [View] {
    var rows: [View] = []
    for incident in incidents {
      var row = incidentRow(incident)
      row["spark"] = ""
      if let entry = series(of: incident) {
        row["spark"] = sparkView(entry, root: root, subject: entry.series.description)
      }
      rows.append(row)
    }
    return rows
  }

  private func incidentRow(_ incident: Incident) -> View {
    [
      "state": mark(of: incident).view,
      "number": "\(incident.number)",
      "title": incident.title,
      "path": incidentPath(incident),
      "cause": incident.cause,
      "since": time(incident.since),
      "lasted": incident.lasted(at: input.now),
      "told": listed(incident.ladder.told.map(contactTitle)).orFalse,
      "toldat": lastTold(incident).orFalse,
      "answer": answer(incident).orFalse,
      "next": incident.ladder.dueAt.map { "next step at \(words.moment($0))" }.orFalse,
    ]
  }

  private func lastTold(_ incident: Incident) -> String? {
    incident.events.last { $0.kind == .notified || $0.kind == .escalated }.map { "at \(words.moment($0.at))" }
  }

  private func answer(_ incident: Incident) -> View? {
    incident.acknowledgement.map { answer in
      ["by": contactTitle(answer.by), "at": words.moment(answer.at), "note": answer.note.orFalse]
    }
  }

  func contactTitle(_ name: String) -> String { input.plan.contacts[name]?.title ?? name }

  func objective(of incident: Incident) -> ObjectiveStatus? {
    known.objectiveNames[incident.objective]
  }

  /// The series of the incident's objective; of a glob, the one its cause begins with, or the first.
  func series(of incident: Incident) -> CatalogueEntry? {
    guard let objective = objective(of: incident)?.objective else { return nil }
    let entries = known.series(of: objective.series, in: input.catalogue)
    return entries.first { incident.cause.hasPrefix("\($0.series) ") }
      ?? entries.first { $0.series.host == incident.host } ?? entries.first
  }

  /// Open ones: outages first, then the oldest.
  func worstFirst(_ incidents: [Incident]) -> [Incident] {
    incidents.map { (outages.contains($0.number) ? 0 : 1, $0) }.sorted { ($0.0, $0.1.since) < ($1.0, $1.1.since) }.map(
      \.1)
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
