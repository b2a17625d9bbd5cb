/// Why a text is not the YAML that is wanted, and where.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
  package var mark: YAMLMark
  /// Where the wrong part ends, if that is known.
  package var end: YAMLMark?
  /// What is wrong, in words that hold for any file.
  package var message: String
  /// The way out.
  package var help: String?

  package init(at mark: YAMLMark, to end: YAMLMark? = nil, _ message: String, help: String? = nil) {
    self.mark = mark
    self.end = end
    self.message = message
    self.help = help
  }

  package var description: String { "\(mark.line):\(mark.column): error: \(message)" }
}

/// How much a text may ask for; beyond that it is refused at once.
package struct YAMLLimits: Hashable, Sendable {
  package var bytes: Int
  /// Levels of mappings and sequences; libyaml 0.2.5 takes quadratic time over deeper ones.
  package var depth: Int
  /// Nodes, every use of an alias counted as what it stands for.
  package var nodes: Int
  /// Bytes of one scalar.
  package var scalar: Int
  /// Tags of the reader's own, beside those of the core schema.
  package var tags: Set<String>

  package init(
    bytes: Int = 16 << 20, depth: Int = 64, nodes: Int = 1_000_000, scalar: Int = 1 << 20,
    tags: Set<String> = [YAMLTag.secret]
  ) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.scalar = scalar
    self.tags = tags
  }
}
