/// A JSON string; what could end a script, a line or a terminal's patience is escaped.
///
/// `jsonString("a\"<b>")` is `"a\"\u003cb\u003e"`.
package func jsonString(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "<", ">", "&", "\u{2028}", "\u{2029}", "\u{0}"..<" ", "\u{7F}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A field of a CSV line (RFC 4180), in quotes where it needs them; one that a spreadsheet would take for a formula is
/// made text by an apostrophe.
///
/// `csvField("=1+1")` is `'=1+1`, `csvField("a,b")` is `"a,b"`.
package func csvField(_ text: String) -> String {
  let first = text.unicodeScalars.first ?? " "
  let field = "=+-@\t\r".unicodeScalars.contains(first) ? "'\(text)" : text
  guard field.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return field }
  return "\"\(field.replacing("\"", with: "\"\""))\""
}
