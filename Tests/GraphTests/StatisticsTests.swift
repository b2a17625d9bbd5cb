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
}
