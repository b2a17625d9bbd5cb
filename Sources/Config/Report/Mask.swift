/// Hides secrets in lines that are shown to somebody.
///
/// It works on the text alone, because a line with a syntax error has no fields; so it hides rather too much.
struct Mask: Sendable {
  /// Names of fields of type secret, lower case.
  private let names: [[Unicode.Scalar]]

  struct Line {
    var text: String
    var column: Int
    var width: Int
  }

  static let sign = "‹secret›"

  init(names: some Sequence<String>) {
    self.names = Set(names.map { $0.lowercased() }).sorted().map { Array($0.unicodeScalars) }
  }

  /// The line with its secrets hidden, and column and width of the marked part moved along.
  ///
  /// `also` are columns, counted from 0, that are hidden too.
  func applied(to line: String, column: Int, width: Int, also hidden: [Range<Int>] = []) -> Line {
    var scalars = Array(line.unicodeScalars)
    var start = column - 1
    var end = start + width
    for range in Mask.apart(values(in: scalars) + logins(in: scalars) + hidden) {
      scalars.replaceSubrange(range, with: Mask.sign.unicodeScalars)
      let shift = Mask.sign.unicodeScalars.count - range.count
      if start >= range.upperBound { start += shift } else if start > range.lowerBound { start = range.lowerBound }
      if end >= range.upperBound { end += shift } else if end > range.lowerBound { end = range.lowerBound }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Line(text: String(text), column: start + 1, width: max(1, end - start))
  }

  /// The ranges joined where they overlap, the last first.
  private static func apart(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound < last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result.reversed()
  }

  /// The text without the passwords of URLs in it.
  static func withoutLogins(_ text: String) -> String { Mask(names: []).hiding(text) }

  func hiding(_ line: String) -> String { applied(to: line, column: 1, width: 1).text }

  // MARK: name: value

  /// Values after `name:`, where the name is a secret's or nearly so, up to the end of the value.
  private func values(in line: [Unicode.Scalar]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var index = 0
    while let colon = line[index...].firstIndex(of: ":") {
      index = colon + 1
      guard isSecret(nameBefore(colon, in: line)), let value = value(after: colon, in: line) else { continue }
      result.append(value)
      index = value.upperBound
    }
    return result
  }

  private func nameBefore(_ colon: Int, in line: [Unicode.Scalar]) -> String {
    let start = line[..<colon].lastIndex { "{,[".unicodeScalars.contains($0) }.map { $0 + 1 } ?? 0
    var name = String.UnicodeScalarView()
    name.append(contentsOf: line[start..<colon].filter { !"\"'".unicodeScalars.contains($0) })
    return String(name).trimmed.dropping("- ").lowercased()
  }

  /// Whether a name is that of a secret, or nearly so; lower case.
  func isSecret(_ name: String) -> Bool {
    guard !name.isEmpty, name.unicodeScalars.count < 60 else { return false }
    let known = names.map { candidate -> String in
      var view = String.UnicodeScalarView()
      view.append(contentsOf: candidate)
      return String(view)
    }
    return known.contains(name) || Nearest.isNearly(name, in: known)
  }

  private func value(after colon: Int, in line: [Unicode.Scalar]) -> Range<Int>? {
    guard let start = line[(colon + 1)...].firstIndex(where: { $0 != " " && $0 != "\t" }), start > colon + 1,
      !"!{[*&|>~#".unicodeScalars.contains(line[start])
    else { return nil }
    let quote = line[start]
    if quote == "\"" || quote == "'" {
      let close = line[(start + 1)...].firstIndex(of: quote) ?? line.count - 1
      return start..<close + 1
    }
    // A comma may belong to the secret: too much is hidden rather than too little.
    let close = line[start...].firstIndex { $0 == "}" || $0 == "]" } ?? line.count
    let next = line[start..<close].indices.first { $0 + 1 < close && line[$0] == "," && line[$0 + 1] == " " }
    return start..<(next ?? close)
  }

  // MARK: ://user:password@

  /// Passwords inside of URLs.
  private func logins(in line: [Unicode.Scalar]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for index in line.indices.dropLast(3) where line[index] == ":" && line[index + 1] == "/" && line[index + 2] == "/" {
      let rest = line[(index + 3)...]
      let host = rest.firstIndex { " /?#\"'".unicodeScalars.contains($0) } ?? line.count
      guard let at = rest[..<host].lastIndex(of: "@"), let colon = rest[..<at].firstIndex(of: ":") else { continue }
      result.append(colon + 1..<at)
    }
    return result
  }
}

extension String {
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }

  fileprivate func dropping(_ prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}
