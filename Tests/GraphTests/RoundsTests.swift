import Model
import Testing

@testable import Graph

struct RoundsTests {
  @Test func `a round has its median, its loss and its answers in order`() {
    let rounds = Charts.latency.rounds(columns: 672)
    #expect(rounds.count == 288)
    #expect(rounds[0].answers.count == 20 && rounds[0].answers == rounds[0].answers.sorted())
    #expect(rounds[5].loss == 10)
    #expect(rounds[100].median == nil && rounds[100].loss == 100 && rounds[100].answers.isEmpty)
  }

  @Test func `rounds of one column keep the mean of their medians and their worst loss`() {
    var chart = Charts.latency
    let times = (0..<3).map { Charts.day.from + 300 * $0 }
    chart.series[0].samples = zip(times, [1.0, 2, 6]).map { Sample(slot: $0, value: $1) }
    chart.kind = .latency(
      loss: zip(times, [0.0, 35, 5]).map { Sample(slot: $0, value: $1) },
      packets: [zip(times, [3.0, 1, 2]).map { Sample(slot: $0, value: $1) }])
    let rounds = chart.rounds(columns: 90)
    #expect(rounds.count == 1)
    #expect(rounds[0].median == 3 && rounds[0].loss == 35 && rounds[0].answers == [1, 2, 3])
  }

  @Test func `quantiles lie between ranks`() {
    let round = Round(left: 0, right: 1, answers: [1, 2, 3, 5])
    #expect(round.quantile(0) == 1 && round.quantile(1) == 5 && round.quantile(0.5) == 2.5)
    #expect(Round(left: 0, right: 1).quantile(0.5) == 0)
  }

  @Test func `the ceiling clears the medians and most of the slowest answers`() {
    func round(_ median: Double, _ slowest: Double) -> Round {
      Round(left: 0, right: 1, median: median, answers: [median, slowest])
    }
    let calm = (0..<99).map { _ in round(8, 12) }
    #expect(latencyCeiling(calm + [round(8, 900)]) == 12)
    #expect(latencyCeiling(calm + [round(20, 21)]) == 25)
    #expect(latencyCeiling([]) == 0)
  }
}
