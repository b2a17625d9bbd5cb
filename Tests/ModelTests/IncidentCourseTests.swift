import Model
import Testing

struct IncidentCourseTests {
  private func incident() -> Incident {
    Incident(
      number: 7, objective: "o", title: "O", host: nil, since: Instant(1_000), openedAt: Instant(1_025),
      cause: "up is 0")
  }

  @Test func `while it is open it lasts until now`() {
    let incident = incident()
    #expect(incident.lasted(at: Instant(1_044)) == "44\u{202F}s")
    // A clock that was set back shortens nothing below nothing.
    #expect(incident.seconds(at: Instant(900)) == 0)
  }

  @Test func `once closed it lasted to the end of its last bad slot, whenever that is asked`() {
    var incident = incident()
    incident.phase = .closed
    incident.until = Instant(1_120)
    incident.closedAt = Instant(1_131)
    for now in [1_131, 9_999] { #expect(incident.lasted(at: Instant(now)) == "2\u{202F}min") }
  }

  @Test func `one that was never seen good again lasted until it was closed`() {
    var incident = incident()
    incident.phase = .closed
    incident.closedAt = Instant(1_030)
    #expect(incident.seconds(at: Instant(9_999)) == 30)
    #expect(incident.page == "incidents/7.html")
  }
}
