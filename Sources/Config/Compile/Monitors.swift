internal import Model
internal import YAML

/// A template: what a host that uses it gets.
struct Monitor: Sendable {
  struct Parameter: Sendable {
    var name: String
    var field: Field
    var isRequired: Bool
    var fallback: YAMLNode?
  }

  var item: Item
  var parameters: [Parameter]
  var uses: [Use]
  var jobs: [YAMLPair]
  var objectives: [YAMLPair]
  var graphs: [YAMLPair]
  /// The kinds of its jobs.
  var kinds: Set<String>
  /// Something is wrong in it, so what a host gets from it is not known.
  var isShaky: Bool
  /// Whether `%(address)s` stands in it. Looked for once: hosts that use it are many.
  let mentionsAddress: Bool

  var name: String { item.name }
}

extension YAMLNode {
  fileprivate func mentions(_ word: String) -> Bool {
    switch content {
    // Nearly no text has the sign, and looking for a word in all of them was a quarter of reading a configuration.
    case .scalar(let scalar): scalar.text.utf8.contains(UInt8(ascii: "%")) && scalar.text.contains(word)
    case .sequence(let items): items.contains { $0.mentions(word) }
    case .mapping(let pairs): pairs.contains { $0.value.mentions(word) }
    }
  }
}

/// A monitor asked for, with what is said to it.
struct Use: Sendable {
  var name: String
  var place: Place
  var pairs: [YAMLPair]
  /// Where a monitor says it, if one does.
  var origin: Place?
}

/// All monitors by name; of one name the package asked first comes first.
struct Monitors: Sendable {
  private(set) var byName: [String: [Monitor]] = [:]
  private(set) var parameters: Set<String> = []

  var names: [String] { byName.keys.sorted() }

  init(_ monitors: [Monitor]) {
    for monitor in monitors {
      byName[monitor.name, default: []].append(monitor)
      parameters.formUnion(monitor.parameters.map(\.name))
    }
  }

  func has(_ name: String) -> Bool { byName[name] != nil }

  func isShaky(_ name: String) -> Bool { byName[name]?.contains(where: \.isShaky) == true }
}

extension Workshop {
  /// The monitors of every package, also those another package hides: a monitor that uses its own name means the
  /// next one.
  func monitors() -> Monitors {
    guard let section = schema["monitors"] else { return Monitors([]) }
    var monitors: [Monitor] = []
    for package in packages {
      guard let node = package.section("monitors") else { continue }
      var reader = ItemReader(findings: findings, section: section)
      let items = reader.read(node)
      for (number, item) in items.enumerated() {
        if let first = items[..<number].first(where: { $0.name == item.name }) { twice(item, first, noun: "monitors") }
      }
      monitors += items.map(monitor)
    }
    shelf.items["monitors"] = monitors.map(\.item)
    let all = Monitors(monitors)
    for parameter in monitors.flatMap(\.parameters) {
      if case .secret = parameter.field.shape { shelf.secretNames.insert(parameter.name) }
    }
    for use in monitors.flatMap(\.uses) where !all.has(use.name) { unknownMonitor(use, all) }
    return all
  }

  private func monitor(_ item: Item) -> Monitor {
    let before = findings.errorCount
    let record = record(item, of: "monitors")
    let jobs = pairs(item["jobs"])
    for pair in jobs {
      if let fault = NameRule.fault(in: pair.key.text) {
        findings.error(
          "“\(pair.key.text.printable(limit: 80))” cannot be the name of a job", at: Place(pair.key), in: item.crumb,
          help: "it \(fault)")
      }
      for word in ["host", "name"] where pair.value[word] != nil {
        findings.error(
          "“\(word)” has no place in a monitor", at: Place(pair.value[word] ?? pair.value), in: item.crumb,
          help: "the job belongs to each host that uses the monitor, under the name of its key")
      }
    }
    var monitor = Monitor(
      item: item, parameters: record.map("parameters").compactMap { parameter($0.key, $0.value) },
      uses: item["use"].map { uses($0, in: item.crumb) } ?? [], jobs: jobs, objectives: pairs(item["objectives"]),
      graphs: pairs(item["graphs"]), kinds: Set(jobs.compactMap { kind(of: $0.value.pairs ?? []) }),
      isShaky: item.isBroken, mentionsAddress: item.fields.contains { $0.value.mentions("%(address)s") })
    monitor.isShaky = monitor.isShaky || findings.errorCount != before
    return monitor
  }

