import Config
import Model
import SNMPFarm
import TestSupport
import Testing

@testable import Collect

private typealias Value = RecordedWalk.Value

private func text(_ text: String) -> Value { .octets(Array(text.utf8)) }

/// Field sets as data: what they make of what a device says.
@Suite(.serialized) struct FieldSetTests {
  func measure(_ name: String, _ objects: [(String, RecordedWalk.Value)]) throws -> Outcome {
    let walk = RecordedWalk(objects.map { ($0.0.split(separator: ".").compactMap { UInt32($0) }, $0.1) })
    let farm = try AgentFarm([SimulatedAgent(walk)])
    defer { farm.end() }
    return FarmAsking(farm: farm).measure(shipped(name))
  }

  @Test func `sensors have their prefix and precision, each its unit, and are unknown while they fail`() throws {
    let table = "1.3.6.1.2.1.99.1.1.1"
    let names = "1.3.6.1.2.1.47.1.1.1.1.7"
    var objects: [(String, RecordedWalk.Value)] = [("\(names).9", text("chassis"))]
    func add(_ row: Int, _ name: String, _ numbers: [Int64]) {
      objects.append(("\(names).\(row)", text(name)))
      for (place, number) in numbers.enumerated() { objects.append(("\(table).\(place + 1).\(row)", .integer(number))) }
    }
    add(1, "inlet", [8, 9, 1, 215, 1])
    add(2, "rail", [4, 8, 0, 3300, 1])
    add(3, "broken", [8, 9, 0, 99, 3])
    add(4, "supply", [6, 10, 2, 150, 1])
    add(5, "door", [12, 9, 0, 2, 1])
    let outcome = try measure("sensors", objects)
    #expect(outcome.value("celsius", "inlet") == 21.5)
    #expect(outcome.value("volts", "rail") == 3.3)
    #expect(outcome.value("celsius", "broken") == .some(nil))
    #expect(outcome.value("watts", "supply") == 1500)
    #expect(outcome.value("state", "door") == 0)
    #expect(outcome.instances == ["broken", "door", "inlet", "rail", "supply"])
    #expect(outcome.reading.measurements.count == 5)
    #expect(outcome.reading.measurements.first { $0.instance == "rail" }?.unit.symbol == "V")
  }

  @Test func `storage is counted in its own units, and its share is of its size`() throws {
    let table = "1.3.6.1.2.1.25.2.3.1"
    let outcome = try measure(
      "host-storage",
      [
        ("\(table).3.1", text("/")), ("\(table).4.1", .integer(4096)), ("\(table).5.1", .integer(1000)),
        ("\(table).6.1", .integer(250)), ("\(table).3.2", text("/empty")), ("\(table).4.2", .integer(4096)),
        ("\(table).5.2", .integer(0)), ("\(table).6.2", .integer(0)),
      ])
    #expect(outcome.value("size", "/") == 4_096_000)
    #expect(outcome.value("used", "/") == 1_024_000)
    #expect(outcome.value("used-percent", "/") == 25)
    #expect(outcome.value("used-percent", "/empty") == .some(nil), "nothing has no share")
    #expect(outcome.value("size", "/empty") == .some(nil))
  }

  @Test func `a supply whose level nobody knows is unknown, not empty`() throws {
    let table = "1.3.6.1.2.1.43.11.1.1"
    var objects: [(String, RecordedWalk.Value)] = []
    func add(_ row: Int, _ name: String, capacity: Int64, level: Int64) {
      objects.append(("\(table).6.1.\(row)", text(name)))
      objects.append(("\(table).8.1.\(row)", .integer(capacity)))
      objects.append(("\(table).9.1.\(row)", .integer(level)))
    }
    add(1, "black", capacity: 100, level: 40)
    add(2, "cyan", capacity: 100, level: -3)
    add(3, "waste", capacity: -2, level: 5)
    let outcome = try measure("printer-supplies", objects)
    #expect(outcome.value("level-percent", "black") == 40)
    #expect(outcome.value("level", "cyan") == .some(nil))
    #expect(outcome.value("level-percent", "cyan") == .some(nil))
    #expect(outcome.value("level", "waste") == 5)
    #expect(outcome.value("level-percent", "waste") == .some(nil))
  }

  @Test func `a battery that says nothing known is unknown, and minutes are seconds`() throws {
    let outcome = try measure(
      "ups",
      [
        ("1.3.6.1.2.1.33.1.2.1.0", .integer(1)), ("1.3.6.1.2.1.33.1.2.3.0", .integer(12)),
        ("1.3.6.1.2.1.33.1.2.4.0", .integer(101)), ("1.3.6.1.2.1.33.1.2.5.0", .integer(546)),
      ])
    #expect(outcome.value("battery-good") == .some(nil))
    #expect(outcome.value("runtime") == 720)
    #expect(outcome.value("charge") == .some(nil), "more than all is no charge")
    #expect(outcome.value("battery-volts").map { $0.map { abs($0 - 54.6) < 1e-9 } } == true)
    #expect(outcome.reading.failure == nil)
    #expect(outcome.fact("Not told by the device") == "on-battery, celsius, alarms")
  }

