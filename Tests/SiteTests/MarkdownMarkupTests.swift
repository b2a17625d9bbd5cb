import Config
import Markdown
import Testing

@testable import Site

@Suite struct MarkdownMarkupTests {
  private func markup(_ text: String) -> String {
    MarkdownMarkup { place in place == .item(.hosts, "a") ? "../hosts/a.html" : nil }.blocks(Document(text).blocks)
  }

  @Test func `headings begin at the third level, and an item of one paragraph has none`() {
    #expect(markup("# A\n#### B") == "<h3>A</h3>\n<h6>B</h6>")
    #expect(markup("- a\n- b\n  - c") == "<ul><li>a</li>\n<li>b\n<ul><li>c</li></ul></li></ul>")
    #expect(markup("3. a") == "<ol start=\"3\"><li>a</li></ol>")
    #expect(markup("```\na <b>\n  c\n```") == "<pre tabindex=\"0\"><code>a &lt;b&gt;\n  c</code></pre>")
  }

  @Test func `a link leads elsewhere or to a page that is there, and is text otherwise`() {
    #expect(markup("[a](hosts/a#events)") == "<p><a href=\"../hosts/a.html#events\">a</a></p>")
    #expect(markup("[b](hosts/b)") == "<p>[b](hosts/b)</p>")
    #expect(markup("[x](javascript:alert)") == "<p>[x](javascript:alert)</p>")
    #expect(
      markup("[w](https://example.org/?a=1&b=2)")
        == "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">w</a></p>")
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "`<b>`", "**<i>**", "[<b>](https://a/<b>)",
    "| <b> |\n|-|",
    "[a](https://e.org/\"onload=\"x)", "\u{202E}abc\u{0}", "&lt;b&gt;", "# <h1>", "- <li>",
    "```\n</code></pre><b>\n```",
    "[a](data:text/html;base64,PHNjcmlwdD4=)", "![x](https://e.org/x.png)", "<https://e.org>", "'\"`",
  ])
  func `nothing of a text becomes an element of its own`(text: String) {
    let page =
      "<!doctype html><html><body>" + markup(text) + markup("**a** " + text + " *b*") + "</body></html>"
    #expect(Checker(page).problems == [], "\(markup(text))")
    for link in Checker(page).links { #expect(link.hasPrefix("https://"), "\(link)") }
    #expect(!page.contains("<script") && !page.contains("<img"))
  }
}
