import Config
import Foundation
import Model
import SLA

/// The pages for programs; keys are those of the internal site, where they are there.
extension Press {
  mutating func publicData() {
    put(
      "status.json",
      json(
        PublicStatus(
          generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
          nextExpected: input.nextExpected.map(stampText), stale: staleness != nil,
          openIncidents: input.openIncidents.count)))
    put(
      "index.json",
      json(
        PublicIndex(
          site: input.plan.title, generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
          nextExpected: input.nextExpected.map(stampText), zone: input.plan.settings.zone.identifier,
          objectives: input.objectives.map(publicData),
          incidents: (input.openIncidents + input.closedIncidents.prefix(50)).map(publicData))))
  }

  private func publicData(_ status: ObjectiveStatus) -> PublicIndex.Objective {
    let figure = status.figure
    return PublicIndex.Objective(
      title: status.objective.title, standing: StateMark(figure?.standing).word, target: status.objective.target,
      window: figure?.windowLabel, from: figure.map { stampText($0.window.from) },
      to: figure.map { stampText($0.window.to) }, until: figure.map { stampText($0.until) },
      availability: figure?.availability, coverage: figure?.coverage, goodSeconds: figure?.good,
      badSeconds: figure?.bad, unknownSeconds: figure?.unknown, budgetSeconds: figure?.budget,
      budgetLeftSeconds: figure?.left, page: objectivePath(status.objective))
  }

  private func publicData(_ incident: Incident) -> PublicIndex.Incident {
    PublicIndex.Incident(
      number: incident.number, title: incident.title, state: incident.phase.rawValue,
      since: stampText(incident.since), until: incident.until.map(stampText))
  }

  /// `atom.xml` (RFC 4287): open incidents and the last closed ones.
  mutating func publicFeed() {
    let incidents = (input.openIncidents + input.closedIncidents.prefix(50)).sorted { $0.number > $1.number }
    let feed = "urn:redeye:\(fileName(input.plan.title)):incidents"
    let view: View = [
      "site": input.plan.title, "id": feed, "list": "incidents.html",
      "updated": stampText(incidents.map(lastChange).max() ?? input.builtAt),
      "entries": incidents.map { entry($0, of: feed) }.orFalse,
    ]
    guard let bytes = templates.text(view, with: "atom") else { return }
    // The declaration has to be the very first bytes.
    put("atom.xml", #"<?xml version="1.0" encoding="utf-8"?>"# + bytes)
  }

  private func lastChange(_ incident: Incident) -> Instant { incident.closedAt ?? incident.openedAt }

  private func entry(_ incident: Incident, of feed: String) -> View {
    let isOpen = incident.phase == .open
    return [
      "id": "\(feed):\(incident.number)", "title": "\(incident.title): \(isOpen ? "open" : "closed")",
      "path": "incidents.html#n\(incident.number)", "updated": stampText(lastChange(incident)),
      "published": stampText(incident.openedAt),
      "summary": "Since \(words.fullMoment(incident.since))"
        + (isOpen ? "." : ", for \(incident.lasted(at: input.now))."),
    ]
  }
}

private struct PublicStatus: Encodable {
  var schema = 1
  var generated: String
  var dataUntil: String?
  var nextExpected: String?
  var stale: Bool
  var openIncidents: Int
}

private struct PublicIndex: Encodable {
  struct Objective: Encodable {
    var title: String
    var standing: String
    var target: Double
    var window: String?
    var from: String?
    var to: String?
    var until: String?
    var availability: Double?
    var coverage: Double?
    var goodSeconds: Int?
    var badSeconds: Int?
    var unknownSeconds: Int?
    var budgetSeconds: Int?
    var budgetLeftSeconds: Int?
    var page: String
  }

  struct Incident: Encodable {
    var number: Int
    var title: String
    var state: String
    var since: String
    var until: String?
  }

  var schema = 1
  var site: String
  var generated: String
  var dataUntil: String?
  var nextExpected: String?
  var zone: String
  var objectives: [Objective]
  var incidents: [Incident]
}
