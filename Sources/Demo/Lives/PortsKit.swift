import Config
import Model

/// The interfaces of a device and the traffic on them.
struct PortsKit: Kit {
  private let ports: [Port]
  private let happenings: [Happening]
  private let chance: Chance

  init(_ host: String, _ happenings: [Happening], _ chance: Chance) {
    ports = Port.all(of: host)
    (self.happenings, self.chance) = (happenings, chance)
  }

  var facts: [Fact] { ports.map { Fact("Alias of \($0.name)", $0.alias) } }
  var instances: [String] { ports.map(\.name) }

  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    let port = ports[instance]
    let isUp = isUp(port, state.tick)
    switch metric {
    case "up": return isUp ? 1 : 0
    case "speed": return port.speed
    case "in": return isUp ? bits(port, instance, state.tick, isIn: true) : 0
    case "out": return isUp ? bits(port, instance, state.tick, isIn: false) : 0
    case "packets-in": return isUp ? (bits(port, instance, state.tick, isIn: true) / 6_400).rounded() : 0
    case "packets-out": return isUp ? (bits(port, instance, state.tick, isIn: false) / 5_900).rounded() : 0
    case "errors-in": return errors(port, instance, state.tick)
    case "discards-out": return discards(port, instance, state.tick)
    default: return 0
    }
  }

  /// Bits a second: the rhythm of whoever uses the line, a course of its own, bursts, and the backup where it passes.
  private func bits(_ port: Port, _ place: Int, _ tick: Tick, isIn: Bool) -> Double {
    let salt = place * 8 + (isIn ? 0 : 4)
    let peak = isIn ? port.peakIn : port.peakOut
    let course = 1 + 0.22 * chance.drift(tick.seconds, period: 1_500, salt) + 0.08 * chance.bell(tick.seconds, salt + 1)
    let burst = chance.burst(tick.seconds, period: 1_800, rarity: 36, salt + 2) * 0.55
    let backup =
      (isIn ? port.backupIn : port.backupOut) * tick.backup * (0.9 + 0.1 * chance.share(tick.seconds, salt + 3))
    let bits = peak * max(0.01, port.rhythm(tick) * course + burst * 0.5) + backup
    return min(port.speed * 0.985, bits).rounded()
  }

  private func isUp(_ port: Port, _ tick: Tick) -> Bool {
    guard let flapping = happenings.now(.flapping, tick.now), flapping.part == port.name else { return true }
    // Down for some slots, then up for some: whole pieces of twenty minutes mostly, so that it is an incident.
    let since = tick.now - flapping.span.from
    return since % 3_000 > 1_500 || chance.share(tick.seconds, 250) > 0.93
  }

  private func errors(_ port: Port, _ place: Int, _ tick: Tick) -> Double {
    if happenings.now(.flapping, tick.now)?.part == port.name { return 3 + 9 * chance.share(tick.seconds, 251) }
    return chance.share(tick.seconds, 200 + place) < 0.004 ? chance.share(tick.seconds, 230 + place) * 0.05 : 0
  }

  /// What does not fit is left out: lines near their end discard.
  private func discards(_ port: Port, _ place: Int, _ tick: Tick) -> Double {
    let load = bits(port, place, tick, isIn: false) / port.speed
    return load > 0.7 ? (load - 0.7) * 400 * chance.share(tick.seconds, 240) : 0
  }
}

/// An interface: its name, what people wrote at it, its speed and the traffic of a busy hour, in bits a second.
struct Port: Sendable {
  enum Users { case office, visitors, shifts, steady }

  var name: String
  var alias: String
  var speed: Double
  var users: Users
  var peakIn: Double
  var peakOut: Double
  var backupIn = 0.0
  var backupOut = 0.0

  func rhythm(_ tick: Tick) -> Double {
    switch users {
    case .office: tick.office
    case .visitors: tick.evening
    case .shifts: tick.shifts
    case .steady: 0.7
    }
  }

  private static let (mega, giga) = (1e6, 1e9)

  static func all(of host: String) -> [Port] {
    switch host {
    case "router1": core
    case "router2": spare
    case "edge1": edge
    case "fw1": firewall(1)
    case "fw2": firewall(0.02)
    case "sw-core1": coreSwitch
    case "sw-office1": access(first: "desks 1st floor", last: "access point 1st floor", share: 1)
    case "sw-office2": access(first: "desks 2nd floor", last: "label printers", share: 0.8)
    case "sw-wh1": warehouse(1)
    default: warehouse(2)
    }
  }

  private static var core: [Port] {
    [
      Port(
        name: "Te0/0/0", alias: "edge1 xe-0/1/0", speed: 10 * giga, users: .visitors, peakIn: 610 * mega,
        peakOut: 470 * mega),
      Port(
        name: "Te0/0/1", alias: "fw1 port1", speed: 10 * giga, users: .visitors, peakIn: 455 * mega, peakOut: 590 * mega
      ),
      Port(
        name: "Te0/0/2", alias: "router2 Te0/0/2", speed: 10 * giga, users: .steady, peakIn: 18 * mega,
        peakOut: 22 * mega),
      Port(
        name: "Te0/0/3", alias: "sw-core1 Te1/1/1", speed: 10 * giga, users: .office, peakIn: 720 * mega,
        peakOut: 940 * mega),
      Port(
        name: "Gi0/0/4", alias: "warehouse, leased line", speed: giga, users: .shifts, peakIn: 210 * mega,
        peakOut: 96 * mega),
    ]
  }

