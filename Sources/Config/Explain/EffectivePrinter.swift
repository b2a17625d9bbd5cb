internal import Model
internal import YAML

/// A line of effective YAML.
struct EffectiveLine {
  var depth: Int
  /// As it is written in YAML; `nil` for a remark.
  var key: String?
  /// `nil` where further lines are below it.
  var value: String?
  /// The layer it comes from, its place, and what it hides.
  var origin: String?
  /// Not said by anybody: what the schema has for those who say nothing.
  var isDefault = false

  var text: String {
    let own = key.map { "\($0):" + (value.map { " \($0)" } ?? "") } ?? "# \(value ?? "")"
    return String(repeating: "  ", count: depth) + own
  }
}

/// Writes effective values as YAML, and beside each where it comes from.
struct EffectivePrinter {
  let tree: EffectiveTree
  let why: Bool

  /// The lines under a breadcrumb, each line ended.
  func text(_ lines: [EffectiveLine], under parts: [String]) -> String {
    let crumb = ([tree.roots.first ?? ""] + parts).joined(separator: " >>> ").printable()
    return (["# \(crumb)"] + lines.map(text)).map { $0 + "\n" }.joined()
  }

  private func text(_ line: EffectiveLine) -> String {
    let start = line.text
    guard why, let origin = line.origin else { return start }
    return start + String(repeating: " ", count: max(2, 40 - start.count)) + "# " + origin
  }

  func section(_ section: EffectiveSection, at depth: Int) -> [EffectiveLine] {
    let lines =
      section.section.isSingle
      ? fields(section.layers, section.section, keys: [:], at: depth + 1)
      : items(section.items, section.section, from: 0, at: depth + 1)
    return [EffectiveLine(depth: depth, key: EffectivePrinter.quoted(section.section.name))] + lines
  }

  /// Items by their groups, from a level of the indexes on.
  func items(_ items: [Item], _ section: Section, from level: Int, at depth: Int) -> [EffectiveLine] {
    var order: [String] = []
    var groups: [String: [Item]] = [:]
    for item in items {
      let key = (item.groups + [item.name])[level]
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(item)
    }
    let isLast = level == section.indexes.count - 1
    return order.flatMap { key -> [EffectiveLine] in
      let inside = groups[key] ?? []
      let lines =
        isLast
        ? inside.prefix(1).flatMap { item($0, section, at: depth + 1) }
        : self.items(inside, section, from: level + 1, at: depth + 1)
      return [EffectiveLine(depth: depth, key: EffectivePrinter.quoted(key))] + lines
    }
  }

  func item(_ item: Item, _ section: Section, at depth: Int) -> [EffectiveLine] {
    let keys = Dictionary(zip(section.indexes.map(\.field), item.groups + [item.name])) { first, _ in first }
    var lines = fields(item.layers, section, keys: keys, at: depth)
    if section.name == "hosts", let jobs = tree.jobs[item.name], !jobs.isEmpty {
      lines.append(EffectiveLine(depth: depth, value: "its monitors make the jobs \(jobs.map(\.id.job).listed)"))
    }
    return lines
  }

  func job(_ job: JobDraft, at depth: Int) -> [EffectiveLine] {
    let kind = job.layers.effective.first { $0.key.text == "kind" }?.value.text ?? "script"
    let suited = tree.jobFields.all.filter { $0.kinds.isEmpty || $0.kinds.contains(kind) }
    return suited.flatMap { field -> [EffectiveLine] in
      let said = job.layers.flatMap { self.said(field.name, in: $0) } + fallback(field)
      return said.isEmpty || field.name == "host" ? [] : value(field.name, said, field, at: depth)
    }
  }

  // MARK: Fields

  private func fields(
    _ layers: [Layer], _ section: Section, keys: [String: String], at depth: Int
  ) -> [EffectiveLine] {
    sets(layers, section, keys: keys, at: depth).flatMap(\.lines)
  }

  /// Fields by the section's field sets; what no set names comes last, under no title.
  func sets(
    _ layers: [Layer], _ section: Section, keys: [String: String], at depth: Int
  ) -> [(title: String?, lines: [EffectiveLine])] {
    let kind = section.name == "jobs" ? EffectivePrinter.kind(layers.effective) : nil
    let ordered = section.ordered
    let known = section.indexes.map(\.field) + ordered.flatMap(\.fields)
    let further = layers.flatMap { $0.pairs.map(\.key.text) }.filter { !known.contains($0) }
    var seen: Set<String> = []
    func lines(_ names: [String]) -> [EffectiveLine] {
      names.filter { seen.insert($0).inserted }.flatMap { name -> [EffectiveLine] in
        if let key = keys[name] { return [keyLine(name, key, at: depth)] }
        let field = section.fields[name]
        if let kind, let kinds = field?.kinds, !kinds.isEmpty, !kinds.contains(kind) { return [] }
        let said = layers.flatMap { self.said(name, in: $0) } + fallback(field)
        return said.isEmpty ? [] : value(name, said, field, at: depth)
      }
    }
    let indexes = lines(section.indexes.map(\.field))
    var all = ordered.map { (title: Optional($0.title), lines: lines($0.fields)) }
    if all.isEmpty { all = [(title: section.title, lines: [])] }
    all[0].lines.insert(contentsOf: indexes, at: 0)
    return (all + [(title: nil, lines: lines(further))]).filter { !$0.lines.isEmpty }
  }

  private func keyLine(_ name: String, _ key: String, at depth: Int) -> EffectiveLine {
    EffectiveLine(
      depth: depth, key: EffectivePrinter.quoted(name), value: EffectivePrinter.quoted(key), origin: "key")
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
  func value(_ name: String, _ said: [Said], _ field: Field?, at depth: Int) -> [EffectiveLine] {
    // A null gives way to the default.
    let isUnset = said.first?.node.isNull == true && said.last?.layer == "default"
    let said = isUnset ? Array(said.suffix(1)) : said
    guard let first = said.first else { return [] }
    let key = EffectivePrinter.quoted(name)
    guard first.node.pairs != nil, !isSecret(name, field, first.node) else {
      let shown = isSecret(name, field, first.node) ? Mask.sign : flow(first.node, field)
      return [
        EffectiveLine(
          depth: depth, key: key, value: shown, origin: note(said, name, field), isDefault: first.layer == "default")
      ]
    }
    let voices = said.prefix { $0.node.pairs != nil }
    var order: [String] = []
    for pair in voices.flatMap({ $0.node.pairs ?? [] }) where !order.contains(pair.key.text) {
      order.append(pair.key.text)
    }
    let lines = order.flatMap { inner -> [EffectiveLine] in
      let below = voices.flatMap { voice in
        (voice.node.pairs ?? []).filter { $0.key.text == inner }.map { Said(layer: voice.layer, node: $0.value) }
      }
      return value(inner, below, field?.element(inner), at: depth + 1)
    }
    return [EffectiveLine(depth: depth, key: key)] + lines
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
