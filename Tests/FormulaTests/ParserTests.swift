import Formula
import Model
import TestSupport
import Testing

@Suite struct ParserTests {
  @Test(
    arguments: [
      ("1 + 2 * 3", 7.0), ("(1 + 2) * 3", 9), ("1 - 2 - 3", -4), ("12 / 3 / 2", 2), ("-2 * -3", 6), ("- - 2", 2),
      ("2 × 3 − 1", 5), ("6 ÷ 4", 1.5), ("1e3 + .5", 1_000.5), ("10k + 1Ki", 11_024), ("1 > 2", 0), ("2 >= 2", 1),
      ("1 ≠ 2", 1), ("min(3, 1, 2)", 1), ("max(3, 1, 2)", 3), ("avg(3, 1, 2)", 2), ("sum(3, 1, 2)", 6),
      ("count(3, 1, 2)", 3), ("clamp(7, 1, 5)", 5), ("clamp(-7, 1, 5)", 1), ("abs(-7)", 7), ("if(1 > 2, 3, 4)", 4),
      ("share(1, 4)", 25), ("1h", 3_600), ("1h30m", 5_400), ("5 ms * 1000", 5), ("100 Mbit/s / 1 Mbit/s", 100),
      ("80% * 5 s", 4), ("5 s / 50%", 10), ("2 * 30%", 60), ("8 / sum(2, 2)", 2), ("min(1,)", 1),
    ] as [(String, Double)])
  func `a formula of numbers is worked out as people read it`(text: String, value: Double) throws {
    let values = try World().values(text, count: 1)
    #expect(abs((values[0] ?? .nan) - value) < 1e-9)
  }

  @Test(
    arguments: [
      ("", 0, "an empty formula"),
      ("1 +", 3, "the formula ends after this"),
      ("1 2", 2, "a number cannot follow a value"),
      ("(1", 0, "a “(” without its “)”"),
      ("1)", 1, "a “)” without its “(”"),
      ("1 $ 2", 2, "“$” has no meaning in a formula"),
      ("'a/b/c", 0, "a quote without its end"),
      ("'a/b'", 0, "“a/b” is no series"),
      ("a/b/c", 0, "“a” means nothing here without quotes"),
      ("sun('a/b/c')", 0, "“sun” is no function"),
      ("sum", 0, "sum has no “(” after it"),
      ("2 * 'a/*/c'", 4, "“a/*/c” names many series where one is needed"),
      ("'a/*/c'", 0, "“a/*/c” names many series where one is needed"),
      ("sum(2 * '**')", 8, "“**” names many series where one is needed"),
      ("shift('a/b/c', 5)", 15, "shift needs a length of time here"),
      (
        "shift('a/b/c', 20000w)", 15,
        "a length of time is written in whole numbers and without blanks, and is at most ten years"
      ),
      ("shift('a/b/c')", 0, "shift needs more than this"),
      ("abs(1, 2)", 7, "abs takes no more than this"),
      ("percentile('a/b/c', 101)", 20, "percentile needs a number from 0 to 100 here"),
      ("5 * 7parsec", 5, "“parsec” is no unit of a number"),
      ("1e999", 0, "this is too large a number"),
      ("1 as bit", 5, "the unit after “as” is not in quotes"),
      ("1 < 2 < 3", 6, "“<” cannot follow a value"),
      ("1 ! 2", 2, "“!” has no meaning in a formula"),
      ("1 \u{1B}[31m", 2, "“\u{FFFD}” has no meaning in a formula"),
      ("'a/b/\u{202E}c'", 0, "a series with a control character, or longer than 1000 characters"),
    ] as [(String, Int, String)])
  func `what cannot be read is told with its place`(text: String, offset: Int, message: String) {
    let fault = failure(of: text)
    #expect(fault?.message == message)
    #expect(fault?.place.lowerBound == offset)
  }

  @Test func `a misspelt function brings the ones that may be meant`() throws {
    let fault = try #require(failure(of: "'a/b/c' * smoth('a/b/d', 1h)"))
    #expect(fault.word == "smoth")
    #expect(fault.candidates.contains("smooth"))
    #expect(fault.place == 10..<15)
  }

  @Test func `series with slashes, blanks and quotes of the other kind are read as they are`() throws {
    let formula = try Formula(
      #"'r/if/xe-0/0/0/in' + "r/if/it's here/in" − “r/if/*é/in x/in”"#.replacing("*", with: "-"))
    #expect(
      formula.references.map(\.selector.text) == ["r/if/xe-0/0/0/in", "r/if/it's here/in", "r/if/-é/in x/in"])
    #expect(formula.references[1].place == 21..<40)
  }

  @Test func `ten thousand parentheses, signs and sums are refused and not followed`() {
    let many = 10_000
    let nested = String(repeating: "(", count: many) + "1" + String(repeating: ")", count: many)
    #expect(failure(of: nested)?.message == "a formula of more than 4000 characters")
    #expect(failure(of: String(repeating: "(", count: 1_900) + "1")?.message == "nested more than 40 deep")
    #expect(failure(of: String(repeating: "abs(", count: 900))?.message == "nested more than 40 deep")
    #expect(
      failure(of: String(repeating: "1+", count: 1_900) + "1")?.message.hasPrefix("a formula of more than 400") == true)
    #expect(failure(of: String(repeating: "-", count: 3_900) + "1") == nil)
    #expect(failure(of: String(repeating: "9", count: 3_900))?.message == "this is too large a number")
  }

  @Test func `any text is read or refused, and what is read can be worked out`() throws {
    var random = SeededRandom(15)
    let words = [
      "'a/b/c'", "'a/b/*'", "1", "5%", "1h", "(", ")", ",", "+", "-", "*", "/", "<", "sum(", "shift(", "as", "'s'",
      "over", "\u{0}", "é",
    ]
    var good = 0
    let world = World.constant(["c": (1, .seconds)])
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in words.randomElement() ?? "" }.joined(
        separator: " ")
      guard failure(of: text) == nil else { continue }
      good += 1
      if let result = try? world.results(text) {
        #expect(result.samples.allSatisfy { $0.value?.isFinite ?? true }, "\(text)")
      }
    }
    #expect(good > 0)
  }
}
