import PNG

extension Raster {
  /// As a terminal of the VT340's kind takes pictures: bands of six rows, and in each the pixels of one colour after the
  /// other, a character for the six pixels of a column (DEC STD 070, chapter 9).
  package var sixel: String {
    var text = "\u{1B}P0;1;0q\"1;1;\(width);\(height)"
    text += Self.colours(indices, colours)
    for top in stride(from: 0, to: height, by: 6) {
      text += band(top)
      text += "-"
    }
    return text + "\u{1B}\\"
  }

  /// `#NUMBER;2;RED;GREEN;BLUE` in percent, of the colours that are used.
  private static func colours(_ indices: [UInt8], _ colours: [RGB]) -> String {
    var isUsed = [Bool](repeating: false, count: 256)
    for index in indices { isUsed[Int(index)] = true }
    return colours.enumerated().filter { isUsed[$0.offset] }.map { number, colour in
      let parts = [colour.red, colour.green, colour.blue].map { "\((Int($0) * 100 + 127) / 255)" }
      return "#\(number);2;\(parts.joined(separator: ";"))"
    }.joined()
  }

  private func band(_ top: Int) -> String {
    var rows: [UInt8: [UInt8]] = [:]
    for y in top..<min(top + 6, height) {
      for x in 0..<width {
        rows[indices[y * width + x], default: [UInt8](repeating: 0, count: width)][x] |= 1 << UInt8(y - top)
      }
    }
    return rows.sorted { $0.key < $1.key }.map { "#\($0.key)" + Self.packed($0.value) }.joined(separator: "$")
  }

  /// `!COUNT CHARACTER` for runs; what is empty at the end is left out.
  private static func packed(_ row: [UInt8]) -> String {
    var text = ""
    let end = (row.lastIndex { $0 != 0 } ?? -1) + 1
    var start = 0
    while start < end {
      var next = start + 1
      while next < end, row[next] == row[start] { next += 1 }
      let sign = String(UnicodeScalar(row[start] + 63))
      text += next - start > 3 ? "!\(next - start)\(sign)" : String(repeating: sign, count: next - start)
      start = next
    }
    return text
  }
}
