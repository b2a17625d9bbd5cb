import Markdown
import Testing

@Suite struct DocumentTests {
  @Test func `a text is paragraphs, headings, lists, tables and code`() {
    let document = Document(
      """
      ## Who to call ##
      First **Jana**, then *Marek*
      with `ssh core`.

      - one
        more of it
      - two
        1. inner
      3. three

      ~~~
      <b>as it is</b>
        *kept*
      ~~~
      """)
    #expect(
      document.blocks == [
        .heading(2, [.text("Who to call")]),
        .paragraph([
          .text("First "), .strong([.text("Jana")]), .text(", then "), .emphasis([.text("Marek")]), .text(" with "),
          .code("ssh core"), .text("."),
        ]),
        .list(
          [
            [.paragraph([.text("one more of it")])],
            [.paragraph([.text("two")]), .list([[.paragraph([.text("inner")])]], from: 1)],
          ], from: nil),
        .list([[.paragraph([.text("three")])]], from: 3),
        .code(["<b>as it is</b>", "  *kept*"]),
      ])
  }

  @Test func `a table has a head, and columns of numbers stand at the right`() {
    let document = Document("| Line | Number |\n|---|--:|\n| A \\| B | 12 |\n| C |\nno row")
    #expect(
      document.blocks == [
        .table(
          Table(
            isRight: [false, true], head: [[.text("Line")], [.text("Number")]],
            rows: [[[.text("A | B")], [.text("12")]], [[.text("C")], []]])),
        .paragraph([.text("no row")]),
      ])
    #expect(Document("a | b\n--- | --- | ---").blocks == [.paragraph([.text("a | b --- | --- | ---")])])
  }

  @Test(
    arguments: [
      ("2 * 3 * 4", [.text("2 * 3 * 4")]), ("snake_case_name", [.text("snake_case_name")]),
      ("**never closed", [.text("**never closed")]), ("\\*kept\\*", [.text("*kept*")]),
      ("***both***", [.emphasis([.strong([.text("both")])])]),
      (
        "a  \nb\\\nc",
        [
          .text("a"), .lineBreak, .text("b"), .lineBreak, .text("c"),
        ]
      ),
      ("``a ` b``", [.code("a ` b")]), ("`open", [.text("`open")]), ("****no****", [.text("****no****")]),
      ("**a *b** c*", [.strong([.text("a *b")]), .text(" c*")]), ("<b>&amp;</b>", [.text("<b>&amp;</b>")]),
      ("[a] (b)", [.text("[a] (b)")]),
    ] as [(String, [Inline])])
  func `what is no markup is text`(text: String, inlines: [Inline]) {
    #expect(Document(text).blocks == [.paragraph(inlines)])
  }

  @Test func `a year at the beginning of a line begins no list`() {
    #expect(Document("In\n1986. So long.").blocks == [.paragraph([.text("In 1986. So long.")])])
  }
}
