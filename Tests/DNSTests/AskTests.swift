import DNS
import Foundation
import TestSupport
import Testing

/// Questions at once; ends soon.
func ask(_ questions: [DNSQuestion], within seconds: Double = 10) -> [DNSReply] {
  ask(questions, deadline: ProcessInfo.processInfo.systemUptime + seconds) { ProcessInfo.processInfo.systemUptime }
}

private func question(
  _ port: Int, _ name: String = "www.example.org", _ type: DNSType = .a, timeout: Double = 3
) -> DNSQuestion {
  DNSQuestion(server: "127.0.0.1", port: port, name: name, type: type, timeout: timeout, isRecursive: false)
}

struct AskTests {
  @Test func `a real server's records are read, whatever their type`() throws {
    let server = try NameServer(["example.org": NameServer.zone()])
    let expected: [(String, DNSType, [String])] = [
      ("www.example.org", .a, ["192.0.2.80", "192.0.2.81"]), ("WWW.Example.ORG.", .aaaa, ["2001:db8::80"]),
      ("example.org", .mx, ["10 mail.example.org", "20 mail2.example.org"]), ("example.org", .txt, ["v=spf1 -all"]),
      ("example.org", .ns, ["ns1.example.org", "ns2.example.org"]), ("empty.example.org", .txt, [""]),
      ("example.org", .soa, ["ns1.example.org hostmaster.example.org 2026010101 3600 900 86400 60"]),
      ("alias.example.org", .cname, ["www.example.org"]), ("alias.example.org", .a, ["192.0.2.80", "192.0.2.81"]),
      ("_sip._tcp.example.org", .srv, ["10 5 5060 mail.example.org"]), ("www.example.org", .mx, []),
    ]
    let replies = ask(expected.map { question(server.port, $0.0, $0.1) })
    for ((name, type, records), reply) in zip(expected, replies) {
      #expect(reply.failure == nil, "\(name) \(type)")
      #expect(reply.answer?.records == records, "\(name) \(type)")
      #expect(reply.answer?.isAuthoritative == true)
      #expect(reply.seconds > 0 && reply.seconds < onBusyMachine(1))
    }
    #expect(replies[6].answer?.serial == 2_026_010_101)
    #expect(replies[0].answer?.timeToLive == 300)
    #expect(replies[10].answer?.timeToLive == nil)
  }

  @Test func `an answer too long for a datagram is fetched over TCP`() throws {
    let server = try NameServer(["example.org": NameServer.zone()])
    let reply = ask([question(server.port, "large.example.org", .txt)])[0]
    #expect(reply.answer?.records == [String(repeating: "x", count: 2_400)])
  }

  @Test func `a server that says no is answered for by class`() throws {
    let server = try NameServer(["example.org": NameServer.zone()])
    let names = ["nobody.example.org", "www.broken.example", "www.example.com"]
    let replies = ask(names.map { question(server.port, $0) })
    #expect(replies.map { $0.failure?.kind } == [.nxdomain, .servfail, .denied])
    #expect(replies[0].failure?.message.contains("there is no name nobody.example.org") == true)
    #expect(replies.allSatisfy { $0.retries == 0 }, "a no is not asked again")
  }

  @Test func `nobody listens, or nobody answers`() throws {
    let silent = try ScriptedDatagrams { _ in [] }
    let start = ProcessInfo.processInfo.systemUptime
    let replies = ask([question(freePort(udp: true), timeout: 1), question(silent.port, timeout: 1)])
    #expect(replies.map { $0.failure?.kind } == [.refused, .timeout])
    #expect(ProcessInfo.processInfo.systemUptime - start < onBusyMachine(1.5))
    #expect(replies[1].retries > 0)
  }

  @Test func `the deadline of all is not taken for silence, and what was not asked says so`() throws {
    let silent = try ScriptedDatagrams { _ in [] }
    let cut = ask([question(silent.port)], within: 0.4)[0]
    #expect(cut.failure?.kind == .deadline)
    let late = ask([question(silent.port)], within: -1)[0]
    #expect(late.failure?.kind == .deadline)
    #expect(late.startedAt == nil)
  }

  @Test func `a wrong number is no answer, the right one after it is`() throws {
    let server = try ScriptedDatagrams { question in
      let wrong = [question[0] ^ 0xFF] + answer(question, [1, 2, 3, 4]).dropFirst()
      return [wrong, answer(question, [192, 0, 2, 9])]
    }
    #expect(ask([question(server.port)])[0].answer?.records == ["192.0.2.9"])
  }

  @Test(arguments: [12, 13, 20, 33, 40])
  func `an answer that is cut short is garbage or nothing`(size: Int) throws {
    let server = try ScriptedDatagrams { [Array(answer($0, [192, 0, 2, 9]).prefix(size))] }
    let failure = ask([question(server.port, timeout: 1)])[0].failure
    #expect([.garbage, .timeout].contains(failure?.kind), "\(failure?.description ?? "")")
  }

  @Test func `a record of another name does not count`() throws {
    let server = try ScriptedDatagrams { asked in
      var reply = answer(asked, [192, 0, 2, 9])
      // The owner of the record: `evil` instead of a pointer to the question.
      let record = reply.suffix(14)
      reply.replaceSubrange((reply.count - 16)..., with: [4] + Array("evil".utf8) + [0] + record)
      return [reply]
    }
    #expect(ask([question(server.port)])[0].answer?.records == [])
  }

  @Test func `what is no address of a server is this side's fault`() {
    var wrong = question(53)
    wrong.server = "not an address"
    #expect(ask([wrong])[0].failure?.kind == .local)
  }

  @Test func `many servers are asked at once`() throws {
    let silent = try ScriptedDatagrams { _ in [] }
    let start = ProcessInfo.processInfo.systemUptime
    let replies = ask((0..<100).map { _ in question(silent.port, timeout: 0.5) })
    #expect(ProcessInfo.processInfo.systemUptime - start < onBusyMachine(2))
    #expect(replies.allSatisfy { $0.failure?.kind == .timeout })
  }
}

/// A reply to a question that has one A record, its owner a pointer to the question.
private func answer(_ question: [UInt8], _ address: [UInt8]) -> [UInt8] {
  var reply = question
  reply[2] = 0x84
  reply[3] = 0
  reply[7] = 1
  return reply + [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4] + address
}