  private static var spare: [Port] {
    [
      Port(
        name: "Te0/0/0", alias: "edge1 xe-0/1/1", speed: 10 * giga, users: .steady, peakIn: 9 * mega, peakOut: 7 * mega),
      Port(
        name: "Te0/0/2", alias: "router1 Te0/0/2", speed: 10 * giga, users: .steady, peakIn: 22 * mega,
        peakOut: 18 * mega),
      Port(
        name: "Te0/0/3", alias: "sw-core1 Te1/1/2", speed: 10 * giga, users: .office, peakIn: 12 * mega,
        peakOut: 14 * mega),
    ]
  }

  private static var edge: [Port] {
    [
      Port(
        name: "xe-0/0/0", alias: "ISP-A, contract 4711", speed: giga, users: .visitors, peakIn: 540 * mega,
        peakOut: 395 * mega),
      Port(
        name: "ge-0/0/1", alias: "ISP-B, backup line", speed: 500 * mega, users: .office, peakIn: 74 * mega,
        peakOut: 31 * mega, backupOut: 420 * mega),
      Port(
        name: "xe-0/1/0", alias: "router1 Te0/0/0", speed: 10 * giga, users: .visitors, peakIn: 470 * mega,
        peakOut: 610 * mega),
      Port(
        name: "xe-0/1/1", alias: "router2 Te0/0/0", speed: 10 * giga, users: .steady, peakIn: 7 * mega,
        peakOut: 9 * mega),
    ]
  }

  private static func firewall(_ share: Double) -> [Port] {
    [
      Port(
        name: "port1", alias: "outside", speed: 10 * giga, users: .visitors, peakIn: 590 * mega * share,
        peakOut: 455 * mega * share),
      Port(
        name: "port2", alias: "dmz", speed: 10 * giga, users: .visitors, peakIn: 410 * mega * share,
        peakOut: 330 * mega * share),
      Port(name: "ha1", alias: "heartbeat", speed: giga, users: .steady, peakIn: 2.4 * mega, peakOut: 2.6 * mega),
    ]
  }

  private static var coreSwitch: [Port] {
    [
      Port(
        name: "Te1/1/1", alias: "router1 Te0/0/3", speed: 10 * giga, users: .office, peakIn: 940 * mega,
        peakOut: 720 * mega),
      Port(
        name: "Te1/1/2", alias: "router2 Te0/0/3", speed: 10 * giga, users: .office, peakIn: 14 * mega,
        peakOut: 12 * mega),
      Port(
        name: "Te1/1/3", alias: "nas1", speed: 10 * giga, users: .office, peakIn: 380 * mega, peakOut: 520 * mega,
        backupOut: 3.6 * giga),
      Port(
        name: "Te1/1/4", alias: "db1", speed: 10 * giga, users: .visitors, peakIn: 260 * mega, peakOut: 140 * mega,
        backupIn: 2.9 * giga),
      Port(name: "Gi1/0/1", alias: "sw-office1", speed: giga, users: .office, peakIn: 215 * mega, peakOut: 390 * mega),
      Port(name: "Gi1/0/2", alias: "sw-office2", speed: giga, users: .office, peakIn: 172 * mega, peakOut: 310 * mega),
    ]
  }

  private static func access(first: String, last: String, share: Double) -> [Port] {
    [
      Port(
        name: "gi0/1", alias: "uplink sw-core1", speed: giga, users: .office, peakIn: 390 * mega * share,
        peakOut: 215 * mega * share),
      Port(
        name: "gi0/2", alias: first, speed: giga, users: .office, peakIn: 96 * mega * share, peakOut: 210 * mega * share
      ),
      Port(
        name: "gi0/3", alias: "meeting rooms", speed: giga, users: .office, peakIn: 48 * mega * share,
        peakOut: 88 * mega * share),
      Port(
        name: "gi0/7", alias: last, speed: 100 * mega, users: .office, peakIn: 6 * mega * share,
        peakOut: 21 * mega * share),
    ]
  }

  private static func warehouse(_ hall: Double) -> [Port] {
    [
      Port(
        name: "gi0/1", alias: hall == 1 ? "uplink router1" : "uplink sw-wh1", speed: giga, users: .shifts,
        peakIn: 96 * mega / hall, peakOut: 210 * mega / hall),
      Port(
        name: "gi0/2", alias: hall == 1 ? "sw-wh2" : "gate cameras", speed: giga, users: .shifts,
        peakIn: 105 * mega / hall, peakOut: 48 * mega / hall),
      Port(
        name: "gi0/3", alias: "scanners hall \(Int(hall))", speed: giga, users: .shifts, peakIn: 34 * mega,
        peakOut: 12 * mega),
      Port(
        name: "gi0/4", alias: "conveyor control", speed: 100 * mega, users: .shifts, peakIn: 3.1 * mega,
        peakOut: 2.8 * mega),
    ]
  }
}
