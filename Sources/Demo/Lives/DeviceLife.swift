import Config
import Model

/// A device asked by SNMP: what it tells of itself, and the numbers of one field set, in the set's own order and units.
struct DeviceLife: Life {
  private let probe: SNMPProbe
  private let kit: any Kit
  private let description: [Fact]
  private let happenings: [Happening]
  private let start: Instant
  private let from: Instant
  private let step: Int

  init(_ fleet: Fleet, _ job: Job, _ probe: SNMPProbe, _ happenings: [Happening], _ chance: Chance) {
    let host = job.id.host
    (self.probe, self.happenings, from, step) = (probe, happenings, fleet.from, job.step)
    kit = DeviceLife.kit(host, probe.fieldSet.name, happenings, chance)
    description = DeviceLife.description(of: host, fleet.plan.host(host)?.group.last ?? "")
    start = fleet.from - 86_400 * 20 - Int(fleet.chance(host).share(0) * 25_000_000)
  }

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    guard !happenings.isSilent(tick.now) else {
      let text = "\(probe.address) port \(probe.port): no answer in 3 tries of 3.3 s"
      return Vitals(measurements: [], failure: Failure(.timeout, text), milliseconds: 10_000)
    }
    let booted = max(start, happenings.booted(before: tick.now) ?? start)
    // Counters need two readings of one life.
    let isFirst = tick.now - max(booted, from) < step
    let state = DeviceState(tick: tick, uptime: Double(tick.now - booted), hasRates: !isFirst)
    let measurements = kit.rows(probe.fieldSet, state)
    return Vitals(
      measurements: measurements, facts: description + [Fact("Up for", age(tick.now - booted))] + kit.facts,
      milliseconds: 18 + measurements.count / 2, bytes: 240 + measurements.count * 24)
  }

  /// `41 d 3 h`, `3 h 20 min`.
  private func age(_ seconds: Int) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60)
    return days > 0 ? "\(days) d \(hours) h" : "\(hours) h \(minutes) min"
  }

  private static func kit(
    _ host: String, _ fieldSet: String, _ happenings: [Happening], _ chance: Chance
  ) -> any Kit {
    switch fieldSet {
    case "interfaces": PortsKit(host, happenings, chance)
    case "cisco-cpu": ProcessorKit(chance)
    case "cisco-memory": PoolKit(chance)
    case "ucd-load": LoadKit(host, chance)
    case "ucd-memory": MemoryKit(chance)
    case "ucd-disks": DisksKit(host, happenings, chance)
    case "ups", "ups-input", "ups-output": PowerKit(happenings, chance)
    default: UptimeKit()
    }
  }

  private static func description(of host: String, _ group: String) -> [Fact] {
    let text =
      switch host {
      case "router1", "router2": "Cisco IOS XE Software, ASR1001-X, Version 17.9.4a"
      case "edge1": "Juniper Networks, Inc. mx204, JUNOS 22.4R3"
      case "fw1", "fw2": "FortiGate-200F v7.2.8, build1639"
      case "ups-office", "ups-wh": "APC Smart-UPS SRT 3000, network card AP9641"
      case "nas1", "db1": "Linux \(host) 6.1.0-28-amd64 x86_64"
      default: "Cisco IOS Software, C9300, Version 17.9.5"
      }
    let place = group == "warehouse" ? "Warehouse, hall \(host.hasSuffix("2") ? 2 : 1)" : "Head office, server room"
    return [Fact("Name", "\(host).example.org"), Fact("Description", text), Fact("Location", place)]
  }
}

/// A device at one time.
struct DeviceState {
  let tick: Tick
  /// Seconds since it was started.
  let uptime: Double
  /// False at a first reading, and the first after a start.
  let hasRates: Bool
}

/// What a device has to tell for one field set.
protocol Kit: Sendable {
  /// What stands beside the numbers, such as the aliases of interfaces.
  var facts: [Fact] { get }
  /// The instances of the table, none where only single objects are told.
  var instances: [String] { get }
  /// The number of a metric; of an instance where the set has a table. `nil` where it cannot be had.
  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double?
}

extension Kit {
  var facts: [Fact] { [] }
  var instances: [String] { [] }

  /// Single objects first, then row by row, as the collector has them.
  func rows(_ set: FieldSet, _ state: DeviceState) -> [Measurement] {
    var all: [Measurement] = []
    all.reserveCapacity(set.objects.count + instances.count * set.metrics.count)
    func add(_ metric: FieldSet.Metric, _ place: Int, _ instance: String?) {
      let isKnown = metric.kind == .gauge || state.hasRates
      all.append(
        Measurement(metric.name, isKnown ? number(metric.name, place, state) : nil, metric.unit, instance: instance))
    }
    for metric in set.objects { add(metric, 0, nil) }
    for (place, instance) in instances.enumerated() {
      for metric in set.metrics { add(metric, place, instance) }
    }
    return all
  }
}

private struct UptimeKit: Kit {
  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    metric == "uptime" ? state.uptime : nil
  }
}
