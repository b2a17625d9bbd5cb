import Model
import Testing

@testable import Collect

/// 60 s that the source's own clock vouches for.
private let minute = ReadingGap(seconds: 60, continuity: .proven)

private func narrow(_ value: UInt64) -> CounterReading { CounterReading(value, bits: 32) }
private func wide(_ value: UInt64) -> CounterReading { CounterReading(value, bits: 64) }

/// A reading at a time and uptime of the source, both in seconds.
private func at(_ readAt: Double, up uptime: Double? = nil, engine: (Int, Double)? = nil) -> ReadingTime {
  ReadingTime(readAt: readAt, uptime: uptime, engine: engine.map { ReadingTime.Engine(boots: $0, time: $1) })
}

struct RatesTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var before: CounterReading?
    var now: CounterReading
    var gap = minute
    var ceiling: Double?
    var isDiscontinuous = false
    var expected: Rate
  }

  static let cases: [Case] = [
    Case(testDescription: "a first reading", before: nil, now: wide(7), expected: .unknown(.firstReading)),
    Case(testDescription: "64 bits that grew", before: wide(1000), now: wide(1600), expected: .known(10)),
    Case(testDescription: "64 bits that stood", before: wide(1000), now: wide(1000), expected: .known(0)),
    Case(testDescription: "64 bits that fell", before: wide(1000), now: wide(999), expected: .unknown(.reset)),
    Case(
      testDescription: "64 bits at the top of the range", before: wide(.max - 60), now: wide(.max),
      expected: .known(1)),
    Case(testDescription: "64 bits never wrap", before: wide(.max), now: wide(5), expected: .unknown(.reset)),
    Case(
      testDescription: "64 bits over the line rate", before: wide(0), now: wide(60_000), ceiling: 900,
      expected: .unknown(.impossible)),
    Case(
      testDescription: "64 bits a tenth over the line rate", before: wide(0), now: wide(60_000), ceiling: 910,
      expected: .known(1000)),
    Case(testDescription: "32 bits that grew", before: narrow(100), now: narrow(700), expected: .known(10)),
    Case(testDescription: "32 bits that stood", before: narrow(0), now: narrow(0), expected: .known(0)),
    Case(
      testDescription: "the wrap adds exactly 2^32", before: narrow(4_294_967_290), now: narrow(5),
      expected: .known(11.0 / 60)),
    Case(
      testDescription: "a wrap from the last value to 0 is one", before: narrow(.init(UInt32.max)), now: narrow(0),
      expected: .known(1.0 / 60)),
    Case(
      testDescription: "a wrap that fits the line", before: narrow(4_000_000_000), now: narrow(400_000_000),
      ceiling: 12_500_000, expected: .known(694_967_296.0 / 60)),
    Case(
      testDescription: "a wrap that does not fit the line", before: narrow(3_000_000_000), now: narrow(100),
      ceiling: 12_500_000, expected: .unknown(.reset)),
    Case(
      testDescription: "M9: a reset is no wrap without a speed either", before: narrow(2_000_000_000),
      now: narrow(100), expected: .unknown(.reset)),
    Case(
      testDescription: "without a speed, a wrap under half the range", before: narrow(3_000_000_000),
      now: narrow(100), expected: .known(1_294_967_396.0 / 60)),
    Case(
      testDescription: "without a speed, a wrap of half the range", before: narrow(1 << 31), now: narrow(0),
      expected: .unknown(.reset)),
    Case(
      testDescription: "without a speed, a wrap just under half the range", before: narrow(1 << 31 + 1),
      now: narrow(0), expected: .known(Double(1 << 31 - 1) / 60)),
    Case(
      testDescription: "a wrap nobody vouches for", before: narrow(4_294_967_290), now: narrow(5),
      gap: ReadingGap(seconds: 60, continuity: .assumed), expected: .unknown(.reset)),
    Case(
      testDescription: "growth nobody vouches for", before: narrow(5), now: narrow(65),
      gap: ReadingGap(seconds: 60, continuity: .assumed), expected: .known(1)),
    Case(
      testDescription: "32 bits too slow for the line", before: narrow(0), now: narrow(1), ceiling: 125_000_000,
      expected: .unknown(.ambiguous)),
    Case(
      testDescription: "32 bits at 500 Mbit/s", before: narrow(0), now: narrow(3_750_000_000),
      ceiling: 62_500_000, expected: .known(62_500_000)),
    Case(
      testDescription: "32 bits over the line rate", before: narrow(0), now: narrow(3_750_000_000),
      ceiling: 12_500_000, expected: .unknown(.impossible)),
    Case(
      testDescription: "more than 32 bits in 32", before: narrow(1), now: narrow(1 << 32),
      expected: .unknown(.impossible)),
    Case(testDescription: "32 to 64 bits", before: narrow(10), now: wide(70), expected: .unknown(.widthChanged)),
    Case(testDescription: "64 to 32 bits", before: wide(1 << 40), now: narrow(70), expected: .unknown(.widthChanged)),
    Case(
      testDescription: "the source's word", before: wide(0), now: wide(60), isDiscontinuous: true,
      expected: .unknown(.discontinuity)),
    Case(
      testDescription: "a restart outweighs growth", before: wide(0), now: wide(60),
      gap: ReadingGap(seconds: 60, continuity: .broken(.reset)), expected: .unknown(.reset)),
    Case(
      testDescription: "no time", before: wide(0), now: wide(60),
      gap: ReadingGap(seconds: 0, continuity: .proven), expected: .unknown(.clock)),
  ]

  @Test(arguments: cases)
  func `a rate is exact or unknown with its reason`(_ example: Case) {
    let result = rate(
      from: example.before, to: example.now, over: example.gap, ceiling: example.ceiling,
      isDiscontinuous: example.isDiscontinuous)
    #expect(result == example.expected)
  }

  struct GapCase: CustomTestStringConvertible {
    var testDescription: String
    var before: ReadingTime?
    var now: ReadingTime
    var expected: ReadingGap.Continuity
  }

  static let gaps: [GapCase] = [
    GapCase(
      testDescription: "nothing remembered", before: nil, now: at(60, up: 60),
      expected: .broken(.firstReading)),
    GapCase(testDescription: "both clocks agree", before: at(0, up: 500), now: at(60, up: 560), expected: .proven),
    GapCase(
      testDescription: "a few seconds of slack", before: at(0, up: 500), now: at(60, up: 569),
      expected: .proven),
    GapCase(testDescription: "no uptime", before: at(0), now: at(60), expected: .assumed),
    GapCase(testDescription: "an uptime only now", before: at(0), now: at(60, up: 100), expected: .assumed),
    GapCase(
      testDescription: "the uptime fell", before: at(0, up: 500), now: at(60, up: 30),
      expected: .broken(.reset)),
    GapCase(
      testDescription: "a restart that ends higher than it began", before: at(0, up: 10), now: at(60, up: 40),
      expected: .broken(.reset)),
    GapCase(
      testDescription: "497 days are not a restart", before: at(0, up: 42_949_652.96), now: at(60, up: 40),
      expected: .proven),
    GapCase(
      testDescription: "a restart near the 497th day", before: at(0, up: 42_949_652.96), now: at(60, up: 20),
      expected: .broken(.reset)),
    GapCase(
      testDescription: "a restart long before the 497th day", before: at(0, up: 40_000_000),
      now: at(60, up: 40), expected: .broken(.reset)),
    GapCase(
      testDescription: "the engine ran on over the 497th day",
      before: at(0, up: 42_949_652.96, engine: (3, 99)), now: at(60, up: 20, engine: (3, 159)), expected: .proven),
    GapCase(
      testDescription: "the engine restarted", before: at(0, up: 500, engine: (3, 500)),
      now: at(60, up: 560, engine: (4, 10)), expected: .broken(.reset)),
    GapCase(
      testDescription: "the engine's time fell", before: at(0, up: 500, engine: (3, 500)),
      now: at(60, up: 560, engine: (3, 10)), expected: .broken(.reset)),
    GapCase(
      testDescription: "an engine whose time stands", before: at(0, up: 500, engine: (3, 7)),
      now: at(60, up: 560, engine: (3, 7)), expected: .proven),
    GapCase(
      testDescription: "this machine's clock went back", before: at(100, up: 500), now: at(40, up: 560),
      expected: .broken(.clock)),
    GapCase(
      testDescription: "this machine's clock went ahead", before: at(0, up: 500), now: at(120, up: 560),
      expected: .broken(.clock)),
    GapCase(
      testDescription: "no time passed", before: at(60, up: 500), now: at(60, up: 500),
      expected: .broken(.clock)),
    GapCase(
      testDescription: "too long", before: at(0, up: 500), now: at(301, up: 801),
      expected: .broken(.gapTooLong)),
    GapCase(
      testDescription: "a restart within a gap that is too long", before: at(0, up: 500),
      now: at(301, up: 20), expected: .broken(.reset)),
  ]

  @Test(arguments: gaps)
  func `a gap is proven, assumed or broken with its reason`(_ example: GapCase) {
    let gap = ReadingGap(
      from: example.before, to: example.now, longest: 300, uptimeWraps: ReadingTime.sysUpTimeWraps)
    #expect(gap.continuity == example.expected)
  }

  @Test func `an uptime that never wraps and fell is a restart`() {
    let gap = ReadingGap(from: at(0, up: 42_949_652.96), to: at(60, up: 40), longest: 300)
    #expect(gap.continuity == .broken(.reset))
  }

  @Test func `of true traffic, what can be decided is exact and the rest unknown`() {
    var random = Seeded(state: 20_261_122)
    var counts: [String: Int] = [:]
    for _ in 0..<20_000 { judge(Traffic(using: &random), &counts) }
    #expect(counts["exact", default: 0] > 8000)
    #expect(counts["wrapped", default: 0] > 250)
    #expect(counts["unknown", default: 0] > 2000)
  }

  /// Compares the rate with the truth of the traffic behind it.
  private func judge(_ traffic: Traffic, _ counts: inout [String: Int]) {
    let gap = ReadingGap(
      from: traffic.before, to: traffic.now, longest: 300, uptimeWraps: ReadingTime.sysUpTimeWraps)
    let result = rate(from: traffic.first, to: traffic.second, over: gap, ceiling: traffic.ceiling)
    switch result {
    case .known(let value):
      #expect(traffic.isDecidable, "guessed \(value) for \(traffic)")
      #expect(abs(value - traffic.truth) <= traffic.truth * 1e-9, "\(value) for \(traffic)")
      #expect(value <= traffic.ceiling * 1.1)
      counts[traffic.second.value < traffic.first.value ? "wrapped" : "exact", default: 0] += 1
    case .unknown(let reason):
      #expect(!traffic.isDecidable, "\(reason) for \(traffic)")
      counts["unknown", default: 0] += 1
    }
  }
}

