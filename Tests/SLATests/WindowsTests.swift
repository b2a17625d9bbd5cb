import Config
import Model
import SLA
import Testing

struct WindowsTests {
  private let berlin = Zone("Europe/Berlin") ?? .utc

  private func at(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Instant {
    berlin.instant(Civil(year: year, month: month, day: day, hour: hour, minute: minute))
  }

  @Test func `a period runs from local midnight to local midnight`() {
    let now = at(2026, 11, 22, 14, 5)
    let bounds: [(ObjectiveWindow.Period, Instant, Instant, String)] = [
      (.day, at(2026, 11, 22), at(2026, 11, 23), "22 November 2026"),
      (.week, at(2026, 11, 16), at(2026, 11, 23), "week 47 of 2026"),
      (.month, at(2026, 11, 1), at(2026, 12, 1), "November 2026"),
      (.quarter, at(2026, 10, 1), at(2027, 1, 1), "Q4 2026"), (.year, at(2026, 1, 1), at(2027, 1, 1), "2026"),
    ]
    for (period, from, to, name) in bounds {
      let span = window(.calendar(period), containing: now, zone: berlin)
      #expect(span == Span(from: from, to: to))
      #expect(label(of: .calendar(period), span, zone: berlin) == name)
      #expect(previous(.calendar(period), before: span, zone: berlin).to == from)
    }
  }

  @Test func `a rolling window is pure seconds`() {
    let now = at(2026, 3, 29, 12)
    let span = window(.rolling(2_592_000), containing: now, zone: berlin)
    #expect(span == Span(from: now - 2_592_000, to: now))
    #expect(label(of: .rolling(2_592_000), span, zone: berlin) == "last 30\u{202F}d")
    #expect(previous(.rolling(60), before: Span(from: now - 60, to: now), zone: berlin).from == now - 120)
  }

  @Test(arguments: [
    ("Europe/Berlin", 2025, 3, 30, 82_800), ("Europe/Berlin", 2025, 10, 26, 90_000),
    ("Australia/Lord_Howe", 2025, 10, 5, 84_600), ("Australia/Lord_Howe", 2025, 4, 6, 88_200),
    ("America/Sao_Paulo", 2018, 11, 4, 82_800), ("America/Havana", 2025, 11, 2, 90_000),
  ])
  func `a day is as long as it is`(name: String, year: Int, month: Int, day: Int, seconds: Int) throws {
    let zone = try #require(Zone(name))
    let noon = zone.instant(Civil(year: year, month: month, day: day, hour: 12))
    #expect(window(.calendar(.day), containing: noon, zone: zone).seconds == seconds)
  }

  @Test func `the day Apia left out is in no window`() throws {
    let zone = try #require(Zone("Pacific/Apia"))
    let before = window(.calendar(.day), containing: zone.instant(Civil(year: 2011, month: 12, day: 29)), zone: zone)
    let after = window(.calendar(.day), containing: before.to, zone: zone)
    #expect(zone.civil(before.to).day == 31)
    #expect(after.seconds == 86_400)
  }

  @Test(arguments: [
    "UTC", "Europe/Berlin", "Europe/London", "Europe/Lisbon", "America/New_York", "America/Sao_Paulo",
    "America/Havana", "America/St_Johns", "Asia/Kathmandu", "Asia/Tehran", "Africa/Casablanca", "Australia/Lord_Howe",
    "Pacific/Apia", "Pacific/Chatham",
  ])
  func `windows follow each other without a gap for 38 years`(name: String) throws {
    let zone = try #require(Zone(name))
    let start = zone.startOfDay(Civil(year: 2000, month: 1, day: 1))
    let end = zone.startOfDay(Civil(year: 2038, month: 1, day: 1))
    for period in [ObjectiveWindow.Period.day, .month, .quarter, .year] {
      var sum = 0
      var cursor = start
      while cursor < end {
        let span = window(.calendar(period), containing: cursor, zone: zone)
        guard span.from == cursor, span.to > cursor else {
          Issue.record("\(name): \(period) at \(stampText(cursor)) runs from \(stampText(span.from))")
          break
        }
        sum += span.seconds
        cursor = span.to
      }
      #expect(sum == end - start)
    }
  }
}
