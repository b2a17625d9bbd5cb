import Config
import Markdown

/// Markdown as elements of a page. Every text goes through the escaping of the templates, and a link that leads nowhere
/// is the text it was written as: whatever the text holds, it makes no other element than those below.
struct MarkdownMarkup {
  /// Where a page of the site is, as seen from the page with the text; `nil` where there is none.
  let path: (SitePlace) -> String?
  private let escaping = Markup()

  init(path: @escaping (SitePlace) -> String?) { self.path = path }

  func blocks(_ blocks: [Block]) -> String { blocks.map(block).joined(separator: "\n") }

  private func block(_ block: Block) -> String {
    switch block {
    // Above stand the names of the page and of the widget.
    case .heading(let level, let text): "<h\(min(level + 2, 6))>\(inlines(text))</h\(min(level + 2, 6))>"
    case .paragraph(let text): "<p>\(inlines(text))</p>"
    case .code(let lines):
      "<pre tabindex=\"0\"><code>\(lines.map(escaping.escapeText).joined(separator: "\n"))</code></pre>"
    case .list(let items, let from): list(items, from)
    case .table(let table): self.table(table)
    }
  }

  /// An item of one paragraph has none of its own around it.
  private func list(_ items: [[Block]], _ from: Int?) -> String {
    let elements = items.map { item -> String in
      guard case .paragraph(let text)? = item.first else { return "<li>\(blocks(item))</li>" }
      return "<li>\(inlines(text))\(item.count > 1 ? "\n" + blocks(Array(item.dropFirst())) : "")</li>"
    }.joined(separator: "\n")
    guard let from else { return "<ul>\(elements)</ul>" }
    return "<ol\(from == 1 ? "" : " start=\"\(from)\"")>\(elements)</ol>"
  }

  private func table(_ table: Table) -> String {
    func row(_ cells: [[Inline]], _ tag: String, _ more: String = "") -> String {
      let elements = zip(cells, table.isRight).map { cell, isRight in
        "<\(tag)\(more)\(isRight ? " class=\"r\"" : "")>\(inlines(cell))</\(tag)>"
      }
      return "<tr>\(elements.joined())</tr>"
    }
    let rows = table.rows.map { row($0, "td") }.joined(separator: "\n")
    return
      "<table class=\"plain\"><thead>\(row(table.head, "th", " scope=\"col\""))</thead><tbody>\(rows)</tbody></table>"
  }

  private func inlines(_ inlines: [Inline]) -> String { inlines.map(inline).joined() }

  private func inline(_ inline: Inline) -> String {
    switch inline {
    case .text(let text): escaping.escapeText(text)
    case .code(let text): "<code>\(escaping.escapeText(text))</code>"
    case .emphasis(let inner): "<em>\(inlines(inner))</em>"
    case .strong(let inner): "<strong>\(inlines(inner))</strong>"
    case .link(let inner, let link): self.link(inlines(inner), link)
    case .lineBreak: "<br>"
    }
  }

  private func link(_ inner: String, _ link: Link) -> String {
    switch link.target {
    case .elsewhere(let address):
      return "<a href=\"\(escaping.escapeText(address))\" rel=\"noopener noreferrer\">\(inner)</a>"
    case .page(let parts, let fragment):
      if let path = SitePlace(parts).flatMap(path) {
        return "<a href=\"\(escaping.escapeText(path + (fragment.map { "#" + $0 } ?? "")))\">\(inner)</a>"
      }
    case .refused: break
    }
    return "[\(inner)](\(escaping.escapeText(link.text)))"
  }
}
