import PNG
import TestSupport
import Testing

struct ChunkTextTests {
  static func texts(_ texts: [PNGText]) throws -> [(name: String, bytes: [UInt8])] {
    let file = try encode(EncodeTests.picture(texts: texts), palettes: [EncodeTests.grey])[0]
    #expect(PNGPixels(file) != nil)
    return PNGPixels.chunks(file).filter { $0.name.hasSuffix("Xt") }
  }

  @Test func `Latin-1 is written as it is and everything else as UTF-8`() throws {
    let chunks = try Self.texts([PNGText("Title", "Köln · 1 µs"), PNGText("Comment", "router → 東京")])
    #expect(chunks.map(\.name) == ["tEXt", "iTXt"])
    #expect(chunks[0].bytes == Array("Title".utf8) + [0] + "Köln · 1 µs".unicodeScalars.map { UInt8($0.value) })
    #expect(chunks[1].bytes == Array("Comment".utf8) + [0, 0, 0, 0, 0] + Array("router → 東京".utf8))
  }

  @Test func `control characters are left out, lines are kept`() throws {
    let chunks = try Self.texts([PNGText("Title", "a\u{0}b\u{1B}[31mc\r\nd\u{85}")])
    #expect(chunks[0].bytes == Array("Title\u{0}ab[31mc\nd".utf8))
  }

  @Test(arguments: [
    ("  two   words ", "two words"), ("", "Comment"), ("\n\u{0}", "Comment"), ("日本", "Comment"),
    (String(repeating: "k", count: 200), String(repeating: "k", count: 79)),
  ])
  func `any keyword becomes one the specification allows`(keyword: String, written: String) throws {
    let chunks = try Self.texts([PNGText(keyword, "x")])
    #expect(chunks.first.map { String(decoding: $0.bytes.prefix { $0 != 0 }, as: UTF8.self) } == written)
  }

  @Test func `a long text and an empty one are written whole`() throws {
    let long = String(repeating: "abc ", count: 20_000)
    let chunks = try Self.texts([PNGText("Title", long), PNGText("Comment", "")])
    #expect(chunks.map(\.bytes.count) == [6 + long.utf8.count, 8])
  }
}
