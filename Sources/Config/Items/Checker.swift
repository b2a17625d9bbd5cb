internal import Model
internal import YAML

/// Holds values against the fields they are given for; what does not fit is told, and left out.
struct Checker {
  let findings: Findings
  /// For templates, which are checked against a section's fields.
  var schema = Schema()
  /// For files that are named and not read.
  var inspector: Inspector?
  /// Values with `%(name)s` in them are left as they are.
  var isTemplate = false

  /// A mapping of fields; `extra` are further keys that belong there and are left alone.
  func record(
    _ pairs: [YAMLPair], of fields: FieldTable, at place: Place, in crumb: Crumb,
    extra: (String) -> Bool = { _ in false },
    unknown: ((YAMLPair) -> Void)? = nil
  ) -> Record {
    var record = Record(given: [:], fields: fields, place: place, crumb: crumb)
    for pair in pairs {
      guard let field = fields[pair.key.text] else {
        if !extra(pair.key.text) {
          record.hasUnknown = true
          unknown?(pair) ?? reject(pair, of: fields.names, in: crumb)
          take(pair, beside: pairs, into: &record)
        }
        continue
      }
      guard !pair.value.isNull else { continue }
      record.said.insert(field.name)
      record.given[field.name] = value(pair.value, as: field, in: crumb + [field.name])
    }
    if !isTemplate { require(record) }
    return record
  }

  /// A misspelt field stands for the one that was meant, so that one slip is one error and its value is checked too.
  private func take(_ pair: YAMLPair, beside others: [YAMLPair], into record: inout Record) {
    let names = record.fields.names
    guard !pair.value.isNull, let name = Synonyms.candidate(to: pair.key.text, in: names, by: Synonyms.fields),
      !others.contains(where: { $0.key.text == name }), let field = record.fields[name]
    else { return }
    record.said.insert(name)
    guard Nearest.candidate(to: pair.key.text, in: names) == name else { return }
    record.given[name] = value(pair.value, as: field, in: record.crumb + [name])
  }

  private func require(_ record: Record) {
    for name in record.fields.required {
      guard !record.said.contains(name), let field = record.fields[name] else { continue }
      findings.error(
        "\(record.crumb.shown) needs “\(field.name)”", at: record.place, in: record.crumb,
        help: field.says.isEmpty ? nil : "\(field.name): \(field.says)")
    }
  }

  func reject(_ pair: YAMLPair, of names: [String], in crumb: Crumb, help: String? = nil) {
    let key = pair.key
    let near = Synonyms.candidate(to: key.text, in: names, by: Synonyms.fields).map { "did you mean “\($0)”?" }
    // `{objective: 99,9%}`: nothing at all follows the key.
    let isRest = pair.value.text == "" && pair.value.start.offset == key.end.offset
    findings.fault(
      "unknown field “\(key.text)” in \(crumb.shown)", at: Place(key), in: crumb,
      help: help ?? near
        ?? (isRest ? "a comma begins the next field: quote a value that holds one" : "known are \(names.listed)"))
  }

  /// The value, or `nil` with an error told.
  func value(_ node: YAMLNode, as field: Field, in crumb: Crumb) -> Checked? {
    // Told when it was read.
    if node.tag == YAMLTag.refused { return nil }
    if isTemplate, node.scalar != nil, node.hasSubstitution { return Checked(value: .node(node), place: Place(node)) }
    switch field.shape {
    case .simple(let rule): return simple(node, rule, field, in: crumb)
    case .choice(let words): return choice(node, words, in: crumb)
    case .list(let element): return list(node, element, field, in: crumb)
    case .map(let element): return map(node, element, in: crumb)
    case .fields(let table, let short): return fields(node, table, short, in: crumb)
    case .template(let section): return template(node, section, in: crumb)
    case .item: return simple(node, TypeRule.table["text"], field, in: crumb)
    case .secret: return secret(node, in: crumb)
    case .path(let fromRoot): return path(node, fromRoot: fromRoot, in: crumb)
    case .argv: return argv(node, in: crumb)
    case .use, .any: return Checked(value: .node(node), place: Place(node))
    }
  }

  // MARK: Scalars

  private func simple(_ node: YAMLNode, _ rule: TypeRule?, _ field: Field, in crumb: Crumb) -> Checked? {
    guard let rule, let text = node.text, node.tag != YAMLTag.secret else {
      let noun = rule?.noun ?? "a value"
      let found = node.tag == YAMLTag.secret ? "a secret" : node.items == nil ? "a mapping" : "a list"
      findings.fault(
        "“\(crumb.last ?? "")” needs \(noun), not \(found)", at: Place(node), in: crumb,
        help: rule.map { $0.name == "text" ? "write words, in quotes if need be" : "write it like \($0.examples)" })
      return nil
    }
    guard let value = rule.read(text) else {
      findings.fault(
        "“\(Mask.withoutLogins(text).printable(limit: 80))” is not \(rule.noun)", at: Place(node), in: crumb,
        help: rule.help(for: text))
      return nil
    }
    guard isInBounds(value, text, field, at: Place(node), in: crumb) else { return nil }
    return Checked(value: value, place: Place(node))
  }

  private func isInBounds(_ value: Value, _ text: String, _ field: Field, at place: Place, in crumb: Crumb) -> Bool {
    guard let measure = value.measure else { return true }
    if let minimum = field.minimum, measure < minimum.value {
      findings.fault("“\(text)” is less than \(minimum.text)", at: place, in: crumb, help: range(field))
      return false
    }
    if let maximum = field.maximum, measure > maximum.value {
      findings.fault("“\(text)” is more than \(maximum.text)", at: place, in: crumb, help: range(field))
      return false
    }
    return true
  }

