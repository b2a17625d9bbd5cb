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
    #expect(seconds < request.timeout + 0.5, sourceLocation: location)
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
    fails(.unwanted, saying: "larger than 100000 bytes", limited)
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
    #expect(fetch(limited).failure?.kind == .unwanted)
  }

  @Test func `endless headers`() throws {
    let server = try ScriptedServer { peer in
      peer.write("HTTP/1.1 200 OK\r\n")
      while peer.write("X-More: \(String(repeating: "y", count: 4_000))\r\n") {}
    }
    fails(.garbage, saying: "headers", request(server, 5))
  }

  @Test func `one header without an end`() throws {
    let server = try ScriptedServer { peer in
      peer.write("HTTP/1.1 200 OK\r\nX: ")
      while peer.write(String(repeating: "y", count: 60_000)) {}
    }
    let result = fetch(request(server, 5))
    #expect(result.failure != nil)
    #expect(result.failure?.kind != .timeout)
  }

  @Test func `endless interim answers`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      while peer.write("HTTP/1.1 100 Continue\r\n\r\n") {}
    }
    fails(.garbage, saying: "headers", request(server, 5))
  }

  @Test func `a redirect to itself`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 302 Found\r\nLocation: /\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    }
    fails(.unwanted, saying: "redirects too often", request(server, 5))
  }

  @Test(arguments: ["file:///etc/passwd", "gopher://127.0.0.1:70/", "ftp://127.0.0.1/", "dict://127.0.0.1/"])
  func `a redirect out of HTTP`(target: String) throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")
    }
    let result = fetch(request(server, 5))
    #expect(result.failure?.kind == .unwanted)
    #expect(result.body.isEmpty)
  }

  @Test func `what is not HTTP`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("\u{1}\u{2}SSH-2.0-OpenSSH_9.2\r\n\r\n")
    }
    fails(.garbage, saying: "is not HTTP", request(server))
  }

  @Test func `a close without an answer`() throws {
    let server = try ScriptedServer { $0.read(until: "\r\n\r\n") }
    fails(.garbage, saying: "without an answer", request(server))
  }

  @Test func `a reset instead of an answer`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.reset()
    }
    fails(.garbage, saying: "broke off", request(server))
  }

  @Test func `an answer shorter than it says`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
    }
    fails(.garbage, saying: "broke off", request(server))
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

  @Test func `300 at once against a server that never answers all end in time`() throws {
    let server = try ScriptedServer { $0.pause(5) }
    let requests = Array(repeating: request(server, 1), count: 300)
    let start = ProcessInfo.processInfo.systemUptime
    let results = fetch(requests, deadline: start + 10, atOnce: 300) { ProcessInfo.processInfo.systemUptime }
    #expect(ProcessInfo.processInfo.systemUptime - start < 2)
    #expect(results.allSatisfy { $0.failure?.kind == .timeout })
  }
}
