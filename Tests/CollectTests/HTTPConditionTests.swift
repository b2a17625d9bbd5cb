import Collect
import Config
import Foundation
import Model
import Platform
import TestSupport
import Testing

struct HTTPConditionTests {
  /// One measurement with the secrets of an environment.
  private func measure(_ probe: HTTPProbe, _ environment: [String: String] = [:]) -> Reading {
    measureHTTP([Making.assignment(.http(probe))], Making.context(environment: environment))[0].reading
  }

  private static let json = """
    {"status": "ok", "queue": {"length": 12, "names": ["a", "b"]}, "ready": true, "none": null, "a b": 1.5}
    """

  private func served(_ body: String = json, _ lines: String = "") throws -> NginxServer {
    let nginx = try NginxServer(lines)
    try nginx.put("body", body)
    return nginx
  }

  @Test(arguments: [
    ("$.status = \"ok\"", true), ("$.status != \"ok\"", false), ("$.queue.length <= 12", true),
    ("$.queue.length < 12", false), ("$.queue.length > 3", true), ("$.queue.length >= 13", false),
    ("$.queue.names[1] = \"b\"", true), ("$.queue.names[-1] = \"b\"", true), ("$.queue.names[2]", false),
    ("$.ready = true", true), ("$.ready = false", false), ("$.none = null", true), ("$.status = null", false),
    ("$['a b'] = 1.5", true), ("$.status", true), ("$.missing", false), ("$.missing != 1", false),
    ("$.status = 1", false), ("$.status != 1", true), ("$.status > 1", false), ("$.queue", true),
  ])
  func `a condition on JSON is met or not`(condition: String, isMet: Bool) throws {
    let nginx = try served()
    var probe = HTTPProbe(url: nginx.url("/body"))
    probe.json = [try #require(JSONCondition(condition))]
    let reading = measure(probe)
    #expect(reading.value("up") == (isMet ? 1 : 0), "\(reading.failure?.description ?? "")")
    #expect(reading.failure?.kind == (isMet ? nil : .mismatch))
  }

  @Test func `numbers of the body become metrics, and a missing one is bad and unknown`() throws {
    let nginx = try served()
    var probe = HTTPProbe(url: nginx.url("/body"))
    probe.numbers = [
      .init(metric: "queue", path: try #require(JSONPath("$.queue.length")), unit: .bytes),
      .init(metric: "ready", path: try #require(JSONPath("$.ready"))),
    ]
    let reading = measure(probe)
    #expect(reading.value("queue") == 12)
    #expect(reading.measurement("queue")?.unit == .bytes)
    #expect(reading.value("ready") == 1)
    probe.numbers.append(.init(metric: "status-text", path: try #require(JSONPath("$.status"))))
    let missing = measure(probe)
    #expect(missing.value("status-text") == .some(nil))
    #expect(missing.value("queue") == 12)
    #expect(missing.failure == Failure(.mismatch, "the body has no number at $.status"))
  }

  @Test func `the length of a list is how many it has`() throws {
    let nginx = try served(#"{"queue": [1, 2, 3], "none": []}"#)
    var probe = HTTPProbe(url: nginx.url("/body"))
    probe.json = [try #require(JSONCondition("$.queue.length <= 3")), try #require(JSONCondition("$.none.length = 0"))]
    #expect(measure(probe).value("up") == 1)
    probe.json = [try #require(JSONCondition("$.queue.length < 3"))]
    #expect(measure(probe).value("up") == 0)
  }

  @Test func `a text that is there for the eye alone is told why it is not found`() throws {
    let latin = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Length: 4\r\n\r\ncafe")
    }
    var probe = HTTPProbe(url: "http://127.0.0.1:\(latin.port)/")
    probe.contains = ["café"]
    let reading = measure(probe)
    #expect(
      reading.failure?.message
        == "the body does not contain 'café'; it is not in UTF-8 (text/plain; charset=iso-8859-1)")
    #expect(reading.value("up") == 0)
  }

  @Test(arguments: ["", "<html>", "{\"a\":", "[[[[", "{\"n\": 1e999}"])
  func `a body that is no JSON is bad`(body: String) throws {
    let nginx = try served(body)
    var probe = HTTPProbe(url: nginx.url("/body"))
    probe.json = [try #require(JSONCondition("$.n"))]
    let reading = measure(probe)
    #expect(reading.value("up") == 0)
    #expect(reading.failure?.kind == .mismatch)
  }

  @Test func `JSON nested too deeply is not JSON`() throws {
    let nginx = try served(String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000))
    var probe = HTTPProbe(url: nginx.url("/body"))
    probe.json = [try #require(JSONCondition("$[0]"))]
    #expect(measure(probe).failure?.kind == .mismatch)
  }

  @Test(arguments: [
    (HTTPProbe.HeaderCondition("X-One", .present), true), (.init("x-one", .equals("first")), true),
    (.init("X-One", .equals("second")), false), (.init("X-One", .matches("^fi")), true),
    (.init("X-One", .matches("^fo")), false), (.init("X-Two", .present), false), (.init("X-Two", .absent), true),
    (.init("X-One", .absent), false), (.init("X-Two", .matches(".*")), false),
  ])
  func `a condition on a header is met or not`(condition: HTTPProbe.HeaderCondition, isMet: Bool) throws {
    let nginx = try served("x", "add_header X-One first;")
    var probe = HTTPProbe(url: nginx.url("/body"))
    probe.headerConditions = [condition]
    let reading = measure(probe)
    #expect(reading.value("up") == (isMet ? 1 : 0))
    #expect(reading.failure?.kind == (isMet ? nil : .mismatch))
    #expect(reading.failure.map { $0.message.hasPrefix("the header ") } != false)
  }

  @Test func `a text the body must not hold is found`() throws {
    let nginx = try served("all is well; no error")
    var probe = HTTPProbe(url: nginx.url("/body"), contains: ["all", "well"])
    probe.lacks = ["fatal"]
    #expect(measure(probe).value("up") == 1)
    probe.lacks = ["fatal", "error"]
    #expect(measure(probe).failure == Failure(.mismatch, "the body contains 'error'"))
  }

  @Test func `a version of HTTP that is not allowed is bad`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.0 200 OK\r\n\r\n")
    }
    var probe = HTTPProbe(url: server.url())
    probe.versions = ["1.1", "2"]
    let reading = measure(probe)
    #expect(reading.failure == Failure(.mismatch, "HTTP/1.0 was spoken, expected 1.1 or 2"))
    #expect(reading.text(ofFact: "Protocol") == "HTTP/1.0")
  }

  @Test func `secrets are sent and told nowhere`() throws {
    let server = try ScriptedServer { peer in
      peer.read(until: "\r\n\r\n")
      peer.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n")
    }
    var probe = HTTPProbe(url: server.url())
    probe.authentication = .basic(user: "me", password: .environment("A"))
    probe.secretHeaders = [.init("X-Key", .environment("B"))]
    let basic = measure(probe, ["A": "canary1", "B": "canary2"])
    probe.authentication = .bearer(.environment("A"))
    let bearer = measure(probe, ["A": "canary3", "B": "canary2"])
    #expect(server.seen().contains("X-Key: canary2"))
    #expect(server.seen().contains("Authorization: Basic bWU6Y2FuYXJ5MQ=="))
    #expect(server.seen().contains("Authorization: Bearer canary3"))
    #expect(!"\(basic) \(bearer)".contains("canary"))
    #expect(basic.value("up") == 0)
  }

  @Test func `a secret that cannot be had leaves the peer unknown, and the others measured`() throws {
    let nginx = try NginxServer()
    var locked = HTTPProbe(url: nginx.url())
    locked.authentication = .bearer(.environment("NOBODY"))
    let assignments = [locked, HTTPProbe(url: nginx.url())].map { Making.assignment(.http($0)) }
    let readings = measureHTTP(assignments, Making.context()).map(\.reading)
    #expect(readings[0].failure?.kind == .secret)
    #expect(readings[0].value("up") == .some(nil))
    #expect(readings[1].value("up") == 1)
  }

  @Test func `a body is sent from the configuration or from a file`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("body.json", "{\"from\": \"file\"}")
    let server = try ScriptedServer { peer in
      peer.read(until: "}")
      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    }
    var probe = HTTPProbe(url: server.url(), method: "POST")
    probe.body = .file(file)
    #expect(measure(probe).value("up") == 1)
    probe.body = .text("{text}")
    #expect(measure(probe).value("up") == 1)
    #expect(server.seen().contains("{\"from\": \"file\"}"))
    #expect(server.seen().contains("{text}"))
    probe.body = .file("\(folder.path)/none")
    let missing = measure(probe)
    #expect(missing.failure?.kind == .local)
    #expect(missing.value("up") == .some(nil))
  }
}
