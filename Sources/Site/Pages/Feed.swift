import Config
import Model

extension Press {
  /// `atom.xml` (RFC 4287): open incidents and the last closed ones. Ids name the incident, not the address of the
  /// site, so they stay the same wherever it is published.
  mutating func feed() {
    let incidents = (input.openIncidents + input.closedIncidents.prefix(50)).sorted { $0.number > $1.number }
    let changes = incidents.map(changed)
    let view: View = [
      "site": input.plan.title, "id": "urn:redeye:\(fileName(input.plan.package)):incidents",
      "updated": stampText(changes.max() ?? input.builtAt),
      "list": "incidents/index.html", "entries": incidents.map(entry).orFalse,
    ]
    guard let bytes = templates.text(view, with: "atom") else { return }
    // The declaration has to be the very first bytes.
    put("atom.xml", #"<?xml version="1.0" encoding="utf-8"?>"# + bytes)
  }

  private func entry(_ incident: Incident) -> View {
    let state = incident.phase == .open ? mark(of: incident).word : "closed"
    return [
      "id": "urn:redeye:\(fileName(input.plan.package)):incident:\(incident.number)",
      "title": "\(incident.number) \(incident.title): \(state)", "path": incidentPath(incident),
      "updated": stampText(changed(incident)), "published": stampText(incident.openedAt),
      "summary": "\(incident.cause). Since \(words.fullMoment(incident.since))"
        + (incident.phase == .closed ? ", for \(incident.lasted(at: input.now))." : "."),
    ]
  }

  private func changed(_ incident: Incident) -> Instant {
    ([incident.openedAt] + [incident.closedAt].compactMap { $0 } + incident.events.map(\.at)).max() ?? incident.openedAt
  }
}
