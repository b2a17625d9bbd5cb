internal import Model
internal import YAML

/// Writes effective values as YAML, and beside each where it comes from.
struct EffectivePrinter {
  let tree: EffectiveTree
  let why: Bool

  /// The lines under a breadcrumb, each line ended.
  func text(_ lines: [String], under parts: [String]) -> String {
    let crumb = ([tree.roots.first ?? ""] + parts).joined(separator: " >>> ").printable()
    return (["# \(crumb)"] + lines).map { $0 + "\n" }.joined()
  }

  func section(_ section: EffectiveSection, at depth: Int) -> [String] {
    let lines =
      section.section.isSingle
      ? fields(section.layers, section.section, keys: [:], at: depth + 1)
      : items(section.items, section.section, from: 0, at: depth + 1)
    return [line(depth, "\(EffectivePrinter.quoted(section.section.name)):")] + lines
  }

  /// Items by their groups, from a level of the indexes on.
  func items(_ items: [Item], _ section: Section, from level: Int, at depth: Int) -> [String] {
    var order: [String] = []
    var groups: [String: [Item]] = [:]
    for item in items {
      let key = (item.groups + [item.name])[level]
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(item)
    }
    let isLast = level == section.indexes.count - 1
    return order.flatMap { key -> [String] in
      let inside = groups[key] ?? []
      let lines =
        isLast
        ? inside.prefix(1).flatMap { item($0, section, at: depth + 1) }
        : self.items(inside, section, from: level + 1, at: depth + 1)
      return [line(depth, "\(EffectivePrinter.quoted(key)):")] + lines
    }
  }

  func item(_ item: Item, _ section: Section, at depth: Int) -> [String] {
    let keys = Dictionary(zip(section.indexes.map(\.field), item.groups + [item.name])) { first, _ in first }
    var lines = fields(item.layers, section, keys: keys, at: depth)
    if section.name == "hosts", let jobs = tree.jobs[item.name], !jobs.isEmpty {
      lines.append(line(depth, "# its monitors make the jobs \(jobs.map(\.id.job).listed)"))
    }
    return lines
  }

  func job(_ job: JobDraft, at depth: Int) -> [String] {
    let kind = job.layers.effective.first { $0.key.text == "kind" }?.value.text ?? "script"
    let suited = tree.jobFields.all.filter { $0.kinds.isEmpty || $0.kinds.contains(kind) }
    return suited.flatMap { field -> [String] in
      let said = job.layers.flatMap { self.said(field.name, in: $0) } + fallback(field)
      return said.isEmpty || field.name == "host" ? [] : value(field.name, said, field, at: depth)
    }
  }

  // MARK: Fields

  private func fields(_ layers: [Layer], _ section: Section, keys: [String: String], at depth: Int) -> [String] {
    let kind = section.name == "jobs" ? EffectivePrinter.kind(layers.effective) : nil
    let known = section.indexes.map(\.field) + section.ordered.flatMap(\.fields)
    let further = layers.flatMap { $0.pairs.map(\.key.text) }.filter { !known.contains($0) }
    var seen: Set<String> = []
    return (known + further).filter { seen.insert($0).inserted }.flatMap { name -> [String] in
      if let key = keys[name] {
        return [line(depth, "\(EffectivePrinter.quoted(name)): \(EffectivePrinter.quoted(key))", note: "key")]
      }
      let field = section.fields[name]
      if let kind, let kinds = field?.kinds, !kinds.isEmpty, !kinds.contains(kind) { return [] }
      let said = layers.flatMap { self.said(name, in: $0) } + fallback(field)
      return said.isEmpty ? [] : value(name, said, field, at: depth)
    }
  }

  private static func kind(_ pairs: [YAMLPair]) -> String {
    pairs.first { $0.key.text == "kind" && !$0.value.isNull }?.value.text ?? "script"
  }

  private func said(_ name: String, in layer: Layer) -> [Said] {
    layer.pairs.filter { $0.key.text == name }.map { Said(layer: layer.name, node: $0.value) }
  }

  /// What the schema says where nobody else does.
  func fallback(_ field: Field?) -> [Said] {
    field?.defaultNode.map { [Said(layer: "default", node: $0)] } ?? []
  }

