import Glibc
import Synchronization
import TestSupport
import Testing

@testable import SNMP

private let column: [UInt32] = [1, 3, 6, 1, 4, 1, 9999, 1]
private let scalar: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 5, 0]

/// Conversations with agents that break the rules.
@Suite(.serialized) struct HostileTests {
  func answer(
    _ agent: FakeAgent, _ operation: Conversation.Operation, timeout: Double = 0.1, retries: Int = 0,
    repetitions: Int = 25
  ) -> Answer {
    let agent = Agent(
      host: "127.0.0.1", port: agent.port, credentials: .v2c(community: "c"), timeout: timeout, retries: retries,
      maxRepetitions: repetitions)
    return talk(agent, [operation]).answers[0]
  }

  @Test func `an answer from another port is not taken`() {
    let liar = FakeAgent { request in [.sendFromElsewhere(request.response([(scalar, BER.text("lie"))]))] }
    let answer = answer(liar, .get([OID(scalar)]))
    #expect(liar.received == 1)
    #expect(answer.bindings.isEmpty)
    #expect(answer.error?.kind == .timeout)
    let both = FakeAgent { request in
      [
        .sendFromElsewhere(request.response([(scalar, BER.text("lie"))])),
        .send(request.response([(scalar, BER.text("truth"))])),
      ]
    }
    #expect(
      self.answer(both, .get([OID(scalar)]), timeout: 2).bindings == [
        VarBind(OID(scalar), .octets(Array("truth".utf8)))
      ])
  }

  @Test func `a stale request number is not taken`() {
    let stale = FakeAgent { request in
      [.send(request.response([(scalar, BER.text("old"))], id: BER.integer(7)))]
    }
    #expect(answer(stale, .get([OID(scalar)])).error?.kind == .timeout)
  }

  @Test func `garbage is told from silence`() {
    let babbler = FakeAgent { _ in [.send([0x30, 0x82, 0xFF, 0xFF, 1, 2, 3]), .send([]), .send([0])] }
    let error = answer(babbler, .get([OID(scalar)])).error
    #expect(error?.kind == .garbage)
    #expect(error?.text.contains("cannot be read") == true)
  }

  @Test func `a cut answer is not taken`() {
    let cut = FakeAgent { request in
      [.send(Array(request.response([(scalar, BER.text("truth"))]).dropLast(3)))]
    }
    let answer = answer(cut, .get([OID(scalar)]))
    #expect(answer.bindings.isEmpty && answer.error?.kind == .garbage)
  }

  @Test func `numbers that do not fit their type are not made up`() {
    let values: [[UInt8]] = [
      BER.element(0x41, [UInt8](repeating: 0x7F, count: 9)), BER.element(0x02, []),
      BER.element(0x46, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
      BER.element(0x41, []), BER.element(0x02, [UInt8](repeating: 1, count: 12)),
    ]
    for value in values {
      let agent = FakeAgent { request in [.send(request.response([(scalar, value)]))] }
      let answer = answer(agent, .get([OID(scalar)]))
      #expect(answer.bindings.isEmpty, "\(value) became \(answer.bindings)")
    }
  }

  @Test func `an answer to something else is garbage`() {
    let other = FakeAgent { request in [.send(request.response([([1, 3, 6, 1], BER.integer(5))]))] }
    let answer = answer(other, .get([OID(scalar)]))
    #expect(answer.bindings.isEmpty)
    #expect(answer.error?.kind == .garbage)
    #expect(answer.error?.oid == OID(scalar))
  }

  @Test func `an endless table ends at the limit, flagged, with what was read`() {
    let endless = FakeAgent { request in
      let rows = (1...UInt32(max(1, request.repetitions))).map { step in
        (column + [(request.oids[0].last ?? 0) + step], BER.integer(1))
      }
      return [.send(request.response(request.oids[0] == column ? [(column + [1], BER.integer(1))] : rows))]
    }
    let answer = answer(endless, .walk([OID(column)]), timeout: 2)
    #expect(answer.error?.kind == .limit)
    #expect((10_000...10_100).contains(answer.bindings.count))
    #expect(endless.received < 500)
  }

  @Test func `a table that repeats itself ends the walk`() {
    let same = FakeAgent { request in [.send(request.response([(column + [1], BER.integer(1))]))] }
    let answer = answer(same, .walk([OID(column)]))
    #expect(answer.bindings == [VarBind(OID(column + [1]), .integer(1))])
    #expect(answer.error?.kind == .notIncreasing)
    #expect(answer.error?.oid == OID(column + [1]))
    #expect(same.received == 2)
  }

  @Test func `a table that jumps back ends the walk`() {
    let back = FakeAgent { request in
      [.send(request.response([5, 9, 3].map { (column + [$0], BER.integer(Int($0))) }))]
    }
    let answer = answer(back, .walk([OID(column)]))
    #expect(answer.bindings.map(\.value) == [.integer(5), .integer(9)])
    #expect(answer.error?.text.contains("does not go forward") == true)
  }

  @Test func `too big is asked for less`() {
    let objects: [([UInt32], [UInt8])] = (1...30).map { (column + [$0], BER.integer(Int($0))) }
    let asked = Mutex<[Int]>([])
    let small = FakeAgent { request in
      asked.withLock { $0.append(request.command == .bulk ? request.repetitions : 0) }
      let isTooBig = request.command == .bulk && request.repetitions > 6
      return [.send(isTooBig ? request.response([], status: 1) : request.honest(objects))]
    }
    let answer = answer(small, .walk([OID(column)]))
    #expect(answer.bindings.count == 30)
    #expect(answer.error == nil)
    #expect(asked.withLock { $0.prefix(3) } == [25, 12, 6])
  }

  @Test func `too big for one object is an error, and no loop`() {
    let never = FakeAgent { request in [.send(request.response([], status: 1))] }
    let answer = answer(never, .walk([OID(column), OID(column + [7])]))
    #expect(answer.error?.kind == .garbage)
    #expect(never.received < 10)
  }

  @Test func `lost big answers are asked for in smaller ones, and it is remembered`() {
    let objects: [([UInt32], [UInt8])] = (1...30).map { (column + [$0], BER.integer(Int($0))) }
    let lossy = FakeAgent { request in
      request.command == .bulk && request.repetitions > 12
        ? [] : [.send(request.honest(objects + [(scalar, BER.integer(1))]))]
    }
    let agent = Agent(
      host: "127.0.0.1", port: lossy.port, credentials: .v2c(community: "c"), timeout: 0.1, retries: 0)
    let transcript = talk(agent, [.get([OID(scalar)]), .walk([OID(column)])])
    #expect(transcript.answers[1].bindings.count == 30)
    #expect(transcript.answers[1].error == nil)
    #expect(transcript.bearable == 12)
  }

  @Test func `an agent that loses every GETBULK is asked with GETNEXT`() {
    let objects: [([UInt32], [UInt8])] = (1...5).map { (column + [$0], BER.integer(Int($0))) }
    let old = FakeAgent { request in
      request.command == .bulk ? [] : [.send(request.honest(objects + [(scalar, BER.integer(1))]))]
    }
    let agent = Agent(
      host: "127.0.0.1", port: old.port, credentials: .v2c(community: "c"), timeout: 0.1, retries: 0)
    let transcript = talk(agent, [.get([OID(scalar)]), .walk([OID(column)])])
    #expect(transcript.answers[1].bindings.count == 5)
    #expect(transcript.bearable == 0)
  }

  @Test func `one failing table does not void the other`() {
    let objects: [([UInt32], [UInt8])] = (1...5).map { (column + [$0], BER.integer(Int($0))) }
    let half = FakeAgent { request in
      request.oids[0].starts(with: scalar.dropLast()) ? [] : [.send(request.honest(objects))]
    }
    let agent = Agent(
      host: "127.0.0.1", port: half.port, credentials: .v2c(community: "c"), timeout: 0.1, retries: 0)
    let transcript = talk(
      agent, [.walk([OID(column)]), .walk([OID(Array(scalar.dropLast()))]), .walk([OID(column)])])
    #expect(transcript.answers.map(\.bindings.count) == [5, 0, 5])
    #expect(transcript.answers.map { $0.error?.kind } == [nil, .timeout, nil])
  }

  @Test func `denied access names the object`() {
    let strict = FakeAgent { request in [.send(request.response([], status: 16, index: 1))] }
    let error = answer(strict, .get([OID(scalar)])).error
    #expect(error?.kind == .denied)
    #expect(error?.oid == OID(scalar))
  }

  @Test func `an answer just before the timeout counts`() {
    let slow = FakeAgent { request in
      usleep(180_000)
      return [.send(request.response([(scalar, BER.integer(3))]))]
    }
    #expect(answer(slow, .get([OID(scalar)]), timeout: 0.2).bindings.map(\.value) == [.integer(3)])
  }

  @Test func `every second request lost is asked again`() {
    let turn = Mutex(0)
    let lossy = FakeAgent { request in
      let count = turn.withLock { turn in
        turn += 1
        return turn
      }
      return count % 2 == 1 ? [] : [.send(request.response([(scalar, BER.integer(3))]))]
    }
    let agent = Agent(
      host: "127.0.0.1", port: lossy.port, credentials: .v2c(community: "c"), timeout: 0.1, retries: 1)
    let transcript = talk(agent, [.get([OID(scalar)])])
    #expect(transcript.answers[0].error == nil)
    #expect(transcript.retries == 1)
  }
}
