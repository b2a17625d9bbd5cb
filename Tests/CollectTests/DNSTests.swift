import Collect
import Config
import Model
import TestSupport
import Testing

struct DNSTests {
  private func measure(_ probe: DNSProbe, timeout: Double = 2) -> Reading {
    measureDNS([Making.assignment(.dns(probe), timeout: timeout)], Making.context())[0].reading
  }

  private func probe(
    _ servers: [Int], _ query: String = "www.example.org", _ type: DNSProbe.RecordType = .a, answers: [String] = [],
    includes: [String] = [], agree: Bool = true
  ) -> DNSProbe {
    DNSProbe(
      query: query, type: type, servers: servers.compactMap { DNSProbe.Server("127.0.0.1:\($0)") }, answers: answers,
      includes: includes, agree: agree, recursive: false)
  }

  @Test func `addresses are compared as addresses, however they are written`() throws {
    let server = try NameServer(["example.org": NameServer.zone()])
    let written = probe([server.port], "www.example.org", .aaaa, answers: ["2001:0DB8:0::0080"])
    #expect(measure(written).value("up") == 1)
    #expect(measure(probe([server.port], "www.example.org", .aaaa, answers: ["2001:db8::81"])).value("up") == 0)
  }

  @Test func `servers that have the same of a zone are up`() throws {
    let (one, two) = (
      try NameServer(["example.org": NameServer.zone()]), try NameServer(["example.org": NameServer.zone()])
    )
    let reading = measure(probe([one.port, two.port], "example.org", .soa))
    #expect(reading.failure == nil)
    #expect(reading.value("up") == 1)
    #expect(reading.value("servers-up") == 2)
    for port in [one.port, two.port] {
      let server = "127.0.0.1:\(port)"
      #expect(reading.value("serial", server) == 2_026_010_101)
      #expect(reading.value("answers", server) == 1)
      #expect(reading.value("ttl", server) == 300)
      #expect(try #require(reading.value("time", server) ?? nil) > 0)
      #expect(reading.text(ofFact: server)?.hasSuffix("(authoritative)") == true)
    }
  }

  @Test func `a server that is behind is found, unless nobody asks for agreement`() throws {
    let one = try NameServer(["example.org": NameServer.zone()])
    let two = try NameServer(["example.org": NameServer.zone(serial: 5)])
    let reading = measure(probe([one.port, two.port], "example.org", .soa))
    #expect(reading.value("up") == 0)
    #expect(reading.value("servers-up") == 2)
    #expect(reading.failure?.kind == .mismatch)
    #expect(reading.failure?.message.contains("127.0.0.1:\(two.port) says serial 5") == true)
    #expect(measure(probe([one.port, two.port], "example.org", .soa, agree: false)).value("up") == 1)
    #expect(measure(probe([one.port, two.port], "example.org", .mx)).value("up") == 1)
  }

  @Test(
    arguments: [
      (["192.0.2.81", "192.0.2.80"], [], true), (["192.0.2.80"], [], false), ([], ["192.0.2.80"], true),
      ([], ["192.0.2.82"], false),
    ] as [([String], [String], Bool)])
  func `answers are held against those expected`(answers: [String], includes: [String], isMet: Bool) throws {
    let server = try NameServer(["example.org": NameServer.zone()])
    let reading = measure(probe([server.port], answers: answers, includes: includes))
    #expect(reading.value("up") == (isMet ? 1 : 0))
    #expect(reading.failure?.kind == (isMet ? nil : .mismatch))
  }

  @Test func `names are the same whatever their case, texts are not`() throws {
    let server = try NameServer(["example.org": NameServer.zone()])
    let mail = probe([server.port], "example.org", .mx, answers: ["10 MAIL.example.org.", "20 mail2.example.org"])
    #expect(measure(mail).value("up") == 1)
    #expect(measure(probe([server.port], "example.org", .txt, answers: ["V=spf1 -all"])).value("up") == 0)
  }

  @Test func `each server has its own class, and the whole is bad`() throws {
    let server = try NameServer(["example.org": NameServer.zone()])
    let silent = try ScriptedDatagrams { _ in [] }
    let reading = measure(probe([server.port, silent.port]), timeout: 1)
    #expect(reading.value("up") == 0)
    #expect(reading.failure?.kind == .timeout)
    #expect(reading.value("up", "127.0.0.1:\(server.port)") == 1)
    #expect(reading.value("up", "127.0.0.1:\(silent.port)") == 0)
    #expect(reading.value("time", "127.0.0.1:\(silent.port)") == .some(nil))
    #expect(reading.value("servers-up") == 1)
    #expect(measure(probe([server.port], "nobody.example.org")).failure?.kind == .nxdomain)
    #expect(measure(probe([server.port], "www.broken.example")).failure?.kind == .servfail)
    #expect(measure(probe([server.port], "www.example.com")).failure?.kind == .denied)
    #expect(measure(probe([server.port], "www.example.org", .mx)).failure?.kind == .mismatch)
  }

  @Test func `a server whose name is not known is unknown and not bad`() throws {
    let server = try #require(DNSProbe.Server("ns.nothing.invalid"))
    let reading = measure(DNSProbe(query: "www.example.org", servers: [server]), timeout: 5)
    #expect(reading.failure?.kind == .resolve)
    #expect(reading.value("up") == .some(nil))
    #expect(reading.value("servers-up") == .some(nil))
  }

  @Test func `texts of a zone cannot break a line`() throws {
    let zone = NameServer.zone() + "evil TXT \"a\\010b\\027[31m\"\n"
    let server = try NameServer(["example.org": zone])
    let reading = measure(probe([server.port], "evil.example.org", .txt))
    let text = try #require(reading.text(ofFact: "127.0.0.1:\(server.port)"))
    #expect(!text.contains("\n") && !text.contains("\u{1B}"))
  }
}
