import Alert
import Model
import Testing

struct AcknowledgeTests {
  private var incident: Incident {
    Incident(
      number: 421, objective: "www", title: "The website answers", host: "www", since: Instant(0),
      openedAt: Instant(180), cause: "up is 0, minimum 1")
  }

  private func answer(until: Int? = nil, note: String = "") -> Acknowledgement {
    Acknowledgement(by: "alice", at: Instant(200), until: until.map { Instant($0) }, note: note)
  }

  @Test func `an answer is kept and noted`() throws {
    guard case .acknowledged(let answered) = acknowledge(incident, answer(note: "rolling\nback")) else {
      Issue.record("refused")
      return
    }
    #expect(answered.acknowledgement?.by == "alice")
    #expect(answered.events.map(\.text) == ["Acknowledged by alice: “rolling\u{FFFD}back”."])
    #expect(acknowledge(answered, answer(note: "rolling\nback")) == .acknowledged(answered))
  }

  @Test func `a newer answer takes the place of the one before`() {
    guard case .acknowledged(let first) = acknowledge(incident, answer()),
      case .acknowledged(let second) = acknowledge(first, answer(until: 900))
    else {
      Issue.record("refused")
      return
    }
    #expect(second.acknowledgement?.until == Instant(900))
    #expect(second.events.count == 2)
  }

  @Test func `a closed incident takes no answer`() {
    var closed = incident
    closed.phase = .closed
    #expect(
      acknowledge(closed, answer()) == .refused("Incident 421 is closed; there is nothing left to acknowledge."))
  }

  @Test func `an answer that ends before it begins is refused`() {
    #expect(
      acknowledge(incident, answer(until: 200))
        == .refused("The acknowledgement of incident 421 would end before it begins."))
  }
}
