import Model
import TestSupport
import Testing

private func plain(_ text: String) -> String { text.replacing(thinSpace, with: " ") }

struct PrintNumberTests {
  @Test(
    arguments: [
      (419_300_000, Unit.bitsPerSecond, "419 Mbit/s"), (12_400_000, .bitsPerSecond, "12.4 Mbit/s"),
      (1_213_000_000, .bitsPerSecond, "1.21 Gbit/s"), (64_040_000, .bitsPerSecond, "64.0 Mbit/s"),
      (999_960_000, .bitsPerSecond, "1.00 Gbit/s"), (64_000_000, .bitsPerSecond, "64 Mbit/s"),
      (0, .bitsPerSecond, "0 bit/s"), (0.4, .bitsPerSecond, "0.400 bit/s"), (41, .perSecond, "41/s"),
      (12_300, .perSecond, "12.3 k/s"), (0.182, .seconds, "182 ms"), (0.0007, .seconds, "700 µs"),
      (12_000, .seconds, "12 000 s"), (6.8, .seconds, "6.80 s"), (536_870_912, .bytes, "512 MiB"),
      (512, .bytes, "512 B"),
      (1_536, .bytes, "1.50 KiB"), (47.18, .percent, "47.1 %"), (99.97, .percent, "99.9 %"), (100, .percent, "100 %"),
      (0, .percent, "0 %"), (-3.21, .percent, "−3.3 %"), (1_000, .count, "1000"), (12_412, .count, "12 412"),
      (1_234_567, .count, "1 234 567"), (0.53, .none, "0.530"), (-214, .none, "−214"), (21, .days, "21 d"),
    ] as [(Double, Unit, String)])
  func `a number has three digits and its prefix`(value: Double, unit: Unit, text: String) {
    #expect(plain(numberText(value, unit)) == text)
  }

  @Test(arguments: [nil, .nan, .infinity, -.infinity] as [Double?])
  func `no number is a dash`(value: Double?) {
    #expect(numberText(value, .seconds) == "–")
  }

  @Test func `a column shares the prefix of its largest value`() {
    let prefix = Unit.bitsPerSecond.prefix(for: 1_200_000_000)
    #expect(plain(numberText(64_000_000, .bitsPerSecond, prefix: prefix)) == "0.0640 Gbit/s")
  }

  @Test(arguments: [
    (998_999, 1_000_000, 3, "99.899 %"), (998_999_9, 1_000_000_0, 3, "99.899 %"), (99_999, 100_000, 3, "99.999 %"),
    (999_999_999, 1_000_000_000, 3, "99.999 %"), (1, 1, 3, "100.000 %"), (0, 7, 3, "0.000 %"), (1, 3, 1, "33.3 %"),
    (2, 3, 0, "66 %"), (0, 0, 3, "–"), (5, 0, 3, "–"), (-1, 1_000_000, 1, "−0.1 %"), (-128, 1_000, 1, "−12.8 %"),
    (Int.max - 1, Int.max, 3, "99.999 %"), (3, 2, 1, "150.0 %"),
  ])
  func `a share is cut and never rounded`(part: Int, whole: Int, decimals: Int, text: String) {
    #expect(plain(percentText(part, of: whole, decimals: decimals)) == text)
  }

  @Test func `only all of it is a hundred percent`() {
    var random = SeededRandom(7)
    for _ in 0..<20_000 {
      let whole = Int.random(in: 1...40_000_000, using: &random)
      let part = whole - Int.random(in: 0...min(whole, 3), using: &random)
      #expect(percentText(part, of: whole).hasPrefix("100") == (part == whole))
    }
  }

  @Test(arguments: [(999, "999"), (1_000, "1000"), (9_999, "9999"), (10_000, "10 000"), (-43_200, "−43 200")])
  func `digits are grouped from ten thousand on`(count: Int, text: String) {
    #expect(plain(countText(count)) == text)
  }
}
