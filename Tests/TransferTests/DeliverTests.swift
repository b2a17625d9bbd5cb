import Foundation
import TestSupport
import Testing
import Transfer

struct DeliverTests {
  private static let message = Array(
    "From: a@example.org\r\nSubject: hello\r\n\r\nfirst\r\n.\r\n..\r\n...x\r\nlast\r\n".utf8)

  private func delivery(
    _ url: String, to recipient: String = "bob@example.org", from: String = "redeye@example.net",
    bytes: [UInt8] = message, timeout: Double = 5
  ) -> SMTPDelivery {
    SMTPDelivery(url: url, startTLS: false, from: from, recipient: recipient, bytes: bytes, timeout: timeout)
  }

  private func reason(_ outcome: SMTPOutcome) -> (forGood: Bool, text: String)? {
    switch outcome {
    case .accepted: nil
    case .refusedForNow(let text): (false, text)
    case .refusedForGood(let text): (true, text)
    }
  }

  @Test func `a message with lines of dots arrives as it was, from and to whom it says`() throws {
    let server = try MailServer()
    #expect(deliver(delivery(server.url)) == .accepted)
    let message = try #require(server.messages(1).first)
    #expect(message.hasSuffix("\n\nfirst\n.\n..\n...x\nlast\n"))
    #expect(message.contains("(envelope-from <redeye@example.net>)"))
    #expect(message.contains("for bob@example.org;"))
    #expect(message.contains("(helo=example.net)"))
  }

  @Test func `no body ends its message or begins another`() throws {
    let server = try MailServer()
    let bodies = [
      "a\n.\nMAIL FROM:<x@y>\n", "a\r\n.\nb\r\n", "a\n.\r\nb", "a\r.\rb", ".", ".\r\n.",
      "\r\n.\r\n\r\n..\r\nQUIT\r\n",
    ]
    for body in bodies {
      #expect(deliver(delivery(server.url, bytes: Array("Subject: x\r\n\r\n\(body)".utf8))) == .accepted)
    }
    let received = server.messages(bodies.count).map {
      String($0[($0.firstRange(of: "\n\n")?.upperBound ?? $0.startIndex)...])
    }
    let sent = bodies.map { $0.replacing("\r\n", with: "\n").replacing("\r", with: "\n") }
    #expect(received.sorted() == sent.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.sorted())
  }

  @Test(arguments: [
    "a\r\nRCPT TO:<x@y>@b", "a@b\r\nDATA", "a@b\0", "-oQ/tmp@b", "a@b> SIZE=1", "a b@c", "a@@b", "@b", "a@", "a", "",
    "\"a b\"@c", "a@b_c", "a@-b", "a@b..c", "<a@b>", "a@b,c@d", "ä@b",
  ])
  func `an address that is none is refused before anything is sent`(address: String) throws {
    let server = try ScriptedServer { $0.write("220 hello\r\n") }
    let url = server.url("", scheme: "smtp")
    #expect(reason(deliver(delivery(url, to: address)))?.forGood == true)
    #expect(reason(deliver(delivery(url, from: address)))?.forGood == true)
    #expect(server.seen().isEmpty)
  }

  @Test(arguments: ["a@b", "redeye@localhost", "o'hara+x@mail-1.example.org", "a.b_c=d@1.example"])
  func `addresses people have are taken`(address: String) {
    #expect(isMailAddress(address))
  }

  @Test func `a 451 is for now and a 550 for good, in the server's own words`() throws {
    let server = try MailServer()
    let later = try #require(reason(deliver(delivery(server.url, to: "later@example.org"))))
    #expect(!later.forGood)
    #expect(later.text.contains("451 try again in a while"))
    let never = try #require(reason(deliver(delivery(server.url, to: "never@example.org"))))
    #expect(never.forGood)
    #expect(never.text.contains("550 no such person here"))
    #expect(server.messages().isEmpty)
  }

  @Test func `nobody there, a name that is none and a banner that never comes are for now`() throws {
    let nobody = try #require(reason(deliver(delivery("smtp://127.0.0.1:\(freePort())"))))
    #expect(!nobody.forGood)
    let noName = try #require(reason(deliver(delivery("smtp://nothing.invalid", timeout: 2))))
    #expect(!noName.forGood)
    let tarpit = try ScriptedServer { $0.pause(3) }
    let start = ProcessInfo.processInfo.systemUptime
    let silent = try #require(reason(deliver(delivery(tarpit.url("", scheme: "smtp"), timeout: 1))))
    #expect(ProcessInfo.processInfo.systemUptime - start < onBusyMachine(1.5))
    #expect(!silent.forGood)
  }

