import Config
import Model

/// Pages of incidents that are over for good: written so that no time makes them wrong, and kept from run to run.
extension Press {
  /// Seconds after its end in which an incident's page goes on changing: its picture shows up to half a day after it.
  private static let settling = 46_800
  /// Seconds for which a settled page is still written anew, so that the one kept is surely a settled one, also where
  /// some runs could not publish.
  private static let proving = 86_400

  /// Whether nothing on the incident's page can change any more but for the configuration and redeye itself.
  func isSettled(_ incident: Incident) -> Bool {
    incident.phase == .closed && input.now - settled(incident) >= 0
  }

  private func settled(_ incident: Incident) -> Instant {
    max(incident.end(at: input.now), incident.closedAt ?? input.now) + Press.settling
  }

  /// Whether the page there is already says just what a new one would.
  func isKept(_ incident: Incident) -> Bool {
    guard isSettled(incident), let last = input.runs.first?.startedAt else { return false }
    return last - settled(incident) >= Press.proving && input.existing.contains(incident.page)
      && input.existing.contains(edition)
  }

  mutating func keepPage(of incident: Incident) {
    put(incident.page, .keep)
    for variant in incidentPictures(incident).variants {
      for path in [variant.light, variant.dark] where input.existing.contains(path) { put(path, .keep) }
    }
  }

  /// A file whose name changes with whatever else such a page is made of: where it is another, all are written anew.
  var edition: String {
    let parts = ["layout", "incident", "picture"].compactMap { Templates.sources[$0] }.map {
      String(decoding: $0, as: UTF8.self)
    }
    return "incidents/edition-\(digest((parts + [input.version, input.plan.hash]).joined(separator: "\n"))).txt"
  }

  mutating func putEdition() {
    put(edition, "Pages of incidents long closed are written anew when the name of this file changes.\n")
  }
}
