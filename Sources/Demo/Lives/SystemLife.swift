import Config
import Model

/// The monitoring machine itself.
struct SystemLife: Life {
  private let chance: Chance
  private let from: Instant

  init(_ chance: Chance, from: Instant) { (self.chance, self.from) = (chance, from) }

  private static let facts = [
    Fact("System", "Debian GNU/Linux 12 (bookworm)"), Fact("Kernel", "6.1.0-28-amd64"),
    Fact("Host name", "monitor1"), Fact("Processors", "2"),
  ]

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    let isFirst = tick.now - from < 300
    return Vitals(
      measurements: load(tick) + processor(tick, isFirst) + memory(tick) + disks(tick) + network(tick, isFirst),
      facts: SystemLife.facts, milliseconds: 4)
  }

  /// From 0 to 1.
  private func work(_ tick: Tick) -> Double {
    let burst = chance.burst(tick.seconds, period: 1_500, rarity: 30) * 0.4
    return 0.09 + 0.05 * chance.drift(tick.seconds, period: 3_600, 2) + burst + 0.3 * tick.backup
  }

  private func load(_ tick: Tick) -> [Measurement] {
    let load = work(tick) * 2
    return [
      Measurement("load1", max(0, load + 0.08 * chance.bell(tick.seconds, 3)), .count),
      Measurement("load5", load, .count), Measurement("load15", load * 0.9 + 0.01, .count),
      Measurement("procs", (131 + 6 * chance.bell(tick.seconds, 4)).rounded(), .count),
      Measurement("procs-running", 1 + (chance.tail(tick.seconds, 5) * 0.7).rounded(.down), .count),
      Measurement("procs-blocked", tick.backup > 0.5 ? 1 : 0, .count),
      Measurement("uptime", Double(tick.now - from) + 4_400_000, .seconds),
    ]
  }

  private func processor(_ tick: Tick, _ isFirst: Bool) -> [Measurement] {
    let work = work(tick) * 100
    let parts = [
      ("cpu-user", work * 0.62), ("cpu-nice", tick.backup * 6), ("cpu-system", work * 0.2),
      ("cpu-iowait", work * 0.08 + tick.backup * 9), ("cpu-irq", work * 0.02), ("cpu-steal", 0.4),
    ]
    let idle = max(0, 100 - parts.reduce(0) { $0 + $1.1 })
    return (parts + [("cpu-idle", idle)]).map { Measurement($0.0, isFirst ? nil : $0.1, .percent) }
  }

  private func memory(_ tick: Tick) -> [Measurement] {
    let total = 4_110_000_000.0
    let used = total * (0.24 + 0.03 * chance.drift(tick.seconds, period: 10_800, 6))
    let (buffers, cached) = (total * 0.05, total * 0.48)
    let values = [
      ("mem-total", total), ("mem-used", used), ("mem-buffers", buffers), ("mem-cached", cached),
      ("mem-free", total - used - buffers - cached), ("mem-available", total - used), ("swap-total", 2.1e9),
      ("swap-used", 0.04e9), ("swap-free", 2.06e9),
    ]
    return values.map { Measurement($0.0, $0.1.rounded(), .bytes) }
  }

  private func disks(_ tick: Tick) -> [Measurement] {
    let total = 62e9
    let used = total * (0.31 + Double(tick.now - from) / 86_400 * 0.0011)
    let writing = 420_000 * (1 + 0.4 * chance.drift(tick.seconds, period: 900, 7)) + 18e6 * tick.backup
    let isFirst = tick.now - from < 300
    return [
      Measurement("disk-total", total, .bytes, instance: "/"), Measurement("disk-used", used, .bytes, instance: "/"),
      Measurement("disk-free", total - used, .bytes, instance: "/"),
      Measurement("disk-used-percent", used / total * 100, .percent, instance: "/"),
      Measurement("inodes-used-percent", 7.1, .percent, instance: "/"),
      Measurement("io-read", isFirst ? nil : writing * 0.1, .bytesPerSecond, instance: "vda"),
      Measurement("io-write", isFirst ? nil : writing, .bytesPerSecond, instance: "vda"),
      Measurement("io-reads", isFirst ? nil : writing / 90_000, .perSecond, instance: "vda"),
      Measurement("io-writes", isFirst ? nil : writing / 14_000, .perSecond, instance: "vda"),
      Measurement("io-busy", isFirst ? nil : min(100, 1.6 + writing / 400_000), .percent, instance: "vda"),
    ]
  }

  private func network(_ tick: Tick, _ isFirst: Bool) -> [Measurement] {
    let bits = 310_000 * (1 + 0.2 * chance.drift(tick.seconds, period: 900, 8)) + 120e6 * tick.backup
    let values: [(String, Double, Unit)] = [
      ("net-in", bits, .bitsPerSecond), ("net-out", bits * 0.8, .bitsPerSecond),
      ("net-packets-in", bits / 5_200, .perSecond), ("net-packets-out", bits / 5_000, .perSecond),
      ("net-errors-in", 0, .perSecond), ("net-errors-out", 0, .perSecond), ("net-drops-in", 0, .perSecond),
      ("net-drops-out", 0, .perSecond),
    ]
    return values.map { Measurement($0.0, isFirst ? nil : $0.1, $0.2, instance: "ens3") }
  }
}
