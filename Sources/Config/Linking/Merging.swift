internal import YAML

/// Puts mappings that say more of the same thing together; what two of them say differently is an error.
struct Merging {
  let findings: Findings

  /// One mapping from several, keys in the order they first appear. Values under the same key are put together where
  /// all are mappings.
  func together(_ mappings: [[YAMLPair]], in crumb: Crumb) -> [YAMLPair] {
    guard mappings.count > 1 else { return mappings.first ?? [] }
    var order: [String] = []
    var groups: [String: [YAMLPair]] = [:]
    for pair in mappings.joined() {
      if groups[pair.key.text] == nil { order.append(pair.key.text) }
      groups[pair.key.text, default: []].append(pair)
    }
    return order.compactMap { groups[$0].flatMap { one($0, in: crumb) } }
  }

  private func one(_ pairs: [YAMLPair], in crumb: Crumb) -> YAMLPair? {
    guard let first = pairs.first, pairs.count > 1 else { return pairs.first }
    let given = pairs.filter { $0.value.pairs != nil }
    if let other = pairs.dropFirst().first(where: { $0.value.pairs == nil || first.value.pairs == nil }) {
      findings.error(
        "“\(first.key.text)” is given twice, first in \(findings.short(Place(first.key)))", at: Place(other.key),
        in: crumb, help: Place(first.key) == Place(other.key) ? "the file is linked twice" : "keep one of them")
      return first
    }
    let pairs = together(given.compactMap(\.value.pairs), in: crumb + [first.key.text])
    return YAMLPair(key: first.key, value: first.value.replacing(pairs))
  }
}

extension YAMLNode {
  /// The same place with other pairs.
  func replacing(_ pairs: [YAMLPair]) -> YAMLNode {
    YAMLNode(.mapping(pairs), tag: tag, source: source, start: start, end: end)
  }

  func replacing(_ items: [YAMLNode]) -> YAMLNode {
    YAMLNode(.sequence(items), tag: tag, source: source, start: start, end: end)
  }
}
