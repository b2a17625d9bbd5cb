extension String {
  /// The text on one line, safe for a terminal, a log line and a mail header: control, bidirectional and
  /// line-separating characters become U+FFFD, and it is cut after `limit` characters.
  package func printable(limit: Int = 400) -> String {
    // Most text is short and has nothing to hide.
    if utf8.count <= limit, unicodeScalars.allSatisfy(\.isHarmless) { return self }
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in unicodeScalars {
      guard count < limit else {
        result.append("…")
        break
      }
      result.append(scalar.isHarmless ? scalar : "\u{FFFD}")
      count += 1
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  fileprivate var isHarmless: Bool {
    if (0x20...0x7E).contains(value) { return true }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: value == 0x200D
    default: true
    }
  }
}
