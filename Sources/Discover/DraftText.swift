import Model

extension String {
  /// Text from outside as it may stand in a comment or in quotes: one line, nothing that does something to a terminal,
  /// and no character YAML forbids (YAML 1.2, section 5.1), which libyaml refuses in comments too.
  func told(limit: Int = 200) -> String {
    var result = String.UnicodeScalarView()
    for scalar in printable(limit: limit).unicodeScalars {
      result.append(scalar.value & 0xFFFE == 0xFFFE ? "\u{FFFD}" : scalar)
    }
    return String(result)
  }

  /// A scalar of YAML, plain where nobody could read it as anything else.
  var yaml: String {
    let text = told(limit: 2_000)
    return text.isPlain ? text : "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  private var isPlain: Bool {
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    guard let first = utf8.first, let last = utf8.last, !words.contains(lowercased()) else { return false }
    let isWord = utf8.allSatisfy { $0.isLetterOrDigit || "-_.".utf8.contains($0) }
    guard isWord, last.isLetterOrDigit else { return false }
    // What begins with a digit may be a number; an address has too many dots for one.
    return first.isLetter || IPv4(self[...]) != nil
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { 0x61...0x7A ~= self | 0x20 }
  var isLetterOrDigit: Bool { isLetter || 0x30...0x39 ~= self }
}

/// `1 row`, `24 rows`.
func counted(_ count: Int, _ one: String, _ more: String? = nil) -> String {
  "\(count) \(count == 1 ? one : more ?? one + "s")"
}

extension String {
  /// Lines of a comment, each behind `#` and as many blanks.
  static func comment(_ lines: [String], indent: Int = 0) -> [String] {
    let blanks = String(repeating: " ", count: indent)
    return lines.map { $0.isEmpty ? "\(blanks)#" : "\(blanks)# \($0)" }
  }
}
