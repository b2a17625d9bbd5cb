import Formula
import Foundation
import Model
import Testing

@Suite struct SeasonsTests {
  /// Seconds of the day on the wall clock.
  static func wall(_ instant: Instant) -> Int { berlin.civil(instant).secondsFromEpoch % 86_400 }

  @Test func `a week before nine is nine, also where the clocks changed`() throws {
    var world = World()
    world.lines["a/b/c"] = .init(step: 3_600) { Double(berlin.civil($0).secondsFromEpoch) }
    // 2026-10-25 and 2026-03-29 are the Sundays of the changes.
    for (month, day) in [(10, 26), (3, 30)] {
      let monday = berlin.instant(Civil(year: 2026, month: month, day: day, hour: 9))
      let plain = try world.values("'a/b/c'", from: monday, step: 3_600, count: 24, zone: berlin)
      let shifted = try world.values("shift('a/b/c', 1w)", from: monday, step: 3_600, count: 24, zone: berlin)
      #expect(shifted == plain.map { $0.map { $0 - 604_800 } })
      let hours = try world.values("shift('a/b/c', 24h)", from: monday - 86_400, step: 3_600, count: 2, zone: berlin)
      let days = try world.values("shift('a/b/c', 1d)", from: monday - 86_400, step: 3_600, count: 2, zone: berlin)
      #expect(hours != days)
    }
  }

