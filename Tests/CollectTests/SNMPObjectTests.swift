import Config
import Model
import TestSupport
import Testing

@testable import Collect

@Suite(.serialized) struct SNMPObjectTests {
  static let base: [UInt32] = [1, 3, 6, 1, 4, 1, 9999]

  func object(
    _ metric: String, _ end: String, _ kind: FieldSet.Kind = .gauge, scale: Double = 1
  ) -> FieldSet.Metric {
    FieldSet.Metric(name: metric, source: .init("1.3.6.1.4.1.9999.\(end)", scale: scale), kind: kind)
  }

  func get(_ objects: [FieldSet.Metric]) -> FieldSet { FieldSet(name: "get", objects: objects) }

  func table(name: String?, columns: [FieldSet.Metric]) -> FieldSet {
    FieldSet(name: "table", metrics: columns, identity: name.map { [$0] } ?? [])
  }

  @Test func `objects of every numeric type are numbers, scaled`() {
    let device = SNMPDevice(others: [
      (Self.base + [1, 0], BER.integer(-215)), (Self.base + [2, 0], BER.text(" 0.75\u{0}")),
      (Self.base + [3, 0], BER.counter64(1 << 40)), (Self.base + [4, 0], BER.timeTicks(100)),
    ])
    let outcome = SNMPAsking(
      device,
      get([
        object("degrees", "1.0", scale: 0.1), object("load", "2.0"), object("total", "3.0"), object("ticks", "4.0"),
      ])
    ).measure()
    #expect(outcome.reading.failure == nil)
    #expect(outcome.value("degrees") == -21.5)
    #expect(outcome.value("load") == 0.75)
    #expect(outcome.value("total") == 1_099_511_627_776)
    #expect(outcome.value("ticks") == 100)
    #expect(outcome.fact("Name") == "device")
  }

  @Test func `a counter is a rate from its second reading on`() {
    let device = SNMPDevice(others: [(Self.base + [1, 0], BER.counter32(.max - 29))])
    let asking = SNMPAsking(device, get([object("hits", "1.0", .counter, scale: 10)]))
    let outcome = asking.measureTwice {
      device.change {
        $0.uptime += 60
        $0.others[0].1 = BER.counter32(30)
      }
    }
    #expect(isNear(outcome.value("hits"), 10))
    #expect(asking.measure().value("hits") == .some(nil))
  }