/// Two readings of a counter whose true history is known.
private struct Traffic {
  var ceiling: Double
  var first: CounterReading
  var second: CounterReading
  var before: ReadingTime
  var now: ReadingTime
  /// Counts in a second, as they really were.
  var truth: Double
  /// The source ran through, and its width holds what the line can carry in the gap.
  var isDecidable: Bool

  init(using random: inout Seeded) {
    let gaps: [Double] = [30, 60, 60, 120, 299, 400]
    let seconds = gaps.randomElement(using: &random) ?? 60
    let bits = Bool.random(using: &random) ? 32 : 64
    let isRestart = Int.random(in: 0..<5, using: &random) == 0
    let lines: [Double] = [1e5, 1.25e6, 1.25e7, 1.25e8, 1.25e9]
    ceiling = lines.randomElement(using: &random) ?? 1e6
    let grown = UInt64(ceiling * seconds * Double.random(in: 0...1, using: &random))
    let mask: UInt64 = bits == 32 ? 0xFFFF_FFFF : .max
    let start = UInt64.random(in: 0...(bits == 32 ? mask : 1 << 60), using: &random)
    let lived = Double.random(in: 0..<(seconds * 0.8), using: &random)
    let uptime = Double.random(in: seconds...ReadingTime.sysUpTimeWraps, using: &random)
    first = CounterReading(start, bits: bits)
    second = CounterReading(
      isRestart ? UInt64(Double(grown) * lived / seconds) & mask : (start &+ grown) & mask, bits: bits)
    before = ReadingTime(readAt: 1e9, uptime: uptime)
    let later = (uptime + seconds).truncatingRemainder(dividingBy: ReadingTime.sysUpTimeWraps)
    now = ReadingTime(readAt: 1e9 + seconds, uptime: isRestart ? lived : later)
    truth = Double(grown) / seconds
    isDecidable = !isRestart && seconds <= 300 && (bits == 64 || ceiling * seconds < 4_294_967_296)
  }
}

/// A generator whose numbers are the same on every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
