import Testing

@testable import Demo

@Suite struct ChanceTests {
  private let chance = Chance("router1/ping", seed: 1)

  @Test func `the same key and number always give the same share, others give others`() {
    let again = Chance("router1/ping", seed: 1)
    #expect((0..<100).allSatisfy { chance.share($0) == again.share($0) })
    #expect(chance.share(7) != chance.share(8))
    #expect(chance.share(7, 1) != chance.share(7, 2))
    #expect(chance.share(7) != Chance("router2/ping", seed: 1).share(7))
    #expect(chance.share(7) != Chance("router1/ping", seed: 2).share(7))
  }

  @Test func `shares are even, bells have mean 0 and deviation 1`() {
    let shares = (0..<20_000).map { chance.share($0) }
    #expect(shares.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(mean(shares) - 0.5) < 0.01)
    let bells = (0..<20_000).map { chance.bell($0) }
    #expect(bells.allSatisfy { abs($0) <= 3.5 })
    #expect(abs(mean(bells)) < 0.03)
    #expect(abs(mean(bells.map { $0 * $0 }) - 1) < 0.05)
  }

  @Test func `a tail is never negative and mostly small`() {
    let tails = (0..<20_000).map { chance.tail($0) }
    #expect(tails.allSatisfy { $0 >= 0 && $0 < 7 })
    #expect(abs(mean(tails) - 1.07) < 0.05)
    #expect(tails.count { $0 < 1 } > 13_000)
  }

  @Test func `a drift is smooth and stays within its bounds`() {
    let course = (0..<3_000).map { chance.drift($0 * 60, period: 3_600) }
    #expect(course.allSatisfy { abs($0) <= 1 })
    #expect(zip(course, course.dropFirst()).allSatisfy { abs($0 - $1) < 0.06 })
    #expect((course.max() ?? 0) - (course.min() ?? 0) > 1)
  }

  @Test func `bursts are as rare as they are said to be`() {
    let stretches = (0..<4_000).map { chance.burst($0 * 900 + 300, period: 900, rarity: 40) }
    #expect(stretches.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect((60...140).contains(stretches.count { $0 > 0 }))
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
