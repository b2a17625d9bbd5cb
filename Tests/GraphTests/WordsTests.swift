import Model
import Testing

@testable import Graph

struct WordsTests {
  static let words = Words(zone: Charts.berlin)

  @Test func `a period names its length, its end and its zone`() {
    #expect(Self.words.period(Charts.day) == "24 h to Thu 21 May 2026 14:05 CEST")
    let winter = Span(from: Instant(1_768_478_400), to: Instant(1_768_478_400 + 7 * 86_400))
    #expect(Self.words.period(winter) == "week to Thu 22 Jan 2026 13:00 CET")
  }

  @Test func `a short period of one day names both ends`() {
    let span = Span(from: Charts.at(21, 9, 30), to: Charts.at(21, 11, 0))
    #expect(Self.words.period(span) == "Thu 21 May 2026, 09:30–11:00 CEST")
    let night = Span(from: Charts.at(20, 23, 30), to: Charts.at(21, 0, 30))
    #expect(
      Self.words.period(night) == "60 min to Thu 21 May 2026 00:30 CEST" || Self.words.period(night).hasPrefix("1 h"))
  }

  @Test(arguments: [
    (600, "10 min"), (5_400, "90 min"), (86_400, "24 h"), (172_800, "48 h"), (604_800, "week"), (2_419_200, "4 weeks"),
    (2_592_000, "30 days"), (31_536_000, "year"), (31_622_400, "year"), (42, "42 s"), (7_200, "2 h"),
  ])
  func `lengths are words where people have one`(seconds: Int, text: String) {
    #expect(Words.length(seconds) == text)
  }

  @Test func `a time is as short as the end of the chart allows`() {
    let end = Charts.now
    #expect(Self.words.near(Charts.at(21, 3, 30), end) == "03:30")
    #expect(Self.words.near(Charts.at(20, 22, 0), end) == "Wed 22:00")
    #expect(Self.words.near(Charts.at(3, 22, 0), end) == "3 May")
    #expect(Self.words.near(Charts.now - 200 * 86_400, end) == "2 Nov 2025")
  }

  @Test func `a stretch does not say its day twice`() {
    let span = Span(from: Charts.at(20, 22, 0), to: Charts.at(20, 23, 0))
    #expect(Self.words.stretch(span, Charts.now) == "Wed 22:00 to 23:00")
    #expect(Self.words.stretch(Span(from: span.from, to: Charts.at(21, 1, 0)), Charts.now) == "Wed 22:00 to 01:00")
    #expect(Self.words.stretch(span, Charts.now + 20 * 86_400) == "20 May 22:00 to 23:00")
  }
}
