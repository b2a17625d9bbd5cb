import Config
import Model

/// Pages of incidents that are over for good: written so that no time makes them wrong, and kept from run to run.
extension Press {
  /// Seconds after its end in which an incident's page goes on changing: its picture shows up to half a day after it.
  private static let settling = 46_800

  /// Whether nothing on the incident's page can change any more but for the configuration and redeye itself.
  func isSettled(_ incident: Incident) -> Bool {
    let settled = max(incident.end(at: input.now), incident.closedAt ?? input.now) + Press.settling
    return incident.phase == .closed && input.now - settled >= 0
  }

  /// What the page of a settled incident is made from.
  func definition(of incident: Incident) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(input.plan.hash)
    definition.add(Int(bitPattern: UInt(templates.digest)))
    definition.add(incident.since)
    definition.add(incident.until)
    definition.add(incident.events.count)
    definition.add(incident.acknowledgement?.note)
    for note in notes(of: incident) { definition.add(note) }
    return definition.value
  }
}
