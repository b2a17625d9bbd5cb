internal import YAML

/// Follows `__import__KEY:` and `__load:` through a file's tree, however deep they stand.
struct Linker {
  let reader: FileReader
  private let memory = Memory()

  /// Files with everything they link to: a file shared many times is put together once.
  private final class Memory {
    var linked: [String: YAMLNode?] = [:]
  }

  private var findings: Findings { reader.findings }

  static let loadWord = "__load"
  static let importWord = "__import__"

  private static let deepest = 64
  private static let limits = YAMLLimits()

  init(reader: FileReader) { self.reader = reader }

  /// A file with everything it links to in its place; `chain` are the files on the way to it.
  func file(_ path: String, at place: Place?, chain: [String] = []) -> YAMLNode? {
    guard notCyclic(path, chain, at: place) else { return nil }
    if let known = memory.linked[path] { return known }
    let linked = putTogether(path, at: place, chain: chain)
    memory.linked[path] = .some(linked)
    return linked
  }

  private func putTogether(_ path: String, at place: Place?, chain: [String]) -> YAMLNode? {
    guard let tree = reader.tree(path, at: place) else { return nil }
    guard mentionsLinks(tree) else { return tree }
    let linked = link(tree, chain: chain + [path], crumb: [])
    guard linked.weight <= Linker.limits.nodes, linked.height <= Linker.limits.depth else {
      findings.error(
        "with the files it links to this is more than \(Linker.limits.nodes) values or \(Linker.limits.depth) levels",
        at: Place(tree))
      return nil
    }
    return linked
  }

  /// False, with the chain told, where a file is on the way to itself.
  func notCyclic(_ path: String, _ chain: [String], at place: Place?) -> Bool {
    guard let place else { return true }
    if let start = chain.firstIndex(of: path) {
      findings.isIncomplete = true
      let names = (chain[start...] + [path]).map { Path.relative($0, to: reader.root) }
      findings.error(
        "files that link in a circle: \(names.joined(separator: " → "))", at: place, help: "take this link out")
      return false
    }
    guard chain.count < Linker.deepest else {
      findings.error("files linked deeper than \(Linker.deepest) levels", at: place)
      return false
    }
    return true
  }

  private func mentionsLinks(_ node: YAMLNode) -> Bool {
    switch node.content {
    case .scalar: false
    case .sequence(let items): items.contains(where: mentionsLinks)
    case .mapping(let pairs): pairs.contains { $0.key.text.hasPrefix("__") || mentionsLinks($0.value) }
    }
  }

  private func link(_ node: YAMLNode, chain: [String], crumb: Crumb) -> YAMLNode {
    switch node.content {
    case .scalar: node
    case .sequence(let items): node.replacing(items.map { link($0, chain: chain, crumb: crumb) })
    case .mapping(let pairs):
      node.replacing(
        Merging(findings: findings).together(pairs.map { parts($0, chain: chain, crumb: crumb) }, in: crumb))
    }
  }

  /// What a pair stands for: itself, a file's mapping, or a key with a file's value.
  private func parts(_ pair: YAMLPair, chain: [String], crumb: Crumb) -> [YAMLPair] {
    let key = pair.key.text
    if key == Linker.loadWord { return load(pair, chain: chain) }
    guard key.hasPrefix(Linker.importWord) else {
      return [YAMLPair(key: pair.key, value: link(pair.value, chain: chain, crumb: crumb + [key]))]
    }
    return imported(pair, as: String(key.dropFirst(Linker.importWord.count)), chain: chain)
  }

  private func load(_ pair: YAMLPair, chain: [String]) -> [YAMLPair] {
    let names = pair.value.items ?? [pair.value]
    let mappings = names.compactMap { name -> [YAMLPair]? in
      guard let tree = linked(name, chain: chain), !tree.isNull else { return nil }
      if tree.pairs == nil {
        findings.error(
          "\(Linker.loadWord) needs a file that holds a mapping", at: Place(name),
          help: "write \(Linker.importWord)KEY: FILE to put a list or a text under a key")
      }
      return tree.pairs
    }
    return Merging(findings: findings).together(mappings, in: [])
  }

  private func imported(_ pair: YAMLPair, as name: String, chain: [String]) -> [YAMLPair] {
    guard !name.isEmpty else {
      findings.error(
        "\(Linker.importWord) needs the name of a key", at: Place(pair.key), help: "write \(Linker.importWord)KEY: FILE"
      )
      return []
    }
    guard let tree = linked(pair.value, chain: chain) else { return [] }
    let key = YAMLKey(name, source: pair.key.source, start: pair.key.start, end: pair.key.end)
    return [YAMLPair(key: key, value: tree)]
  }

  private func linked(_ name: YAMLNode, chain: [String]) -> YAMLNode? {
    guard let text = name.text, !name.isNull else {
      findings.error(
        "the name of a file is missing here", at: Place(name), help: "it starts from the folder of this file")
      return nil
    }
    guard let path = reader.resolve(text, from: name.source, at: Place(name)) else { return nil }
    return file(path, at: Place(name), chain: chain)
  }
}
