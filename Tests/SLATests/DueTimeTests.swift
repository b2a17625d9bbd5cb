import Config
import Model
import Testing

@testable import SLA

struct DueTimeTests {
  private let up = SeriesID(host: "www", job: "website", metric: "up")
  /// A Thursday, midnight.
  private let start = Instant(1_767_225_600)

  /// Measured at a quarter past every third hour, in slots of an hour.
  private func threeHourly(_ hours: ServiceHours = .always) throws -> Objective {
    var objective = objective(step: 3_600, hours: hours)
    objective.schedule = .cron(try #require(Cron("15 */3 * * *")), .utc)
    return objective
  }

  private func ledger(_ objective: Objective, _ values: [Int: Double?], hours: Int) -> [LedgerInterval] {
    judge(
      objective, observations: values.map { Observation(slot: start + $0.key * 3_600, series: up, value: $0.value) },
      from: start, to: start + hours * 3_600, configuration: "c0ffee", zone: .utc)
  }

  private func short(_ ledger: [LedgerInterval]) -> [String] {
    ledger.map { "\(($0.span.from - start) / 3_600)-\(($0.span.to - start) / 3_600) \($0.verdict) \($0.cause)" }
  }

  @Test func `slots in which no job was due are excluded, and missed ones are unknown`() throws {
    let found = ledger(try threeHourly(), [0: 1, 6: 0], hours: 9)
    #expect(
      short(found) == [
        "0-1 good ", "1-3 excluded not due", "3-4 unknown collector did not run", "4-6 excluded not due",
        "6-7 bad up is 0, minimum 1", "7-9 excluded not due",
      ])
    #expect(found.map(\.isBetweenTimes) == [false, true, false, true, false, true])
  }

  @Test func `coverage is of the slots that were due, and the budget of those to come`() throws {
    let objective = try threeHourly()
    let values = Dictionary(uniqueKeysWithValues: stride(from: 0, to: 48, by: 3).map { ($0, Optional(1.0)) })
    let month = Span(from: start, to: start + 31 * 86_400)
    let figure = figure(
      objective, window: month, windowLabel: "January", ledger: ledger(objective, values, hours: 48),
      now: start + 48 * 3_600, zone: .utc)
    #expect(figure.coverage == 1 && !figure.isVoid)
    #expect(figure.service == 16 * 3_600 && figure.unknown == 0)
    #expect(figure.wholeService == 31 * 8 * 3_600)
    #expect(figure.excluded == 32 * 3_600)
  }

  @Test func `service hours cut what is due`() throws {
    let hours = ServiceHours.weekly([WeeklyHours(days: Set(0..<7), from: 6 * 60, to: 12 * 60)])
    let objective = try threeHourly(hours)
    #expect(objective.countedSeconds(in: Span(from: start, to: start + 86_400), zone: .utc) == 2 * 3_600)
    #expect(
      short(ledger(objective, [6: 1, 9: 1], hours: 12)) == [
        "0-6 excluded outside service hours", "6-7 good ", "7-9 excluded not due", "9-10 good ",
        "10-12 excluded not due",
      ])
  }

  @Test func `of a job that is due in every slot all is due`() {
    let span = Span(from: start, to: start + 7_200)
    #expect(objective().dueSpans(in: span) == [span])
    #expect(objective().dueSpans(in: Span(from: start, to: start)).isEmpty)
  }
}
