import Collect
import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

struct TCPTests {
  private func measure(_ probe: Probe, timeout: Double = 3, within seconds: Double = 20) -> Reading {
    let assignments = [Making.assignment(probe, timeout: timeout)]
    let context = Making.context(seconds: seconds)
    if case .tls = probe { return measureTLS(assignments, context)[0].reading }
    return measureTCP(assignments, context)[0].reading
  }

  @Test func `a real mail server's dialogue is up, with its banner and the times of it`() throws {
    let exim = try MailServer()
    let steps: [TCPProbe.Step] = [
      .expect("220"), .send("EHLO redeye.invalid\r\n"), .matches("(?m)^250 "), .send("QUIT\r\n"), .expect("221"),
    ]
    let reading = measure(.tcp(TCPProbe(address: "127.0.0.1", port: exim.port, steps: steps)))
    #expect(reading.failure == nil)
    #expect(reading.value("up") == 1)
    #expect(reading.measurements.map(\.metric) == ["up", "time-resolve", "time-connect", "time-total", "size"])
    #expect(reading.measurements.allSatisfy { $0.value != nil })
    #expect(reading.text(ofFact: "Banner")?.hasPrefix("220 localhost ESMTP Exim") == true)
    #expect(reading.text(ofFact: "Address") == "127.0.0.1")
  }

  @Test func `TLS inside of a dialogue brings the certificate along`() throws {
    let folder = try TemporaryFolder()
    let exim = try MailServer(certificate: TestCertificate(in: folder.path, named: "mail", days: 20))
    let security = TLSSettings(serverName: "localhost", authorities: exim.authority)
    let probe = TCPProbe(
      address: "127.0.0.1", port: exim.port, steps: [.startTLS(.smtp), .send("QUIT\r\n"), .expect("221")],
      security: security)
    let reading = measure(.tcp(probe))
    #expect(reading.failure == nil)
    #expect(abs(try #require(reading.value("certificate-days") ?? nil) - 20) < 1_500)
    #expect(reading.value("certificate-ok") == 1)
    #expect(try #require(reading.value("time-tls") ?? nil) > 0)
    #expect(reading.text(ofFact: "TLS")?.hasPrefix("TLSv1.") == true)
  }

  @Test func `a peer that does not say what is expected is bad`() throws {
    let server = try ScriptedServer { peer in
      peer.write("554 go away\r\n")
      peer.pause(2)
    }
    let probe = TCPProbe(address: "127.0.0.1", port: server.port, steps: [.matches("^220")])
    let reading = measure(.tcp(probe), timeout: 0.5)
    #expect(reading.value("up") == 0)
    #expect(reading.failure?.kind == .timeout)
    #expect(reading.text(ofFact: "Banner") == "554 go away")
    #expect(reading.value("time-total") == .some(nil))
    #expect(try #require(reading.value("time-connect") ?? nil) >= 0)
  }

  @Test func `an expression finds bytes that are no UTF-8`() throws {
    let server = try ScriptedServer { peer in
      peer.write([0xFF, 0xFE, 0x32, 0x32, 0x30, 0x0A])
      peer.pause(1)
    }
    let probe = TCPProbe(address: "127.0.0.1", port: server.port, steps: [.matches("2+0"), .expect("\n")])
    #expect(measure(.tcp(probe)).value("up") == 1)
  }

  @Test func `an expression a peer can stall is given up, and the peer is not called bad`() throws {
    let server = try ScriptedServer { peer in
      peer.write(String(repeating: "a", count: 4_000) + "!")
      peer.pause(3)
    }
    let probe = TCPProbe(address: "127.0.0.1", port: server.port, steps: [.matches("^(a+)+$")])
    let reading = measure(.tcp(probe))
    #expect(reading.failure?.kind == .local)
    #expect(reading.value("up") == .some(nil))
  }

  @Test func `refused is bad, a name without an address is unknown`() {
    let refused = measure(.tcp(TCPProbe(address: "127.0.0.1", port: freePort())))
    #expect(refused.failure?.kind == .refused)
    #expect(refused.value("up") == 0)
    let unresolved = measure(.tcp(TCPProbe(address: "nothing.invalid", port: 25)), timeout: 5)
    #expect(unresolved.failure?.kind == .resolve)
    #expect(unresolved.value("up") == .some(nil))
    let late = measure(.tcp(TCPProbe(address: "127.0.0.1", port: 25)), within: -1)
    #expect(late.failure?.kind == .deadline)
  }

  @Test func `a hundred peers that hang end together`() throws {
    let silent = try ScriptedServer { $0.pause(3) }
    let probe = TCPProbe(address: "127.0.0.1", port: silent.port, steps: [.expect("x")])
    let assignments = (0..<100).map { Making.assignment(.tcp(probe), id: "job\($0)", timeout: 0.5) }
    let begin = Clock.monotonic()
    let readings = measureTCP(assignments, Making.context()).map(\.reading)
    #expect(Clock.monotonic() - begin < 2.5)
    #expect(readings.allSatisfy { $0.failure?.kind == .timeout })
  }

  @Test func `a certificate is looked at, with a name of its own`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "www", host: "www.example.org")
    let nginx = try NginxServer(certificate: certificate)
    let security = TLSSettings(serverName: "www.example.org", authorities: certificate.certificate)
    let good = measure(.tls(TLSProbe(address: "127.0.0.1", port: nginx.port, security: security)))
    #expect(good.failure == nil)
    #expect(good.value("certificate-ok") == 1)
    #expect(good.text(ofFact: "Certificate") == "CN=www.example.org")
    #expect(good.text(ofFact: "Certificate check") == "good")
    let plain = TLSSettings(authorities: certificate.certificate)
    let wrong = measure(.tls(TLSProbe(address: "127.0.0.1", port: nginx.port, security: plain)))
    #expect(wrong.failure?.kind == .wrongName)
    #expect(wrong.value("up") == 0)
    let lenient = TLSSettings(verifies: false, authorities: certificate.certificate)
    let told = measure(.tls(TLSProbe(address: "127.0.0.1", port: nginx.port, security: lenient)))
    #expect(told.value("up") == 1)
    #expect(told.value("certificate-ok") == 0)
    #expect(told.text(ofFact: "Certificate check")?.hasPrefix("wrong name: ") == true)
  }

  @Test func `a mail server's certificate is reached behind STARTTLS`() throws {
    let folder = try TemporaryFolder()
    let exim = try MailServer(certificate: TestCertificate(in: folder.path, named: "mail"))
    let security = TLSSettings(serverName: "localhost", authorities: exim.authority)
    let probe = TLSProbe(address: "127.0.0.1", port: exim.port, start: .smtp, security: security)
    #expect(measure(.tls(probe)).value("certificate-ok") == 1)
  }
}
