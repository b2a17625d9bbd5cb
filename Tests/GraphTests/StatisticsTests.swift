import Model
import Testing

@testable import Graph

struct StatisticsTests {
  static func samples(_ values: [Double?]) -> [Sample] {
    values.enumerated().map { Sample(slot: Instant($0 * 60), value: $1) }
  }

  @Test func `unknown counts for nothing`() throws {
    let numbers = try #require(Statistics(Self.samples([nil, 2, nil, 4, .nan, nil])))
    #expect((numbers.now, numbers.average, numbers.maximum, numbers.count) == (4, 3, 4, 2))
    #expect(numbers.maximumAt == Instant(180))
  }

  @Test func `nothing known has no numbers`() {
    #expect(Statistics(Self.samples([nil, nil])) == nil && Statistics([]) == nil)
  }

  @Test(arguments: [(100, 95.0), (20, 19), (21, 20), (19, 19), (1, 1), (288, 274)] as [(Int, Double)])
  func `the 95th is a number that was measured, by nearest rank`(count: Int, percentile: Double) throws {
    let numbers = try #require(Statistics(Self.samples((1...count).reversed().map { Double($0) })))
    #expect(numbers.percentile95 == percentile)
  }

  @Test func `peaks raise the maximum and nothing else`() throws {
    let numbers = try #require(
      Statistics(Self.samples([1, 2, 3]), peaks: Self.samples([1, 9, nil])))
    #expect((numbers.maximum, numbers.average, numbers.percentile95) == (9, 2, 3))
    #expect(numbers.maximumAt == Instant(60))
  }

  @Test func `huge numbers stay finite`() throws {
    let numbers = try #require(Statistics(Self.samples(.init(repeating: 1.7e308, count: 50))))
    #expect(numbers.sum.isFinite && numbers.maximum == 1e300)
  }

  @Test(arguments: [1, 2, 3, 10, 99, 288, 2_016])
  func `a rank is found as sorting would find it`(count: Int) {
    for seed in 0..<5 {
      let values = (0..<count).map { (Charts.noise($0, seed) * 50).rounded() }
      for percent in [1, 50, 95, 100] {
        let rank = max(0, (percent * count + 99) / 100 - 1)
        #expect(nearestRank(values, percent: percent) == values.sorted()[rank])
      }
    }
    #expect(nearestRank([], percent: 50) == nil)
  }

  @Test func `counted over a span they know how many samples there should be`() throws {
    let samples = Self.samples([5, nil, 7, 1, 100])
    let span = Span(from: Instant(0), to: Instant(480))
    let numbers = try #require(
      Statistics(of: samples.reversed(), over: Span(from: Instant(0), to: Instant(240)), step: 60))
    #expect((numbers.count, numbers.expected, numbers.now, numbers.maximum) == (3, 4, 1, 7))
    #expect((numbers.minimum, numbers.median, numbers.percentile95, numbers.coverage) == (1, 5, 7, 0.75))
    #expect(Statistics(of: samples, over: span, step: 60)?.expected == 8)
    #expect(Statistics(of: samples, over: Span(from: Instant(900), to: Instant(0)), step: 0) == nil)
  }

  @Test func `of averages there is no percentile, whatever is drawn`() throws {
    var chart = Charts.year
    #expect(chart.series[0].isConsolidated && chart.series[0].numbers?.percentile95 == nil)
    #expect(chart.series[0].numbers?.median == nil)
    #expect(!altText(for: chart).contains("95th"))
    chart.series[0].statistics = Statistics(
      of: Charts.samples(chart.span) { Double($0 % 100) * 1e6 }, over: chart.span, step: 300)
    #expect(altText(for: chart).contains("95th percentile 94.0\u{202F}Mbit/s"))
    chart.series[0].statistics = nil
    chart.series[0].peaks = []
    chart.series[0].isConsolidated = false
    #expect(altText(for: chart).contains("95th percentile"))
  }

  @Test func `lows lower the minimum and nothing else`() throws {
    let numbers = try #require(Statistics(Self.samples([5, 6]), lows: Self.samples([2, .nan])))
    #expect((numbers.minimum, numbers.average, numbers.maximum) == (2, 5.5, 6))
  }
}
