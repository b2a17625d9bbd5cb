import TestSupport
import Testing
import YAML

@Suite struct LimitTests {
  #if DEBUG
    private static let soon = Duration.seconds(20)
  #else
    private static let soon = Duration.milliseconds(500)
  #endif

  private func refused(_ text: String) -> String {
    let clock = ContinuousClock()
    var answer = ""
    let taken = clock.measure { answer = refusal(text) }
    #expect(taken < LimitTests.soon * patience)
    return answer
  }

  @Test func `nine lists of nine aliases each are refused`() {
    var text = "a: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let use = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
      text += "a\(level): &a\(level) [\(use)]\n"
    }
    #expect(refused(text) == "7:10: error: more than 1000000 values, every use of an alias counted")
  }

  @Test func `two to the thirtieth nodes of shared mappings are refused`() {
    var text = "l0: &l0 {x: y}\n"
    for level in 1...30 { text += "l\(level): &l\(level) {a: *l\(level - 1), b: *l\(level - 1)}\n" }
    #expect(refused(text).hasSuffix("more than 1000000 values, every use of an alias counted"))
  }

  @Test(arguments: ["[", "{a: ", "- "])
  func `fifty thousand levels are refused`(opening: String) {
    #expect(refused(String(repeating: opening, count: 50_000)).hasSuffix("nested deeper than 64 levels"))
  }

  @Test func `levels are counted through aliases`() {
    var text = "l0: &l0 [x]\n"
    for level in 1...70 { text += "l\(level): &l\(level) [*l\(level - 1)]\n" }
    #expect(refused(text).hasSuffix("nested deeper than 64 levels"))
  }

  @Test func `half a million aliases of two values are refused`() {
    #expect(refused("a: &a [x]\nb: [\(String(repeating: "*a,", count: 510_000))]").contains("more than 1000000"))
  }

  @Test func `an alias inside what it names is refused`() {
    #expect(refused("a: &a [*a]\n") == "1:8: error: the alias *a stands inside what it names")
  }

  @Test func `a text of two megabytes is refused`() {
    #expect(refused("a: \(String(repeating: "x", count: 2 << 20))").hasSuffix("a text of more than 1 MiB"))
  }

  @Test func `a file over sixteen megabytes is refused`() {
    #expect(refused(String(repeating: "#", count: 17 << 20)) == "0:0: error: the file is longer than 16 MiB")
  }

  @Test func `sixty-four levels are accepted`() {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(refusal(text) == "accepted")
  }
}
