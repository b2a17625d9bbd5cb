import Foundation
import TestSupport
import Testing
import Transfer

/// N8: each bad behaviour ends in time, with the right class.
struct HostileServerTests {
  private func fails(
    _ kind: TransferFailure.Kind, saying text: String, _ request: HTTPRequest,
    at location: SourceLocation = #_sourceLocation
  ) {
    let start = ProcessInfo.processInfo.systemUptime
    let result = fetch(request)
    let seconds = ProcessInfo.processInfo.systemUptime - start
    #expect(seconds < onBusyMachine(request.timeout), sourceLocation: location)
    #expect(result.failure?.kind == kind, "\(result.failure?.description ?? "no failure")", sourceLocation: location)
    #expect(
      result.failure?.message.contains(text) == true, "\(result.failure?.description ?? "")", sourceLocation: location)
  }

  private func request(_ server: ScriptedServer, _ timeout: Double = 1.5) -> HTTPRequest {
    HTTPRequest(url: server.url(), timeout: timeout)
  }

  @Test func `nobody listens`() {
    fails(.refused, saying: "was refused", HTTPRequest(url: "http://127.0.0.1:\(freePort())/"))
  }

  @Test func `a name that does not exist`() {
    fails(.resolve, saying: "nothing.invalid", HTTPRequest(url: "http://nothing.invalid/", timeout: 2))
  }

  @Test func `a tarpit that takes the connection and says nothing`() throws {
    let server = try ScriptedServer { $0.pause(4) }
    fails(.timeout, saying: "no whole answer", request(server))
  }

  @Test func `a header every now and then`() throws {
    let server = try ScriptedServer { peer in
      peer.write("HTTP/1.1 200 OK\r\n")
      for number in 0..<40 where peer.write("X-\(number): 1\r\n") { peer.pause(0.1) }
    }
    fails(.timeout, saying: "no whole answer", request(server))
  }

  @Test func `a body of a byte every now and then`() throws {
    let server = try ScriptedServer { peer in
      peer.write("HTTP/1.1 200 OK\r\n\r\n")
      for _ in 0..<40 where peer.write(".") { peer.pause(0.1) }
    }
    fails(.timeout, saying: "no whole answer", request(server))
  }

  @Test func `an endless body`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\n\r\n")
      let block = String(repeating: "x", count: 65_536)
      while peer.write(block) {}
    }
    var limited = request(server, 5)
    limited.bodyLimit = 100_000
    let result = fetch(limited)
    #expect(result.isTruncated)
    #expect(result.size == 100_000)
    #expect(result.body.count == 100_000)
    fails(.tooLarge, saying: "larger than 100000 bytes", limited)
  }

  @Test func `a body of exactly the limit is whole`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + String(repeating: "x", count: 1_000))
    }
    var limited = request(server)
    limited.bodyLimit = 1_000
    #expect(fetch(limited).failure == nil)
    limited.bodyLimit = 999
    #expect(fetch(limited).failure?.kind == .tooLarge)
  }

  @Test func `endless headers`() throws {
    let server = try ScriptedServer { peer in
      peer.write("HTTP/1.1 200 OK\r\n")
      while peer.write("X-More: \(String(repeating: "y", count: 4_000))\r\n") {}
    }
    fails(.tooLarge, saying: "headers", request(server, 5))
  }

  @Test func `one header without an end`() throws {
    let server = try ScriptedServer { peer in
      peer.write("HTTP/1.1 200 OK\r\nX: ")
      while peer.write(String(repeating: "y", count: 60_000)) {}
    }
    fails(.tooLarge, saying: "header", request(server, 5))
    var patient = request(server, 5)
    patient.headerLimit = 1 << 20
    fails(.tooLarge, saying: "header line", patient)
  }

  @Test func `endless interim answers`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      while peer.write("HTTP/1.1 100 Continue\r\n\r\n") {}
    }
    fails(.tooLarge, saying: "headers", request(server, 5))
  }

  @Test func `a redirect to itself`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    }
    fails(.tooManyRedirects, saying: "redirects too often", request(server, 5))
  }

  @Test(arguments: ["file:///etc/passwd", "gopher://127.0.0.1:70/", "ftp://127.0.0.1/", "dict://127.0.0.1/"])
  func `a redirect out of HTTP`(target: String) throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")
    }
    let result = fetch(request(server, 5))
    #expect(result.failure?.kind == .redirect)
    #expect(result.body.isEmpty)
  }

  @Test func `what is not HTTP`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("\u{1}\u{2}SSH-2.0-OpenSSH_9.2\r\n\r\n")
    }
    fails(.garbage, saying: "is not HTTP", request(server))
  }

  @Test func `a status that HTTP does not have is the server's fault`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 000 OK\r\nContent-Length: 0\r\n\r\n")
    }
    fails(.garbage, saying: "is not HTTP", request(server))
  }

  @Test func `a close without an answer`() throws {
    let server = try ScriptedServer { $0.read(until: "\r\n\r\n") }
    fails(.closed, saying: "without an answer", request(server))
  }

  @Test func `a reset instead of an answer`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.reset()
    }
    fails(.closed, saying: "before its answer was whole", request(server))
  }

  @Test func `an answer shorter than it says`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
    }
    fails(.closed, saying: "before its answer was whole", request(server))
  }

  @Test func `a gzip bomb stays packed`() throws {
    // 10 MiB of zeros are 10 kB packed.
    let folder = try TemporaryFolder()
    try run(["sh", "-c", "head -c 10485760 /dev/zero | gzip -9 > bomb.gz"], folder: folder.path)
    let bomb = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/bomb.gz")))
    let server = try ScriptedServer { peer in
      let head = peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nX-Asked: \(head.contains("Accept-Encoding"))\r\n")
      peer.write("Content-Length: \(bomb.count)\r\n\r\n")
      peer.write(bomb)
    }
    let result = fetch(request(server, 5))
    #expect(result.failure == nil)
    #expect(result.size == bomb.count)
    #expect(result.headers.contains { $0 == ("X-Asked", "false") })
  }

  @Test func `a chunked body that is no chunks`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nhello")
    }
    let result = fetch(request(server))
    #expect([.garbage, .closed].contains(result.failure?.kind), "\(result.failure?.description ?? "")")
  }

  @Test(arguments: ["-5", "5\r\nContent-Length: 6"])
  func `a length that is none`(length: String) throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\nhello")
    }
    let failure = fetch(request(server)).failure
    #expect(failure != nil)
    #expect(failure?.kind != .local)
  }

  @Test func `NULs in a header`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n")
    }
    fails(.garbage, saying: "not HTTP", request(server))
  }

  @Test func `garbage where TLS is to begin`() throws {
    let server = try ScriptedServer { peer in
      peer.write(String(repeating: "\u{16}\u{3}\u{1}garbage", count: 50))
      peer.pause(1)
    }
    fails(.tls, saying: "TLS with", HTTPRequest(url: server.url(scheme: "https"), timeout: 2))
  }

  @Test func `a tarpit where TLS is to begin`() throws {
    let server = try ScriptedServer { $0.pause(4) }
    fails(.timeout, saying: "no whole answer", HTTPRequest(url: server.url(scheme: "https"), timeout: 1))
  }

  @Test func `garbage where HTTP 2 is spoken`() throws {
    let server = try ScriptedServer { peer in
      peer.write(String(repeating: "no frame", count: 50))
      peer.pause(1)
    }
    let result = fetch(HTTPRequest(url: server.url(), timeout: 2, versions: ["2"]))
    #expect([.garbage, .closed].contains(result.failure?.kind), "\(result.failure?.description ?? "")")
  }

  @Test func `peers that hang do not keep the others waiting`() throws {
    let silent = try ScriptedServer { $0.pause(6) }
    let nginx = try NginxServer()
    let requests = (0..<60).map { HTTPRequest(url: $0 < 40 ? silent.url() : nginx.url(), timeout: 4) }
    let start = ProcessInfo.processInfo.systemUptime
    let results = fetch(requests, deadline: start + 20, atOnce: 20) { ProcessInfo.processInfo.systemUptime }
    #expect(results[40...].allSatisfy { $0.status == 200 })
    // By fours it would be 10 rounds of 20; the hanging ones are set aside after a second each.
    let last = try #require(results[40...].compactMap(\.startedAt).max())
    #expect(last - start < onBusyMachine(3))
  }

  @Test func `300 at once against a server that never answers all end in time`() throws {
    let server = try ScriptedServer { $0.pause(5) }
    let requests = Array(repeating: request(server, 1), count: 300)
    let start = ProcessInfo.processInfo.systemUptime
    let results = fetch(requests, deadline: start + 10, atOnce: 300) { ProcessInfo.processInfo.systemUptime }
    #expect(ProcessInfo.processInfo.systemUptime - start < onBusyMachine(2))
    #expect(results.allSatisfy { $0.failure?.kind == .timeout })
  }
}
