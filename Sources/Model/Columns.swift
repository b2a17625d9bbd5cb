extension String {
  /// How many columns of a terminal it takes: none for a combining mark, two for a wide character of East Asia and for
  /// an emoji.
  package var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }

  /// With blanks to so many columns, at its end or before it.
  package func filled(to width: Int, atEnd: Bool = true) -> String {
    let blanks = String(repeating: " ", count: Swift.max(0, width - columns))
    return atEnd ? self + blanks : blanks + self
  }

  /// Lines of at most `width` columns, broken at blanks; a word that is longer by itself is broken anywhere, or with
  /// `keepingWords` left as it is.
  package func wrapped(to width: Int, keepingWords: Bool = false) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ") {
      let pieces = keepingWords ? [String(word)] : String(word).pieces(of: width)
      for (index, piece) in pieces.enumerated() {
        if !line.isEmpty, index > 0 || line.columns + 1 + piece.columns > width {
          lines.append(line)
          line = ""
        }
        line += line.isEmpty ? piece : " \(piece)"
      }
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  private func pieces(of width: Int) -> [String] {
    guard columns > width else { return [self] }
    var pieces: [String] = []
    var piece = ""
    for character in self {
      if !piece.isEmpty, piece.columns + String(character).columns > width {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    return pieces + [piece]
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: 0
    default: properties.isEmojiPresentation || isWide ? 2 : 1
    }
  }

  /// Wide and full-width characters of Unicode's East Asian Width (UAX 11), by their blocks.
  private var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
      0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}

/// A table as lines of text, for each row its lines; columns are two blanks apart.
///
/// - Parameters:
///   - numbers: The columns that stand under each other at their right end and are never broken.
///   - limit: The most columns a line may have. The widest texts are broken into lines of their own until it fits;
///     `nil` comes back where they cannot be.
package func tableLines(_ rows: [[String]], numbers: Set<Int> = [], within limit: Int? = nil) -> [[String]]? {
  guard let widths = columnWidths(rows, numbers, limit) else { return nil }
  return rows.map { row in
    let cells = zip(row, widths).map { $0.columns > $1 ? $0.wrapped(to: $1) : [$0] }
    return (0..<(cells.map(\.count).max() ?? 0)).map { line in
      let texts = cells.indices.map { column in
        (line < cells[column].count ? cells[column][line] : "")
          .filled(to: widths[column], atEnd: !numbers.contains(column))
      }
      return withoutTrailingBlanks(texts.joined(separator: "  "))
    }
  }
}

/// The narrowest a column of texts gets.
private let narrowest = 12

private func columnWidths(_ rows: [[String]], _ numbers: Set<Int>, _ limit: Int?) -> [Int]? {
  var widths = (0..<(rows.map(\.count).max() ?? 0)).map { column in
    rows.map { column < $0.count ? $0[column].columns : 0 }.max() ?? 0
  }
  guard let limit else { return widths }
  let texts = widths.indices.filter { !numbers.contains($0) }
  while widths.reduce(0, +) + 2 * (widths.count - 1) > limit {
    guard let widest = texts.max(by: { widths[$0] < widths[$1] }), widths[widest] > narrowest else { return nil }
    widths[widest] -= 1
  }
  return widths
}

private func withoutTrailingBlanks(_ line: String) -> String {
  line.lastIndex { $0 != " " }.map { String(line[...$0]) } ?? ""
}