  /// Templates; what is none was told.
  private func pairs(_ node: YAMLNode?) -> [YAMLPair] { (node?.pairs ?? []).filter { $0.value.pairs != nil } }

  private func parameter(_ key: YAMLKey, _ checked: Checked) -> Monitor.Parameter? {
    guard case .record(let record) = checked.value else { return nil }
    var field = Field(name: key.text, shape: .any, says: record.text("says") ?? "", place: Place(key))
    let type = record.text("type") ?? "text"
    let values = record.texts("values")
    switch type {
    case "enum" where !values.isEmpty: field.shape = .choice(values)
    case "secret": field.shape = .secret
    case "path": field.shape = .path(fromRoot: false)
    case "list", "map", "any", "argv": field.shape = .any
    default:
      guard let rule = TypeRule.table[type] else {
        findings.error(
          "unknown type “\(type)” of the parameter “\(key.text)”", at: record.place(of: "type"), in: record.crumb,
          help: SchemaReader.help(forType: type))
        break
      }
      field.shape = .simple(rule)
    }
    let fallback: YAMLNode? = if case .node(let node)? = record["default"]?.value { node } else { nil }
    if case .secret = field.shape, let fallback, fallback.tag != YAMLTag.secret { findings.hide(fallback) }
    return Monitor.Parameter(
      name: key.text, field: field, isRequired: record.bool("required"), fallback: fallback)
  }

  /// What `use` says: names, or names with a mapping each.
  func uses(_ node: YAMLNode, in crumb: Crumb) -> [Use] {
    (node.items ?? [node]).flatMap { item -> [Use] in
      if let text = item.text, !item.isNull { return [Use(name: text, place: Place(item), pairs: [])] }
      guard let pairs = item.pairs else {
        noUse(at: Place(item), in: crumb)
        return []
      }
      return pairs.map { pair in
        if pair.value.pairs == nil, !pair.value.isNull { noUse(at: Place(pair.value), in: crumb) }
        return Use(name: pair.key.text, place: Place(pair.key), pairs: pair.value.pairs ?? [])
      }
    }
  }

  private func noUse(at place: Place, in crumb: Crumb) {
    findings.error(
      "“use” needs a list of monitors", at: place, in: crumb, help: "write use: [NAME, {NAME: {PARAMETER: VALUE}}]")
  }

  func unknownMonitor(_ use: Use, _ monitors: Monitors, in crumb: Crumb = ["monitors"]) {
    findings.missing(
      "there is no monitor “\(use.name.printable(limit: 80))”", at: use.place, in: crumb,
      help: severalMonitors(use.name, monitors)
        ?? Nearest.help(use.name, in: monitors.names, otherwise: "known are \(monitors.names.listed)"))
  }

  /// `use: ping, website` is one text.
  private func severalMonitors(_ text: String, _ monitors: Monitors) -> String? {
    let words = text.split { $0 == "," || $0 == " " }.map(String.init)
    return words.count > 1 && words.contains(where: monitors.has)
      ? "write use: [\(words.joined(separator: ", "))]" : nil
  }

  /// What `kind` says, or what a script makes it.
  func kind(of pairs: [YAMLPair]) -> String? {
    let given = pairs.first { $0.key.text == "kind" && !$0.value.isNull }?.value.text
    return given ?? (pairs.contains { $0.key.text == "script" && !$0.value.isNull } ? "script" : nil)
  }
}
