internal import YAML

/// What every part of compiling needs: the packages in their order, the schema, and where to tell problems.
struct Workshop {
  let packages: [Package]
  let schema: Schema
  let findings: Findings
  let inspector: Inspector
  let shelf: Shelf

  var checker: Checker { Checker(findings: findings, schema: schema, inspector: inspector) }

  func fields(of section: String) -> FieldTable { schema[section]?.fields ?? FieldTable() }

  /// The items of a section from every package; where two packages have one, the package asked first wins.
  ///
  /// `noun` names two of a kind, such as `hosts`; `identity` is what may be there once.
  func items(
    of name: String, noun: String, identity: (Item) -> String = { $0.name },
    isFurtherField: @escaping (String, YAMLNode) -> Bool = { _, _ in false }
  ) -> [Item] {
    if let known = shelf.items[name] { return known }
    guard let section = schema[name] else { return [] }
    var result: [Item] = []
    var seen: [String: Int] = [:]
    for (number, package) in packages.enumerated() {
      guard let node = package.section(name) else { continue }
      var reader = ItemReader(findings: findings, section: section)
      reader.isFurtherField = isFurtherField
      var own: [String: Item] = [:]
      for item in reader.read(node) {
        let key = identity(item)
        if let first = own.updateValue(item, forKey: key) {
          twice(item, first, noun: noun)
        } else if seen[key] == nil {
          seen[key] = number
          result.append(item)
        }
      }
    }
    shelf.items[name] = result
    return result
  }

  private func twice(_ item: Item, _ first: Item, noun: String) {
    findings.error(
      "“\(item.name)” is the name of two \(noun), first in \(findings.short(first.place))", at: item.place,
      in: item.crumb,
      help: "give one of them another name")
  }

  /// A record of an item's fields.
  func record(_ item: Item, of section: String, extra: (String) -> Bool = { _ in false }) -> Record {
    let fields = fields(of: section)
    return checker.record(
      item.fields, of: fields, at: item.place, in: item.crumb, extra: extra,
      unknown: { pair in self.rejectField(pair, of: fields, section: section, in: item.crumb) })
  }

  /// An unknown field that holds a mapping is often a level of keys too many.
  private func rejectField(_ pair: YAMLPair, of fields: FieldTable, section: String, in crumb: Crumb) {
    let near = Nearest.candidate(to: pair.key.text, in: fields.names)
    if near == nil, pair.value.pairs != nil, let levels = schema[section]?.levels {
      return checker.reject(
        pair.key, of: [], in: crumb,
        help: "items stand at \(section) >>> \(levels), and its fields are \(fields.names.listed)")
    }
    checker.reject(pair.key, of: fields.names, in: crumb)
  }

  /// Sections nobody declared.
  func checkSections() {
    for package in packages {
      for pair in package.sections where schema[pair.key.text] == nil && !Package.words.contains(pair.key.text) {
        let known = schema.names + Package.words
        findings.error(
          "unknown section “\(pair.key.text)”", at: Place(pair.key),
          help: Nearest.help(pair.key.text, in: known, otherwise: "known are \(schema.names.listed)"))
      }
    }
  }
}

extension Workshop {
  init(packages: [Package], schema: Schema, findings: Findings, inspector: Inspector) {
    self.packages = packages
    self.schema = schema
    self.findings = findings
    self.inspector = inspector
    shelf = Shelf()
    shelf.secretNames = schema.secretNames
  }
}

/// Items that were read, by section; and the layers of the settings.
final class Shelf {
  var items: [String: [Item]] = [:]
  var settings: [Layer] = []
  /// Names of everything that holds a secret.
  var secretNames: Set<String> = []
}
