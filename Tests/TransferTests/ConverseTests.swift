import Foundation
import TestSupport
import Testing
import Transfer

/// One dialogue on its own.
func converse(_ dialogue: Dialogue, within seconds: Double = 20) -> DialogueResult {
  converse(dialogue, deadline: ProcessInfo.processInfo.systemUptime + seconds) { ProcessInfo.processInfo.systemUptime }
}

extension Dialogue.Search {
  /// Looks for a text.
  fileprivate init(_ text: String) {
    self.init(shown: "'\(text)'") { bytes in
      String(decoding: bytes, as: UTF8.self).range(of: text).map { _ in bytes.count }
    }
  }
}

struct ConverseTests {
  private func talk(
    _ port: Int, _ steps: [Dialogue.Step] = [], timeout: Double = 3, limit: Int = 8_192, authorities: String? = nil
  ) -> DialogueResult {
    converse(
      Dialogue(
        address: "127.0.0.1", port: port, name: "localhost", steps: steps, timeout: timeout, limit: limit,
        authorities: authorities))
  }

  @Test func `a dialogue waits, answers and waits again`() throws {
    let server = try ScriptedServer { peer in
      peer.write("220 here\r\n")
      peer.read(until: "PING\r\n")
      peer.write("PO")
      peer.pause(0.1)
      peer.write("NG\r\n")
    }
    let steps: [Dialogue.Step] = [.expect(.init("220")), .send(Array("PING\r\n".utf8)), .expect(.init("PONG"))]
    let result = talk(server.port, steps)
    #expect(result.failure == nil)
    #expect(String(decoding: result.banner, as: UTF8.self) == "220 here")
    #expect(result.bytes == 16)
    #expect(result.total > 0.1)
    #expect(try #require(result.connect) < result.total - 0.05)
  }

  @Test func `nobody listens`() {
    #expect(talk(freePort()).failure?.kind == .refused)
  }

  @Test func `a peer that says nothing is out of time, and the step is named`() throws {
    let server = try ScriptedServer { $0.pause(3) }
    let start = ProcessInfo.processInfo.systemUptime
    let failure = talk(server.port, [.expect(.init("220"))], timeout: 0.5).failure
    #expect(ProcessInfo.processInfo.systemUptime - start < onBusyMachine(1))
    #expect(failure?.kind == .timeout)
    #expect(failure?.message.contains("step 1, waiting for '220'") == true)
  }

  @Test func `a banner that drips a byte a second ends with the time it has`() throws {
    let server = try ScriptedServer { peer in
      for byte in Array("220 slowly does it\r\n".utf8) where peer.write([byte]) { peer.pause(1) }
    }
    let start = ProcessInfo.processInfo.systemUptime
    let result = talk(server.port, [.expect(.init("slowly"))], timeout: 2.5)
    #expect(ProcessInfo.processInfo.systemUptime - start < onBusyMachine(3))
    #expect(result.failure?.kind == .timeout)
    #expect(String(decoding: result.banner, as: UTF8.self) == "220")
  }

  @Test func `a peer that closes, and one that resets, closed early`() throws {
    let closing = try ScriptedServer { $0.write("22") }
    #expect(talk(closing.port, [.expect(.init("220"))]).failure?.kind == .closed)
    let resetting = try ScriptedServer { peer in
      peer.read(until: "\n")
      peer.reset()
    }
    let steps: [Dialogue.Step] = [.send(Array("x\n".utf8)), .expect(.init("220"))]
    #expect(talk(resetting.port, steps).failure?.kind == .closed)
  }

  @Test func `a peer that talks without end is stopped at the limit`() throws {
    let server = try ScriptedServer { peer in while peer.write(String(repeating: "x", count: 4_000)) {} }
    let result = talk(server.port, [.expect(.init("220"))], limit: 10_000)
    #expect(result.failure?.kind == .tooLarge)
    #expect(result.bytes < 20_000)
  }