  private func range(_ field: Field) -> String? {
    guard let minimum = field.minimum, let maximum = field.maximum else { return nil }
    return "\(field.name) goes from \(minimum.text) to \(maximum.text)"
  }

  private func choice(_ node: YAMLNode, _ words: [String], in crumb: Crumb) -> Checked? {
    if let text = node.text, words.contains(text) { return Checked(value: .text(text), place: Place(node)) }
    let all = "it is one of \(words.joined(separator: ", "))"
    let text = node.text.map { "“\($0.printable(limit: 80))”" } ?? (node.items == nil ? "a mapping" : "a list")
    let near = node.text.flatMap { Synonyms.candidate(to: $0, in: words, by: Synonyms.choices) }
    findings.fault(
      "\(text) is no \(crumb.last ?? "value")", at: Place(node), in: crumb,
      help: near.map { "did you mean “\($0)”? \(all)" } ?? all)
    return nil
  }

  private func path(_ node: YAMLNode, fromRoot: Bool, in crumb: Crumb) -> Checked? {
    guard let text = node.text, !text.isEmpty, text.printable(limit: .max) == text, node.tag == nil else {
      findings.fault(
        "“\(crumb.last ?? "")” needs the path of a file", at: Place(node), in: crumb,
        help: crumb.last == "script"
          ? "one program; its arguments stand in command: [ONE, ANOTHER]"
          : "it starts from the folder of \(fromRoot ? "the configuration" : "this file")")
      return nil
    }
    let folder = fromRoot ? findings.root : findings.sources[node.source].folder
    return Checked(value: .text(Path.join(folder, text)), place: Place(node))
  }

  // MARK: Lists and mappings

  private func list(_ node: YAMLNode, _ element: Field, _ field: Field, in crumb: Crumb) -> Checked? {
    guard let items = node.items ?? (field.takesOne ? [node] : nil) else {
      findings.fault(
        "“\(crumb.last ?? "")” needs a list", at: Place(node), in: crumb,
        help: node.pairs == nil
          ? "write it as [ONE, ANOTHER], or in lines that begin with “- ”"
          : "a single one is a list too: begin it with “- ”, or put it into [ ]")
      return nil
    }
    let values = items.enumerated().compactMap { number, item -> Checked? in
      if item.isNull {
        findings.fault("an empty item of a list", at: Place(item), in: crumb)
        return nil
      }
      return value(item, as: element.named(field.name), in: crumb.dropLast() + ["\(field.name) (\(number + 1))"])
    }
    return Checked(value: .list(values), place: Place(node))
  }

  private func map(_ node: YAMLNode, _ element: Field, in crumb: Crumb) -> Checked? {
    guard let pairs = node.pairs else {
      findings.fault(
        "“\(crumb.last ?? "")” needs a mapping", at: Place(node), in: crumb, help: "write it as {NAME: VALUE}")
      return nil
    }
    let values = pairs.compactMap { pair -> (key: YAMLKey, value: Checked)? in
      value(pair.value, as: element.named(pair.key.text), in: crumb + [pair.key.text]).map { (pair.key, $0) }
    }
    return Checked(value: .map(values), place: Place(node))
  }

  private func fields(_ node: YAMLNode, _ table: FieldTable, _ short: String?, in crumb: Crumb) -> Checked? {
    if let pairs = node.pairs {
      return Checked(value: .record(record(pairs, of: table, at: Place(node), in: crumb)), place: Place(node))
    }
    guard let short, let field = table[short] else {
      // `snmp: public`: what stands where secrets belong may be one.
      if Schema.holdsSecrets(table) { findings.hide(node) }
      findings.fault(
        "“\(crumb.last ?? "")” needs a mapping", at: Place(node), in: crumb,
        help: "its fields are \(table.names.listed)")
      return nil
    }
    guard let value = value(node, as: field, in: crumb) else { return nil }
    let record = Record(given: [short: value], fields: table, place: Place(node), crumb: crumb)
    return Checked(value: .record(record), place: Place(node))
  }

  private func template(_ node: YAMLNode, _ section: String, in crumb: Crumb) -> Checked? {
    guard let pairs = node.pairs else {
      findings.fault(
        "“\(crumb.last ?? "")” needs a mapping", at: Place(node), in: crumb, help: "write it as {FIELD: VALUE}")
      return nil
    }
    var inner = self
    inner.isTemplate = true
    if let table = schema[section]?.fields { _ = inner.record(pairs, of: table, at: Place(node), in: crumb) }
    return Checked(value: .node(node), place: Place(node))
  }

  private func argv(_ node: YAMLNode, in crumb: Crumb) -> Checked? {
    let words = node.items ?? [node]
    let texts = words.compactMap { word -> Checked? in
      guard let text = word.text, !word.isNull, word.tag == nil, !text.utf8.contains(0) else {
        findings.fault(
          "“\(crumb.last ?? "")” needs a list of texts", at: Place(word), in: crumb,
          help: "write it as [-H, www.example.org]")
        return nil
      }
      return Checked(value: .text(text), place: Place(word))
    }
    return Checked(value: .list(texts), place: Place(node))
  }
}

extension Crumb {
  /// `hosts >>> core >>> router1`
  var shown: String { joined(separator: " >>> ") }
}
