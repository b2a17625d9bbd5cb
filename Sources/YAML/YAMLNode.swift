/// A value of a YAML text, with the places it starts and ends at.
///
/// An alias is the node it names: its content is shared, never copied, and keeps the places of the anchor.
package struct YAMLNode: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    case mapping([YAMLPair])
  }

  package var content: Content
  /// An explicit tag as it was meant: `!secret`, `tag:yaml.org,2002:str`; `nil` where there is none.
  package var tag: String?
  /// The number of the file it was read from, as the reader gave it.
  package var source: Int
  package var start: YAMLMark
  package var end: YAMLMark
  /// Nodes from here down, this one and every use of an alias counted.
  package let weight: Int
  /// Levels from here down; 1 for a scalar.
  package let height: Int

  package init(_ content: Content, tag: String? = nil, source: Int, start: YAMLMark, end: YAMLMark) {
    self.content = content
    self.tag = tag
    self.source = source
    self.start = start
    self.end = end
    (weight, height) = content.extent
  }

  /// The pairs of a mapping; `nil` for anything else.
  package var pairs: [YAMLPair]? {
    if case .mapping(let pairs) = content { pairs } else { nil }
  }

  /// The items of a sequence; `nil` for anything else.
  package var items: [YAMLNode]? {
    if case .sequence(let items) = content { items } else { nil }
  }

  package var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The text of a scalar as it was written, whatever it means; `nil` for anything else.
  package var text: String? { scalar?.text }

  /// True for `null`, `~`, nothing at all, and an explicit `!!null`.
  package var isNull: Bool {
    guard case .scalar(let scalar) = content else { return false }
    // Asked of nearly every node, so nothing is read that is not needed.
    if let tag { return tag == YAMLTag.null }
    return scalar.style == .plain && YAMLValue.isNull(plain: scalar.text)
  }

  /// The value of a mapping's key.
  package subscript(key: String) -> YAMLNode? {
    pairs?.first { $0.key.text == key }?.value
  }
}

extension YAMLNode.Content {
  fileprivate var extent: (weight: Int, height: Int) {
    switch self {
    case .scalar: (1, 1)
    case .sequence(let items): YAMLNode.Content.extent(of: items, each: 0) { $0 }
    case .mapping(let pairs): YAMLNode.Content.extent(of: pairs, each: 1) { $0.value }
    }
  }

  private static func extent<Part>(
    of parts: [Part], each: Int, _ node: (Part) -> YAMLNode
  ) -> (weight: Int, height: Int) {
    var weight = 1
    var height = 0
    for part in parts {
      let child = node(part)
      // A tree of aliases can stand for more nodes than an integer counts.
      weight = weight.addingSaturated(child.weight + each)
      height = max(height, child.height)
    }
    return (weight, height + 1)
  }
}

extension Int {
  /// The sum, or the cap far above every limit where it would be more.
  func addingSaturated(_ other: Int) -> Int { Swift.min(self + other, 1 << 40) }
}

/// A key of a mapping and its value.
package struct YAMLPair: Hashable, Sendable {
  package var key: YAMLKey
  package var value: YAMLNode

  package init(key: YAMLKey, value: YAMLNode) {
    self.key = key
    self.value = value
  }
}

/// A key: always text, as it was written.
package struct YAMLKey: Hashable, Sendable {
  package var text: String
  package var source: Int
  package var start: YAMLMark
  package var end: YAMLMark

  package init(_ text: String, source: Int, start: YAMLMark, end: YAMLMark) {
    self.text = text
    self.source = source
    self.start = start
    self.end = end
  }
}

package struct YAMLScalar: Hashable, Sendable {
  package enum Style: Hashable, Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

  package var text: String
  package var style: Style

  package init(_ text: String, style: Style = .plain) {
    self.text = text
    self.style = style
  }
}
