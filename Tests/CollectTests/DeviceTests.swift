import Config
import Model
import SNMPFarm
import TestSupport
import Testing

@testable import Collect

/// Every shipped field set against every device that is there: recordings of real ones, and Debian's snmpd as it is.
@Suite(.serialized) struct DeviceTests {
  static let sets = [
    "interfaces", "host-processors", "host-storage", "host-processes", "ucd-load", "ucd-memory", "ucd-disks",
    "cisco-cpu", "cisco-memory", "cisco-enhanced-memory", "juniper", "printer", "printer-supplies", "ups", "ups-input",
    "ups-output", "apc-ups", "apc-pdu", "sensors",
  ]

  /// A value no unit allows, or a name nobody could tell from another.
  func faults(_ outcome: Outcome) -> [String] {
    var seen: Set<String> = []
    return outcome.reading.measurements.compactMap { one in
      let name = "\(one.instance ?? "")/\(one.metric)"
      if !seen.insert(name).inserted { return "\(name) is there twice" }
      guard let value = one.value else { return nil }
      let isShare = one.unit == .percent && !(0...200).contains(value)
      let isNegative = value < 0 && one.metric != "celsius"
      return !value.isFinite || isShare || isNegative ? "\(name) is \(value)" : nil
    }
  }

  /// How many interfaces the device lists that are switched on.
  func enabled(_ walk: RecordedWalk) -> Int {
    let table: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]
    let off = Set(
      walk.objects.filter { $0.0.starts(with: table + [7]) && $0.1 != .integer(1) }.compactMap(\.0.last))
    let rows = walk.objects.filter { $0.0.starts(with: table + [8]) && $0.0.count == table.count + 2 }
    return rows.count { !off.contains($0.0.last ?? 0) }
  }

  @Test func `every field set of every recorded device is read, with all values in their type`() throws {
    let devices = try RecordedDevices.all.get()
    let farm = try AgentFarm(devices.map { SimulatedAgent($0.walk) })
    defer { farm.end() }
    let asking = FarmAsking(farm: farm)
    let sets = Self.sets.map { shipped($0) }
    let places = devices.indices.flatMap { device in sets.map { (device, $0) } }
    let outcomes = asking.measure(places.map { asking.assignment($0.0, $0.1) })
    for ((device, set), outcome) in zip(places, outcomes) {
      #expect(faults(outcome).isEmpty, "\(devices[device].name) \(set.name)")
      #expect(
        [nil, .mismatch, .garbage].contains(outcome.reading.failure?.kind),
        "\(devices[device].name) \(set.name): \(String(describing: outcome.reading.failure))")
      if set.name == "interfaces" {
        #expect(outcome.instances.count == enabled(devices[device].walk), "\(devices[device].name)")
      }
    }
  }

  @Test func `after a minute of traffic every recorded device has rates under its line, and none after a restart`()
    throws
  {
    let devices = try RecordedDevices.all.get()
    let farm = try AgentFarm(devices.map { SimulatedAgent($0.walk) })
    defer { farm.end() }
    let asking = FarmAsking(farm: farm)
    let set = shipped("interfaces")
    let first = asking.measure(devices.indices.map { asking.assignment($0, set) })
    let memories = first.map { outcome -> JobMemory? in
      var memory = outcome.memory
      memory?.readAt -= 60
      return memory
    }
    farm.changeAll { $0.walk = $0.walk.advanced(by: 60, growth: 100) }
    let second = asking.measure(devices.indices.map { asking.assignment($0, set, memories[$0]) })
    farm.changeAll { $0.walk = $0.walk.restarted(after: 20) }
    let third = asking.measure(devices.indices.map { asking.assignment($0, set, memories[$0]) })
    for device in devices.indices where !first[device].instances.isEmpty {
      let rates = second[device].reading.measurements.filter { $0.metric == "in" }.compactMap(\.value)
      #expect(rates.allSatisfy { isNear($0, 800) || $0 == 0 }, "\(devices[device].name): \(rates)")
      let after = third[device].reading.measurements.filter { $0.metric == "in" }.compactMap(\.value)
      #expect(after.isEmpty, "\(devices[device].name): \(after)")
    }
  }

  @Test func `what Debian's snmpd tells is the same from the recording of it`() throws {
    let daemon = try SNMPDaemon()
    let walk = RecordedWalk(snmprec: try recording(of: daemon))
    #expect(walk.oids.count > 100)
    let farm = try AgentFarm([SimulatedAgent(walk)])
    defer { farm.end() }
    for name in ["interfaces", "host-storage", "host-processors", "ucd-load", "ucd-memory"] {
      var asking = SNMPAsking(port: daemon.port, shipped(name))
      asking.credentials = .v2c(community: .literal(Secret("open-sesame")))
      let real = asking.measure()
      let recorded = FarmAsking(farm: farm).measure(shipped(name))
      #expect(faults(recorded).isEmpty)
      #expect(recorded.instances == real.instances, "\(name)")
      #expect(recorded.reading.measurements.map(\.metric) == real.reading.measurements.map(\.metric), "\(name)")
    }
    #expect(FarmAsking(farm: farm).measure(shipped("interfaces", "only enabled: false")).instances.contains("lo"))
  }
}
