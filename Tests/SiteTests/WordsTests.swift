import Model
import Testing

@testable import Site

@Suite struct Wording {
  let words = Words(zone: Example.zone, now: Example.now)

  @Test func `a moment is as near as it is`() {
    #expect(words.moment(Example.slot) == "14:05")
    #expect(words.moment(Example.slot - 57_900) == "Wed 22:00")
    #expect(words.moment(Instant(1_762_174_800)) == "2025-11-03 14:00")
    #expect(words.stamp(Example.now) == "2026-05-21T14:05:07+02:00")
  }

  @Test func `a stretch names the second day only where it is another`() {
    #expect(words.stretch(Span(from: Example.slot - 2_700, to: Example.slot)) == "13:20 to 14:05")
    #expect(words.stretch(Span(from: Example.slot - 57_900, to: Example.slot)) == "Wed 22:00 to 14:05")
  }

  @Test func `a rule is said in one unit where that is exact`() {
    #expect(
      [60, 90, 300, 3_600, 86_400].map(ruleText) == [
        "1\u{202F}min", "90\u{202F}s", "5\u{202F}min", "1\u{202F}h", "1\u{202F}d",
      ])
  }

  @Test func `lists and counts read as sentences`() {
    #expect(listed([]) == "" && listed(["a"]) == "a" && listed(["a", "b", "c"]) == "a, b and c")
    #expect(counted(1, "host") == "1 host" && counted(12_000, "host") == "12\u{202F}000 hosts")
  }

  @Test func `where slots are shorter than a minute, times say their seconds`() {
    let fine = Words(zone: Example.zone, now: Example.now, isFine: true)
    #expect(fine.moment(Example.now) == "14:05:07" && fine.moment(Example.slot) == "14:05")
    #expect(fine.slot(Example.slot) == "14:05:00" && words.slot(Example.slot) == "14:05")
    #expect(fine.stretch(Span(from: Example.slot - 20, to: Example.slot - 10)) == "14:04:40 to 14:04:50")
  }

  @Test func `dated times are right whenever they are read`() {
    #expect(words.dated.moment(Example.slot) == "2026-05-21 14:05")
    #expect(words.dated.momentOfSentence(Example.slot) == "2026-05-21 14:05")
    #expect(!words.dated.isToday(Example.now))
  }

  @Test func `lengths for drawings are plain ASCII`() {
    #expect([0, 1.25, 10, -0.3, 999.96].map(pixels) == ["0", "1.3", "10", "-0.3", "1000"])
  }
}
