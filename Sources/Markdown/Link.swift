/// Where a link leads, and where that is written.
package struct Link: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    /// Elsewhere, by `http`, `https` or `mailto`; of harmless letters alone.
    case elsewhere(String)
    /// A page of the site, by the parts of its path; `fragment` is a place on it.
    case page([String], fragment: String?)
    /// Shown as the text it is, and why.
    case refused(String)
  }

  /// As it was written.
  package var text: String
  package var target: Target
  /// In characters of the whole text.
  package var place: Range<Int>

  init(_ text: String, place: Range<Int>) {
    self.text = text
    self.place = place
    target = Link.target(text)
  }

  private static func target(_ text: String) -> Target {
    if text.isEmpty { return .refused("it leads nowhere") }
    guard text.utf8.allSatisfy(isHarmless) else {
      return .refused("it holds a letter that an address writes as %20 and the like")
    }
    guard let colon = text.firstIndex(of: ":") else { return page(text) }
    let scheme = text[..<colon].lowercased()
    let rest = text[text.index(after: colon)...]
    switch scheme {
    case "http", "https":
      let host = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      return rest.hasPrefix("//") && !host.isEmpty ? .elsewhere(text) : .refused("it names no host")
    case "mailto":
      let parts = rest.prefix { $0 != "?" }.split(separator: "@", omittingEmptySubsequences: false)
      return parts.count == 2 && !parts.contains("") ? .elsewhere(text) : .refused("it is no address for mail")
    default: return .refused("only http, https, mailto and pages of the site can be linked to")
    }
  }

  /// What an address may be written with (RFC 3986), but for quotes.
  private static func isHarmless(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !"\"'<>\\^`{|}".utf8.contains(byte)
  }

  /// `hosts/router1`, `hosts/router1.html#events`, `index.html`
  private static func page(_ text: String) -> Target {
    let halves = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    var path = halves[0]
    if path.hasSuffix(".html") { path = path.dropLast(5) }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map { decoded($0) }
    guard parts.allSatisfy({ $0 != nil && $0 != "" && $0 != "." && $0 != ".." }), !path.contains("?") else {
      return .refused("a page of the site is written as hosts/NAME, from the root of the site")
    }
    return .page(parts.compactMap(\.self), fragment: halves.count > 1 ? String(halves[1]) : nil)
  }

  /// `Core%20switch` is `Core switch`; `nil` where it is no text.
  private static func decoded(_ part: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(part.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, let value = UInt8(digits, radix: 16), !digits.hasPrefix("+") else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
