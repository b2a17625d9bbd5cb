internal import Model
internal import YAML

/// Reads `sections:` and `types:` of every package into one schema, base first.
struct SchemaReader {
  let findings: Findings
  private var schema = Schema()
  private var types: [String: Field] = [:]

  static let sectionWords = ["title", "says", "single", "grouped indexes", "fields", "field sets", "short"]
  static let fieldWords = [
    "type", "default", "required", "values", "minimum", "maximum", "of", "or one", "fields", "short", "section",
    "kinds",
    "unit", "says",
  ]

  init(findings: Findings) { self.findings = findings }

  mutating func read(_ packages: [Package]) -> Schema {
    for package in packages.reversed() where package.isBuiltIn { read(package) }
    for package in packages where !package.isBuiltIn { read(package) }
    schema.checkTargets(findings)
    return schema
  }

  private mutating func read(_ package: Package) {
    for pair in pairs(package.section("types"), in: ["types"]) {
      types[pair.key.text] = field(pair.key, pair.value, in: ["types", pair.key.text])
    }
    for pair in pairs(package.section("sections"), in: ["sections"]) {
      read(pair, of: package)
    }
  }

  // MARK: A section

  private mutating func read(_ pair: YAMLPair, of package: Package) {
    let name = pair.key.text
    let crumb = ["sections", name]
    guard !Package.words.contains(name), !name.hasPrefix("__") else {
      findings.error(
        "“\(name)” is a word of packages, and so cannot be the name of a section", at: Place(pair.key),
        help: "give it another name")
      return
    }
    let known = schema[name]
    var section =
      known
      ?? Section(name: name, title: name.capitalisedFirst, isBuiltIn: package.isBuiltIn, place: Place(pair.key))
    for word in pairs(pair.value, in: crumb) { read(word, into: &section, in: crumb) }
    if !section.isSingle, section.indexes.isEmpty { section.indexes = [nameIndex(at: Place(pair.key))] }
    addIndexFields(to: &section)
    checkFieldSets(section, crumb: crumb)
    schema[name] = section
  }

  private mutating func read(_ word: YAMLPair, into section: inout Section, in crumb: Crumb) {
    let crumb = crumb + [word.key.text]
    switch word.key.text {
    case "title": section.title = text(word.value, in: crumb) ?? section.title
    case "says": section.says = text(word.value, in: crumb) ?? section.says
    case "single": section.isSingle = bool(word.value, in: crumb)
    case "short": section.short = text(word.value, in: crumb)
    case "grouped indexes": section.indexes = indexes(word.value, in: crumb) ?? section.indexes
    case "fields": addFields(word.value, to: &section, in: crumb)
    case "field sets": section.fieldSets = fieldSets(word.value, in: crumb)
    default: unknown(word.key, in: crumb, words: SchemaReader.sectionWords)
    }
  }

  private mutating func addFields(_ node: YAMLNode, to section: inout Section, in crumb: Crumb) {
    for pair in pairs(node, in: crumb) {
      let field = field(pair.key, pair.value, in: crumb + [pair.key.text])
      guard let known = section.fields[field.name], !section.fields.add(field) else {
        section.fields.add(field)
        continue
      }
      findings.error(
        "\(section.name) has a field “\(field.name)” already, in \(findings.short(known.place))", at: Place(pair.key),
        in: crumb, help: "choose another name for it")
    }
  }

  // MARK: Grouped indexes

  private func nameIndex(at place: Place) -> Section.Index {
    Section.Index(field: "name", type: Field(name: "name", shape: SchemaReader.shape("name"), place: place))
  }

  private mutating func indexes(_ node: YAMLNode, in crumb: Crumb) -> [Section.Index]? {
    let example = "grouped indexes: [{index: group, type: text}, {index: null, key field: name}]"
    // A single level need not be put into a list.
    guard let items = node.items ?? (node.pairs == nil ? nil : [node]), !items.isEmpty else {
      findings.error("grouped indexes are a list", at: Place(node), in: crumb, help: "write \(example)")
      return nil
    }
    let result = items.enumerated().compactMap { number, item in
      index(item, isLast: number == items.count - 1, example, in: crumb)
    }
    return result.count == items.count ? result : nil
  }

