import Config
import Foundation
import Mail
import Model
import TestSupport
import Testing

struct SendTests {
  private let scene = Scene()

  private func message(to recipient: String = "alice@example.org") -> OutboxMessage {
    var message = compose(notices: [scene.notice()], plan: scene.plan, now: scene.now).messages[0]
    message.recipient = recipient
    return message
  }

  private func settings(_ transport: MailSettings.Transport?) -> MailSettings {
    MailSettings(from: "redeye@example.org", transport: transport)
  }

  private func send(
    _ message: OutboxMessage, _ transport: MailSettings.Transport?, _ password: Secret? = nil,
    authorities: String? = nil
  ) -> Delivery {
    deliver(
      message, settings: settings(transport), password: password, timeout: 5, authorities: authorities,
      sendmail: { _, _ in .failed("not to be called") })
  }

  private func reason(_ delivery: Delivery) -> (later: Bool, text: String)? {
    switch delivery {
    case .accepted: nil
    case .later(let text): (true, text)
    case .never(let text): (false, text)
    }
  }

  @Test func `a mail server gets the message as it was composed`() throws {
    let server = try MailServer()
    let message = message()
    #expect(send(message, .smtp(url: server.url, startTLS: false, user: nil, password: nil)) == .accepted)
    let arrived = try #require(server.messages(1).first)
    let sent = String(decoding: message.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    #expect(arrived.hasSuffix(sent))
  }

  @Test func `a login is made with the secret, and the secret is in no text`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "mail")
    let server = try MailServer(certificate: certificate, user: "redeye", password: "canary1")
    let transport = MailSettings.Transport.smtp(url: server.secureURL, startTLS: true, user: "redeye", password: nil)
    #expect(send(message(), transport, Secret("canary1"), authorities: server.authority) == .accepted)
    let denied = send(message(), transport, Secret("canary2"), authorities: server.authority)
    #expect(reason(denied)?.later == true)
    #expect(reason(denied)?.text.contains("canary") == false)
  }

  @Test func `a refusal for now is tried again, one for good is not`() throws {
    let server = try MailServer()
    let transport = MailSettings.Transport.smtp(url: server.url, startTLS: false, user: nil, password: nil)
    #expect(reason(send(message(to: "later@example.org"), transport))?.later == true)
    #expect(reason(send(message(to: "never@example.org"), transport))?.later == false)
    server.stop()
    #expect(reason(send(message(), transport))?.later == true)
  }

  @Test func `without a way to send nothing is lost`() {
    #expect(reason(send(message(), nil))?.later == true)
    #expect(reason(send(message(to: "-oX@example.org"), nil))?.later == false)
  }

  @Test func `a folder gets a file for each message, and the same file for the same message again`() throws {
    let message = message()
    var written: [(folder: String, name: String, bytes: [UInt8])] = []
    func put(_ fault: String? = nil) -> Delivery {
      deliver(
        message, settings: settings(.folder("/srv/mail")), password: nil,
        sendmail: { _, _ in .failed("not to be called") },
        file: { folder, name, bytes in
          written.append((folder, name, bytes))
          return fault
        })
    }
    #expect(put() == .accepted && put() == .accepted)
    #expect(written.map(\.folder) == ["/srv/mail", "/srv/mail"] && written[0].name == written[1].name)
    #expect(written[0].bytes == message.bytes)
    #expect(written[0].name.contains(/^\d{8}T\d{6}Z-[A-Za-z0-9.\-]+\.eml$/), "\(written[0].name)")
    #expect(put("no space left") == .later("no space left"))
  }

  @Test func `sendmail gets its arguments as a list, and the message with the line ends of this machine`() throws {
    let server = try MailServer()
    let message = message()
    var asked: [String] = []
    let delivery = deliver(
      message, settings: settings(.sendmail("/usr/sbin/sendmail")), password: nil,
      sendmail: { arguments, bytes in
        asked = arguments
        do {
          try run(server.sendmail + arguments.dropFirst(), input: bytes)
          return .exited(0, "")
        } catch {
          return .failed("\(error)")
        }
      })
    #expect(delivery == .accepted)
    #expect(asked == ["/usr/sbin/sendmail", "-i", "-f", "redeye@example.org", "--", "alice@example.org"])
    let sent = String(decoding: message.bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    #expect(server.messages(1).first?.hasSuffix(sent) == true)
  }

  @Test(
    arguments: [(0, nil), (75, true), (64, true), (1, true), (67, false), (68, false), (65, false)] as [(Int, Bool?)])
  func `sendmail's status says whether to try again`(status: Int, later: Bool?) {
    let delivery = deliver(
      message(), settings: settings(.sendmail("/usr/sbin/sendmail")), password: nil,
      sendmail: { _, _ in .exited(status, "a\nb") })
    #expect(reason(delivery)?.later == later)
    #expect(reason(delivery)?.text.contains("\n") != true)
  }

  @Test func `attempts are made after 1, 2, 5, 15 and 30 minutes, then each 30, and end after four days`() {
    var message = message()
    var now = message.createdAt
    var waits: [Int] = []
    while message.failedAt == nil, waits.count < 1_000 {
      message = message.after(.later("no"), at: now)
      waits.append((message.nextAttempt - now) / 60)
      now = max(now + 1, message.nextAttempt)
    }
    #expect(waits.prefix(7) == [1, 2, 5, 15, 30, 30, 30])
    #expect(message.attempts == waits.count)
    #expect(waits.count == 197)
    #expect(message.failedAt.map { $0 - message.createdAt >= OutboxMessage.lifetime } == true)
    #expect(message.lastError?.hasPrefix("given up after 4\u{202F}d") == true)
  }

  @Test func `an attempt that went well, or was refused for good, is the last`() {
    let sent = message().after(.later("no"), at: scene.now).after(.accepted, at: scene.now + 60)
    #expect(sent.sentAt == scene.now + 60)
    #expect(sent.attempts == 2)
    #expect(sent.lastError == nil)
    let refused = message().after(.never("550 no"), at: scene.now)
    #expect(refused.failedAt == scene.now)
    #expect(refused.lastError == "550 no")
  }
}