  @Test func `memory has a share of what is used and free, and 64 bits come before 32`() throws {
    let small = "1.3.6.1.4.1.9.9.48.1.1.1"
    let outcome = try measure(
      "cisco-memory",
      [
        ("\(small).2.1", text("Processor")), ("\(small).5.1", .gauge(75)), ("\(small).6.1", .gauge(25)),
      ])
    #expect(outcome.value("used-percent", "Processor") == 75)
    let large = "1.3.6.1.4.1.9.9.221.1.1.1.1"
    let enhanced = try measure(
      "cisco-enhanced-memory",
      [
        ("\(large).3.1001.1", text("big")), ("\(large).7.1001.1", .gauge(.max)),
        ("\(large).18.1001.1", .counter64(1 << 33)),
        ("\(large).3.1001.2", text("old")), ("\(large).7.1001.2", .gauge(77)),
      ])
    #expect(enhanced.value("used", "big") == 8_589_934_592)
    #expect(enhanced.value("used", "old") == 77)
  }

  @Test func `rows are filtered by what their columns say`() throws {
    let walk = RecordedWalk.switchboard(ports: 12)
    let farm = try AgentFarm([SimulatedAgent(walk)])
    defer { farm.end() }
    func names(_ more: String) -> [String] { FarmAsking(farm: farm).measure(shipped("interfaces", more)).instances }
    #expect(names("only: {alias: 'customer 1$'}") == ["Gi1/0/1"])
    #expect(names("only: {status: ^2$}") == ["Gi1/0/10", "Gi1/0/5"])
    #expect(names("except: {alias: customer}").isEmpty)
    #expect(names("only: {type: ^6$, name: '/1.$'}") == ["Gi1/0/10", "Gi1/0/11", "Gi1/0/12"])
    #expect(names("only: {address: '^00:1b:21:00:00:0c$'}") == ["Gi1/0/12"])
  }

  @Test func `a column that is never answered is left out for an hour, and named all the time`() throws {
    var agent = SimulatedAgent(.switchboard(ports: 4))
    agent.faults = [.silentOn([1, 3, 6, 1, 2, 1, 2, 2, 1, 14])]
    let farm = try AgentFarm([agent])
    defer { farm.end() }
    let asking = FarmAsking(farm: farm, timeout: 10)
    // The time of one run is too short to find it, and enough to know where to look.
    let first = asking.measure(shipped("interfaces"))
    #expect(first.reading.failure?.kind == .timeout)
    let second = asking.measure(shipped("interfaces"), first.memory)
    #expect(second.value("up", "Gi1/0/1") == 1)
    #expect(second.reading.failure?.message.contains("no answer in 2 tries") == true)
    #expect(second.reading.failure?.message.contains("1.3.6.1.2.1.2.2.1.14") == true)
    let third = asking.measure(shipped("interfaces"), second.memory)
    #expect(third.reading.failure?.message.contains("not asked for: lately") == true)
    #expect(third.reading.failure?.message.contains("1.3.6.1.2.1.2.2.1.14") == true)
    #expect(third.value("up", "Gi1/0/1") == 1)
    #expect(third.reading.cost.milliseconds < 1_000)
    // Not asked for is not found anew.
    #expect(third.memory?.notes["silent-until"] == second.memory?.notes["silent-until"])
    var later = try #require(third.memory)
    later.notes["silent-until"] = "1"
    let anew = asking.measure(shipped("interfaces"), later)
    #expect(anew.value("up", "Gi1/0/1") == 1, "looking again costs the others nothing")
    #expect(anew.reading.failure?.message.contains("1.3.6.1.2.1.2.2.1.14") == true)
    farm.change(0) { $0.faults = [] }
    later = try #require(anew.memory)
    #expect((later.notes["silent-until"].flatMap(Double.init) ?? 0) > 1, "it was found anew")
    later.notes["silent-until"] = "1"
    #expect(asking.measure(shipped("interfaces"), later).reading.failure == nil)
  }

  @Test func `a value of the wrong type is unknown and named, and counters of text are none`() throws {
    var agent = SimulatedAgent(.switchboard(ports: 2))
    agent.faults = [.wrongType]
    let farm = try AgentFarm([agent])
    defer { farm.end() }
    let reading = FarmAsking(farm: farm).measure(shipped("interfaces")).reading
    #expect(reading.failure?.kind == .garbage)
    #expect(reading.failure?.message.contains("wrong type: 1.3.6.1.2.1.2.2.1.10 (metric in)") == true)
    #expect(reading.measurements.filter { $0.metric == "in" }.allSatisfy { $0.value == nil })
    #expect(reading.measurements.filter { $0.metric == "up" }.count == 2)
  }
}
