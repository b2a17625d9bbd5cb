/// A place in a YAML text.
///
/// Lines end at LF, CR LF or a lone CR. Columns count Unicode scalars, so a letter with an accent is one column
/// and an emoji is one.
package struct YAMLMark: Hashable, Comparable, Sendable {
  /// Bytes from the start of the file, a byte order mark included.
  package var offset: Int
  /// From 1.
  package var line: Int
  /// From 1.
  package var column: Int

  package init(offset: Int, line: Int, column: Int) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// The file as a whole, and no line of it.
  package static let whole = YAMLMark(offset: 0, line: 0, column: 0)
  package static let start = YAMLMark(offset: 0, line: 1, column: 1)

  package static func < (left: YAMLMark, right: YAMLMark) -> Bool { left.offset < right.offset }
}
