import Alert
import Config
import Foundation
import Mail
import Model
import SLA
import TestSupport
import Testing

/// S8: whatever a device, a configuration or a person wrote, a message has the headers we gave it and no others.
struct InjectionTests {
  static let payloads: [String] =
    [
      "\r\nBcc: canary@example.net", "\nBcc: canary@example.net", "\rBcc: canary@example.net", "\r\n\r\nbody canary",
      "\n\n<html>", "\r\n.\r\n", "\n.\n", "\r\n.\r\nMAIL FROM:<canary@example.net>\r\n", ".", "..", "\r.\r", "\0",
      "a\0b",
      "\u{7F}", "\u{1B}[2J", "\u{8}\u{8}\u{8}", "\t", "\u{B}\u{C}", "\u{85}Bcc: canary@example.net",
      "\u{2028}Bcc: canary@example.net", "\u{2029}x", "\u{202E}gpj.exe", "\u{2066}x\u{2069}", "\u{200B}", "\u{FEFF}",
      "Subject: canary", "To: canary@example.net", "Content-Type: text/html", "X-Redeye-Incident: 99",
      "MIME-Version: 2.0\r\n", "--=_redeye_", "\r\n--=_redeye_0000000000000000--\r\n",
      "Content-Transfer-Encoding: base64\r\n\r\n", "=?utf-8?B?DQpCY2M6IGNhbmFyeUBleGFtcGxlLm5ldA==?=",
      "=?utf-8?Q?=0D=0ABcc:_canary@example.net?=", "=0D=0ABcc: canary", "=\r\n", "%0d%0aBcc: canary",
      "\\r\\nBcc: canary", "\"", "\\", "\"; canary=\"", "'", "`canary`", "$(canary)", "<script>canary()</script>",
      "<img src=x onerror=canary()>", "</table></body></html>", "&lt;b&gt;", "& < > \" '", "]]>", "<!--", "-->",
      "a@b, canary@example.net", "<canary@example.net>", "(comment)", "group: a@b;", "🦊🦊🦊", "👩‍👩‍👧‍👦", "e\u{301}\u{301}",
      "日本語", String(repeating: "x", count: 10_000), String(repeating: "é", count: 5_000),
      String(repeating: "\r\n", count: 500), String(repeating: "a b ", count: 2_000), " ", "",
    ]

  /// Every text of a scene that comes from outside, replaced.
  private func messages(_ payload: String) -> [OutboxMessage] {
    var scene = Scene()
    scene.plan.title = payload
    scene.plan.path = payload
    scene.plan.settings.reports = payload
    scene.plan.objectives[0].title = payload
    scene.plan.objectives[0].targetText = payload
    scene.plan.contacts[payload] = Contact(name: payload, title: payload, email: "victim@example.org")
    scene.plan.settings.mail.administrator = payload
    scene.incident.title = payload
    scene.incident.host = payload
    scene.incident.cause = payload
    scene.incident.acknowledgement = Acknowledgement(by: payload, at: scene.now, note: payload)
    scene.incident.ladder.told = [payload, "bob"]
    var notice = scene.notice(to: payload)
    notice.why = payload
    var figure = scene.figure()
    figure.windowLabel = payload
    let notices = compose(
      notices: [notice, scene.notice(.closed, to: "bob")], plan: scene.plan, now: scene.now,
      figures: ["www-answers": figure], siteURL: payload)
    let summary = composeSummary(
      figures: [(scene.plan.objectives[0], figure)], incidents: [scene.incident], plan: scene.plan, label: payload,
      now: scene.now, to: payload)
    let broken = composeConfigurationBroken(problems: payload, plan: scene.plan, now: scene.now)
    return notices.messages + summary.messages + broken.messages
  }

  @Test func `more than sixty hostile texts through every field leave the declared headers and nothing else`() throws {
    #expect(Self.payloads.count >= 60)
    let all = Self.payloads.flatMap(messages)
    #expect(all.count == Self.payloads.count * 4)
    let plain = Scene.names.filter { !["In-Reply-To", "References", "X-Redeye-Incident"].contains($0) }
    for (number, parsed) in try parse(all).enumerated() {
      let payload = Self.payloads[number / 4]
      #expect(parsed.names == (number % 4 < 2 ? Scene.names : plain), "\(payload.debugDescription)")
      #expect(parsed.to.count == 1)
      #expect(["victim@example.org", "bob@example.org"].contains(parsed.to[0][1]))
      #expect(parsed.from == ["redeye@example.org"])
      #expect(parsed.types == ["multipart/alternative", "text/plain", "text/html"], "\(payload.debugDescription)")
      #expect(parsed.longest <= 200)
      #expect(!parsed.bare)
      #expect(parsed.ascii)
      #expect(parsed.subject.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 })
      #expect(parsed.subject.count <= 201)
    }
  }

  @Test func `no text becomes markup`() throws {
    for parsed in try parse(Self.payloads.flatMap(messages)) {
      let tags = Set(parsed.html.matches(of: /<\/?([a-zA-Z!][a-zA-Z0-9]*)/).map { String($0.1) })
      #expect(
        tags.isSubset(of: ["!doctype", "html", "head", "meta", "body", "h2", "p", "table", "tr", "th", "td", "pre"]))
      #expect(parsed.html.matches(of: /<(?!\/?[a-z0-9]+[ >]|!doctype)/).isEmpty)
      #expect(parsed.html.count { $0 == "<" } == parsed.html.count { $0 == ">" })
    }
  }

  @Test func `the subject of an outbox message is the one in its bytes`() throws {
    let all = Self.payloads.filter { !$0.contains("=?") }.flatMap(messages)
    for (message, parsed) in zip(all, try parse(all)) {
      #expect(message.subject.split(separator: " ") == parsed.subject.split(separator: " "))
    }
  }
}
