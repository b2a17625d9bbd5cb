import Graph
import Model

@testable import Site

/// Reads a page the way a strict parser would and says what is wrong with it.
///
/// Only what the templates write is let through: known elements, known attributes in double quotes, no raw `<`, `>`,
/// `"` or `'` from outside, every element closed in order.
struct Checker {
  var problems: [String] = []
  /// Values of `href`, `src` and `srcset`, by address.
  var links: Set<String> = []
  var ids: [String] = []
  private var open: [String] = []

  static let elements: Set<String> = [
    "html", "head", "meta", "title", "link", "body", "div", "a", "header", "svg", "path", "circle", "rect", "nav", "ul",
    "li", "p", "b", "time", "span", "abbr", "main", "footer", "code", "details", "summary", "picture", "source", "img",
    "figure", "figcaption", "section", "h1", "h2", "h3", "small", "table", "thead", "tbody", "tr", "th", "td", "dl",
    "dt", "dd", "ol", "i", "strong", "aside", "fieldset", "legend", "em", "pre", "br", "h4", "h5", "h6",
  ]
  static let attributes: Set<String> = [
    "lang", "charset", "http-equiv", "content", "name", "rel", "href", "type", "title", "class", "viewbox",
    "aria-hidden", "d", "cx", "cy", "r", "aria-label", "aria-current", "datetime", "id", "aria-labelledby", "role",
    "scope", "width", "height", "x", "y", "data-l", "media", "srcset", "src", "alt", "loading", "decoding", "tabindex",
    "preserveaspectratio", "rowspan", "open", "start",
  ]
  static let void: Set<String> = ["meta", "link", "source", "img", "br"]

  /// The scripts of the page that has any.
  static let scripts = [
    "<script src=\"search-index.js\"></script>", "<script src=\"search.js\"></script>",
  ]

  init(_ page: String) {
    let page = Checker.scripts.reduce(page) { $0.replacing($1, with: "") }
    var rest = Array(page.unicodeScalars)[...]
    if !String(String.UnicodeScalarView(rest.prefix(15))).hasPrefix("<!doctype html>") { problems.append("no doctype") }
    rest = rest.dropFirst(15)
    while let first = rest.first {
      rest = first == "<" ? tag(rest) : text(rest)
    }
    if !open.isEmpty { problems.append("never closed: \(open)") }
    let twice = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys
    if !twice.isEmpty { problems.append("ids twice: \(twice)") }
  }

  private mutating func text(_ rest: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    let end = rest.firstIndex(of: "<") ?? rest.endIndex
    check(rest[..<end])
    return rest[end...]
  }

  private mutating func check(_ text: ArraySlice<Unicode.Scalar>) {
    for index in text.indices {
      let scalar = text[index]
      if scalar == ">" || scalar == "\"" || scalar == "'" || scalar == "`" { problems.append("raw \(scalar) in text") }
      if scalar == "&" {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#96;"]
        if !known.contains(where: { text[index...].starts(with: $0.unicodeScalars) }) {
          problems.append("raw & in text: \(String(String.UnicodeScalarView(text[index...].prefix(6))))")
        }
      }
      let hidden = [.control, .format].contains(scalar.properties.generalCategory) && scalar.value != 0x200D
      if hidden, scalar != "\n" { problems.append("U+\(String(scalar.value, radix: 16)) in text") }
    }
  }

  private mutating func tag(_ rest: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    guard let end = rest.firstIndex(of: ">") else {
      problems.append("a tag without an end")
      return []
    }
    var inner = String(String.UnicodeScalarView(rest[rest.startIndex + 1..<end]))
    if inner.hasPrefix("/") {
      let name = String(inner.dropFirst())
      if open.last == name { open.removeLast() } else { problems.append("</\(name)> closes <\(open.last ?? "")>") }
      return rest[(end + 1)...]
    }
    let closed = inner.hasSuffix("/")
    if closed { inner.removeLast() }
    let name = String(inner.prefix { $0 != " " })
    if !Checker.elements.contains(name) { problems.append("element <\(name)>") }
    if !closed, !Checker.void.contains(name) { open.append(name) }
    attributes(inner.dropFirst(name.count))
    return rest[(end + 1)...]
  }

  private mutating func attributes(_ text: Substring) {
    var text = text.drop { $0 == " " }
    while !text.isEmpty {
      guard let equals = text.firstIndex(of: "=") else {
        problems.append("attribute without value: \(text)")
        return
      }
      let name = String(text[..<equals]).lowercased()
      if !Checker.attributes.contains(name) { problems.append("attribute \(name)") }
      let quoted = text[text.index(after: equals)...]
      guard quoted.first == "\"", let close = quoted.dropFirst().firstIndex(of: "\"") else {
        problems.append("unquoted \(name)")
        return
      }
      value(String(quoted.dropFirst()[..<close]), of: name)
      let after = quoted[quoted.index(after: close)...]
      if let next = after.first, next != " " { problems.append("\(name) is followed by \(next)") }
      text = after.drop { $0 == " " }
    }
  }

  private mutating func value(_ value: String, of name: String) {
    switch name {
    case "href", "src": links.insert(value)
    case "srcset": for part in value.split(separator: ",") { links.insert(String(part.split(separator: " ")[0])) }
    case "id": ids.append(value)
    case "content": return
    default: check(Array(value.unicodeScalars)[...])
    }
  }
}
