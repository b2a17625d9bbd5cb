import Alert
import Config
import Mail
import Model
import SLA
import TestSupport
import Testing

struct ComposeTests {
  private let scene = Scene()

  private func compose(_ notices: [Notice], _ figures: [String: Figure] = [:]) -> Composed {
    Mail.compose(notices: notices, plan: scene.plan, now: scene.now, figures: figures)
  }

  @Test func `the whole of a message, byte for byte`() throws {
    let composed = compose([scene.notice()], ["www-answers": scene.figure()])
    #expect(composed.problems.isEmpty)
    let message = try #require(composed.messages.first)
    try golden("opened.eml", String(decoding: message.bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
    let parsed = try #require(parse([message]).first)
    try golden("opened.txt", parsed.text)
    try golden("opened.html", parsed.html)
  }

  @Test func `several notices for a contact are one message`() throws {
    var other = scene.incident
    other.number = 13
    other.title = "The mail arrives"
    other.host = nil
    let composed = compose([
      scene.notice(), scene.notice(to: "bob"), scene.notice(.closed, of: other),
    ])
    #expect(composed.messages.map(\.recipient) == ["alice@example.org", "bob@example.org"])
    #expect(composed.messages[0].subject == "[redeye] 2 incidents: 1 down, 1 closed")
    #expect(composed.messages[1].subject == "[redeye] down: The website answers (www)")
    let parsed = try #require(parse(composed.messages).first)
    try golden("digest.txt", parsed.text)
  }

  @Test(arguments: [
    (Notice.Reason.opened, "[redeye] down: The website answers (www)"),
    (.escalated, "[redeye] escalated: The website answers (www)"),
    (.repeated, "[redeye] still down: The website answers (www)"),
    (.closed, "[redeye] closed: The website answers (www)"),
    (.withdrawn, "[redeye] withdrawn: The website answers (www)"),
  ])
  func `the subject says what happened and to what`(reason: Notice.Reason, subject: String) throws {
    let message = try #require(compose([scene.notice(reason)]).messages.first)
    #expect(message.subject == subject)
    let parsed = try #require(parse([message]).first)
    #expect(parsed.subject == subject)
    #expect(parsed.text.contains("redeye alert ack 12") == (reason != .closed && reason != .withdrawn))
    #expect(!parsed.text.contains("!"))
  }

  @Test func `everything of an incident is in one thread`() throws {
    let header = { (message: OutboxMessage, name: String) -> String? in
      String(decoding: message.bytes, as: UTF8.self).split(separator: "\r\n").first { $0.hasPrefix("\(name): ") }
        .map(String.init)
    }
    let reasons: [Notice.Reason] = [.opened, .escalated, .repeated, .closed]
    let messages = reasons.flatMap { reason in
      ["alice", "bob"].flatMap { compose([scene.notice(reason, to: $0)]).messages }
    }
    #expect(Set(messages.map { header($0, "References") }).count == 1)
    #expect(header(messages[0], "References") == "References: <incident.12-1795354700@example.org>")
    #expect(Set(messages.map { header($0, "In-Reply-To") }).count == 1)
    #expect(Set(messages.map(\.id)).count == 8)
  }

  @Test func `the same notice has the same identifier whenever it is written, and another has another`() {
    let first = compose([scene.notice()]).messages
    let later = Mail.compose(notices: [scene.notice()], plan: scene.plan, now: scene.now + 600).messages
    #expect(first.map(\.id) == later.map(\.id))
    var told = scene.incident
    told.events.append(IncidentEvent(at: scene.now, kind: .notified, text: ""))
    var next = scene.incident
    next.ladder.step = 3
    var anew = scene.incident
    anew.openedAt = scene.now
    let others =
      compose([scene.notice(of: told)]).messages + compose([scene.notice(of: next)]).messages
      + compose([scene.notice(of: anew)]).messages
    #expect(Set((first + others).map(\.id)).count == 4)
    let both = compose([scene.notice(), scene.notice(of: next)]).messages
    #expect(both.count == 1)
    #expect(!(first + others).map(\.id).contains(both[0].id))
  }

  @Test func `who cannot be written to is told of, and keeps nobody else from being told`() {
    let composed = compose(["mute", "odd", "nobody", "alice"].map { scene.notice(to: $0) })
    #expect(composed.messages.map(\.recipient) == ["alice@example.org"])
    #expect(
      composed.problems == [
        "the contact 'mute' has no `email:`",
        "the contact 'odd' has the address 'odd@example.org\u{FFFD}\u{FFFD}Bcc: x@example.org', which is none",
        "'nobody' is no contact; add it under `contacts:`",
      ])
  }

  @Test func `a sender that is no address is told of and does not stop the message`() throws {
    var plan = scene.plan
    plan.settings.mail.from = "redeye@example.org\r\nBcc: x@example.org"
    let composed = Mail.compose(notices: [scene.notice()], plan: plan, now: scene.now)
    #expect(composed.problems.count == 1)
    #expect(try parse(composed.messages).first?.from == ["redeye@localhost"])
  }

  @Test func `500 incidents at once are one message of a size that can be read`() throws {
    let notices = (1...500).map { number in
      var incident = scene.incident
      incident.number = number
      return scene.notice(of: incident)
    }
    let composed = compose(notices)
    #expect(composed.messages.count == 1)
    #expect(composed.messages[0].subject == "[redeye] 500 incidents: 500 down")
    #expect(composed.messages[0].bytes.count < 150_000)
    let parsed = try #require(parse(composed.messages).first)
    #expect(parsed.text.contains("and 390 more; the report has them all"))
  }

  @Test func `the place of the site is named where it is known`() throws {
    let composed = Mail.compose(
      notices: [scene.notice()], plan: scene.plan, now: scene.now, siteURL: "https://status.example.org")
    #expect(
      try parse(composed.messages).first?.text.contains("Report: https://status.example.org/incidents/12.html\n")
        == true)
  }
}
