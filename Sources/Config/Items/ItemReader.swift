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
      if let entries = node.items, entries.allSatisfy({ $0.pairs != nil }) {
        return list(entries, groups: groups, above: above, crumb: crumb)
      }
      findings.error(
        "\(crumb.shown) needs a mapping", at: Place(node), in: crumb, help: "write \(example(groups))")
      return
    }
    let isLast = groups.count == section.indexes.count - 1
    let inherited = pairs.filter { isField($0, level: groups.count) }
    let layers = inherited.isEmpty ? above : [Layer(name: layerName(groups), pairs: inherited)] + above
    let before = items.count
    for pair in pairs where !isField(pair, level: groups.count) {
      // What is below a bad name is read all the same: it may have faults of its own.
      checkName(pair.key, level: groups.count, crumb: crumb)
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
    let own = ownFields(pair, crumb: crumb)
    var item = Item(
      name: pair.key.text, place: Place(pair.key), groups: groups,
      layers: [Layer(name: "item", pairs: own ?? [])] + above, crumb: crumb)
    item.isBroken = own == nil
    checkIndexFields(item, keys: groups + [item.name])
    items.append(item)
  }

  private func ownFields(_ pair: YAMLPair, crumb: Crumb) -> [YAMLPair]? {
    if let pairs = pair.value.pairs { return pairs }
    if pair.value.isNull { return [] }
    if pair.value.tag == YAMLTag.refused { return nil }
    if let short = section.short {
      let key = YAMLKey(short, source: pair.value.source, start: pair.value.start, end: pair.value.start)
      return [YAMLPair(key: key, value: pair.value)]
    }
    findings.error(
      "\(crumb.shown) needs a mapping of fields", at: Place(pair.value), in: crumb,
      help: "its fields are \(section.fields.names.someListed)")
    return nil
  }

  // MARK: Lists

  /// Items that bring the keys of their levels along: `[{name: tester1, …}, {name: tester2, …}]`.
  private mutating func list(_ entries: [YAMLNode], groups: [String], above: [Layer], crumb: Crumb) {
    let fields = section.indexes[groups.count...].map(\.field)
    var seen: [[String]: Place] = [:]
    for (number, entry) in entries.enumerated() {
      let keys = fields.map { key($0, of: entry) }
      guard let name = keys.last ?? nil, keys.allSatisfy({ $0 != nil }) else {
        // Its other faults are told under its number.
        noKey(fields[keys.firstIndex { $0 == nil } ?? 0], entry, crumb: crumb)
        addEntry(entry, nil, number, groups: groups, above: above, crumb: crumb)
        continue
      }
      let texts = keys.compactMap { $0?.text }
      for (level, key) in keys.enumerated() {
        if let key { checkName(key, level: groups.count + level, crumb: crumb) }
      }
      if let first = seen.updateValue(Place(name), forKey: texts) {
        findings.error(
          "“\(name.text)” stands in this list twice, first in \(findings.short(first))", at: Place(name), in: crumb,
          help: "give one of them another name")
        seen[texts] = first
        addEntry(entry, nil, number, groups: groups, above: above, crumb: crumb)
        continue
      }
      addEntry(entry, name, number, groups: groups + texts.dropLast(), above: above, crumb: crumb + texts.dropLast())
    }
  }

  /// An entry under its key, or under its number where it has no key of its own.
  private mutating func addEntry(
    _ entry: YAMLNode, _ key: YAMLKey?, _ number: Int, groups: [String], above: [Layer], crumb: Crumb
  ) {
    let counted = YAMLKey("(\(number + 1))", source: entry.source, start: entry.start, end: entry.start)
    let own = key == nil ? (entry.pairs ?? []).filter { !section.isIndex($0.key.text) } : entry.pairs ?? []
    let pair = YAMLPair(key: key ?? counted, value: entry.replacing(own))
    add(pair, groups: groups, above: above, crumb: crumb + [pair.key.text])
  }

  private func key(_ field: String, of entry: YAMLNode) -> YAMLKey? {
    guard let value = entry[field], let text = value.text, !value.isNull else { return nil }
    return YAMLKey(text, source: value.source, start: value.start, end: value.end)
  }

  private func noKey(_ field: String, _ entry: YAMLNode, crumb: Crumb) {
    findings.error(
      "an item of a list needs “\(field)”", at: Place(entry), in: crumb,
      help: "write - {\(field): …}, or make its \(field) a key and the list a mapping: {\(field.uppercased()): {…}}")
  }

  // MARK: Fields between groups and items

  /// Whether a key is a field its items inherit, and no group or item.
  private func isField(_ pair: YAMLPair, level: Int) -> Bool {
    let key = pair.key.text
    if section.fields.has(key) {
      // A mapping under the name of a field that takes none: somebody named an item like a field.
      return pair.value.pairs == nil || section.fields.takesMapping(key)
    }
    return level > 0 && isFurtherField(key, pair.value)
  }

  private func checkName(_ key: YAMLKey, level: Int, crumb: Crumb) {
    let noun = level == section.indexes.count - 1 ? "the name of an item" : "a \(section.indexes[level].field)"
    if section.fields.has(key.text) {
      findings.error(
        "“\(key.text)” is a field of \(section.name), and so cannot be \(noun)", at: Place(key), in: crumb,
        help: "give it another name")
      return
    }
    guard case .simple(let rule) = section.indexes[level].type.shape else { return }
    let fault = NameRule.fault(in: key.text).map { "it \($0)" }
    if fault == nil, rule.read(key.text) != nil { return }
    findings.error(
      "“\(key.text.printable(limit: 80))” cannot be \(noun)", at: Place(key), in: crumb,
      help: fault ?? rule.help(for: key.text))
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
