/// A text in the small part of Markdown that pages understand, as a tree; whatever is no markup of it is text.
///
/// `**Call** [the provider](https://example.org/)` is one paragraph with a strong word and a link. Reading takes time
/// by the length of the text, whatever stands in it (docs/decisions/0021).
package struct Document: Hashable, Sendable {
  package let blocks: [Block]
  /// Every link in its order, also those that are refused.
  package let links: [Link]

  package init(_ text: String) {
    var reader = BlockReader(Array(text.unicodeScalars))
    blocks = reader.blocks()
    links = reader.links
  }

  /// The longest text, in characters; more is no note on a page.
  package static let longest = 10_000
}

package indirect enum Block: Hashable, Sendable {
  /// 1 to 6.
  case heading(Int, [Inline])
  case paragraph([Inline])
  /// Line by line, as it stands.
  case code([String])
  /// - Parameter from: the first number; `nil` for a list without numbers.
  case list([[Block]], from: Int?)
  case table(Table)
}

package struct Table: Hashable, Sendable {
  /// One for each column: whether its numbers stand at the right.
  package var isRight: [Bool]
  package var head: [[Inline]]
  /// Each as long as the head.
  package var rows: [[[Inline]]]

  package init(isRight: [Bool], head: [[Inline]], rows: [[[Inline]]]) {
    self.isRight = isRight
    self.head = head
    self.rows = rows
  }
}

package indirect enum Inline: Hashable, Sendable {
  case text(String)
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case link([Inline], Link)
  case lineBreak
}
