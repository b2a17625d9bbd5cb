import Model
import TestSupport
import Testing

@testable import Collect

/// A million readings of counters whose truth is known.
struct CounterStreamTests {
  /// A counter that wraps, restarts, and is read with gaps.
  private struct Stream {
    let bits: Int
    let line: Double
    var uptime: Double
    var readAt = 1e9
    var value: UInt64

    init(using random: inout SeededRandom) {
      bits = Bool.random(using: &random) ? 32 : 64
      let lines: [Double] = [1e4, 1.25e6, 1.25e7, 1.25e8, 1.25e9, 1.25e10]
      line = lines.randomElement(using: &random) ?? 1e6
      uptime = .random(in: 1000...ReadingTime.sysUpTimeWraps, using: &random)
      value = bits == 32 ? .random(in: 0...0xFFFF_FFFF, using: &random) : .random(in: 0...(1 << 62), using: &random)
    }

    var time: ReadingTime { ReadingTime(readAt: readAt, uptime: uptime) }
    var reading: CounterReading { CounterReading(value, bits: bits) }

    /// The counts a second until the next reading, and whether they can be known.
    mutating func advance(using random: inout SeededRandom) -> (truth: Double, isDecidable: Bool) {
      let kind = Int.random(in: 0..<20, using: &random)
      let seconds: Double = kind == 0 ? 3600 : [59.5, 60, 61, 120][kind % 4]
      let share = Double.random(in: 0...1, using: &random)
      let grown = UInt64(line * seconds * share)
      readAt += seconds
      if kind == 1 { return restart(seconds, grown, using: &random) }
      value = bits == 32 ? (value &+ grown) & 0xFFFF_FFFF : value &+ grown
      uptime = (uptime + seconds).truncatingRemainder(dividingBy: ReadingTime.sysUpTimeWraps)
      let isWide = bits == 64 || line * seconds < 4_294_967_296
      return (Double(grown) / seconds, seconds <= 210 && isWide)
    }

    private mutating func restart(
      _ seconds: Double, _ grown: UInt64, using random: inout SeededRandom
    ) -> (truth: Double, isDecidable: Bool) {
      let lived = Double.random(in: 0..<(seconds * 0.8), using: &random)
      uptime = lived
      // A counter may come back from a restart with any value: some devices keep it, some set it at random.
      let kept = Bool.random(using: &random)
      value = kept ? UInt64.random(in: 0...0xFFFF_FFFF, using: &random) : UInt64(Double(grown) * lived / seconds)
      if bits == 32 { value &= 0xFFFF_FFFF }
      return (0, false)
    }
  }

  @Test func `a million readings are exact where they can be, and never above the line`() {
    var random = SeededRandom(20_261_122)
    var counts = (exact: 0, unknown: 0, wrong: 0, high: 0, guessed: 0, missed: 0)
    for _ in 0..<20_000 {
      var stream = Stream(using: &random)
      for _ in 0..<50 {
        let (before, was) = (stream.reading, stream.time)
        let (truth, isDecidable) = stream.advance(using: &random)
        let gap = ReadingGap(
          from: was, to: stream.time, longest: 210, uptimeWraps: ReadingTime.sysUpTimeWraps)
        guard case .known(let value) = rate(from: before, to: stream.reading, over: gap, ceiling: stream.line) else {
          counts.unknown += 1
          if isDecidable { counts.missed += 1 }
          continue
        }
        if value > stream.line * 1.1 { counts.high += 1 }
        if !isDecidable { counts.guessed += 1 }
        if abs(value - truth) > truth * 1e-9 { counts.wrong += 1 } else { counts.exact += 1 }
      }
    }
    #expect(counts.exact + counts.unknown == 1_000_000)
    #expect(counts.high == 0 && counts.wrong == 0 && counts.guessed == 0 && counts.missed == 0, "\(counts)")
    #expect(counts.exact > 500_000 && counts.unknown > 100_000)
  }
}