  /// A field with everything that is said about it, the most specific first.
  func value(_ name: String, _ said: [Said], _ field: Field?, at depth: Int) -> [String] {
    // A null gives way to the default.
    let isUnset = said.first?.node.isNull == true && said.last?.layer == "default"
    let said = isUnset ? Array(said.suffix(1)) : said
    guard let first = said.first else { return [] }
    let key = EffectivePrinter.quoted(name)
    guard first.node.pairs != nil, !isSecret(name, field, first.node) else {
      let shown = isSecret(name, field, first.node) ? Mask.sign : flow(first.node, field)
      return [line(depth, "\(key): \(shown)", note: note(said, name, field))]
    }
    let voices = said.prefix { $0.node.pairs != nil }
    var order: [String] = []
    for pair in voices.flatMap({ $0.node.pairs ?? [] }) where !order.contains(pair.key.text) {
      order.append(pair.key.text)
    }
    let lines = order.flatMap { inner -> [String] in
      let below = voices.flatMap { voice in
        (voice.node.pairs ?? []).filter { $0.key.text == inner }.map { Said(layer: voice.layer, node: $0.value) }
      }
      return value(inner, below, field?.element(inner), at: depth + 1)
    }
    return [line(depth, "\(key):")] + lines
  }

  // MARK: Text

  private func isSecret(_ name: String, _ field: Field?, _ node: YAMLNode) -> Bool {
    if case .secret? = field?.shape { return true }
    if tree.hidden.contains(Place(node.source, node.start)) { return true }
    let sensitive: Set<String> = ["authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"]
    return node.tag == YAMLTag.secret || field == nil && tree.mask.isSecret(name.lowercased())
      || sensitive.contains(name.lowercased())
  }

  private func flow(_ node: YAMLNode, _ field: Field?) -> String {
    switch node.content {
    case .scalar: return scalar(node)
    case .sequence(let items):
      let element: Field? = if case .list(let element)? = field?.shape { element } else { nil }
      return "[" + items.map { isSecret("", element, $0) ? Mask.sign : flow($0, element) }.joined(separator: ", ") + "]"
    case .mapping(let pairs):
      let parts = pairs.map { pair -> String in
        let inner = field?.element(pair.key.text)
        let text = isSecret(pair.key.text, inner, pair.value) ? Mask.sign : flow(pair.value, inner)
        return "\(EffectivePrinter.quoted(pair.key.text)): \(text)"
      }
      return "{" + parts.joined(separator: ", ") + "}"
    }
  }

  private func scalar(_ node: YAMLNode) -> String {
    if node.isNull { return "null" }
    let text = Mask.withoutLogins(node.text ?? "")
    if node.scalar?.style == .plain {
      return EffectivePrinter.plainIsSafe(text) ? text.printable() : EffectivePrinter.inQuotes(text)
    }
    if case .text = YAMLValue(plain: text) { return EffectivePrinter.quoted(text) }
    return EffectivePrinter.inQuotes(text)
  }

  /// A text as YAML reads it back.
  static func quoted(_ text: String) -> String {
    if case .text = YAMLValue(plain: text), plainIsSafe(text) { return text }
    return inQuotes(text)
  }

  private static func plainIsSafe(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, text.printable(limit: .max) == text, text.trimmed == text else {
      return false
    }
    if "!&*-?{}[],#|>@`\"'%:".unicodeScalars.contains(first) { return false }
    return !text.contains(": ") && !text.contains(" #") && !text.hasSuffix(":")
      && !text.contains { "{}[],".contains($0) }
  }

  private static func inQuotes(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result += String(scalar).printable()
      }
    }
    return result + "\""
  }

  private func line(_ depth: Int, _ text: String, note: String? = nil) -> String {
    let start = String(repeating: "  ", count: depth) + text
    guard why, let note else { return start }
    return start + String(repeating: " ", count: max(2, 40 - start.count)) + "# " + note
  }

  /// `item, redeye.yaml:14:25; hides 5 of group core, redeye.yaml:13:12`
  private func note(_ said: [Said], _ name: String, _ field: Field?) -> String {
    let sources = said.enumerated().map { number, said -> String in
      let place =
        said.layer == "default"
        ? "" : ", \(tree.files[said.node.source]):\(said.node.start.line):\(said.node.start.column)"
      if number == 0 { return said.layer + place }
      let shown = isSecret(name, field, said.node) ? Mask.sign : flow(said.node, field)
      return "hides \(shown) of \(said.layer)\(place)"
    }
    return sources.joined(separator: "; ").printable()
  }
}

extension Field {
  /// The field of a key below this one.
  fileprivate func element(_ key: String) -> Field? {
    switch shape {
    case .fields(let table, _): table[key]
    case .map(let element): element
    default: nil
    }
  }
}