  @Test func `every slot of a day of 23 and of 25 hours has its day before`() throws {
    var world = World()
    world.lines["a/b/c"] = .init(step: 1_800) { Double($0.seconds) }
    for (month, day, count) in [(10, 25, 50), (10, 26, 48), (3, 29, 46), (3, 30, 48)] {
      let midnight = berlin.instant(Civil(year: 2026, month: month, day: day))
      let values = try world.values("shift('a/b/c', 1d)", from: midnight, step: 1_800, count: count, zone: berlin)
      for (slot, value) in values.enumerated() {
        let now = berlin.civil(midnight + slot * 1_800).secondsFromEpoch
        let then = berlin.civil(Instant(Int(try #require(value)))).secondsFromEpoch
        // What the spring skipped is an hour later.
        #expect(now - then == 86_400 || (month == 3 && day == 30 && now - then == 82_800))
      }
    }
  }

  @Test func `the season before is its mean with two deviations around it`() throws {
    var world = World()
    let start = Instant(1_800_000_000)
    world.lines["a/b/c"] = .init(step: 300) { instant in
      let week = (start + 3_000 - instant) / 604_800
      return Double(instant.seconds % 604_800) + [0.0, 1, 2, 3, 4, 5][min(week, 5)]
    }
    let result = try world.results("seasonal('a/b/c', 1w)", from: start, count: 2)
    let base = Double(start.seconds % 604_800)
    #expect(result.samples[0].value == base + 2.5)
    // The deviation of 1, 2, 3, 4 is √(5 ÷ 3).
    #expect(abs((result.high[0].value ?? 0) - (base + 2.5 + 2 * (5.0 / 3).squareRoot())) < 1e-9)
    #expect(abs((result.low[0].value ?? 0) - (base + 2.5 - 2 * (5.0 / 3).squareRoot())) < 1e-9)
  }

  @Test func `a season seen once is no season`() throws {
    var world = World()
    let start = Instant(1_800_000_000)
    world.lines["a/b/c"] = .init(step: 300) { start - $0 > 700_000 ? nil : 3 }
    let result = try world.results("seasonal('a/b/c', 1w)", from: start, count: 2)
    #expect(result.samples.map(\.value) == [nil, nil])
    #expect(result.high.map(\.value) == [nil, nil])
  }

  @Test func `a season on a straight line is foretold exactly, also beyond what was measured`() throws {
    var world = World()
    let start = Instant(1_800_000_000)
    let rule: @Sendable (Instant) -> Double = { instant in
      100 + Double(instant - start) / 86_400 * 12 + 30 * sin(Double(instant.seconds % 86_400) / 86_400 * 2 * .pi)
    }
    world.lines["a/b/c"] = .init(step: 1_800) { $0 < start + 43_200 ? rule($0) : nil }
    let result = try world.results("forecast('a/b/c', 1d)", from: start, step: 1_800, count: 96)
    for (index, sample) in result.samples.enumerated() {
      #expect(abs((sample.value ?? .nan) - rule(sample.slot)) < 1e-6)
      #expect(abs((result.high[index].value ?? .nan) - (result.low[index].value ?? .nan)) < 1e-6)
    }
  }

  @Test func `noise widens the band, and most of it lies inside`() throws {
    var world = World()
    let start = Instant(1_800_000_000)
    world.lines["a/b/c"] = .init(step: 1_800) { instant in
      let noise = Double((instant.seconds / 1_800 &* 7_919) % 101) / 101 - 0.5
      return 100 + 30 * sin(Double(instant.seconds % 86_400) / 86_400 * 2 * .pi) + 4 * noise
    }
    let plain = try world.results("'a/b/c'", from: start, step: 1_800, count: 96)
    let result = try world.results("forecast('a/b/c', 1d)", from: start, step: 1_800, count: 96)
    let inside = plain.samples.indices.count { index in
      let value = plain.samples[index].value ?? .nan
      return value >= (result.low[index].value ?? .nan) && value <= (result.high[index].value ?? .nan)
    }
    #expect(inside >= 80)
    #expect(zip(result.high, result.low).allSatisfy { ($0.value ?? 0) - ($1.value ?? 0) < 16 })
  }

  @Test func `the clock of the wall keeps the season over a change`() throws {
    var world = World()
    world.lines["a/b/c"] = .init(step: 3_600) { Self.wall($0) / 3_600 == 9 ? 50 : 5 }
    let monday = berlin.instant(Civil(year: 2026, month: 10, day: 26))
    let result = try world.results("forecast('a/b/c', 1d)", from: monday, step: 3_600, count: 24, zone: berlin)
    #expect(result.samples.map { ($0.value ?? 0) > 40 }.firstIndex(of: true) == 9)
  }

  @Test func `a young series and a gap foretell nothing they cannot know`() throws {
    var world = World()
    let start = Instant(1_800_000_000)
    world.lines["a/b/young"] = .init(step: 3_600) { start - $0 > 90_000 ? nil : 1 }
    #expect(try world.values("forecast('a/b/young', 1d)", from: start, step: 3_600, count: 3) == [nil, nil, nil])
    world.lines["a/b/gap"] = .init(step: 3_600) { $0.seconds % 86_400 < 40_000 ? nil : 8 }
    let values = try world.values("forecast('a/b/gap', 1d)", from: start, step: 3_600, count: 24)
    #expect(values.contains(nil))
    #expect(values.contains { abs(($0 ?? 0) - 8) < 1e-9 })
  }

  @Test func `a period of too few samples is told and unknown`() throws {
    let world = World.constant(["c": (1, .none)])
    let result = try world.results("forecast('a/b/c', 1d)", step: 43_200, count: 2)
    #expect(result.samples.map(\.value) == [nil, nil])
    #expect(result.notes == ["a forecast needs four samples in its period, and here one stands for 43200 s"])
  }

  @Test func `a band goes with what is done to it`() throws {
    var world = World()
    world.lines["a/b/c"] = .init(step: 300) { Double($0.seconds / 604_800 % 2) }
    let plain = try world.results("seasonal('a/b/c', 1w)", count: 1)
    let scaled = try world.results("-2 * seasonal('a/b/c', 1w)", count: 1)
    #expect(scaled.low[0].value == plain.high[0].value.map { -2 * $0 })
    #expect(scaled.high[0].value == plain.low[0].value.map { -2 * $0 })
    #expect(try world.results("seasonal('a/b/c', 1w) - seasonal('a/b/c', 1w)", count: 1).low.isEmpty)
  }
}
