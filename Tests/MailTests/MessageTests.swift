import Foundation
import Model
import TestSupport
import Testing

@testable import Mail

struct MessageTests {
  @Test(arguments: [
    ("plain", "plain\r\n"), ("a=b", "a=3Db\r\n"), ("end ", "end=20\r\n"), (".", "=2E\r\n"),
    ("From me", "=46rom me\r\n"),
    ("a.b F", "a.b F\r\n"), ("é\u{202F}s", "=C3=A9=E2=80=AFs\r\n"), ("one\ntwo", "one\r\ntwo\r\n"), ("\t", "=09\r\n"),
  ])
  func `text is quoted as RFC 2045 says`(text: String, quoted: String) {
    #expect(quotedPrintable(text) == quoted)
  }

  @Test func `lines end at 76 characters, softly`() {
    for length in 70...160 {
      for unit in ["x", "é", "=", "."] {
        let quoted = quotedPrintable(String(repeating: unit, count: length))
        #expect(quoted.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
      }
    }
    #expect(quotedPrintable(String(repeating: "x", count: 76)) == String(repeating: "x", count: 76) + "\r\n")
    #expect(quotedPrintable(String(repeating: "x", count: 77)) == String(repeating: "x", count: 75) + "=\r\nxx\r\n")
  }

  @Test(arguments: [
    ("UTC", 1_795_356_307, "Sun, 22 Nov 2026 14:05:07 +0000"),
    ("Europe/Berlin", 1_782_900_000, "Wed, 1 Jul 2026 12:00:00 +0200"),
    ("America/St_Johns", 1_795_356_307, "Sun, 22 Nov 2026 10:35:07 -0330"),
    ("Asia/Kathmandu", 1_795_356_307, "Sun, 22 Nov 2026 19:50:07 +0545"),
  ])
  func `the date is that of the zone, with its offset`(zone: String, seconds: Int, text: String) throws {
    #expect(mailDate(Instant(seconds), try #require(Zone(zone))) == text)
  }

  @Test(arguments: [
    "plain", "Größe überschritten", String(repeating: "ä", count: 200), String(repeating: "word ", count: 40),
    "=?utf-8?B?Zm9v?=", " leading", "🦊 is down", "", "日本語のとても長い件名" + String(repeating: "。", count: 90),
  ])
  func `a subject is read as it was written`(subject: String) throws {
    let scene = Scene()
    let message = Message(
      id: MessageID(["x"], from: "a@b"), from: "redeye@example.org", name: "Größe, \"Alice\" <x@y>",
      recipient: "alice@example.org", subject: subject, date: scene.now, zone: .utc, body: [.paragraph("x")])
    let parsed = try #require(parse([message.outbox()]).first)
    #expect(parsed.subject == (subject.isEmpty ? "" : subject.printable(limit: 200)))
    #expect(parsed.to == [["Größe, \"Alice\" <x@y>", "alice@example.org"]])
    #expect(parsed.longest <= 76)
  }

  @Test func `an identifier is an atom whatever its parts hold`() {
    let id = MessageID(["a b", "<x@y>", "", "ä", String(repeating: "é", count: 50)], from: "redeye@example.org").text
    #expect(id.hasPrefix("a=20b.=3Cx=40y=3E."))
    #expect(id.hasSuffix("@example.org"))
    #expect(id.utf8.allSatisfy { (33...126).contains($0) } && id.count { $0 == "@" } == 1)
    #expect(!id.contains(".."))
  }

  @Test func `a table is aligned, numbers at their end`() {
    let table = Table(
      columns: [.init(name: "Name"), .init(name: "Count", isNumber: true)], rows: [["one", "1"], ["thirteen", "13"]])
    #expect(
      [Block.table(table)].text == """
        Name      Count
        ---------------
        one           1
        thirteen     13

        """)
  }
}
