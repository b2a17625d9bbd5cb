import Foundation
import TestSupport
import Testing
import Transfer

/// One request on its own.
func fetch(_ request: HTTPRequest, within seconds: Double = 20) -> HTTPResult {
  let start = ProcessInfo.processInfo.systemUptime
  return fetch([request], deadline: start + seconds, atOnce: 1) { ProcessInfo.processInfo.systemUptime }[0]
}

struct FetchTests {
  @Test func `an answer brings status, body, headers, address and the time of each phase`() throws {
    let nginx = try NginxServer("add_header X-Told yes;")
    let result = fetch(HTTPRequest(url: nginx.url()))
    #expect(result.failure == nil)
    #expect(result.status == 200)
    #expect(String(decoding: result.body, as: UTF8.self).contains("The website answers."))
    #expect(result.size == result.body.count)
    #expect(result.headers.contains { $0 == ("X-Told", "yes") })
    #expect(result.address == "127.0.0.1")
    #expect(result.tls == nil)
    let timings = result.timings
    #expect(timings.tls == nil)
    let phases = try [timings.resolve, timings.connect, timings.firstByte].map { try #require($0) }
    #expect(phases.allSatisfy { (0...1).contains($0) })
    #expect(phases.reduce(0, +) <= timings.total + 0.001)
  }

  @Test func `a phase is its own time and not the time since the start`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.pause(0.4)
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
      peer.pause(0.3)
      peer.write("ok")
    }
    let timings = fetch(HTTPRequest(url: server.url())).timings
    #expect(try #require(timings.firstByte) > 0.35)
    #expect(try #require(timings.transfer) > 0.25)
    #expect(timings.total > 0.65)
    let phases = [timings.resolve, timings.connect, timings.firstByte, timings.transfer].compactMap(\.self)
    #expect(abs(phases.reduce(0, +) - timings.total) < 0.01, "\(timings)")
  }

  @Test func `results are in the order of the requests, whoever answers first`() throws {
    let server = try ScriptedServer { peer in
      let head = peer.read(until: "\r\n\r\n")
      let number = head.split(separator: " ")[1].dropFirst()
      peer.pause(number == "0" ? 0.5 : 0)
      peer.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(number)")
    }
    let requests = (0..<20).map { HTTPRequest(url: server.url("/\($0)")) }
    let start = ProcessInfo.processInfo.systemUptime
    let results = fetch(requests, deadline: start + 10, atOnce: 8) { ProcessInfo.processInfo.systemUptime }
    #expect(results.map { String(decoding: $0.body, as: UTF8.self) } == (0..<20).map(String.init))
  }

  @Test func `every request connects anew, so that none measures another's connection`() throws {
    let nginx = try NginxServer()
    let requests = Array(repeating: HTTPRequest(url: nginx.url()), count: 5)
    let start = ProcessInfo.processInfo.systemUptime
    let results = fetch(requests, deadline: start + 10, atOnce: 1) { ProcessInfo.processInfo.systemUptime }
    #expect(results.allSatisfy { $0.failure == nil && $0.timings.connect ?? 0 > 0.000_005 })
  }

  @Test func `a body that is not kept is counted`() throws {
    let nginx = try NginxServer()
    let result = fetch(HTTPRequest(url: nginx.url(), keepsBody: false))
    #expect(result.body.isEmpty)
    #expect(result.size > 20)
  }

  @Test func `method, headers and body arrive as they were given`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.read(until: "{\"a\":1}")
      peer.write("HTTP/1.1 204 No Content\r\n\r\n")
    }
    let request = HTTPRequest(
      url: server.url("/path?q=1"), method: "PUT", headers: [("Content-Type", "application/json"), ("X-Empty", "")],
      body: Array("{\"a\":1}".utf8))
    let result = fetch(request)
    #expect(result.status == 204)
    let seen = server.seen()
    #expect(seen.hasPrefix("PUT /path?q=1 HTTP/1.1\r\n"))
    #expect(seen.contains("\r\nContent-Type: application/json\r\n"))
    #expect(seen.contains("\r\nX-Empty:\r\n"))
    #expect(seen.hasSuffix("\r\n\r\n{\"a\":1}"))
  }

  @Test func `HEAD asks for no body and does not wait for one`() throws {
    let nginx = try NginxServer()
    let result = fetch(HTTPRequest(url: nginx.url(), method: "HEAD"))
    #expect(result.failure == nil)
    #expect(result.status == 200)
    #expect(result.size == 0)
    #expect(nginx.accessLog(1).first?.contains("\"HEAD / HTTP/1.1\"") == true)
  }

  @Test(arguments: [("X", "a\r\nY: b"), ("X\r\nY", "b"), ("", "b"), ("X", "a\0b"), ("X Y", "b")])
  func `a header that would make another is refused before anything is sent`(name: String, value: String) throws {
    let result = fetch(HTTPRequest(url: "http://127.0.0.1:9/", headers: [(name, value)]))
    #expect(result.failure?.kind == .local)
    #expect(result.startedAt == nil)
  }

  @Test(arguments: ["file:///etc/passwd", "gopher://127.0.0.1/", "", "http://", "no url", "ftp://me:canary@h/"])
  func `a URL of another protocol is refused`(url: String) throws {
    let failure = try #require(fetch(HTTPRequest(url: url)).failure)
    #expect(failure.kind == .local)
    #expect(failure.message.contains("http or https"))
    #expect(!failure.message.contains("canary"))
  }

  @Test func `a redirect is followed as often as allowed and no further`() throws {
    let nginx = try NginxServer(
      """
      location = /a { return 302 /b; }
      location = /b { return 301 /; }
      """)
    #expect(fetch(HTTPRequest(url: nginx.url("/a"), redirects: 2)).status == 200)
    let short = fetch(HTTPRequest(url: nginx.url("/a"), redirects: 1))
    #expect(short.failure?.kind == .tooManyRedirects)
    let none = fetch(HTTPRequest(url: nginx.url("/a"), redirects: 0))
    #expect(none.failure == nil)
    #expect(none.status == 302)
  }

  @Test func `a proxy named in the environment is not asked`() async {
    await #expect(processExitsWith: .success) {
      _ = unsafe setenv("http_proxy", "http://127.0.0.1:9", 1)
      let nginx = try NginxServer()
      try #require(fetch(HTTPRequest(url: nginx.url())).status == 200)
    }
  }

  @Test func `user and password of a URL are sent and never told`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 302 Found\r\nLocation: gopher://me:canary2@127.0.0.1/\r\nContent-Length: 0\r\n\r\n")
    }
    let url = "http://me:canary1@127.0.0.1:\(server.port)/"
    let failure = try #require(fetch(HTTPRequest(url: url)).failure)
    #expect(server.seen().contains("Authorization: Basic "))
    #expect(failure.kind == .redirect)
    #expect(!failure.message.contains("canary"))
  }

  @Test func `the deadline ends what runs and what has not begun, and says which it was`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.pause(3)
    }
    let requests = Array(repeating: HTTPRequest(url: server.url(), timeout: 10), count: 3)
    let start = ProcessInfo.processInfo.systemUptime
    let results = fetch(requests, deadline: start + 0.5, atOnce: 1) { ProcessInfo.processInfo.systemUptime }
    #expect(ProcessInfo.processInfo.systemUptime - start < onBusyMachine(1))
    #expect(results.map { $0.failure?.kind } == [.deadline, .deadline, .deadline])
    #expect(results[0].startedAt != nil)
    #expect(results[2].startedAt == nil)
  }

  @Test func `a request's own limit is not taken for the deadline, however near that is`() throws {
    let server = try ScriptedServer { $0.pause(3) }
    let url = server.url(scheme: "https")
    let result = fetch(HTTPRequest(url: url, timeout: 10, connectTimeout: 0.4), within: 2)
    #expect(result.failure?.kind == .timeout, "\(result.failure?.description ?? "")")
    #expect(result.timings.total < 1)
  }

  @Test func `an Authorization header is not carried to where a redirect leads`() throws {
    let other = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 204 No Content\r\n\r\n")
    }
    let target = other.url("/there")
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")
    }
    let result = fetch(HTTPRequest(url: server.url(), headers: [("Authorization", "Bearer canary")]))
    #expect(result.status == 204)
    #expect(server.seen().contains("canary"))
    #expect(other.seen().hasPrefix("GET /there "))
    #expect(!other.seen().contains("canary"))
  }

  @Test func `basic authentication goes to the server it is for and to no other`() throws {
    let other = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 204 No Content\r\n\r\n")
    }
    let target = other.url("/there")
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 0\r\n\r\n")
    }
    let request = HTTPRequest(url: server.url(), user: "me", password: "canary")
    #expect(fetch(request).status == 204)
    #expect(server.seen().contains("Authorization: Basic bWU6Y2FuYXJ5"))
    #expect(other.seen().hasPrefix("GET /there "))
    #expect(!other.seen().contains("Authorization"))
    #expect(!"\(request)".contains("canary"))
    #expect(!String(reflecting: request).contains("canary"))
  }

  @Test func `a secret header does not go where a redirect leads`() throws {
    let other = try ScriptedServer { $0.read(until: "\r\n\r\n") }
    let target = other.url("/there")
    let server = try ScriptedServer { peer in
      let head = peer.read(until: "\r\n\r\n")
      let location = head.hasPrefix("GET /first") ? "/second" : target
      peer.write("HTTP/1.1 302 Found\r\nLocation: \(location)\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
    }
    let result = fetch(HTTPRequest(url: server.url("/first"), secretHeaders: [("X-Key", "canary")]))
    #expect(result.failure?.kind == .redirect)
    #expect(server.seen().components(separatedBy: "X-Key: canary").count == 3, "its own server gets it twice")
    #expect(other.seen().isEmpty)
    #expect(result.failure?.message.contains("canary") == false)
  }

  @Test func `a redirect out of TLS is not followed`() throws {
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "www")
    let plain = try NginxServer()
    let nginx = try NginxServer("location = /out { return 302 \(plain.url()); }", certificate: certificate)
    let result = fetch(HTTPRequest(url: nginx.url("/out"), authorities: certificate.certificate))
    #expect(result.failure?.kind == .redirect)
    #expect(result.failure?.message.contains("out of TLS") == true)
    #expect(plain.accessLog().isEmpty)
    // The other way round is what sites do.
    let upward = try NginxServer("location = /in { return 301 \(nginx.url()); }")
    let secured = fetch(HTTPRequest(url: upward.url("/in"), authorities: certificate.certificate))
    #expect(secured.status == 200)
    #expect(secured.redirectedTo == nginx.url())
  }

  @Test func `a connection is led elsewhere for its own request only`() throws {
    let nginx = try NginxServer()
    let url = "http://www.example.org:\(nginx.port)/"
    let led = HTTPRequest(url: url, resolve: ["www.example.org:\(nginx.port):127.0.0.1"])
    let start = ProcessInfo.processInfo.systemUptime
    let results = fetch([led, HTTPRequest(url: url, timeout: 1)], deadline: start + 5, atOnce: 1) {
      ProcessInfo.processInfo.systemUptime
    }
    #expect(results[0].status == 200)
    #expect(results[0].address == "127.0.0.1")
    #expect(results[1].failure != nil)
  }

  @Test func `a proxy is asked, and one that is not there says nothing of the peer`() throws {
    let proxy = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    }
    let asked = HTTPRequest(url: "http://www.example.org/page", proxy: proxy.url())
    #expect(fetch(asked).status == 200)
    #expect(proxy.seen().hasPrefix("GET http://www.example.org/page HTTP/1.1\r\n"))
    let gone = HTTPRequest(url: "http://www.example.org/", proxy: "http://127.0.0.1:\(freePort())")
    #expect(fetch(gone).failure?.kind == .local)
  }

  @Test func `the version of HTTP is chosen and told`() throws {
    let nginx = try NginxServer()
    #expect(fetch(HTTPRequest(url: nginx.url())).version == "1.1")
    #expect(fetch(HTTPRequest(url: nginx.url(), versions: ["1.0"])).status == 200)
    #expect(nginx.accessLog(2).last?.contains("HTTP/1.0\"") == true)
    let folder = try TemporaryFolder()
    let certificate = try TestCertificate(in: folder.path, named: "www")
    let secure = try NginxServer(certificate: certificate, http2: true)
    let authorities = certificate.certificate
    #expect(fetch(HTTPRequest(url: secure.url(), authorities: authorities)).version == "2")
    #expect(fetch(HTTPRequest(url: secure.url(), authorities: authorities, versions: ["1.1"])).version == "1.1")
  }

  @Test func `the version of IP is chosen`() throws {
    let nginx = try NginxServer()
    let url = "http://localhost:\(nginx.port)/"
    #expect(fetch(HTTPRequest(url: url, family: .ipv4)).address == "127.0.0.1")
    // nginx listens on 127.0.0.1 alone.
    #expect(fetch(HTTPRequest(url: url, timeout: 2, family: .ipv6)).failure?.kind != nil)
  }

  @Test func `headers have a limit of their own`() throws {
    let nginx = try NginxServer("add_header X-Long \(String(repeating: "y", count: 500));")
    #expect(fetch(HTTPRequest(url: nginx.url(), headerLimit: 400)).failure?.kind == .tooLarge)
    #expect(fetch(HTTPRequest(url: nginx.url(), headerLimit: 4_000)).failure == nil)
  }
}
