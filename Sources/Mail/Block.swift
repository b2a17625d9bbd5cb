internal import Model

/// A piece of a message, written once and shown twice: as plain text that is complete by itself, and as HTML.
enum Block {
  case heading(String)
  case paragraph(String)
  /// Names with what there is to say of each.
  case facts([(name: String, text: String)])
  case table(Table)
  /// Lines as they are, in letters of one width.
  case listing(String)
}

struct Table {
  struct Column {
    var name: String
    /// Numbers stand under each other at their right end.
    var isNumber = false
  }

  var columns: [Column]
  var rows: [[String]]
}

/// Everything in a message comes through here, so this is where text from outside is made harmless: one line each, no
/// control character, nothing longer than a screen.
private func harmless(_ text: String) -> String { text.printable(limit: 1_000) }

extension [Block] {
  var text: String { map { "\($0.text)\n" }.joined(separator: "\n") }

  var html: String {
    """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head>
    <body style="font-family:sans-serif;font-size:15px;line-height:1.4">
    \(map(\.html).joined(separator: "\n"))
    </body></html>

    """
  }
}

extension Block {
  fileprivate var text: String {
    switch self {
    case .heading(let text):
      let line = harmless(text)
      return "\(line)\n\(String(repeating: "-", count: line.count))"
    case .paragraph(let text): return harmless(text)
    case .facts(let facts):
      let width = facts.map(\.name.count).max() ?? 0
      return facts.map { "\(padded($0.name, to: width))  \(harmless($0.text))" }.joined(separator: "\n")
    case .table(let table): return table.text
    case .listing(let text): return lines(text).joined(separator: "\n")
    }
  }

  fileprivate var html: String {
    switch self {
    case .heading(let text): "<h2 style=\"font-size:17px;margin:1.2em 0 .4em\">\(escaped(text))</h2>"
    case .paragraph(let text): "<p style=\"margin:.6em 0\">\(escaped(text))</p>"
    case .facts(let facts):
      tagged(
        "table", "border-collapse:collapse",
        facts.map { fact in
          "<tr>\(cell("th", fact.name, "text-align:left;font-weight:normal;opacity:.7"))\(cell("td", fact.text))</tr>"
        })
    case .table(let table): table.html
    case .listing(let text):
      "<pre style=\"font-size:13px;white-space:pre-wrap\">\(lines(text).map(escaped).joined(separator: "\n"))</pre>"
    }
  }
}

extension Table {
  fileprivate var text: String {
    let cells = [columns.map(\.name)] + rows.map { $0.map(harmless) }
    let widths = columns.indices.map { column in
      cells.compactMap { $0.count > column ? $0[column].count : nil }.max() ?? 0
    }
    let lines = cells.map { row in
      zip(row, zip(columns, widths)).map { cell, place in padded(cell, to: place.1, atEnd: !place.0.isNumber) }
        .joined(separator: "  ").withoutTrailingSpace
    }
    let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * max(0, widths.count - 1))
    return ([lines[0], rule] + lines.dropFirst()).joined(separator: "\n")
  }

  fileprivate var html: String {
    func row(_ tag: String, _ texts: [String]) -> String {
      let cells = zip(texts, columns).map { text, column in
        cell(tag, text, "border-bottom:1px solid #8888;text-align:\(column.isNumber ? "right" : "left")")
      }
      return "<tr>\(cells.joined())</tr>"
    }
    return tagged("table", "border-collapse:collapse", [row("th", columns.map(\.name))] + rows.map { row("td", $0) })
  }
}

private func tagged(_ tag: String, _ style: String, _ content: [String]) -> String {
  "<\(tag) style=\"\(style)\">\n\(content.joined(separator: "\n"))\n</\(tag)>"
}

private func cell(_ tag: String, _ text: String, _ style: String = "") -> String {
  "<\(tag) style=\"padding:2px 16px 2px 0;vertical-align:top;\(style)\">\(escaped(text))</\(tag)>"
}

private func lines(_ text: String) -> [String] {
  var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { harmless(String($0)) }
  while lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}

/// Harmless, and without a character that means something to HTML.
private func escaped(_ text: String) -> String {
  var result = ""
  for character in harmless(text) {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    default: result.append(character)
    }
  }
  return result
}

private func padded(_ text: String, to width: Int, atEnd: Bool = true) -> String {
  let space = String(repeating: " ", count: max(0, width - text.count))
  return atEnd ? text + space : space + text
}

extension String {
  fileprivate var withoutTrailingSpace: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