  /// Answers by the order of the commands: greeting, EHLO, MAIL, RCPT, DATA, the message.
  private func scripted(_ answers: [String]) throws -> ScriptedServer {
    try ScriptedServer { peer in
      for (position, answer) in answers.enumerated() {
        if position > 0 { peer.read(until: position == 5 ? "\r\n.\r\n" : "\r\n") }
        if answer.isEmpty || !peer.write(answer + "\r\n") { return }
      }
      peer.read(until: "QUIT\r\n")
    }
  }

  @Test(arguments: [
    (["554 no"], false), (["220 x", "250 x", "550 no"], true),
    (["220 x", "250 x", "250 x", "550-no\r\n550 never"], true),
    (["220 x", "250 x", "250 x", "250 x", "554 no"], true),
    (["220 x", "250 x", "250 x", "250 x", "354 x", "554 spam"], true),
    (["220 x", "250 x", "250 x", "250 x", "354 x", "451 later"], false),
    (["220 x", "250 x", "530 login first"], false),
    (["220 x", "250 x", "250 x", "250 x", "354 x", ""], false), (["220 x", "250 x", "250 x", "421 bye"], false),
    (["220 x", "250 x", "250 x", "250 x", "354 x", "garbage"], false),
    ([String(repeating: "220-x\r\n", count: 20_000)], false),
  ])
  func `a refusal is for good only when it is of the message`(answers: [String], forGood: Bool) throws {
    let server = try scripted(answers)
    let refused = try #require(reason(deliver(delivery(server.url("", scheme: "smtp"), timeout: 2))))
    #expect(refused.forGood == forGood, "\(refused.text)")
  }

  @Test func `a server that drops the connection after its 250 has accepted`() throws {
    let server = try scripted(["220 x", "250 x", "250 x", "250 x", "354 x", "250 taken"])
    #expect(deliver(delivery(server.url("", scheme: "smtp"))) == .accepted)
  }

  @Test func `with STARTTLS and a login the message arrives encrypted and authenticated`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "mail")
    let server = try MailServer(certificate: certificate, user: "redeye", password: "pass word")
    var delivery = delivery(server.secureURL)
    delivery.startTLS = true
    delivery.user = "redeye"
    delivery.password = "pass word"
    delivery.authorities = server.authority
    #expect(deliver(delivery) == .accepted)
    #expect(server.messages(1).first?.contains("with esmtpsa") == true)

    delivery.password = "canary"
    let denied = try #require(reason(deliver(delivery)))
    #expect(!denied.forGood, "the password is to be mended, the message is good")
    #expect(!denied.text.contains("canary"))
    delivery.authorities = nil
    let distrusted = try #require(reason(deliver(delivery)))
    #expect(!distrusted.forGood)
    #expect(distrusted.text.contains("certificate"))
  }

  @Test func `without STARTTLS on offer nothing is sent where it is required`() throws {
    let server = try MailServer()
    var delivery = delivery(server.url)
    delivery.startTLS = true
    #expect(reason(deliver(delivery))?.forGood == false)
    #expect(server.messages().isEmpty)
  }

  @Test func `a delivery never shows its password`() {
    var delivery = delivery("smtp://me:canary@mail.example.org")
    delivery.password = "canary"
    var dumped = ""
    dump(delivery, to: &dumped)
    #expect(!"\(delivery) \(String(reflecting: delivery)) \(dumped)".contains("canary"))
  }

  @Test func `a large message arrives whole`() throws {
    let server = try MailServer()
    let line = ".\(String(repeating: "x", count: 70))\r\n"
    let bytes = Array(("Subject: large\r\n\r\n" + String(repeating: line, count: 5_000)).utf8)
    #expect(deliver(delivery(server.url, bytes: bytes)) == .accepted)
    let lines = try #require(server.messages(1).first).split(separator: "\n").filter { $0.hasPrefix(".x") }
    #expect(lines.count == 5_000)
    #expect(lines.allSatisfy { $0.utf8.count == 71 })
  }
}
