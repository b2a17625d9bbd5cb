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

/// RFC 3676, section 4.2: lines of at most 78 characters, better 76 for what is quoted in answers.
private let lineWidth = 76

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
      let lines = line.wrapped(to: lineWidth)
      let width = lines.map(\.columns).max() ?? 0
      return (lines + [String(repeating: "-", count: width)]).joined(separator: "\n")
    case .paragraph(let text):
      return harmless(text).wrapped(to: lineWidth, keepingWords: true).joined(separator: "\n")
    case .facts(let facts):
      let width = facts.map(\.name.columns).max() ?? 0
      return facts.map { $0.name.filled(to: width) + "  " + hanging($0.text, at: width + 2) }.joined(separator: "\n")
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
    let numbers = Set(columns.indices.filter { columns[$0].isNumber })
    guard let lines = tableLines(cells, numbers: numbers, within: lineWidth) else { return sentences }
    let width = lines.joined().map(\.columns).max() ?? 0
    let rule = String(repeating: "-", count: width)
    return (lines[0] + [rule] + lines.dropFirst().joined()).joined(separator: "\n")
  }

  /// For what no table of this width can hold: each row's name, and below it the rest with the columns' names.
  private var sentences: String {
    let first = columns.firstIndex { !$0.isNumber } ?? 0
    return rows.map { row in
      let cells = row.map(harmless)
      let title = cells.prefix(first + 1).joined(separator: "  ").wrapped(to: lineWidth)
      let rest = zip(columns, cells).dropFirst(first + 1).map { "\($0.name) \($1)" }.joined(separator: ", ")
      return (title + rest.wrapped(to: lineWidth - 2).map { "  \($0)" }).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  fileprivate var html: String {
    func row(_ tag: String, _ texts: [String]) -> String {
      let cells = zip(texts, columns).map { text, column in
        cell(
          tag, text,
          "border-bottom:1px solid #8888;text-align:\(column.isNumber ? "right;white-space:nowrap" : "left")")
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

/// The text with its further lines under its first one, which begins at this column.
private func hanging(_ text: String, at column: Int) -> String {
  harmless(text).wrapped(to: lineWidth - column, keepingWords: true)
    .joined(separator: "\n" + String(repeating: " ", count: column))
}
