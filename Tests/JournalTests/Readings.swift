import Model
import TestSupport

/// Readings of every shape.
struct ReadingMaker {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed) }

  mutating func reading(slot: Int) -> Reading {
    var reading = Reading(
      job: JobID(host: text(), job: text()), slot: Instant(slot), step: Int.random(in: 1...86_400, using: &random))
    reading.cost = Cost(
      startedAfter: Int.random(in: 0...60_000, using: &random),
      milliseconds: Int.random(in: -5...9_999, using: &random),
      bytes: Int.random(in: 0...Int.max, using: &random), retries: Int.random(in: 0...3, using: &random))
    if Bool.random(using: &random) {
      reading.failure = Failure(Failure.Class.allCases.randomElement(using: &random) ?? .local, text())
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) { reading.facts.append(Fact(text(), text())) }
    for _ in 0..<Int.random(in: 0...5, using: &random) { reading.measurements.append(measurement()) }
    return reading
  }

  private mutating func measurement() -> Measurement {
    let units = [Unit.bytes, .percent, .count, Unit("€ ", scale: .none)]
    return Measurement(
      text(), Bool.random(using: &random) ? Double(bitPattern: random.next()) : nil,
      units.randomElement(using: &random) ?? .none, instance: Bool.random(using: &random) ? text() : nil)
  }

  private mutating func text() -> String {
    let texts = [
      "", "www", "xe-0/0/0", "load1", "a\0b", "\u{1F441}", "é", "e\u{301}", "two\r\nlines",
      String(repeating: "x", count: 300),
    ]
    return texts.randomElement(using: &random) ?? ""
  }
}

/// A small reading told apart by its slot.
func small(_ slot: Int, host: String = "www") -> Reading {
  Reading(
    job: JobID(host: host, job: "ping"), slot: Instant(slot), step: 60, measurements: [Measurement("loss", 0, .percent)]
  )
}
