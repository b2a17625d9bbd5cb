import Collect
import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

/// One measurement of a URL; the slot is today's, because certificates are.
private func measure(_ probe: HTTPProbe, timeout: Double = 3, within seconds: Double = 20) -> Reading {
  measure([probe], timeout: timeout, within: seconds)[0]
}

private func measure(_ probes: [HTTPProbe], timeout: Double, within seconds: Double) -> [Reading] {
  let slot = Instant(Int(Date().timeIntervalSince1970)).slot(step: 60)
  let assignments = probes.enumerated().map { number, probe in
    Assignment(
      job: Job(
        id: JobID(host: "www", job: "website\(number)"), title: "Website", group: [], step: 60, timeout: timeout,
        probe: .http(probe), location: SourceLocation(file: "redeye.yaml", line: 1, column: 1)),
      slot: slot)
  }
  let now = Clock.monotonic()
  let context = MeasureContext(
    runStarted: now, deadline: now + seconds, workers: 8, secrets: SecretStore(environment: [:]))
  return measureHTTP(assignments, context).map(\.reading)
}

extension Reading {
  /// `.some(nil)` for one that is there and unknown.
  fileprivate func value(_ metric: String) -> Double?? { measurements.first { $0.metric == metric }.map(\.value) }
  fileprivate func fact(_ name: String) -> String? { facts.first { $0.name == name }?.text }
}

