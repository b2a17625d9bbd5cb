import Config
import Model
import SLA
import TestSupport
import Testing

struct ServiceTimeTests {
  private func day(_ year: Int, _ month: Int, _ day: Int, in zone: Zone = berlin) -> Span {
    window(
      .calendar(.day), containing: zone.instant(Civil(year: year, month: month, day: day, hour: 12)), zone: zone)
  }

  private func seconds(_ from: Int, _ to: Int, on span: Span, in zone: Zone = berlin) -> Int {
    let daily = WeeklyHours(days: [0, 1, 2, 3, 4, 5, 6], from: from, to: to)
    return serviceSpans(.weekly([daily]), in: span, zone: zone).reduce(0) { $0 + $1.seconds }
  }

  @Test func `all day is as long as the day`() {
    #expect(seconds(0, 1_440, on: day(2025, 3, 30)) == 82_800)
    #expect(seconds(0, 1_440, on: day(2025, 10, 26)) == 90_000)
    #expect(seconds(0, 1_440, on: day(2025, 6, 1)) == 86_400)
  }

  @Test func `an hour that exists twice is covered in both passes`() {
    #expect(seconds(120, 180, on: day(2025, 10, 26)) == 7_200)
    #expect(seconds(120, 150, on: day(2025, 10, 26)) == 5_400)
    #expect(seconds(60, 120, on: day(2025, 10, 26)) == 3_600)
  }

  @Test func `an hour that does not exist is not served, and a time in it moves forward`() {
    #expect(seconds(120, 180, on: day(2025, 3, 30)) == 0)
    #expect(seconds(60, 240, on: day(2025, 3, 30)) == 7_200)
    #expect(seconds(60, 150, on: day(2025, 3, 30)) == 5_400)
  }

  @Test func `hours across midnight belong to the day they start on`() {
    let friday = WeeklyHours(days: [4], from: 22 * 60, to: 6 * 60)
    let week = Span(from: berlinTime(2026, 11, 16), to: berlinTime(2026, 11, 23))
    #expect(
      occurrences(of: friday, in: week, zone: berlin)
        == [Span(from: berlinTime(2026, 11, 20, 22), to: berlinTime(2026, 11, 21, 6))])
    let saturday = Span(from: berlinTime(2026, 11, 21), to: berlinTime(2026, 11, 22))
    #expect(serviceSpans(.weekly([friday]), in: saturday, zone: berlin).map(\.seconds) == [6 * 3_600])
  }

  @Test func `hours that end when they start run round the clock`() {
    #expect(seconds(480, 480, on: day(2025, 6, 1)) == 86_400)
  }

  @Test func `midnight that exists twice ends the day where the next begins`() throws {
    let havana = try #require(Zone("America/Havana"))
    let sunday = day(2025, 11, 2, in: havana)
    let saturday = WeeklyHours(days: [5], from: 0, to: 1_440)
    let spans = occurrences(of: saturday, in: Span(from: sunday.from - 86_400, to: sunday.to), zone: havana)
    #expect(spans.map(\.to) == [sunday.from])
  }

  @Test func `a day the zone left out has no hours`() throws {
    let apia = try #require(Zone("Pacific/Apia"))
    let friday = WeeklyHours(days: [4], from: 480, to: 1_080)
    let from = apia.instant(Civil(year: 2011, month: 12, day: 29))
    #expect(occurrences(of: friday, in: Span(from: from, to: from + 3 * 86_400), zone: apia).isEmpty)
  }

  @Test func `overlapping hours count once`() {
    let hours = ServiceHours.weekly([officeHours, WeeklyHours(days: [0, 1], from: 17 * 60, to: 19 * 60)])
    let monday = Span(from: berlinTime(2026, 11, 16), to: berlinTime(2026, 11, 17))
    #expect(
      serviceSpans(hours, in: monday, zone: berlin)
        == [Span(from: berlinTime(2026, 11, 16, 8), to: berlinTime(2026, 11, 16, 19))])
  }

  @Test func `a span and its gaps are the whole`() {
    var random = SeededRandom(3)
    for _ in 0..<500 {
      let whole = Span(from: Instant(0), to: Instant(Int.random(in: 1...100, using: &random)))
      let spans = union(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in
          let from = Int.random(in: -20...110, using: &random)
          return Span(from: Instant(from), to: Instant(from + Int.random(in: 0...30, using: &random)))
        })
      let holes = gaps(in: whole, between: spans)
      let covered = spans.reduce(0) { $0 + $1.intersection(whole).seconds }
      #expect(covered + holes.reduce(0) { $0 + $1.seconds } == whole.seconds)
      #expect(holes.allSatisfy { hole in !spans.contains { !$0.intersection(hole).isEmpty } })
    }
  }

  @Test func `an empty span has no service time`() {
    let empty = Span(from: Instant(60), to: Instant(60))
    #expect(serviceSpans(.always, in: empty, zone: .utc).isEmpty)
    #expect(serviceSpans(.weekly([officeHours]), in: empty, zone: .utc).isEmpty)
  }
}
