/// Translates between bytes, characters, lines and columns of a UTF-8 text in constant or logarithmic time.
struct TextIndex {
  /// Bytes of a byte order mark before the text.
  private let lead: Int
  private let isASCII: Bool
  private let byteCount: Int
  private var lines: [Place] = [Place(byte: 0, character: 0)]
  /// The byte of every 64th character; empty for ASCII.
  private var checkpoints: [Int] = []

  private struct Place {
    var byte: Int
    var character: Int
  }

  private static let stride = 64

  /// `text` is without its byte order mark.
  init(_ text: ArraySlice<UInt8>, lead: Int) {
    self.lead = lead
    isASCII = text.allSatisfy { $0 < 0x80 }
    byteCount = text.count
    var character = 0
    var previous: UInt8 = 0
    for (byte, unit) in text.enumerated() {
      if previous == 0x0A || previous == 0x0D && unit != 0x0A {
        lines.append(Place(byte: byte, character: character))
      }
      previous = unit
      guard unit & 0xC0 != 0x80 else { continue }
      if !isASCII, character % TextIndex.stride == 0 { checkpoints.append(byte) }
      character += 1
    }
    if previous == 0x0A || previous == 0x0D { lines.append(Place(byte: byteCount, character: character)) }
  }

  /// The place of the character with this number, counted from 0 without the byte order mark.
  func mark(character: Int, in text: ArraySlice<UInt8>) -> YAMLMark {
    let byte = self.byte(ofCharacter: character, in: text)
    let line = self.line(ofByte: byte)
    return YAMLMark(offset: byte + lead, line: line + 1, column: max(0, character - lines[line].character) + 1)
  }

  /// The place of a byte, counted from 0 without the byte order mark.
  func mark(byte: Int, in text: ArraySlice<UInt8>) -> YAMLMark {
    let line = self.line(ofByte: byte)
    let before = text[text.startIndex + lines[line].byte..<text.startIndex + min(byte, byteCount)]
    return YAMLMark(
      offset: byte + lead, line: line + 1, column: before.count { $0 & 0xC0 != 0x80 } + 1)
  }

  /// The byte at a mark; `nil` where only white space follows.
  func byte(_ mark: YAMLMark, in text: ArraySlice<UInt8>) -> UInt8? {
    let rest = text.dropFirst(mark.offset - lead)
    return rest.contains { $0 > 0x20 } ? rest.first : nil
  }

  private func byte(ofCharacter character: Int, in text: ArraySlice<UInt8>) -> Int {
    if isASCII { return min(character, byteCount) }
    let checkpoint = character / TextIndex.stride
    guard checkpoint < checkpoints.count else { return byteCount }
    var byte = checkpoints[checkpoint]
    var left = character % TextIndex.stride
    while left > 0, byte < byteCount {
      byte += 1
      while byte < byteCount, text[text.startIndex + byte] & 0xC0 == 0x80 { byte += 1 }
      left -= 1
    }
    return byte
  }

  private func line(ofByte byte: Int) -> Int {
    var low = 0
    var high = lines.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lines[middle].byte <= byte { low = middle } else { high = middle }
    }
    return low
  }
}