  private func index(_ node: YAMLNode, isLast: Bool, _ example: String, in crumb: Crumb) -> Section.Index? {
    for pair in node.pairs ?? [] where !["index", "type", "key field"].contains(pair.key.text) {
      unknown(pair.key, in: crumb, words: ["index", "type", "key field"])
    }
    let index = node["index"]
    let field = isLast ? node["key field"] : index
    guard let index, index.isNull == isLast, let name = field?.text, field?.isNull == false else {
      findings.error(
        "every level names its index, and the last one is the item: index null, with its key field", at: Place(node),
        in: crumb, help: "write \(example)")
      return nil
    }
    let type = node["type"]?.text ?? "text"
    if TypeRule.table[type] == nil {
      findings.error(
        "unknown type “\(type)”", at: Place(node["type"] ?? node), in: crumb, help: SchemaReader.help(forType: type))
    }
    let rule = TypeRule.table[type] ?? TypeRule.text
    let shape = isLast ? SchemaReader.shape("name") : Shape.simple(rule)
    return Section.Index(field: name, type: Field(name: name, shape: shape, place: Place(node)))
  }

  private static func shape(_ rule: String) -> Shape {
    TypeRule.table[rule].map(Shape.simple) ?? .any
  }

  /// The levels are fields of the item without being declared.
  private func addIndexFields(to section: inout Section) {
    for index in section.indexes where section.fields[index.field] == nil {
      var field = index.type
      field.says = "The key of its level."
      section.fields.add(field)
    }
  }

  // MARK: Field sets

  private func fieldSets(_ node: YAMLNode, in crumb: Crumb) -> [Section.FieldSet] {
    var result: [Section.FieldSet] = []
    for item in node.items ?? [] {
      for pair in item.pairs ?? [] {
        let names = (pair.value.items ?? [pair.value]).compactMap(\.text)
        result.append(Section.FieldSet(title: pair.key.text, fields: names))
      }
    }
    if result.isEmpty {
      findings.error(
        "field sets are a list of named lists", at: Place(node), in: crumb,
        help: "write field sets: [{Job: [name, title]}, {Execution: [script, command]}]")
    }
    return result
  }

  private func checkFieldSets(_ section: Section, crumb: Crumb) {
    for name in section.fieldSets.flatMap(\.fields) where section.fields[name] == nil {
      findings.error(
        "the field sets of \(section.name) name a field “\(name)” that is not there", at: section.place, in: crumb,
        help: Nearest.help(name, in: section.fields.names))
    }
  }

  // MARK: A field

  private mutating func field(_ key: YAMLKey, _ node: YAMLNode, in crumb: Crumb) -> Field {
    var field = Field(name: key.text, shape: SchemaReader.shape("text"), place: Place(key))
    if let fault = key.text.isEmpty ? "is empty" : key.text.hasPrefix("__") ? "begins with “__”" : nil {
      findings.error("the name of a field \(fault)", at: Place(key), in: crumb)
    }
    guard let words = node.pairs else {
      // `field: text` is short for `field: {type: text}`.
      if node.scalar != nil { field.shape = shape(node, of: node, in: crumb) }
      return field
    }
    if let type = node["type"] { field = typed(field, by: type, of: node, in: crumb) }
    for word in words { read(word, into: &field, in: crumb) }
    return checkedDefault(field, in: crumb)
  }

  private mutating func typed(_ field: Field, by type: YAMLNode, of node: YAMLNode, in crumb: Crumb) -> Field {
    if let name = type.text, let own = types[name] {
      var copy = own.named(field.name)
      copy.place = field.place
      return copy
    }
    var field = field
    field.shape = shape(type, of: node, in: crumb)
    return field
  }

  private mutating func read(_ word: YAMLPair, into field: inout Field, in crumb: Crumb) {
    switch word.key.text {
    case "type", "of", "fields", "short", "section", "values": break
    case "says": field.says = text(word.value, in: crumb) ?? ""
    case "unit": field.unit = text(word.value, in: crumb)
    case "required": field.isRequired = bool(word.value, in: crumb)
    case "or one": field.takesOne = bool(word.value, in: crumb)
    case "default": field.defaultNode = word.value.isNull ? nil : word.value
    case "minimum": field.minimum = bound(word.value, of: field, in: crumb)
    case "maximum": field.maximum = bound(word.value, of: field, in: crumb)
    case "kinds": field.kinds = (word.value.items ?? [word.value]).compactMap(\.text)
    default: unknown(word.key, in: crumb, words: SchemaReader.fieldWords)
    }
  }

