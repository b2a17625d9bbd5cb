import Model

/// The processors of a router.
struct ProcessorKit: Kit {
  let chance: Chance
  let instances = ["1"]

  init(_ chance: Chance) { self.chance = chance }

  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    let base = 7 + 26 * state.tick.evening + 4 * chance.drift(state.tick.seconds, period: 7_200)
    let burst = chance.burst(state.tick.seconds, period: 1_200, rarity: 45, 1) * 40
    switch metric {
    case "load-5s": return min(100, max(1, base + burst + 4 * chance.bell(state.tick.seconds, 3))).rounded()
    case "load-1m": return min(100, base + burst * 0.8 + chance.bell(state.tick.seconds, 4)).rounded()
    default: return min(100, base + burst * 0.5).rounded()
    }
  }
}

/// The memory pools of a router: a leak so slow that only a month shows it.
struct PoolKit: Kit {
  let chance: Chance
  let instances = ["Processor", "I/O"]

  init(_ chance: Chance) { self.chance = chance }

  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    let size = instance == 0 ? 3.9e9 : 0.6e9
    let leak = instance == 0 ? state.uptime / 86_400 * 0.0012 : 0
    let share = min(
      0.95, (instance == 0 ? 0.41 : 0.22) + leak + 0.004 * chance.drift(state.tick.seconds, period: 3_600))
    let used = (size * share).rounded()
    switch metric {
    case "used": return used
    case "free": return size - used
    default: return used / size * 100
    }
  }
}

/// Load and processor time of a server with eight processors.
struct LoadKit: Kit {
  private let chance: Chance
  private let isStorage: Bool

  init(_ host: String, _ chance: Chance) { (isStorage, self.chance) = (host == "nas1", chance) }

  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    let tick = state.tick
    let work = isStorage ? tick.office * 0.25 + tick.backup * 0.6 : tick.evening * 0.5 + tick.backup * 0.25
    let course = max(0.02, work * (1 + 0.15 * chance.drift(tick.seconds, period: 900)) + 0.03)
    let burst = chance.burst(tick.seconds, period: 900, rarity: 50, 1) * 0.35
    switch metric {
    case "load1": return max(0, (course + burst) * 8 + 0.3 * chance.bell(tick.seconds, 3))
    case "load5": return (course + burst * 0.7) * 8
    case "load15": return (course + burst * 0.4) * 8
    case "cpu-user": return (course + burst) * 520
    case "cpu-system": return (course + burst) * 140
    case "cpu-nice": return tick.backup * 60
    case "cpu-idle": return max(0, 800 - (course + burst) * 660 - tick.backup * 60)
    default: return nil
    }
  }
}

struct MemoryKit: Kit {
  private let chance: Chance

  init(_ chance: Chance) { self.chance = chance }

  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    let total = 67_430_000_000.0
    let free = total * (0.06 + 0.02 * chance.drift(state.tick.seconds, period: 5_400))
    switch metric {
    case "total": return total
    case "free": return free.rounded()
    case "buffers": return (total * 0.011).rounded()
    case "cached": return (total * (0.38 - 0.08 * state.tick.evening)).rounded()
    case "swap-total": return 8_589_930_000
    case "swap-free":
      return (8_589_930_000 * (0.93 + 0.02 * chance.drift(state.tick.seconds, period: 86_400, 1))).rounded()
    default: return nil
    }
  }
}

/// Disks that fill, one of them until it is cleaned up.
struct DisksKit: Kit {
  private let chance: Chance
  private let full: Happening?
  let instances: [String]

  init(_ host: String, _ happenings: [Happening], _ chance: Chance) {
    (self.chance, full) = (chance, happenings.first { $0.kind == .full })
    instances = host == "nas1" ? ["/", "/srv"] : ["/", "/var/lib/postgresql"]
  }

  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    let total = instance == 0 ? 42e9 : 1.9e12
    let used = (total * share(instance, state.tick)).rounded()
    switch metric {
    case "total": return total
    case "used": return used
    case "used-percent": return (used / total * 100).rounded()
    default: return instance == 0 ? 9 : 3
    }
  }

  private func share(_ instance: Int, _ tick: Tick) -> Double {
    if instance == 0 { return 0.36 + 0.01 * chance.drift(tick.seconds, period: 86_400) }
    guard let full else { return 0.47 + Double(tick.seconds / 300 % 40_000) * 4e-6 }
    let days = Double(tick.now - full.span.from) / 86_400
    let growth = tick.now < full.span.to ? 0.885 + days * 0.0105 : 0.61 + (days - 5.2) * 0.0105
    return min(0.985, max(0.2, growth + 0.004 * tick.office))
  }
}

/// A power supply: mains, or its battery, which then empties and takes hours to be full again.
struct PowerKit: Kit {
  private let happenings: [Happening]
  private let chance: Chance
  let instances = ["1"]

  init(_ happenings: [Happening], _ chance: Chance) { (self.happenings, self.chance) = (happenings, chance) }

  func number(_ metric: String, _ instance: Int, _ state: DeviceState) -> Double? {
    let tick = state.tick
    let outage = happenings.now(.onBattery, tick.now)
    let load = 34 + 9 * tick.shifts + chance.bell(tick.seconds)
    switch metric {
    case "battery-good": return 1
    case "on-battery": return outage.map { Double(tick.now - $0.span.from) } ?? 0
    case "charge": return charge(tick.now).rounded()
    case "runtime": return (charge(tick.now) / 100 * 95 * 34 / load).rounded() * 60
    case "battery-volts": return 41 * (0.86 + 0.14 * charge(tick.now) / 100)
    case "celsius": return (24 + 3 * tick.office + chance.drift(tick.seconds, period: 14_400)).rounded()
    case "alarms": return outage == nil ? 0 : 1
    case "hertz": return outage == nil ? 50 + (0.1 * chance.bell(tick.seconds, 2)).rounded() / 10 : 0
    case "volts": return volts(tick, outage != nil)
    case "amperes": return load / 100 * 11.7
    case "watts": return (load / 100 * 2_700).rounded()
    default: return load.rounded()
    }
  }

  private func volts(_ tick: Tick, _ isOut: Bool) -> Double {
    isOut ? 0 : (231 - 3 * tick.shifts + 1.4 * chance.bell(tick.seconds, 3)).rounded()
  }

  /// Percent: a minute takes 1.6, and gives 0.25 back.
  private func charge(_ now: Instant) -> Double {
    happenings.filter { $0.kind == .onBattery && $0.span.from <= now }.reduce(100) { charge, outage in
      let lost = Double(min(now, outage.span.to) - outage.span.from) / 60 * 1.6
      let back = Double(max(0, now - outage.span.to)) / 60 * 0.25
      return min(100, charge - lost + back)
    }
  }
}
