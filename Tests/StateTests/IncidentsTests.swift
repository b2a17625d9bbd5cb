import Model
import TestSupport
import Testing

@testable import State

struct IncidentsTests {
  private let answer = Acknowledgement(by: "anna", at: now + 30, until: now + 3_600, note: "on it")

  @Test func `open incidents come oldest first, recent ones newest first`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    var closed = incident(2)
    closed.phase = .closed
    closed.until = now
    try store.commit(StateChange(incidents: [incident(1), closed, incident(3)]))
    #expect(try store.openIncidents().map(\.number) == [1, 3])
    #expect(try store.recentIncidents(limit: 2).map(\.number) == [3, 2])
    #expect(try store.incident(2) == closed)
    #expect(try store.incident(4) == nil)
    #expect(try store.nextIncidentNumber() == 4)
  }

  @Test func `an answer shows in the incident at once`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.commit(StateChange(incidents: [incident(1)]))
    let answered = try store.acknowledge(1, answer)
    #expect(answered.acknowledgement == answer)
    #expect(answered.events.map(\.text) == ["by anna until \(stampText(now + 3_600)): on it"])
    #expect(try store.incident(1) == answered)
    #expect(try opened(folder).openIncidents() == [answered])
  }

  @Test func `an answer given while a run works is not lost when the run commits`() throws {
    let folder = try TemporaryFolder()
    let run = try opened(folder)
    try run.commit(StateChange(incidents: [incident(1)]))
    var seen = try run.openIncidents()[0]
    let answered = try StateStore.openShared(path: path(folder)).acknowledge(1, answer)
    seen.events.append(IncidentEvent(at: now + 40, kind: .notified, text: "anna"))
    try run.commit(StateChange(incidents: [seen]))
    let after = try #require(try run.incident(1))
    #expect(after.acknowledgement == answer)
    #expect(after.events.map(\.kind) == [.notified, .acknowledged])
    #expect(answered.acknowledgement == answer)
  }

  @Test func `an answer a run has seen and let expire stays expired`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.commit(StateChange(incidents: [incident(1)]))
    try store.acknowledge(1, answer)
    var seen = try #require(try store.incident(1))
    seen.acknowledgement = nil
    try store.commit(StateChange(incidents: [seen]))
    #expect(try store.incident(1)?.acknowledgement == nil)
    #expect(try store.incident(1)?.events.count == 1)
    let second = Acknowledgement(by: "ben", at: now + 7_200)
    try store.acknowledge(1, second)
    #expect(try store.incident(1)?.acknowledgement == second)
  }

  @Test func `an incident that is none or closed cannot be answered`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    var closed = incident(1)
    closed.phase = .closed
    try store.commit(StateChange(incidents: [closed]))
    let none = #expect(throws: StateError.self) { try store.acknowledge(2, answer) }
    #expect(none?.description == "there is no incident 2; `redeye alert list --all` lists them")
    let late = #expect(throws: StateError.self) { try store.acknowledge(1, answer) }
    #expect(late?.description == "incident 1 is closed already")
  }
}

struct OutboxTests {
  @Test func `a message comes up when it is due until it is sent`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.enqueue(message("<2@x>", at: now + 60))
    try store.enqueue(message("<1@x>"))
    #expect(try store.outbox(dueAt: now - 1).isEmpty)
    #expect(try store.outbox(dueAt: now).map(\.id) == ["<1@x>"])
    #expect(try store.outbox(dueAt: now + 60).map(\.id) == ["<1@x>", "<2@x>"])
    #expect(try store.outbox(dueAt: now + 60, limit: 1).map(\.id) == ["<1@x>"])
    try store.markSent("<1@x>", at: now + 5)
    #expect(try store.outbox(dueAt: now + 60).map(\.id) == ["<2@x>"])
    let sent = try #require(try store.outbox().last)
    #expect(sent.sentAt == now + 5)
    #expect(sent.attempts == 1)
    #expect(sent.bytes == [0, 13, 10, 255])
  }

  @Test func `what waits for somebody comes before what is newer and due`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    var other = message("<other@x>", at: now - 50)
    other.recipient = "b@example.org"
    let old = [message("<9@x>", at: now - 120), message("<8@x>", at: now - 60), other]
    try store.commit(StateChange(outbox: old))
    for message in old { try store.markFailed(message.id, error: "451", at: now, next: now + 900) }
    #expect(try store.outbox(dueAt: now).isEmpty)
    try store.commit(StateChange(outbox: [message("<1@x>", at: now)]))
    #expect(try store.outbox(dueAt: now).map(\.id) == ["<9@x>", "<8@x>", "<1@x>"])
    try store.markSent("<9@x>", at: now)
    try store.markFailed("<8@x>", error: "550", at: now, next: nil)
    #expect(try store.outbox(dueAt: now).map(\.id) == ["<1@x>"])
    // What is due brings along what is older, not what is newer.
    try store.markFailed("<1@x>", error: "451", at: now, next: now + 2_000)
    #expect(try store.outbox(dueAt: now + 900).map(\.id) == ["<other@x>"])
  }

  @Test func `the same message twice is one`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    var other = message("<1@x>")
    other.subject = "other"
    try store.commit(StateChange(outbox: [message("<1@x>"), other]))
    try store.enqueue(other)
    #expect(try store.outbox() == [message("<1@x>")])
  }

  @Test func `a failed try comes again later, or is given up`() throws {
    let folder = try TemporaryFolder()
    let store = try opened(folder)
    try store.enqueue(message("<1@x>"))
    try store.markFailed("<1@x>", error: "421 later", at: now, next: now + 300)
    #expect(try store.outbox(dueAt: now + 299).isEmpty)
    let again = try #require(try store.outbox(dueAt: now + 300).first)
    #expect(again.attempts == 1)
    #expect(again.lastError == "421 later")
    try store.markFailed("<1@x>", error: "550 no", at: now + 300, next: nil)
    #expect(try store.outbox(dueAt: now + 9_999).isEmpty)
    let lost = try #require(try store.outbox().first)
    #expect(lost.failedAt == now + 300)
    #expect(lost.attempts == 2)
    try store.markSent("<1@x>", at: now + 400)
    try store.markFailed("<1@x>", error: "late", at: now + 500, next: nil)
    #expect(try store.outbox().first?.sentAt == now + 400)
    #expect(try store.outbox().first?.lastError == nil)
  }
}
