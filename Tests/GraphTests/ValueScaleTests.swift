import Model
import Testing

@testable import Graph

struct ValueScaleTests {
  static func scale(
    _ unit: Unit, _ values: ClosedRange<Double>, top: Double? = nil, aim: Int = 4
  ) -> ValueScale {
    ValueScale(unit, values: values, top: top, aim: aim, headroom: aim == 2 ? 1 : 1.03)
  }

  @Test(
    arguments: [
      (Unit.bitsPerSecond, 0.0, 647e6, ["0", "200", "400", "600", "800"], "Mbit/s"),
      (.bitsPerSecond, 0, 990e6, ["0", "250", "500", "750", "1000", "1250"], "Mbit/s"),
      (.seconds, 0, 0.024, ["0", "10", "20", "30"], "ms"),
      (.seconds, 0, 40e-6, ["0", "10", "20", "30", "40", "50"], "µs"),
      (.seconds, 0, 19.4, ["0", "5", "10", "15", "20"], "s"),
      (.seconds, 0, 20_000, ["0", "5000", "10 000", "15 000", "20 000", "25 000"], "s"),
      (.percent, 3, 100.000_000_000_1, ["0", "25", "50", "75", "100"], "%"),
      (.percent, 3, 57, ["0", "25", "50", "75", "100"], "%"), (.percent, 3, 250, ["0", "100", "200", "300"], "%"),
      (.bytes, 0, 15.4 * 0x1p30, ["0", "4", "8", "12", "16"], "GiB"),
      (.bytes, 0, 900 * 0x1p20, ["0", "256", "512", "768", "1024"], "MiB"),
      (.count, 0, 7, ["0", "2", "4", "6", "8"], ""), (.count, 0, 120_000, ["0", "50 000", "100 000", "150 000"], ""),
      (.perSecond, 0, 4_200, ["0", "2", "4", "6"], "k/s"), (.count, -3, 7, ["−5", "−2.5", "0", "2.5", "5", "7.5"], ""),
      (.count, -30, -10, ["−40", "−30", "−20", "−10", "0"], ""), (.count, 0, 0, ["0", "0.25", "0.5", "0.75", "1"], ""),
    ] as [(Unit, Double, Double, [String], String)])
  func `steps are round in the unit that is printed`(
    unit: Unit, low: Double, high: Double, labels: [String], name: String
  ) {
    let scale = Self.scale(unit, low...high)
    #expect(scale.ticks.map(scale.label).map { $0.replacing("\u{202F}", with: " ") } == labels)
    #expect(scale.unit == name)
  }

  @Test func `the axis ends above its largest number, or at the top that was asked for`() {
    #expect(Self.scale(.count, 0...97).high == 100)
    #expect(Self.scale(.count, 0...100).high == 125)
    #expect(Self.scale(.count, 0...100, top: 100).high == 100)
    #expect(Self.scale(.count, 0...20, top: 100).high == 100)
    #expect(Self.scale(.count, 0...130, top: 100).high == 150)
    #expect(Self.scale(.count, 0...100, aim: 2).high == 100)
  }

  @Test(arguments: [1e300, 1e-300, .leastNonzeroMagnitude, 3.7e15, 1e-12, 123_456_789])
  func `numbers of any size give a few finite steps`(value: Double) {
    for unit in [Unit.bitsPerSecond, .seconds, .bytes, .percent, .count] {
      for range in [0...value, -value...0, -value...value] {
        let scale = Self.scale(unit, range)
        #expect((2...14).contains(scale.ticks.count), "\(range) \(unit): \(scale.ticks)")
        #expect(scale.ticks.allSatisfy(\.isFinite) && scale.low <= range.lowerBound)
        #expect((0...1).contains(scale.share(range.upperBound)) && scale.share(0) >= 0)
        #expect(scale.ticks.allSatisfy { scale.label($0).count < 16 })
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity, -5, 0])
  func `a top that is none is ignored`(top: Double) {
    #expect(Self.scale(.count, 0...7, top: top).high == 8)
  }

  static func logarithmic(_ unit: Unit, _ values: ClosedRange<Double>, hasLess: Bool = false) -> ValueScale {
    ValueScale(logarithmic: unit, values: values, top: nil, aim: 4, hasLess: hasLess)
  }

  @Test(
    arguments: [
      (Unit.bitsPerSecond, 3e4, 6e8, ["10k", "100k", "1M", "10M", "100M", "1G"]),
      (.seconds, 0.007, 0.03, ["1 ms", "10 ms", "100 ms"]), (.count, 12, 47, ["10", "100"]),
      (.bytes, 3e4, 3e10, ["1Ki", "32Ki", "1Mi", "32Mi", "1Gi", "32Gi"]),
      (.percent, 0.5, 90, ["0.1", "1", "10", "100"]),
      (.count, 1, 1e9, ["1", "100", "10k", "1M", "100M"]),
    ] as [(Unit, Double, Double, [String])])
  func `decades are labelled as they are read`(unit: Unit, low: Double, high: Double, labels: [String]) {
    let scale = Self.logarithmic(unit, low...high)
    #expect(scale.ticks.map(scale.label).map { $0.replacing("\u{202F}", with: " ") } == labels)
    #expect(scale.share(low) >= 0 && scale.share(high) <= 1 && !scale.hasLess)
  }

  @Test func `equal ratios are equally far apart, and the floor holds all that is less`() {
    let scale = Self.logarithmic(.count, 1...1_000, hasLess: true)
    #expect(abs(scale.share(10) - 1.0 / 3) < 1e-12 && abs(scale.share(100) - 2.0 / 3) < 1e-12)
    #expect(scale.share(0) == 0 && scale.share(-5) == 0 && scale.share(1) == 0)
    #expect(scale.label(1) == "≤\u{202F}1" && scale.label(10) == "10" && scale.exactLabel(1) == "1")
  }

  @Test(arguments: [1e300, 1e-300, Double.leastNonzeroMagnitude, 3.7e15, 1])
  func `a logarithmic axis of any numbers has a few finite steps`(value: Double) {
    for range in [value...value, Double.leastNonzeroMagnitude...value, value...1e300] {
      let scale = Self.logarithmic(.bytes, range)
      #expect((1...20).contains(scale.ticks.count) && scale.ticks.allSatisfy(\.isFinite), "\(range)")
      #expect((0...1.000_001).contains(scale.share(value)) && scale.minorTicks.count < 60)
    }
  }

  @Test func `what hangs below a mirror's axis is labelled without a sign`() {
    let scale = ValueScale(.bitsPerSecond, values: -300e6...600e6, top: nil, aim: 4, headroom: 1.03, isMirrored: true)
    #expect(scale.ticks.map(scale.label) == ["500", "250", "0", "250", "500", "750"])
  }
}