  @Test func `the deadline of all is not taken for the peer's silence`() throws {
    let server = try ScriptedServer { $0.pause(3) }
    let dialogue = Dialogue(
      address: "127.0.0.1", port: server.port, name: "", steps: [.expect(.init("220"))], timeout: 5)
    #expect(converse(dialogue, within: 0.3).failure?.kind == .deadline)
  }

  @Test func `an address of no host is this side's fault`() {
    let result = converse(Dialogue(address: "no address", port: 25, name: "x"))
    #expect(result.failure?.kind == .local)
  }

  @Test func `TLS is begun with a real mail server, and its certificate is seen`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "mail", days: 20)
    let exim = try MailServer(certificate: certificate)
    let steps: [Dialogue.Step] = [
      .startTLS(.smtp), .send(Array("EHLO again\r\n".utf8)), .expect(.init("250 ")), .send(Array("QUIT\r\n".utf8)),
      .expect(.init("221")),
    ]
    let result = talk(exim.port, steps, authorities: exim.authority)
    #expect(result.failure == nil, "\(result.failure?.description ?? "")")
    #expect(result.report?.firstToExpire?.subject == "CN=localhost")
    #expect(try #require(result.tls) > 0)
    let untrusted = talk(exim.port, [.startTLS(.smtp)])
    #expect(untrusted.failure?.kind == .selfSigned)
  }

  @Test func `a mail server without TLS says so itself`() throws {
    let exim = try MailServer()
    let failure = talk(exim.port, [.startTLS(.smtp)]).failure
    #expect(failure?.kind == .mismatch)
    #expect(failure?.message.contains("answered STARTTLS with '503") == true, "\(failure?.message ?? "")")
  }

  /// The peer's words up to where TLS begins; then it sends no TLS.
  @Test(arguments: [
    (StartTLS.imap, ["* OK ready\r\n", "* STATUS x\r\na1 OK go\r\n"], "a1 STARTTLS\r\n"),
    (.pop3, ["+OK ready\r\n", "+OK go\r\n"], "STLS\r\n"), (.ftp, ["220-a\r\n220 b\r\n", "234 go\r\n"], "AUTH TLS\r\n"),
  ])
  func `each protocol begins TLS in its own words`(kind: StartTLS, says: [String], asked: String) throws {
    let server = try ScriptedServer { peer in
      peer.write(says[0])
      peer.read(until: asked)
      peer.write(says[1])
      peer.pause(0.1)
      peer.write("this is no TLS at all\r\n")
      peer.pause(1)
    }
    let failure = talk(server.port, [.startTLS(kind)]).failure
    #expect(server.seen() == asked)
    #expect(failure?.kind == .tls, "\(failure?.description ?? "")")
  }

  @Test(arguments: [(UInt8(0), TransferFailure.Kind.tls), (53, .mismatch)])
  func `a directory server begins TLS or refuses it`(code: UInt8, kind: TransferFailure.Kind) throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "1.3.6.1.4.1.1466.20037")
      peer.write([0x30, 0x0C, 0x02, 0x01, 0x01, 0x78, 0x07, 0x0A, 0x01, code, 0x04, 0x00, 0x04, 0x00])
      peer.pause(0.1)
      peer.write("this is no TLS at all")
      peer.pause(1)
    }
    let failure = talk(server.port, [.startTLS(.ldap)]).failure
    #expect(failure?.kind == kind, "\(failure?.description ?? "")")
  }

  @Test func `what is said in the clear behind the word for TLS is not taken for TLS`() throws {
    let server = try ScriptedServer { peer in
      peer.write("+OK ready\r\n")
      peer.read(until: "STLS\r\n")
      peer.write("+OK go\r\n+OK injected\r\n")
      peer.pause(1)
    }
    #expect(talk(server.port, [.startTLS(.pop3)]).failure?.kind == .garbage)
  }
}
