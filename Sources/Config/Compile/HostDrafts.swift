internal import Model
internal import YAML

/// A host with everything its monitors need of it.
struct HostDraft: Sendable {
  var item: Item
  var host: Host
  /// What `%(name)s` stands for, parameters aside.
  var values: [String: YAMLNode]
  var uses: [Use]

  /// What stands for the address of a host that has none (RFC 6761 section 6.4).
  static let nowhere = "nowhere.invalid"
}

extension Workshop {
  func hosts(_ monitors: Monitors) -> [HostDraft] {
    let isFurther: (String, YAMLNode) -> Bool = { key, value in
      monitors.has(key) || monitors.parameters.contains(key) && value.pairs == nil
    }
    return items(of: "hosts", noun: "hosts", isFurtherField: isFurther).map { item in
      draft(item, monitors)
    }
  }

  private func draft(_ item: Item, _ monitors: Monitors) -> HostDraft {
    let before = findings.errorCount
    let record = record(item, of: "hosts") { monitors.has($0) || monitors.parameters.contains($0) }
    let host = Host(
      name: item.name, title: record.text("title") ?? item.name, group: item.groups, address: record.text("address"),
      location: findings.location(item.place, in: item.crumb), facts: facts(item))
    let uses = item["use"].map { self.uses($0, in: item.crumb + ["use"]) } ?? []
    for use in uses where !monitors.has(use.name) { unknownMonitor(use, monitors, in: item.crumb + ["use"]) }
    if findings.errorCount != before || item.isBroken { shelf.shakyHosts.insert(item.name) }
    return HostDraft(item: item, host: host, values: values(item, host), uses: uses.filter { monitors.has($0.name) })
  }

  private func values(_ item: Item, _ host: Host) -> [String: YAMLNode] {
    var values: [String: YAMLNode] = [:]
    for pair in item.fields where pair.key.text != "use" { values[pair.key.text] = pair.value }
    let index = schema["hosts"]?.indexes ?? []
    for (level, key) in zip(index, item.groups + [item.name]) { values[level.field] = word(key, item.place) }
    values["host"] = word(host.name, item.place)
    values["title"] = values["title"] ?? word(host.title, item.place)
    // An address that is none was told, and is not told again where it is filled in.
    let isName = HostAddress.fault(in: host.name) == nil
    if host.address == nil { values["address"] = word(isName ? host.name : HostDraft.nowhere, item.place) }
    return values
  }

  private func word(_ text: String, _ place: Place) -> YAMLNode {
    YAMLNode(
      .scalar(YAMLScalar(text, style: .doubleQuoted)), source: place.source, start: place.start,
      end: place.end ?? place.start)
  }

  // MARK: Facts

  /// The fields an item has, in the order of the field sets; what has a place of its own on a host's page is left out.
  private func facts(_ item: Item) -> [Fact] {
    guard let section = schema["hosts"] else { return [] }
    let elsewhere = Set(["title", "address"] + section.indexes.map(\.field))
    return factSets(item, section).flatMap(\.facts).filter { !elsewhere.contains($0.name) }
  }

  /// The same in sets, as they are shown together.
  func factSets(_ item: Item, _ section: Section) -> [PlanItem.FieldSet] {
    let keys = Dictionary(zip(section.indexes.map(\.field), item.groups + [item.name])) { first, _ in first }
    let sets = shelf.ordered[section.name] ?? section.ordered
    shelf.ordered[section.name] = sets
    return sets.map { set in
      let facts = set.fields.compactMap { name -> Fact? in
        if let key = keys[name] { return section.fields.has(name) ? Fact(name, key) : nil }
        guard let node = item[name], let field = section.fields[name] else { return nil }
        return text(node, field).map { Fact(name, $0) }
      }
      return PlanItem.FieldSet(title: set.title, facts: facts)
    }.filter { !$0.facts.isEmpty }
  }

  /// A value in one line, secrets left out; `nil` where nothing remains.
  private func text(_ node: YAMLNode, _ field: Field) -> String? {
    if case .secret = field.shape { return nil }
    switch node.content {
    case .scalar(let scalar):
      if node.tag == YAMLTag.secret { return nil }
      return scalar.text + (field.unit.map { " \($0)" } ?? "")
    case .sequence(let items):
      let element = if case .list(let element) = field.shape { element } else { field }
      return items.compactMap { text($0, element) }.joined(separator: ", ")
    case .mapping(let pairs):
      let parts = pairs.compactMap { pair -> String? in
        text(pair.value, element(of: field, pair.key.text)).map { "\(pair.key.text) \($0)" }
      }
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
  }

  private func element(of field: Field, _ key: String) -> Field {
    switch field.shape {
    case .fields(let table, _): table[key] ?? field
    case .map(let element): element
    default: field
    }
  }
}