struct HTTPTests {
  @Test func `a good answer is up, with its status, size, phases and cost`() throws {
    let nginx = try NginxServer()
    let reading = measure(HTTPProbe(url: nginx.url(), contains: ["website answers"], matches: "<title>\\w+</title>"))
    #expect(reading.failure == nil)
    #expect(reading.value("up") == 1)
    #expect(reading.value("status") == 200)
    #expect(try #require(reading.value("size") ?? nil) > 20)
    #expect(
      reading.measurements.map(\.metric)
        == ["up", "status", "time-resolve", "time-connect", "time-first-byte", "time-transfer", "time-total", "size"])
    #expect(reading.measurements.allSatisfy { $0.value != nil })
    #expect(reading.fact("Status") == "200")
    #expect(reading.fact("Address") == "127.0.0.1")
    #expect(reading.cost.bytes > 20)
  }

  @Test func `a wrong status is down, and the first condition that failed is named`() throws {
    let nginx = try NginxServer()
    let reading = measure(HTTPProbe(url: nginx.url("/none"), contains: ["also not there"]))
    #expect(reading.value("up") == 0)
    #expect(reading.value("status") == 404)
    #expect(reading.failure == Failure(.mismatch, "the status is 404, expected 200-399"))
    #expect(reading.fact("First failed condition") == "the status is 404, expected 200-399")
    #expect(measure(HTTPProbe(url: nginx.url("/none"), status: [200...200, 404...404])).value("up") == 1)
  }

  @Test func `a body without the text, or that does not match, is down`() throws {
    let nginx = try NginxServer()
    let without = measure(HTTPProbe(url: nginx.url(), contains: ["goodbye"], matches: "x"))
    #expect(without.value("up") == 0)
    #expect(without.failure == Failure(.mismatch, "the body does not contain 'goodbye'"))
    let unmatched = measure(HTTPProbe(url: nginx.url(), matches: "^never$"))
    #expect(unmatched.value("up") == 0)
    #expect(unmatched.failure == Failure(.mismatch, "the body does not match '^never$'"))
  }

  @Test func `a body over the limit is down`() throws {
    let nginx = try NginxServer()
    try nginx.put("large.html", String(repeating: "x", count: 5_000))
    let reading = measure(HTTPProbe(url: nginx.url("/large.html"), bodyLimit: 4_999))
    #expect(reading.value("up") == 0)
    #expect(reading.failure?.kind == .tooLarge)
    #expect(measure(HTTPProbe(url: nginx.url("/large.html"), bodyLimit: 5_000)).value("up") == 1)
  }

  @Test func `refused, silent and nonsense are down, with what was not measured unknown`() throws {
    let silent = try ScriptedServer { $0.pause(3) }
    let nonsense = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("hello\r\n\r\n")
    }
    let urls = ["http://127.0.0.1:\(freePort())/", silent.url(), nonsense.url()]
    let readings = measure(urls.map { HTTPProbe(url: $0) }, timeout: 1, within: 20)
    #expect(readings.map { $0.failure?.kind } == [.refused, .timeout, .garbage])
    for reading in readings {
      #expect(reading.value("up") == 0)
      #expect(reading.value("status") == .some(nil))
      #expect(reading.value("time-total") == .some(nil))
      #expect(reading.value("size") == .some(nil))
    }
  }

  @Test func `what was not asked is unknown and never down`() throws {
    let unresolved = measure(HTTPProbe(url: "http://nothing.invalid/"), timeout: 2)
    #expect(unresolved.failure?.kind == .resolve)
    #expect(unresolved.value("up") == .some(nil))
    let unsendable = measure(HTTPProbe(url: "file:///etc/passwd"))
    #expect(unsendable.failure?.kind == .local)
    #expect(unsendable.value("up") == .some(nil))
    let late = measure(HTTPProbe(url: "http://127.0.0.1/"), within: -1)
    #expect(late.failure?.kind == .deadline)
    #expect(late.value("up") == .some(nil))
    let silent = try ScriptedServer { $0.pause(3) }
    let cut = measure(HTTPProbe(url: silent.url()), timeout: 3, within: 0.5)
    #expect(cut.failure?.kind == .deadline)
    #expect(cut.value("up") == .some(nil))
  }

  @Test func `a certificate is told in days until the chain's first expiry`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "www", days: 20)
    let nginx = try NginxServer(certificate: certificate)
    let reading = measure(HTTPProbe(url: nginx.url(), authorities: certificate.certificate))
    #expect(reading.value("up") == 1)
    #expect(abs(try #require(reading.value("certificate-days") ?? nil) - 20) < 0.01)
    #expect(try #require(reading.value("time-tls") ?? nil) > 0)
    #expect(reading.fact("Certificate")?.contains("localhost") == true)
    #expect(reading.fact("Certificate expires")?.hasSuffix("Z") == true)
  }

  @Test func `an expired certificate is down, and its days are negative`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "www", days: -1)
    let nginx = try NginxServer(certificate: certificate)
    let reading = measure(HTTPProbe(url: nginx.url(), authorities: certificate.certificate))
    #expect(reading.value("up") == 0)
    #expect(reading.failure?.kind == .expired)
    #expect(reading.failure?.message.contains("certificate has expired") == true)
    #expect(reading.value("certificate-ok") == 0)
    #expect(try #require(reading.value("certificate-days") ?? nil) < -0.99)
    let lenient = measure(HTTPProbe(url: nginx.url(), verifyTLS: false))
    #expect(lenient.value("up") == 1)
    #expect(try #require(lenient.value("certificate-days") ?? nil) < -0.99)
  }

  @Test func `an expression a page can stall is given up, and nobody is called down for it`() throws {
    let nginx = try NginxServer()
    try nginx.put("evil.html", String(repeating: "a", count: 60_000) + "!")
    let start = Clock.monotonic()
    let reading = measure(HTTPProbe(url: nginx.url("/evil.html"), matches: "^(a+)+$"))
    #expect(Clock.monotonic() - start < onBusyMachine(2))
    #expect(reading.failure?.kind == .local)
    #expect(reading.failure?.message.contains("took too long") == true)
    #expect(reading.value("up") == .some(nil))
    #expect(reading.value("status") == 200)
  }

  @Test func `what is no expression is this side's fault`() throws {
    let nginx = try NginxServer()
    let reading = measure(HTTPProbe(url: nginx.url(), matches: "(unclosed"))
    #expect(reading.failure?.kind == .local)
    #expect(reading.value("up") == .some(nil))
  }

  @Test func `a body that is not UTF-8 is searched all the same`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write(Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + [0xFF, 0xFE] + Array("needle".utf8) + [0xC3])
    }
    let probe = HTTPProbe(url: server.url(), contains: ["needle"], matches: "need.e")
    #expect(measure(probe).value("up") == 1)
  }

  @Test func `no password of a URL gets into a reading`() throws {
    let port = freePort()
    let reading = measure(HTTPProbe(url: "http://me:canary@127.0.0.1:\(port)/"))
    #expect(reading.failure?.kind == .refused)
    #expect(!"\(reading)".contains("canary"))
  }
}
