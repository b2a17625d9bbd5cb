import CPNG

/// A text as it goes into the file: Latin-1 in tEXt where it can be, UTF-8 in iTXt where it cannot.
struct ChunkText {
  /// Both end in a zero byte.
  var keyword: [UInt8]
  var text: [UInt8]
  var isInternational: Bool

  init(_ text: PNGText) {
    keyword = Self.keyword(text.keyword)
    let scalars = text.text.unicodeScalars
    let content = scalars.allSatisfy(\.isAllowed) ? scalars : String.UnicodeScalarView(scalars.filter(\.isAllowed))
    isInternational = !content.allSatisfy { $0.value < 0x100 }
    self.text = isInternational ? Array(String(content).utf8) : content.map { UInt8($0.value) }
    self.text.append(0)
  }

  /// 1 to 79 printable Latin-1 characters without outer or double spaces (PNG specification, 11.3.3.2).
  private static func keyword(_ name: String) -> [UInt8] {
    let words = name.unicodeScalars.map { isKeywordByte($0) ? UInt8($0.value) : 0x20 }
      .split(separator: 0x20).joined(separator: [0x20])
    let cut = Array(words.prefix(79))
    return (cut.isEmpty ? Array("Comment".utf8) : cut.last == 0x20 ? cut.dropLast() : cut) + [0]
  }

  private static func isKeywordByte(_ scalar: Unicode.Scalar) -> Bool {
    (0x21...0x7E).contains(scalar.value) || (0xA1...0xFF).contains(scalar.value)
  }
}

extension Unicode.Scalar {
  fileprivate var isAllowed: Bool {
    (0x20...0x7E).contains(value) || self == "\n" || properties.generalCategory != .control
  }
}

/// The texts as C reads them, for the length of the call.
func withChunkTexts<Result>(
  _ texts: [ChunkText], _ body: (UnsafeBufferPointer<cpng_text>) -> Result
) -> Result {
  let bytes = texts.flatMap { $0.keyword + $0.text }
  return unsafe bytes.withUnsafeBytes { storage in
    let start = unsafe storage.bindMemory(to: CChar.self).baseAddress
    var offset = 0
    var pointers: [cpng_text] = unsafe []
    for text in texts {
      unsafe pointers.append(
        cpng_text(
          keyword: start.map { unsafe $0 + offset }, text: start.map { unsafe $0 + offset + text.keyword.count },
          international: text.isInternational ? 1 : 0))
      offset += text.keyword.count + text.text.count
    }
    return unsafe pointers.withUnsafeBufferPointer(body)
  }
}
