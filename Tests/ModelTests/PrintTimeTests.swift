import Model
import Testing

private func plain(_ text: String) -> String { text.replacing(thinSpace, with: " ") }

struct PrintTimeTests {
  @Test(arguments: [
    (0, "0 s"), (44, "44 s"), (60, "1 min"), (126, "2 min 06 s"), (599, "9 min 59 s"), (600, "10 min"),
    (2_699, "44 min"), (3_600, "1 h"), (14_100, "3 h 55 min"), (86_399, "23 h 59 min"), (86_400, "1 d"),
    (2_592_000, "30 d"), (3_564_000 + 1_800, "41 d 6 h"), (-126, "−2 min 06 s"), (86_400 * 12_000, "12 000 d"),
  ])
  func `a length of time has two units at most`(seconds: Int, text: String) {
    #expect(plain(durationText(seconds)) == text)
  }

  @Test(arguments: [
    (0, "0 s"), (1_025, "17 min 05 s"), (2_586, "43 min 06 s"), (3_605, "1 h 00 min 05 s"), (7_200, "2 h"),
    (90_061, "1 d 01 h 01 min 01 s"), (-1_025, "−17 min 05 s"),
  ])
  func `a report is exact to the second`(seconds: Int, text: String) {
    #expect(plain(exactDurationText(seconds)) == text)
  }

  @Test(arguments: [(85, "85 ms"), (6_870, "6.8 s"), (59_999, "59.9 s"), (65_000, "1 min 05 s")])
  func `what something took is told in milliseconds`(milliseconds: Int, text: String) {
    #expect(plain(durationText(milliseconds: milliseconds)) == text)
  }

  @Test(arguments: [
    (2026, 5, 21, 14, 5, "today 14:05"), (2026, 5, 20, 22, 0, "Wed 22:00"), (2026, 5, 24, 3, 0, "Sun 03:00"),
    (2026, 5, 18, 0, 0, "Mon 00:00"), (2026, 5, 17, 23, 59, "Sun 17 May 23:59"),
    (2026, 5, 25, 0, 0, "Mon 25 May 00:00"),
    (2025, 11, 3, 14, 5, "2025-11-03 14:05"), (2027, 1, 1, 0, 0, "2027-01-01 00:00"),
  ])
  func `a time is as near as it is`(
    year: Int, month: Int, day: Int, hour: Int, minute: Int, text: String
  ) throws {
    let zone = try #require(Zone("Europe/Berlin"))
    let now = zone.instant(Civil(year: 2026, month: 5, day: 21, hour: 14, minute: 10))
    let instant = zone.instant(Civil(year: year, month: month, day: day, hour: hour, minute: minute))
    #expect(clockText(instant, zone: zone, now: now) == text)
  }

  @Test func `an hour that exists twice is told apart`() throws {
    let zone = try #require(Zone("Europe/Berlin"))
    let twice = Civil(year: 2025, month: 10, day: 26, hour: 2, minute: 30)
    let first = timeText(zone.instant(twice), zone: zone)
    let second = timeText(zone.instant(twice, later: true), zone: zone)
    #expect(first != second)
    #expect(first.hasPrefix("02:30 ") && second.hasPrefix("02:30 "))
    #expect(timeText(zone.instant(twice) - 3_600, zone: zone, seconds: true) == "01:30:00")
  }

  @Test func `a stamp is RFC 3339 in UTC`() {
    #expect(stampText(Instant(1_779_365_100)) == "2026-05-21T12:05:00Z")
  }
}
