import Alert
import Config
import Foundation
import Mail
import Model
import SLA
import TestSupport
import Testing

struct SummaryTests {
  private let scene = Scene()

  private func composed(_ figures: [Figure], _ incidents: [Incident] = [], to contact: String = "alice") -> Composed {
    let titles = ["The website answers", "The mail arrives", "The core is reachable", "Backups are young"]
    let pairs = zip(titles, figures).map { title, figure in
      var objective = scene.plan.objectives[0]
      objective.title = title
      return (objective: objective, figure: figure)
    }
    return composeSummary(
      figures: pairs, incidents: incidents, plan: scene.plan, label: "November 2026", now: scene.now, to: contact)
  }

  @Test func `a summary says how each objective stands`() throws {
    var ended = scene.incident
    ended.phase = .closed
    ended.until = ended.since + 1_025
    let broken = scene.figure(bad: 3_617)
    let void = scene.figure(good: 1_000, void: true)
    let composed = composed([scene.figure(), broken, scene.figure(bad: 0), void], [ended, scene.incident])
    let message = try #require(composed.messages.first)
    #expect(message.subject == "SLA November 2026: 2 met, 1 broken, 1 not enough data")
    #expect(message.recipient == "alice@example.org")
    let parsed = try #require(parse([message]).first)
    try golden("summary.txt", parsed.text)
    try golden("summary.html", parsed.html)
  }

  @Test func `a figure is cut and never rounded up to 100`() throws {
    let composed = composed([scene.figure(good: 99_999_999, bad: 1)])
    #expect(try parse(composed.messages).first?.text.contains("99.999\u{202F}%") == true)
  }

  @Test func `a void figure shows no availability`() throws {
    let composed = composed([scene.figure(good: 1_000, bad: 0, void: true)])
    let text = try #require(parse(composed.messages).first).text
    #expect(!text.contains("100\u{202F}%"))
    #expect(text.contains("not enough data"))
  }

  @Test func `no line of the text is wider than 76 columns, whatever the names are`() throws {
    var scene = scene
    let names = [
      "The website answers", String(repeating: "日本語の店", count: 6), String(repeating: "e\u{301}", count: 60),
      "A name that goes on and on until nobody remembers how it began or what it was about",
    ]
    let figures = zip(names, [0, 1_807, 2_592_000, 90]).map { name, bad in
      var objective = scene.plan.objectives[0]
      objective.title = name
      objective.targetText = "99.999%"
      var figure = scene.figure(bad: bad)
      figure.windowLabel = name
      return (objective: objective, figure: figure)
    }
    scene.incident.title = names[3]
    scene.incident.cause = names[1]
    let summary = composeSummary(
      figures: figures, incidents: [scene.incident], plan: scene.plan, label: "x", now: scene.now, to: "alice")
    let notices = (1...12).map { number in
      var incident = scene.incident
      incident.number = number
      return scene.notice(of: incident)
    }
    let letter = Mail.compose(notices: notices, plan: scene.plan, now: scene.now)
    for message in try parse(summary.messages + letter.messages) {
      for line in message.text.split(separator: "\n") { #expect(String(line).columns <= 76, "\(line)") }
    }
  }

  @Test func `an address alone is no name`() throws {
    var scene = scene
    scene.plan.contacts["x@y.example"] = Contact(name: "x@y.example", title: "x@y.example", email: "x@y.example")
    let composed = composeSummary(
      figures: [], incidents: [], plan: scene.plan, label: "x", now: scene.now, to: "x@y.example")
    let bytes = try #require(composed.messages.first).bytes
    #expect(String(decoding: bytes, as: UTF8.self).contains("\r\nTo: x@y.example\r\n"))
  }

  @Test func `a summary to nobody is a problem, not a message`() {
    #expect(composed([], to: "mute") == Composed(problems: ["the contact 'mute' has no `email:`"]))
  }
}

struct ConfigurationBrokenTests {
  private let problems = "redeye.yaml:3:5: error: unknown key 'hots'\n  hots: {}\n  ^~~~\n"

  @Test func `whoever is on duty for the administrator's role is told each time it is found broken`() throws {
    let scene = Scene()
    let first = composeConfigurationBroken(problems: problems, plan: scene.plan, now: scene.now)
    let again = composeConfigurationBroken(problems: problems, plan: scene.plan, now: scene.now + 60)
    #expect(first.messages.map(\.recipient) == ["bob@example.org"])
    #expect(first.messages[0].id != again.messages[0].id)
    try golden("broken.txt", try #require(parse(first.messages).first).text)
  }

  @Test func `what is good again answers what was broken`() throws {
    let scene = Scene()
    let broken = composeConfigurationBroken(problems: problems, plan: scene.plan, now: scene.now)
    let mended = composeConfigurationMended(plan: scene.plan, since: scene.now, now: scene.now + 900)
    let message = try #require(mended.messages.first)
    #expect(mended.messages.map(\.recipient) == ["bob@example.org"])
    #expect(message.subject == "[redeye] the configuration is good again: /etc/redeye/redeye.yaml")
    #expect(message.id != broken.messages[0].id)
    let bytes = String(decoding: message.bytes, as: UTF8.self)
    #expect(bytes.contains("\r\nIn-Reply-To: <\(broken.messages[0].id)>\r\n"))
    #expect(try #require(parse(mended.messages).first).text.contains("from Sun 22 Nov 2026 14:05 UTC on."))
  }

  @Test func `without an administrator it is a problem, and good news are none`() {
    var plan = Scene().plan
    plan.settings.mail.administrator = nil
    #expect(composeConfigurationMended(plan: plan, since: Scene().now, now: Scene().now) == Composed())
    let composed = composeConfigurationBroken(problems: problems, plan: plan, now: Scene().now)
    #expect(composed.messages.isEmpty)
    #expect(composed.problems.count == 1)
  }
}
