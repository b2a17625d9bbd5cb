/// A tag of a template, `{{…}}`, with its place; lines and columns count from 1.
struct TemplateTag: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case value
    /// `{{{…}}}` and `{{&…}}`: put in as it is.
    case markup
    case section
    case inverted
    case end
    case partial
    /// What Mustache knows, and templates of the site do without; by its sign.
    case other(Character)
  }

  var kind: Kind
  var name: String
  var line: Int
  var column: Int
  /// Characters of the whole tag on its line.
  var width: Int
}

/// The tags of a template in their order, comments left out.
struct TemplateTags: Sendable {
  private(set) var all: [TemplateTag] = []
  /// Where a tag begins that never ends.
  private(set) var unfinished: TemplateTag?

  private var rest: Substring.UnicodeScalarView
  private var line = 1
  private var column = 1

  init(_ text: String) {
    rest = Substring(text).unicodeScalars
    while !rest.isEmpty {
      if rest.starts(with: "{{".unicodeScalars) { takeTag() } else { take(1) }
      if unfinished != nil { return }
    }
  }

  private mutating func take(_ count: Int) {
    for scalar in rest.prefix(count) {
      (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
    }
    rest.removeFirst(min(count, rest.count))
  }

  private mutating func takeTag() {
    let inner = rest.dropFirst(2)
    let sign = inner.first.map(Character.init) ?? " "
    let ending = sign == "{" ? "}}}" : "}}"
    let content = inner.drop { "{#^/>&!<$=%".unicodeScalars.contains($0) }.prefix(4_000)
    guard let length = TemplateTags.length(of: content, upTo: ending) else {
      unfinished = TemplateTag(kind: .value, name: "", line: line, column: column, width: 2)
      return
    }
    let signs = rest.distance(from: inner.startIndex, to: content.startIndex)
    let width = 2 + signs + length + ending.count
    let name = String(Substring(content.prefix(length))).filter { !$0.isWhitespace }
    if sign != "!" {
      all.append(
        TemplateTag(kind: TemplateTags.kind(sign, signs), name: name, line: line, column: column, width: width))
    }
    take(width)
  }

  private static func length(of content: Substring.UnicodeScalarView, upTo ending: String) -> Int? {
    var rest = content
    var length = 0
    while !rest.isEmpty {
      if rest.starts(with: ending.unicodeScalars) { return length }
      rest.removeFirst()
      length += 1
    }
    return nil
  }

  private static func kind(_ sign: Character, _ signs: Int) -> TemplateTag.Kind {
    if signs > 1 { return .other(sign) }
    return switch sign {
    case "{", "&": .markup
    case "#": .section
    case "^": .inverted
    case "/": .end
    case ">": .partial
    case "<", "$", "=", "%": .other(sign)
    default: .value
    }
  }
}
