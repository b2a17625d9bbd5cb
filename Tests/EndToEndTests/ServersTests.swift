import Foundation
import Platform
import TestSupport
import Testing

/// Every configuration of docs/servers.md serves a site as the page says.
@Suite(.serialized) struct ServersTests {
  private struct Request: Encodable {
    var path: String
    var headers: [String: String] = [:]
    /// Seconds until the next one.
    var pause = 0.0
  }

  private struct Answer: Decodable {
    var status: Int
    var headers: [String: String]
    /// As it came over the wire.
    var length: Int
    var body: Data
  }

  /// Front pages of the demo with the pictures they show, and a file of each kind.
  private func publish(into reports: String) throws -> (pages: [String], generation: Int) {
    let site = URL(fileURLWithPath: try SharedDemo.site)
    let pages = [
      "index.html", "oncall.html", "hosts/index.html", "objectives/index.html", "incidents/index.html",
      "runs/index.html",
    ]
    var files = Set(pages + ["redeye.css", "state.svg", "index.json", "status.json", "atom.xml", "hosts/edge1.csv"])
    for page in pages {
      let text = try String(contentsOf: site.appendingPathComponent(page), encoding: .utf8)
      let folder = site.appendingPathComponent(page).deletingLastPathComponent()
      for found in text.matches(of: /[^"\s]+\.png/) {
        let path = folder.appendingPathComponent(String(found.output)).standardized.path
        files.insert(String(path.dropFirst(site.path.count + 1)))
      }
    }
    let publication = try Publication(into: reports, after: nil)
    for file in files {
      try publication.write(file, Array(Data(contentsOf: site.appendingPathComponent(file))))
    }
    for name in ["duty.ics", "metrics.prom", "feed.atom", "notes.txt", "search.js"] {
      try publication.write("more/\(name)", Array("Grüße\n".utf8))
    }
    return (pages, try publication.finish().generation)
  }

  private func ask(_ server: WebServer, _ requests: [Request]) throws -> [Answer] {
    let lines = try requests.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) + "\n" }
    let text = try run(
      ["/usr/bin/python3", fixture("fetch.py"), "\(server.port)"], input: Array(lines.joined().utf8))
    return try text.split(separator: "\n").map { try JSONDecoder().decode(Answer.self, from: Data($0.utf8)) }
  }

  private func ask(_ server: WebServer, _ path: String, _ headers: [String: String] = [:]) throws -> Answer {
    try #require(ask(server, [Request(path: path, headers: headers)]).first)
  }

  @Test(.timeLimit(.minutes(9)), arguments: WebServer.Kind.allCases)
  func `a server serves the site below a folder of its own as the page says`(kind: WebServer.Kind) throws {
    let folder = try TemporaryFolder()
    let reports = "\(folder.path)/reports"
    let (pages, generation) = try publish(into: reports)
    let server = try WebServer(kind, serving: reports)
    try expectTypes(server, reports)
    try expectPaths(server, reports)
    if kind != .busybox { try expectHeaders(server) }
    try expectRevalidation(server)
    try expectBrowser(server, pages)
    try expectSwitching(server, reports, generation)
    #expect(server.log.firstMatch(of: /(?i)warn|emerg|unknown/) == nil, "\(server.log)")
  }

  private func expectTypes(_ server: WebServer, _ reports: String) throws {
    let types = [
      "index.html": "text/html", "redeye.css": "text/css", "state.svg": "image/svg+xml",
      "status.json": "application/json", "atom.xml": "application/atom+xml", "more/feed.atom": "application/atom+xml",
      "hosts/edge1.csv": "text/csv", "more/duty.ics": "text/calendar", "more/notes.txt": "text/plain",
      "more/search.js": "text/javascript", "more/metrics.prom": "text/plain;version=0.0.4",
    ]
    for (path, type) in types {
      let answer = try ask(server, "/network/\(path)")
      #expect(answer.status == 200, "\(path)")
      #expect(answer.headers["content-type"]?.replacing(" ", with: "") == "\(type);charset=utf-8", "\(path)")
      #expect(answer.body == (try Data(contentsOf: URL(fileURLWithPath: "\(reports)/\(path)"))), "\(path)")
    }
    let page = String(decoding: try ask(server, "/network/").body, as: UTF8.self)
    let picture = try #require(page.firstMatch(of: /g\/[^"\s]+\.png/)).output
    #expect(try ask(server, "/network/\(picture)").headers["content-type"] == "image/png")
  }

  private func expectPaths(_ server: WebServer, _ reports: String) throws {
    for (path, file) in [("/network/", "index.html"), ("/network/hosts/", "hosts/index.html")] {
      let body = try Data(contentsOf: URL(fileURLWithPath: "\(reports)/\(file)"))
      #expect(try ask(server, path).body == body, "\(path)")
    }
    for path in ["/network", "/network/hosts"] {
      let answer = try ask(server, path)
      #expect([301, 302].contains(answer.status), "\(path)")
      let base = URL(string: server.url(path))
      let target = answer.headers["location"].flatMap { URL(string: $0, relativeTo: base) }
      #expect(target?.absoluteString == server.url("\(path)/"), "\(path)")
    }
    let hidden = [
      "/network/g/", "/network/.generations/", "/network/lost.html", "/network../server.conf",
      "/network/../../server.conf", "/network/%2e%2e/%2e%2e/readers", "/network/..%2f..%2freaders",
    ]
    for path in hidden { #expect([400, 403, 404].contains(try ask(server, path).status), "\(path)") }
    #expect(try ask(server, "/beside.html").body == Data("Beside the site.\n".utf8))
  }

  private func expectHeaders(_ server: WebServer) throws {
    let page = try ask(server, "/network/")
    let policy = try #require(page.headers["content-security-policy"])
    #expect(policy.hasPrefix("default-src 'none'; ") && policy.hasSuffix("frame-ancestors 'self'"))
    #expect(page.headers["x-content-type-options"] == "nosniff")
    #expect(page.headers["referrer-policy"] == "same-origin")
    #expect(page.headers["cache-control"] == "no-cache")
    let picture = try #require(String(decoding: page.body, as: UTF8.self).firstMatch(of: /g\/[^"\s]+\.png/)).output
    #expect(try ask(server, "/network/\(picture)").headers["cache-control"] == "max-age=60")
    for path in ["", "redeye.css", "hosts/edge1.csv", "index.json", "atom.xml", "state.svg"] {
      let plain = try ask(server, "/network/\(path)")
      let packed = try ask(server, "/network/\(path)", ["Accept-Encoding": "gzip"])
      #expect(packed.body == plain.body && plain.headers["content-encoding"] == nil, "\(path)")
      guard plain.length > 1_000 else { continue }
      #expect(packed.headers["content-encoding"] == "gzip" && packed.length < plain.length / 2, "\(path)")
      #expect(packed.headers["vary"]?.lowercased().contains("accept-encoding") == true, "\(path)")
    }
    let raw = try ask(server, "/network/\(picture)", ["Accept-Encoding": "gzip"])
    #expect(raw.headers["content-encoding"] == nil)
  }

  /// What did not move costs a few bytes, compressed or not.
  private func expectRevalidation(_ server: WebServer) throws {
    for encoding in ["identity", "gzip"] {
      for path in ["/network/", "/network/redeye.css"] {
        let first = try ask(server, path, ["Accept-Encoding": encoding])
        let tag = try #require(first.headers["etag"])
        let again = try ask(server, path, ["Accept-Encoding": encoding, "If-None-Match": tag])
        #expect(again.status == 304 && again.length == 0, "\(path), \(encoding)")
      }
    }
  }

  private func expectBrowser(_ server: WebServer, _ pages: [String]) throws {
    let root = server.url("/network/")
    let (findings, console) = try Browser.look(served: root, pages: pages, widths: [1_024], isDark: false) {
      try server.put("harness.html", $0)
    }
    #expect(console.filter { !$0.contains("favicon.ico") } == [])
    #expect(findings.count == pages.count)
    for finding in findings {
      #expect(finding.pictures == [] && finding.sheets == [], "\(finding.page)")
      #expect(finding.fetched.allSatisfy { $0.hasPrefix(root) }, "\(finding.page)")
    }
  }

  /// While runs publish, each request has the whole file of one of them; soon after the last, its own.
  private func expectSwitching(_ server: WebServer, _ reports: String, _ first: Int) throws {
    func page(_ generation: Int) -> [UInt8] {
      Array("<!doctype html>\(String(repeating: "\(generation) ", count: 5_000))".utf8)
    }
    var generation = first
    func publish() throws {
      let publication = try Publication(into: reports, after: generation)
      try publication.write("index.html", page(generation + 1))
      try publication.write("hosts/new\(generation + 1).html", page(generation + 1))
      try publication.remove("hosts/new\(generation).html")
      generation = try publication.finish().generation
    }
    try publish()
    try expectSoon(server, page(generation))
    let old = try ask(server, "/network/")
    let lines = try (0..<600).map { _ in
      String(decoding: try JSONEncoder().encode(Request(path: "/network/", pause: 0.005)), as: UTF8.self) + "\n"
    }
    let asking = Asking(
      ["/usr/bin/python3", fixture("fetch.py"), "\(server.port)"], input: Array(lines.joined().utf8))
    for _ in 0..<8 {
      Thread.sleep(forTimeInterval: 0.3)
      try publish()
    }
    let answers = try asking.lines().map { try JSONDecoder().decode(Answer.self, from: Data($0.utf8)) }
    let whole = Set((first...generation).map { Data(page($0)) })
    #expect(answers.count == 600)
    #expect(answers.allSatisfy { $0.status == 200 && whole.contains($0.body) })
    #expect(Set(answers.map(\.body)).count > 1, "some of them were published meanwhile")
    try expectSoon(server, page(generation))
    let new = try ask(server, "/network/", ["If-None-Match": old.headers["etag"] ?? ""])
    #expect(new.status == 200 && new.body == Data(page(generation)))
    #expect(try ask(server, "/network/hosts/new\(generation).html").status == 200)
    #expect(try ask(server, "/network/hosts/new\(generation - 1).html").status == 404)
  }

  /// A server may remember for a moment what a file was.
  private func expectSoon(_ server: WebServer, _ page: [UInt8]) throws {
    for _ in 0..<50 where try ask(server, "/network/").body != Data(page) { Thread.sleep(forTimeInterval: 0.1) }
    #expect(try ask(server, "/network/").body == Data(page))
  }

  @Test(.timeLimit(.minutes(2)), arguments: WebServer.Kind.allCases)
  func `with readers, a server asks for a name and a password`(kind: WebServer.Kind) throws {
    let folder = try TemporaryFolder()
    let publication = try Publication(into: "\(folder.path)/reports", after: nil)
    try publication.write("index.html", Array("<!doctype html><title>Secret</title>".utf8))
    try publication.write("hosts/index.html", Array("<!doctype html><title>Secret</title>".utf8))
    _ = try publication.finish()
    let server = try WebServer(kind, serving: "\(folder.path)/reports", hasReaders: true)
    func words(_ text: String) -> [String: String] {
      ["Authorization": "Basic \(Data(text.utf8).base64EncodedString())"]
    }
    for path in ["/network/", "/network/index.html", "/network/hosts/", "/network/%68osts/index.html"] {
      let stranger = try ask(server, path)
      #expect(stranger.status == 401 && stranger.headers["www-authenticate"]?.hasPrefix("Basic") == true, "\(path)")
      #expect(!String(decoding: stranger.body, as: UTF8.self).contains("Secret"))
      #expect(try ask(server, path, words("noc:wrong")).status == 401, "\(path)")
      #expect(try ask(server, path, words("other:secret")).status == 401, "\(path)")
      #expect(try ask(server, path, words("noc:secret")).status == 200, "\(path)")
    }
    #expect(try ask(server, "/beside.html").status == 200)
  }
}

/// A program that runs on while a test does something else.
private final class Asking: @unchecked Sendable {  // because what it printed is read after it was waited for
  private let done = DispatchSemaphore(value: 0)
  private var result: Result<String, any Error> = .success("")

  init(_ arguments: [String], input: [UInt8]) {
    Thread.detachNewThread { [self] in
      result = Result { try run(arguments, input: input) }
      done.signal()
    }
  }

  func lines() throws -> [Substring] {
    done.wait()
    return try result.get().split(separator: "\n")
  }
}