  @Test func `what is missing or no number is unknown, named, and leaves the rest`() {
    let device = SNMPDevice(others: [
      (Self.base + [1, 0], BER.integer(5)), (Self.base + [2, 0], BER.text("hot")),
    ])
    let missing = SNMPAsking(
      device, get([object("good", "1.0"), object("gone", "7.0")])
    ).measure()
    #expect(missing.value("good") == 5)
    #expect(missing.value("gone") == .some(nil))
    #expect(missing.reading.failure?.kind == .mismatch)
    #expect(
      missing.reading.failure?.message
        == "127.0.0.1 port \(device.port): the agent has no 1.3.6.1.4.1.9999.7.0 (metric gone)")
    let text = SNMPAsking(device, get([object("warm", "2.0")])).measure()
    #expect(text.value("warm") == .some(nil))
    #expect(text.reading.failure?.kind == .garbage)
    #expect(text.reading.failure?.message.contains("(metric warm) is no number but «hot»") == true)
  }

  @Test func `of a field set a device may tell less, and misses what it told before`() {
    let host: [UInt32] = [1, 3, 6, 1, 2, 1, 25, 1]
    let device = SNMPDevice(others: [(host + [1, 0], BER.integer(500)), (host + [6, 0], BER.integer(70))])
    let asking = SNMPAsking(device, shipped("host-processes"))
    let first = asking.measure()
    #expect(first.reading.failure == nil)
    #expect(first.reading.measurements.map(\.metric) == ["processes", "uptime"])
    #expect(first.fact("Not told by the device") == "users")
    device.change { $0.others.removeLast() }
    let second = asking.measure(first.memory)
    #expect(second.reading.failure?.message.contains("the agent has no 1.3.6.1.2.1.25.1.6.0") == true)
    #expect(second.value("processes") == .some(nil) && second.value("uptime") == 5)
    let again = asking.measure(second.memory ?? first.memory)
    #expect(again.reading.failure?.kind == .mismatch, "it is missed until it comes back")
    device.change { $0.others.removeAll() }
    #expect(asking.measure().reading.failure?.kind == .mismatch, "nothing at all is a failure")
  }

  @Test func `rows of a table are instances, by name or by index`() {
    let device = SNMPDevice(others: [
      (Self.base + [1, 1, 3, 9], BER.text("inlet")), (Self.base + [1, 1, 4, 9], BER.text("outlet")),
      (Self.base + [1, 2, 3, 9], BER.integer(21)), (Self.base + [1, 2, 4, 9], BER.integer(35)),
      (Self.base + [1, 3, 4, 9], BER.integer(1)),
    ])
    let columns = [object("degrees", "1.2"), object("alarm", "1.3")]
    let named = SNMPAsking(
      device, table(name: "1.3.6.1.4.1.9999.1.1", columns: columns)
    ).measure()
    #expect(named.instances == ["inlet", "outlet"])
    #expect(named.value("degrees", "outlet") == 35)
    #expect(named.value("alarm", "outlet") == 1)
    #expect(named.value("alarm", "inlet") == .some(nil))
    let plain = SNMPAsking(device, table(name: nil, columns: columns)).measure()
    #expect(plain.instances == ["3.9", "4.9"])
  }

  @Test func `a table without rows says so`() {
    let asking = SNMPAsking(SNMPDevice(), table(name: nil, columns: [object("degrees", "1.2")]))
    #expect(asking.measure().reading.failure?.kind == .mismatch)
  }

  @Test func `silence keeps the old counters and tells no secret`() {
    let device = SNMPDevice(others: [(Self.base + [1, 0], BER.counter32(5))])
    var asking = SNMPAsking(device, get([object("hits", "1.0", .counter)]))
    let memory = asking.measure().memory
    device.change { $0.isSilent = true }
    asking.timeout = 0.3
    let outcome = asking.measure(memory)
    #expect(outcome.memory == nil)
    #expect(outcome.reading.measurements.isEmpty)
    #expect(outcome.reading.failure?.kind == .timeout)
    #expect(outcome.reading.failure?.message.contains("no answer in 2 tries of 0.15 s") == true)
    #expect(!"\(outcome)".contains("hush") && !String(reflecting: outcome).contains("hush"))
  }

  @Test func `a secret that is missing costs only its job`() {
    let device = SNMPDevice(others: [(Self.base + [1, 0], BER.integer(5))])
    var asking = SNMPAsking(device, get([object("good", "1.0")]))
    asking.credentials = .v2c(community: .environment("REDEYE_TEST_NO_SUCH_SECRET"))
    #expect(asking.measure().reading.failure?.kind == .secret)
  }

  @Test func `a real agent is measured with version 3`() throws {
    let daemon = try SNMPDaemon()
    var asking = SNMPAsking(port: daemon.port, shipped("interfaces", "only enabled: false"))
    asking.credentials = .v3(
      user: "alice", authentication: .sha1, password: .literal(Secret("alice-signs")), privacy: .aes128,
      privacyPassword: .literal(Secret("alice-hides")), context: "")
    let outcome = asking.measure()
    #expect(outcome.reading.failure == nil)
    #expect(outcome.instances.contains("lo"))
    #expect(outcome.value("up", "lo") == 1)
    #expect(outcome.fact("Location") == "Shelf 3, behind the fan")
    #expect(outcome.memory?.rows["lo"]?.reading("in")?.bits == 64)
    #expect(outcome.memory?.notes["engine-boots"] != nil)
    #expect(outcome.reading.cost.bytes > 500)
  }
}
