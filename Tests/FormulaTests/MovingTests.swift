import Formula
import Model
import Testing

@Suite struct MovingTests {
  let start = Instant(1_800_000_000)

  @Test func `a moving mean is that of the time up to each slot`() throws {
    var world = World()
    world.lines["a/b/c"] = .init { Double($0.seconds / 300 % 1_000) }
    let plain = try world.values("'a/b/c'", from: start, count: 6).map { $0 ?? .nan }
    let smooth = try world.values("smooth('a/b/c', 15m)", from: start, count: 6)
    #expect(smooth.dropFirst(2) == plain.dropFirst(2).map { $0 - 1 }[...])
  }

  @Test func `a moving mean of less than half is unknown, and a spike leaves no trace`() throws {
    var world = World()
    let start = start
    world.lines["a/b/gap"] = .init { $0 < start ? nil : 4 }
    #expect(try world.values("smooth('a/b/gap', 30m)", from: start, count: 4) == [nil, nil, 4, 4])
    world.lines["a/b/spike"] = .init { $0 == start ? 1e18 : 1 }
    #expect(try world.values("smooth('a/b/spike', 10m)", from: start + 600, count: 3) == [1, 1, 1])
  }

  @Test(arguments: [1, 2, 3, 7, 12, 30])
  func `moving means are those one would count by hand`(width: Int) throws {
    var world = World()
    let value: @Sendable (Instant) -> Double? = {
      ($0.seconds / 300 * 7) % 11 == 0 ? nil : Double(($0.seconds / 300 * 37) % 101)
    }
    world.lines["a/b/c"] = .init(value: value)
    let found = try world.values("smooth('a/b/c', \(width * 5)m)", from: start, count: 40)
    for (slot, mean) in found.enumerated() {
      let known = (0..<width).compactMap { value(start + (slot - $0) * 300) }
      let expected = 2 * known.count >= width && !known.isEmpty ? known.reduce(0, +) / Double(known.count) : nil
      #expect(abs((mean ?? -1) - (expected ?? -1)) < 1e-9)
    }
  }

  @Test func `a percentile is the nearest rank of five minute means, and says what it is made of`() throws {
    var world = World()
    let start = start
    world.lines["a/b/c"] = .init(step: 300) { Double(($0 - start) / 300 + 1) }
    // 20 samples 1 … 20: ceil(0.95 × 20) is the 19th.
    let result = try world.results("percentile('a/b/c', 95)", from: start, count: 20)
    #expect(Set(result.samples.map(\.value)) == [19])
    #expect(result.notes == ["percentile 95 of 20 of 20 samples (100.0\u{202F}%)"])
    // Over half an hour of six samples: the last.
    #expect(try world.values("percentile('a/b/c', 95, over 30m)", from: start + 3_000, count: 3) == [11, 12, 13])
    #expect(try world.values("percentile('a/b/c', 50, 30m)", from: start + 3_000, count: 3) == [8, 9, 10])
  }

  @Test func `a percentile is never made of averages that are drawn`() throws {
    var world = World()
    // One five minutes in ten is 100: the mean of an hour is 10, the 95th percentile 100.
    world.lines["a/b/c"] = .init(step: 300) { $0.seconds / 300 % 10 == 0 ? 100 : 0 }
    #expect(try world.values("percentile('a/b/c', 95)", from: start, step: 21_600, count: 4) == [100, 100, 100, 100])
    // Where the store keeps only hours, nothing is said.
    world.lines["a/b/c"] = .init(step: 3_600) { _ in 10 }
    var source = world.source
    source.entry = { _ in (.none, 300) }
    let grid = SlotGrid(start: start, step: 21_600, count: 2)
    let result = try Formula("percentile('a/b/c', 95)").evaluate(on: grid, zone: .utc, source: source)
    #expect(result.samples.map(\.value) == [nil, nil])
    #expect(result.notes == ["percentile 95 of 0 of 144 samples (0.0\u{202F}%)"])
  }

  @Test func `a percentile of a moving window is that of sorting it`() throws {
    var world = World()
    let value: @Sendable (Instant) -> Double? = {
      ($0.seconds / 300) % 5 == 0 ? nil : Double(($0.seconds / 300 * 7_919) % 1_009)
    }
    world.lines["a/b/c"] = .init(value: value)
    let found = try world.values("percentile('a/b/c', 90, over 2h)", from: start, count: 60)
    for (slot, percentile) in found.enumerated() {
      let known = (0..<24).compactMap { value(start + (slot - $0) * 300) }.sorted()
      #expect(percentile == known[Int((0.9 * Double(known.count)).rounded(.up)) - 1])
    }
  }
}
