import Config
import Model
import SLA
import Testing

struct DayStripTests {
  private let now = berlinTime(2026, 11, 22, 12)

  private func ledger(_ parts: [(Instant, Verdict)], until: Instant) -> [LedgerInterval] {
    let ends = parts.dropFirst().map(\.0) + [until]
    return zip(parts, ends).map { interval($0.0.seconds, $1.seconds, $0.1, "\($0.1)") }
  }

  @Test func `each day has its mark`() {
    let ledger = ledger(
      [
        (berlinTime(2026, 11, 17), .good), (berlinTime(2026, 11, 18, 12), .bad),
        (berlinTime(2026, 11, 18, 12, 1), .good),
        (berlinTime(2026, 11, 19, 12), .bad), (berlinTime(2026, 11, 19, 12, 2), .good),
        (berlinTime(2026, 11, 20), .unknown), (berlinTime(2026, 11, 21), .excluded), (berlinTime(2026, 11, 22), .good),
      ], until: now)
    let states = dayStates(objective(), ledger: ledger, days: 7, now: now, zone: berlin)
    #expect(states.map(\.mark) == [.none, .good, .withinShare, .overShare, .unknown, .excluded, .good])
    #expect(states.map(\.date.day) == [16, 17, 18, 19, 20, 21, 22])
    #expect(states[3].bad == 120 && states[3].share == 86)
    #expect(states[6].good == 43_200)
  }

  @Test func `a strip across a clock change adds up to its figure`() {
    let now = berlinTime(2026, 11, 4, 9, 30)
    let ledger = ledger(
      [
        (berlinTime(2026, 10, 20, 7), .good), (berlinTime(2026, 10, 25, 1), .bad),
        (berlinTime(2026, 10, 25, 4), .unknown),
        (berlinTime(2026, 10, 26, 3), .good),
      ], until: now)
    let states = dayStates(objective(unknown: .carry(3)), ledger: ledger, now: now, zone: berlin)
    let span = Span(from: states[0].span.from, to: states[29].span.to)
    let figure = figure(
      objective(unknown: .carry(3)), window: span, windowLabel: "", ledger: ledger, now: now, zone: berlin)
    #expect(states.count == 30)
    #expect(states.reduce(0) { $0 + $1.good } == figure.good)
    #expect(states.reduce(0) { $0 + $1.bad } == figure.bad)
    #expect(states.reduce(0) { $0 + $1.unknown } == figure.unknown)
    #expect(states.first { $0.date.month == 10 && $0.date.day == 25 }?.bad == 4 * 3_600 + 180)
    #expect(states.first { $0.date.month == 10 && $0.date.day == 25 }?.span.seconds == 90_000)
  }

  @Test func `the share of a day is that of its service hours`() {
    let hours = ServiceHours.weekly([officeHours])
    let friday = berlinTime(2026, 11, 20, 12)
    let ledger = [interval(friday.seconds - 3_600, friday.seconds, .good)]
    let states = dayStates(objective(target: 0.99, hours: hours), ledger: ledger, days: 2, now: friday, zone: berlin)
    #expect(states.last?.share == 360)
  }

  @Test func `nothing judged is no mark`() {
    #expect(dayStates(objective(), ledger: [], days: 3, now: now, zone: berlin).map(\.mark) == [.none, .none, .none])
  }

  @Test func `touching bad stretches are one bad time with its first cause`() {
    let ledger = [
      interval(0, 60, .bad, "a"), interval(60, 120, .bad, "b"), interval(120, 180, .bad, "b"),
      interval(180, 240, .unknown), interval(240, 300, .bad, "c"), interval(300, 360, .good),
    ]
    let times = badTimes(objective(), ledger: ledger, in: Span(from: Instant(30), to: Instant(360)), zone: .utc)
    #expect(
      times.map(\.span) == [Span(from: Instant(30), to: Instant(180)), Span(from: Instant(240), to: Instant(300))])
    #expect(times.map(\.cause) == ["a", "c"])
    #expect(times.map(\.otherCauses) == [1, 0])
  }
}
