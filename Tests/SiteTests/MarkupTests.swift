import Testing

@testable import Site

@Suite struct MarkupTexts {
  private func shown(_ text: String) -> String { Markup().escapeText(text) }

  @Test func `markup becomes text`() {
    #expect(shown("<a href=\"x\" title='y'>&`") == "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&#96;")
    #expect(shown("plain text, 99.9 %") == "plain text, 99.9 %")
    #expect(shown("Tomás 日本 🙂") == "Tomás 日本 🙂")
  }

  @Test(arguments: ["\u{301}", "\u{200D}", "\u{20E3}", "\u{FE0F}", "\u{E0100}"])
  func `a combining mark does not hide the character before it`(mark: String) {
    for character in ["<", ">", "\"", "'", "&", "`"] {
      #expect(
        !shown(character + mark + "x").unicodeScalars.contains(Unicode.Scalar(character) ?? " ") || character == "&")
    }
  }

  @Test func `a prepended mark does not hide the character after it`() {
    #expect(shown("\u{111C2}<script>") == "\u{111C2}&lt;script&gt;")
    #expect(shown("\u{110BD}\"") == "\u{FFFD}&quot;")
  }

  @Test func `what would hide or turn text is shown`() {
    #expect(shown("a\u{1B}[31m\r\n\u{7F}\u{85}") == "a␛[31m␍␊␡\u{FFFD}")
    #expect(shown("\u{202E}gnp.exe\u{2066}\u{2028}") == "\u{FFFD}gnp.exe\u{FFFD}\u{FFFD}")
    #expect(shown("\u{FFFE}\u{0}") == "\u{FFFD}␀")
  }

  /// Markup that other templates made, and Markdown made of texts that were escaped.
  private static let finished = ["content", "picture", "graph", "spark", "day", "prose", "."]

  @Test func `every template is read with this escaping, and none writes raw text`() throws {
    _ = try Templates()
    for (name, bytes) in Templates.sources {
      let text = String(decoding: bytes, as: UTF8.self)
      let raw = text.matches(of: /\{\{\{([^}]*)\}\}\}|\{\{&/).map { $0.1.map(String.init) ?? "&" }
      #expect(raw.allSatisfy(Self.finished.contains), "\(name): \(raw)")
      #expect(text.matches(of: /=[^"'= ]*\{\{/).isEmpty, "\(name) has an attribute without quotes")
    }
  }
}
