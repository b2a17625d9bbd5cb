import Mustache

/// Text out of any text, for HTML and XML, inside elements and inside quoted attributes.
///
/// The library escapes by character, and a `"` that a combining mark follows is another character than `"`; so this
/// goes scalar by scalar. What could reorder or hide text, or is no XML character, is shown by a stand-in.
struct Markup: MustacheContentType {
  static let name = "MARKUP"

  func escapeText(_ text: String) -> String {
    if text.utf8.allSatisfy(Markup.isPlain) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars { Markup.append(scalar, to: &result) }
    return result
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"),
      UInt8(ascii: "`"):
      false
    default: byte >= 0x20 && byte < 0x7F
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout String) {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    case "`": result += "&#96;"
    default: result.unicodeScalars.append(shown(scalar))
    }
  }

  /// U+001B is shown as ␛, a bidirectional override as U+FFFD.
  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
    case 0x20..<0x7F: scalar
    case 0x7F: "\u{2421}"
    case 0x200D: scalar
    default: hides(scalar) ? "\u{FFFD}" : scalar
    }
  }

  private static func hides(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    case .unassigned: scalar.properties.isNoncharacterCodePoint
    default: false
    }
  }
}
