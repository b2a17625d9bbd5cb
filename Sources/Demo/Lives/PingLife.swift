import Collect
import Config
import Model

/// Round trips: a floor that depends on the way, queues that grow with the traffic, and what is staged.
struct PingLife: Life {
  private let packets: Int
  private let way: Way
  private let happenings: [Happening]
  private let chance: Chance

  /// What a way is like: its shortest round trip, the queues on it, both in milliseconds, and losses of a quiet day.
  private struct Way {
    var floor: Double
    var queue: Double
    var loss: Double
  }

  init(_ host: String, _ probe: PingProbe, _ happenings: [Happening], _ chance: Chance) {
    (packets, self.happenings, self.chance) = (probe.packets, happenings, chance)
    way =
      switch host {
      case "isp-a": Way(floor: 8.6, queue: 2.2, loss: 0.00004)
      case "isp-b": Way(floor: 11.1, queue: 0.9, loss: 0.00008)
      case "ns2": Way(floor: 14.0, queue: 1.4, loss: 0.0002)
      case "sw-wh1", "sw-wh2", "ups-wh": Way(floor: 2.1, queue: 0.5, loss: 0.0002)
      default: Way(floor: 0.25 + chance.share(0) * 0.5, queue: 0.12, loss: 0.00002)
      }
  }

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    if happenings.isSilent(tick.now) {
      return Vitals(
        measurements: pingMeasurements(Array(repeating: nil, count: packets)), milliseconds: packets * 100 + 1_000)
    }
    let times = roundTrips(tick)
    return Vitals(measurements: pingMeasurements(times), milliseconds: packets * 100)
  }

  /// In milliseconds, `nil` where no answer came.
  private func roundTrips(_ tick: Tick) -> [Double?] {
    let trouble = happenings.now(.brownOut, tick.now)
    let lost = lost(tick, trouble)
    let burst = chance.burst(tick.seconds, period: 2_700, rarity: 60, 4)
    let queue = way.queue * (0.25 + tick.office + 4 * burst) * (trouble == nil ? 1 : 4)
    let floor = way.floor * (1 + 0.02 * chance.drift(tick.seconds, period: 21_600, 5)) * (trouble == nil ? 1 : 2.4)
    return (0..<packets).map { packet in
      if lost.contains(packet) { return nil }
      let time = floor + queue * chance.tail(tick.seconds, 130 + packet)
      return (time * 100).rounded() / 100
    }
  }

  /// Which packets do not come back: one now and then, and in a brown-out about so many of each round, at least one.
  private func lost(_ tick: Tick, _ trouble: Happening?) -> Set<Int> {
    guard let trouble else { return Set((0..<packets).filter { chance.share(tick.seconds, 20 + $0) < way.loss }) }
    let course = 1 + 0.4 * chance.drift(tick.seconds, period: 1_200, 9)
    let count = Int(trouble.amount * Double(packets) * course + chance.share(tick.seconds, 8))
    let unlucky = (0..<packets).sorted { chance.share(tick.seconds, 20 + $0) < chance.share(tick.seconds, 20 + $1) }
    return Set(unlucky.prefix(max(1, count)))
  }
}
