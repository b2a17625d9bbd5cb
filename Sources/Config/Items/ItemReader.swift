internal import Model
internal import YAML

/// Finds the items of a section below its grouped indexes.
struct ItemReader {
  let findings: Findings
  let section: Section
  /// Keys that are no fields of the section and yet are fields of its items, such as the monitors of a host; the
  /// value may decide.
  var isFurtherField: (_ key: String, _ value: YAMLNode) -> Bool = { _, _ in false }

  private var items: [Item] = []

  init(findings: Findings, section: Section) {
    self.findings = findings
    self.section = section
  }

  mutating func read(_ node: YAMLNode) -> [Item] {
    items = []
    if !node.isNull { descend(node, at: Place(node), groups: [], above: [], crumb: [section.name]) }
    return items
  }

  private mutating func descend(_ node: YAMLNode, at place: Place, groups: [String], above: [Layer], crumb: Crumb) {
    guard let pairs = node.pairs else {
      findings.error(
        "\(crumb.shown) needs a mapping", at: Place(node), in: crumb, help: "write \(example(groups))")
      return
    }
    let isLast = groups.count == section.indexes.count - 1
    let inherited = pairs.filter { isField($0, level: groups.count) }
    let layers = inherited.isEmpty ? above : [Layer(name: layerName(groups), pairs: inherited)] + above
    let before = items.count
    for pair in pairs where !isField(pair, level: groups.count) {
      guard isSound(pair.key, level: groups.count, crumb: crumb) else { continue }
      if isLast {
        add(pair, groups: groups, above: layers, crumb: crumb + [pair.key.text])
      } else if !pair.value.isNull {
        descend(
          pair.value, at: Place(pair.key), groups: groups + [pair.key.text], above: layers,
          crumb: crumb + [pair.key.text])
      }
    }
    if items.count == before, let first = inherited.first, !groups.isEmpty {
      tooFewLevels(first, at: place, groups: groups, crumb: crumb)
    }
  }

  private func layerName(_ groups: [String]) -> String {
    guard let group = groups.last else { return "section \(section.name)" }
    return "\(section.indexes[groups.count - 1].field) \(group)"
  }

  private mutating func add(_ pair: YAMLPair, groups: [String], above: [Layer], crumb: Crumb) {
    guard let own = ownFields(pair, crumb: crumb) else { return }
    let item = Item(
      name: pair.key.text, place: Place(pair.key), groups: groups, layers: [Layer(name: "item", pairs: own)] + above,
      crumb: crumb)
    checkIndexFields(item, keys: groups + [item.name])
    items.append(item)
  }

  private func ownFields(_ pair: YAMLPair, crumb: Crumb) -> [YAMLPair]? {
    if let pairs = pair.value.pairs { return pairs }
    if pair.value.isNull { return [] }
    if let short = section.short {
      let key = YAMLKey(short, source: pair.value.source, start: pair.value.start, end: pair.value.start)
      return [YAMLPair(key: key, value: pair.value)]
    }
    findings.error(
      "\(crumb.shown) needs a mapping of fields", at: Place(pair.value), in: crumb,
      help: "its fields are \(section.fields.names.listed)")
    return nil
  }

  // MARK: Fields between groups and items

  /// Whether a key is a field its items inherit, and no group or item.
  private func isField(_ pair: YAMLPair, level: Int) -> Bool {
    let key = pair.key.text
    if let field = section.fields[key] {
      return !isMistakenForName(field, pair.value, level: level)
    }
    return level > 0 && isFurtherField(key, pair.value)
  }

  /// A mapping under the name of a field that takes none: somebody named an item like a field.
  private func isMistakenForName(_ field: Field, _ value: YAMLNode, level: Int) -> Bool {
    value.pairs != nil && !field.takesMapping
  }

  private func isSound(_ key: YAMLKey, level: Int, crumb: Crumb) -> Bool {
    let noun = level == section.indexes.count - 1 ? "the name of an item" : "a \(section.indexes[level].field)"
    if section.fields[key.text] != nil {
      findings.error(
        "“\(key.text)” is a field of \(section.name), and so cannot be \(noun)", at: Place(key), in: crumb,
        help: "give it another name")
      return false
    }
    guard case .simple(let rule) = section.indexes[level].type.shape else { return true }
    let fault = NameRule.fault(in: key.text).map { "it \($0)" }
    if fault == nil, rule.read(key.text) != nil { return true }
    findings.error(
      "“\(key.text.printable(limit: 80))” cannot be \(noun)", at: Place(key), in: crumb,
      help: fault ?? "write it like \(rule.examples)")
    return false
  }

  /// A field that repeats a key must say the same.
  private func checkIndexFields(_ item: Item, keys: [String]) {
    for (index, key) in zip(section.indexes, keys) {
      guard let said = item.own.first(where: { $0.key.text == index.field })?.value, !said.isNull, said.text != key
      else { continue }
      findings.error(
        "“\(index.field)” says “\(said.text ?? "…")”, and the key says “\(key)”", at: Place(said), in: item.crumb,
        help: "leave the field out; the key is the \(index.field)")
    }
  }

  private func tooFewLevels(_ field: YAMLPair, at place: Place, groups: [String], crumb: Crumb) {
    if section.fields[field.key.text] == nil {
      return findings.error(
        "“\(field.key.text)” is the name of a monitor, and so cannot be the name of an item", at: Place(field.key),
        in: crumb, help: "give it another name")
    }
    let missing = groups.count == section.indexes.count - 1 ? "item" : section.indexes[groups.count].field
    findings.error(
      "\(crumb.shown) has fields (“\(field.key.text)”) and no \(missing): \(section.name) has the levels \(section.levels)",
      at: place, in: crumb, help: "write \(example(Array(groups.dropLast()), item: groups.last))")
  }

  /// `hosts: {GROUP: {router1: {…}}}`
  private func example(_ groups: [String], item: String? = nil) -> String {
    let named =
      groups
      + section.indexes[groups.count..<max(groups.count, section.indexes.count - 1)].map { $0.field.uppercased() }
    let keys = [section.name] + named + [item ?? section.indexes.last?.field.uppercased() ?? "NAME"]
    return keys.map { "\($0): {" }.joined() + "…" + String(repeating: "}", count: keys.count)
  }
}
