import Markdown
import TestSupport
import Testing

@Suite struct HostileTests {
  private static let bombs: [@Sendable (Int) -> String] = [
    { "*a " * $0 }, { "**a_b" * $0 }, { "[" * ($0 * 3) }, { "[a](" * $0 }, { "](b" * $0 }, { "`a``b```c" * $0 },
    { "- " * $0 + "x" }, { "> 1. - " * $0 }, { "|" * ($0 * 2) + "\n" + "|-" * $0 }, { "a|b\n" * $0 },
    { "\\" * ($0 * 3) }, { "```\n" * $0 }, { "#\n" * $0 }, { "[a](b)" * $0 }, { "\n" * ($0 * 3) },
    { "[" + "*_[" * $0 + "](x)*_" * $0 },
    { count in (0..<40).map { " " * ($0 * 2) + "- x\n" }.joined() * (count / 100) },
  ]

  @Test(arguments: bombs.indices)
  func `reading takes time by the length of the text`(number: Int) {
    let bomb = Self.bombs[number]
    func seconds(_ count: Int) -> Double {
      let text = bomb(count)
      let clock = ContinuousClock()
      let times = (0..<3).map { _ in clock.measure { #expect(Document(text).links.count <= text.utf8.count) } }
      return Double((times.min() ?? .zero).components.attoseconds) / 1e18
    }
    _ = seconds(100)
    let (short, long) = (seconds(2_000), seconds(16_000))
    // Eight times the text; what grew with its square would take 64 times as long.
    #expect(long < max(0.15, short * 40), "\(short) s and \(long) s")
  }

  @Test func `nothing nests without end`() {
    let text = "*a **b " * 5_000 + "** *" * 5_000
    #expect(depth(Document(text).blocks) < 50)
    #expect(depth(Document("- " * 5_000 + "x").blocks) < 20)
  }

  @Test func `any text is read, whatever its letters are`() {
    var random = SeededRandom(7)
    let letters = Array("*_`[]()<>#|-1. \n\t\\~!a\u{202E}\u{0}\u{301}&\"'é😀:/".unicodeScalars)
    for _ in 0..<3_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0..<60, using: &random) {
        text.append(letters[Int.random(in: letters.indices, using: &random)])
      }
      let document = Document(String(text))
      for link in document.links { #expect(link.place.upperBound <= text.count) }
    }
  }

  private func depth(_ blocks: [Block]) -> Int {
    blocks.map { block in
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines): depth(inlines)
      case .list(let items, _): 1 + (items.map(depth).max() ?? 0)
      case .code, .table: 1
      }
    }.max() ?? 0
  }

  private func depth(_ inlines: [Inline]) -> Int {
    1
      + (inlines.map { inline in
        switch inline {
        case .emphasis(let inner), .strong(let inner), .link(let inner, _): depth(inner)
        case .text, .code, .lineBreak: 0
        }
      }.max() ?? 0)
  }
}

private func * (text: String, count: Int) -> String { String(repeating: text, count: count) }
