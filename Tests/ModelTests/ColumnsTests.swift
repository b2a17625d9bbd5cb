import Model
import Testing

struct ColumnsTests {
  @Test func `a combining mark takes no column and a wide character two`() {
    #expect(["abc", "e\u{301}", "日本語", "한국", "a\u{200D}b", "ｆｕｌｌ", "👀"].map(\.columns) == [3, 1, 6, 4, 2, 8, 2])
    #expect("日本".filled(to: 6) == "日本  ")
    #expect("日本".filled(to: 6, atEnd: false) == "  日本")
    #expect("too long".filled(to: 3) == "too long")
  }

  @Test func `text is broken at blanks, and inside a word only where it is longer than a line`() {
    #expect("the website answers".wrapped(to: 11) == ["the website", "answers"])
    #expect("see /srv/reports/index.html".wrapped(to: 10) == ["see", "/srv/repor", "ts/index.h", "tml"])
    #expect(
      "see /srv/reports/index.html now".wrapped(to: 10, keepingWords: true) == [
        "see", "/srv/reports/index.html", "now",
      ])
    #expect("日本語の店".wrapped(to: 4) == ["日本", "語の", "店"])
    #expect("".wrapped(to: 4) == [""])
    #expect("13\u{202F}min 05\u{202F}s".wrapped(to: 6) == ["13\u{202F}min", "05\u{202F}s"])
  }

  @Test func `columns stand under each other, wide characters or not`() {
    let lines = tableLines([["name", "seconds"], ["日本", "5"], ["cafe\u{301}", "1200"]], numbers: [1])
    #expect(lines == [["name  seconds"], ["日本        5"], ["cafe\u{301}     1200"]])
  }

  @Test func `a table that is too wide breaks its widest text and never a number`() throws {
    let rows = [["1", String(repeating: "word ", count: 30), "12345678901234567890"]]
    let lines = try #require(tableLines(rows, numbers: [0, 2], within: 60))
    #expect(lines.joined().allSatisfy { $0.columns <= 60 })
    #expect(lines[0].count > 3 && lines[0][0].hasSuffix("12345678901234567890"))
  }

  @Test func `a table that cannot fit is none`() {
    #expect(tableLines([[String(repeating: "9", count: 80), "text"]], numbers: [0], within: 76) == nil)
  }
}
