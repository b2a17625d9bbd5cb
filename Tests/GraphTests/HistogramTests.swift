import Model
import TestSupport
import Testing

@testable import Graph

struct HistogramTests {
  private func chart(_ values: [Double?], unit: Unit = .none) -> Chart {
    var chart = Charts.lines(
      values.enumerated().map { Sample(slot: Charts.day.from + 300 * $0, value: $1) }, unit: unit)
    chart.kind = .histogram
    return chart
  }

  @Test func `bins are round and hold the share of samples that lie in them`() {
    let histogram = Histogram(chart([0.5, 1, 1.5, 9, nil, .nan, 10]), aim: 10)
    #expect(histogram.width == 1 && histogram.low == 0 && histogram.bins == 11)
    #expect(histogram.shares[0] == [20, 40, 0, 0, 0, 0, 0, 0, 0, 20, 20])
  }

  @Test(arguments: [(0.0, 40e9, 1e9), (3, 3, 0.5), (-10, 30, 1), (0, 0, 1e-290)] as [(Double, Double, Double)])
  func `any range has bins of a width that is round`(low: Double, high: Double, width: Double) {
    let histogram = Histogram(chart([low, high]), aim: 40)
    #expect(histogram.width == width)
    #expect(histogram.low <= low && histogram.high >= high && (1...400).contains(histogram.bins))
    #expect(abs(histogram.shares[0].reduce(0, +) - 100) < 1e-9)
  }

  @Test func `memory has bins of powers of two`() {
    #expect(Histogram(chart([0, 0x1p32], unit: .bytes), aim: 32).width == 0x1p27)
  }

  @Test(arguments: [1e300, -1e300, Double.leastNonzeroMagnitude, 1e-300, 3.7e15])
  func `numbers of any size have bins`(value: Double) {
    for other in [0, value, -value, 1] {
      let histogram = Histogram(chart([value, other]), aim: 40)
      #expect((1...400).contains(histogram.bins) && histogram.high.isFinite && histogram.width > 0)
    }
  }

  @Test func `median and 95th stand where they are`() throws {
    let pixels = try pixels(chart((0...1_000).map { $0 < 288 ? Double($0) / 2.88 : nil }))
    // 0 to 100 over 672 columns: the 144th of 288 values and the 274th.
    for value in [49.65, 94.8] {
      let x = 40 + Int(value / 100 * 672)
      #expect((x - 1...x + 1).contains { x in pixels.column(x, 32..<60).count { $0 == 0x16191D } >= 6 }, "\(value)")
    }
  }
}
