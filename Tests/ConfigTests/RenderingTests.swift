import Config
import Testing

@Suite struct RenderingTests {
  private func problem(_ line: String, column: Int, width: Int) -> String {
    Problem(
      at: SourceLocation(file: "a.yaml", line: 12, column: column), line: line, width: width, message: "wrong",
      help: "mend it"
    ).rendered
  }

  @Test func `place, message, line, caret, way out`() {
    #expect(
      problem("    router1: {adress: 192.0.2.1}", column: 15, width: 6)
        == """
        a.yaml:12:15: error: wrong
           12 |     router1: {adress: 192.0.2.1}
              |               ^^^^^^
           mend it

        """.replacing("   mend", with: "      mend"))
  }

  @Test func `tabs count as one space, accents as nothing, wide letters as two`() {
    #expect(problem("\t\tab", column: 4, width: 1).contains("|   ab\n      |    ^\n"))
    #expect(problem("e\u{301}é x", column: 5, width: 1).contains("|    ^\n"))
    #expect(problem("日本 x", column: 4, width: 1).contains("|      ^\n"))
    #expect(problem("日本 x", column: 1, width: 2).contains("| ^^^^\n"))
  }

  @Test func `a long line is cut around the place`() {
    let line = String(repeating: "a", count: 5_000) + "HERE" + String(repeating: "b", count: 5_000)
    let lines = problem(line, column: 5_001, width: 4).split(separator: "\n")
    #expect(lines[1].count < 120)
    #expect(lines[1].contains("aHEREb"))
    let caret = lines[2].distance(from: lines[2].startIndex, to: lines[2].firstIndex(of: "^") ?? lines[2].endIndex)
    let here = lines[1].distance(from: lines[1].startIndex, to: lines[1].firstIndex(of: "H") ?? lines[1].endIndex)
    #expect(caret == here)
  }

  @Test func `control characters of the line do nothing to a terminal`() {
    let text = problem("a: \u{1B}[31mred\u{202E}", column: 4, width: 1)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test func `the last line counts`() {
    let location = SourceLocation(file: "a.yaml", line: 0, column: 0)
    let error = Problem(at: location, line: "", message: "wrong")
    let warning = Problem(.warning, at: location, line: "", message: "odd")
    #expect(render([error, warning, error]).hasSuffix("2 errors, 1 warning\n"))
    #expect(render([warning]) == "a.yaml: warning: odd\n1 warning\n")
    #expect(render([]) == "")
  }
}