  /// `type`, with what else of the field's words belongs to it.
  private mutating func shape(_ type: YAMLNode, of node: YAMLNode, in crumb: Crumb) -> Shape {
    let name = type.text ?? ""
    switch name {
    case "enum": return choice(node, at: Place(type), in: crumb)
    case "list", "map": return collection(name, node, at: Place(type), in: crumb)
    case "fields": return .fields(table(node["fields"], in: crumb), short: node["short"]?.text)
    case "template": return .template(section: node["section"]?.text ?? "")
    case "item": return .item(section: node["section"]?.text ?? "")
    case "secret": return .secret
    case "path": return .path(fromRoot: false)
    case "root path": return .path(fromRoot: true)
    case "argv": return .argv
    case "use": return .use
    case "any": return .any
    default: break
    }
    if let own = types[name] { return own.shape }
    if let rule = TypeRule.table[name] { return .simple(rule) }
    guard !name.isEmpty else {
      findings.error(
        "a type is one word", at: Place(type), in: crumb, help: "write type: text; a list has type: list and of: text")
      return .any
    }
    findings.error(
      "unknown type “\(name.printable(limit: 80))”", at: Place(type), in: crumb,
      help: SchemaReader.help(forType: name, and: types.keys.sorted()))
    return .any
  }

  static func help(forType name: String, and own: [String] = []) -> String {
    Synonyms.candidate(to: name, in: typeNames + own, by: Synonyms.types).map { "did you mean “\($0)”?" }
      ?? "known are \((own + typeNames).listed)"
  }

  static let typeNames =
    TypeRule.all.map(\.name) + ["enum", "list", "map", "fields", "item", "secret", "path", "root path", "argv", "any"]

  private func choice(_ node: YAMLNode, at place: Place, in crumb: Crumb) -> Shape {
    let values = (node["values"]?.items ?? []).compactMap(\.text)
    if values.isEmpty {
      findings.error("an enum needs its values", at: place, in: crumb, help: "write values: [ONE, ANOTHER]")
    }
    return .choice(values)
  }

  private mutating func collection(_ name: String, _ node: YAMLNode, at place: Place, in crumb: Crumb) -> Shape {
    let key = YAMLKey("of", source: place.source, start: place.start, end: place.end ?? place.start)
    let element = node["of"].map { field(key, $0, in: crumb + ["of"]) }
    let any = Field(name: "of", shape: .any, place: place)
    return name == "list" ? .list(element ?? any) : .map(element ?? any)
  }

  private mutating func table(_ node: YAMLNode?, in crumb: Crumb) -> FieldTable {
    var table = FieldTable()
    for pair in pairs(node, in: crumb) { table.add(field(pair.key, pair.value, in: crumb + [pair.key.text])) }
    return table
  }

  private func bound(_ node: YAMLNode, of field: Field, in crumb: Crumb) -> Field.Bound? {
    // A type nobody knows was told.
    if case .any = field.shape { return nil }
    guard let text = node.text, case .simple(let rule) = field.shape, let measure = rule.read(text)?.measure else {
      let form = if case .simple(let rule) = field.shape { "write it like \(rule.examples)" } else { "leave it out" }
      findings.error(
        "this is no bound for the type of “\(field.name)”", at: Place(node), in: crumb, help: form)
      return nil
    }
    return Field.Bound(value: measure, text: text)
  }

  private func checkedDefault(_ field: Field, in crumb: Crumb) -> Field {
    guard let node = field.defaultNode else { return field }
    var field = field
    let checker = Checker(findings: findings)
    // What stands in a template is checked once it is filled in.
    if !node.hasSubstitution { field.defaultValue = checker.value(node, as: field, in: crumb + ["default"]) }
    return field
  }

  // MARK: Small values

  private func pairs(_ node: YAMLNode?, in crumb: Crumb) -> [YAMLPair] {
    guard let node, !node.isNull else { return [] }
    if node.pairs == nil {
      findings.error(
        "a mapping must stand here", at: Place(node), in: crumb, help: "write \(crumb.last ?? "it"): {NAME: …}")
    }
    return node.pairs ?? []
  }

  private func text(_ node: YAMLNode, in crumb: Crumb) -> String? {
    if node.text == nil {
      findings.error("a text must stand here", at: Place(node), in: crumb, help: "write \(crumb.last ?? "it"): WORDS")
    }
    return node.text
  }

  private func bool(_ node: YAMLNode, in crumb: Crumb) -> Bool {
    if case .bool(let bool) = node.value { return bool }
    findings.error(
      "true or false must stand here", at: Place(node), in: crumb,
      help: node.text.flatMap(Advice.bool) ?? "write true or false")
    return false
  }

  private func unknown(_ key: YAMLKey, in crumb: Crumb, words: [String]) {
    findings.error(
      "unknown word “\(key.text)” in \(crumb.dropLast().joined(separator: " >>> "))", at: Place(key), in: crumb,
      help: Nearest.help(key.text, in: words, otherwise: "known are \(words.listed)"))
  }
}

extension Value {
  /// The number bounds are compared with; `nil` for what has no measure.
  var measure: Double? {
    switch self {
    case .int(let int), .milliseconds(let int): Double(int)
    case .number(let number), .share(let number, _): number
    default: nil
    }
  }
}

extension String {
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
