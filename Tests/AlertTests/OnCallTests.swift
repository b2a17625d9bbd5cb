import Alert
import Config
import Model
import TestSupport
import Testing

struct OnCallTests {
  private let berlin = Zone("Europe/Berlin") ?? .utc
  private let weekdays = WeeklyHours(days: [0, 1, 2, 3, 4], from: 8 * 60, to: 18 * 60)

  private func at(_ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0, year: Int = 2026) -> Instant {
    berlin.instant(Civil(year: year, month: month, day: day, hour: hour, minute: minute))
  }

  private var network: Role {
    World.role(
      "network-oncall", [(weekdays, ["alice", "bob"]), (World.night, ["carol", "alice"])], fallback: ["boss"],
      zone: berlin)
  }

  @Test func `the shift that covers is on duty, and the next one is known`() {
    // Friday 20 November 2026.
    #expect(
      onCall(network, at: at(11, 20, 14))
        == OnCall(
          contact: "alice", shift: network.shifts[0], why: "network-oncall, first of shift mon-fri 08:00-18:00",
          until: at(11, 20, 18), next: "carol"))
    let night = onCall(network, at: at(11, 21, 3))
    #expect(night.contact == "carol" && night.until == at(11, 21, 8) && night.next == "boss")
    #expect(night.why == "network-oncall, first of shift daily 18:00-08:00")
    let saturday = onCall(network, at: at(11, 21, 8))
    #expect(saturday.contact == "boss" && saturday.until == at(11, 21, 18) && saturday.next == "carol")
    #expect(saturday.why == "network-oncall, fallback: no shift covers this time" && saturday.shift == nil)
  }

  @Test func `a role nobody answers for says so`() {
    let role = World.role("ghosts", [(weekdays, [])])
    let nobody = onCall(role, at: at(11, 20, 14))
    #expect(nobody.contact == nil && nobody.until == nil && nobody.next == nil)
    #expect(nobody.why == "ghosts: no shift covers this time, and there is no fallback")
  }

  @Test func `a person who stays is on until somebody else comes`() {
    let role = World.role("one", [(World.day, ["alice"]), (World.night, ["alice", "bob"])], zone: berlin)
    #expect(onCall(role, at: at(11, 20, 14)).until == nil)
    let week = World.role(
      "week", [(WeeklyHours(days: [0, 1, 2, 3, 4, 5], from: 0, to: 1_440), ["alice"])], fallback: ["bob"], zone: berlin)
    #expect(onCall(week, at: at(11, 18, 9)).until == at(11, 22, 0))
    #expect(onCall(week, at: at(11, 18, 9)).next == "bob")
  }

  @Test func `a shift ends by the clock on the wall, also on the day it changes`() {
    let spring = onCall(network, at: at(3, 28, 20, year: 2025))
    #expect(spring.contact == "carol" && spring.until == at(3, 29, 8, year: 2025))
    let change = onCall(network, at: at(3, 29, 20, year: 2025))
    #expect(change.until == at(3, 30, 8, year: 2025))
    #expect(
      duties(network, in: Span(from: at(3, 29, 18, year: 2025), to: at(3, 30, 8, year: 2025)))[0].span.seconds == 13
        * 3_600)
    #expect(
      duties(network, in: Span(from: at(10, 25, 18, year: 2025), to: at(10, 26, 8, year: 2025)))[0].span.seconds == 15
        * 3_600)
  }

  @Test func `what no shift covers is uncovered, fallback or not`() {
    // Saturday and Sunday from 8 to 18.
    #expect(
      uncovered(network, from: at(11, 16, 0), days: 7) == [
        Span(from: at(11, 21, 8), to: at(11, 21, 18)), Span(from: at(11, 22, 8), to: at(11, 22, 18)),
      ])
    let empty = World.role("empty", [(World.day, []), (World.night, ["carol"])], zone: berlin)
    #expect(uncovered(empty, from: at(11, 16, 0), days: 2).map(\.seconds) == [36_000, 36_000])
    #expect(
      uncovered(World.role("none", [], zone: berlin), from: at(3, 29, 0, year: 2025), days: 2).map(\.seconds) == [
        47 * 3_600
      ])
  }

  @Test(arguments: [
    (Set([0, 1, 2, 3, 4]), 480, 1_080, "mon-fri 08:00-18:00"), (Set(0...6), 1_080, 480, "daily 18:00-08:00"),
    (Set([0, 2]), 540, 720, "mon,wed 09:00-12:00"), (Set([5, 6]), 0, 1_440, "sat,sun 00:00-24:00"),
    (Set([3]), 1, 2, "thu 00:01-00:02"),
  ])
  func `hours are printed as they are written`(days: Set<Int>, from: Int, to: Int, text: String) {
    #expect(WeeklyHours(days: days, from: from, to: to).text == text)
  }

  @Test func `random plans say minute by minute what a look at the wall clock says`() {
    var random = SeededRandom(5)
    let span = Span(from: at(1, 5, 0), to: at(1, 14, 0))
    for round in 0..<60 {
      let role = randomRole(&random)
      let plan = duties(role, in: span)
      #expect(zip(plan, plan.dropFirst()).allSatisfy { $0.span.to == $1.span.from && $0.shift != $1.shift })
      #expect(plan.first?.span.from == span.from && plan.last?.span.to == span.to)
      for duty in plan {
        for instant in [duty.span.from, duty.span.from + duty.span.seconds / 2, duty.span.to - 1] {
          let expected = role.shifts.first { !$0.contacts.isEmpty && covers($0.hours, instant) }
          #expect(duty.shift == expected, "round \(round), \(stampText(instant))")
        }
      }
    }
  }

  private func randomRole(_ random: inout SeededRandom) -> Role {
    let shifts = (0..<Int.random(in: 0...4, using: &random)).map { index in
      let days = Set((0...6).filter { _ in Bool.random(using: &random) })
      let hours = WeeklyHours(
        days: days, from: Int.random(in: 0...1_439, using: &random), to: Int.random(in: 1...1_440, using: &random))
      return (hours, Int.random(in: 0...4, using: &random) == 0 ? [] : ["contact\(index)"])
    }
    return World.role("random", shifts, zone: berlin)
  }

  private func covers(_ hours: WeeklyHours, _ instant: Instant) -> Bool {
    let civil = berlin.civil(instant)
    let minute = civil.hour * 60 + civil.minute
    if hours.to > hours.from { return hours.days.contains(civil.weekday) && (hours.from..<hours.to).contains(minute) }
    return hours.days.contains(civil.weekday) && minute >= hours.from
      || hours.days.contains((civil.weekday + 6) % 7) && minute < hours.to
  }
}
