internal import Model
internal import YAML

/// What every part of compiling needs: the packages in their order, the schema, and where to tell problems.
struct Workshop {
  let packages: [Package]
  let schema: Schema
  let findings: Findings
  let inspector: Inspector
  let shelf: Shelf

  var checker: Checker { Checker(findings: findings, schema: schema, inspector: inspector) }

  func fields(of section: String) -> FieldTable { schema.fields(of: section) }

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
        if let first = own[key] {
          twice(item, first, noun: noun)
          // It is left out, and its other faults are told all the same.
          _ = record(item, of: name) { key in
            item.fields.contains { $0.key.text == key && isFurtherField(key, $0.value) }
          }
        } else if seen[key] == nil {
          seen[key] = number
          result.append(item)
        }
        own[key] = own[key] ?? item
      }
    }
    shelf.items[name] = result
    return result
  }

  func twice(_ item: Item, _ first: Item, noun: String) {
    findings.error(
      "“\(item.name)” is the name of two \(noun), first in \(findings.short(first.place))", at: item.place,
      in: item.crumb,
      help: item.place == first.place
        ? "an alias, or a file that is linked twice, brings it twice" : "give one of them another name")
  }

  /// A record of an item's fields.
  func record(_ item: Item, of section: String, extra: (String) -> Bool = { _ in false }) -> Record {
    let fields = fields(of: section)
    guard !item.isBroken else {
      return Record(given: [:], said: Set(fields.names), fields: fields, place: item.place, crumb: item.crumb)
    }
    return checker.record(
      item.fields, of: fields, at: item.place, in: item.crumb, extra: extra,
      unknown: { pair in self.rejectField(pair, of: fields, section: section, in: item.crumb) })
  }

  /// An unknown field that holds a mapping is often a level of keys too many.
  private func rejectField(_ pair: YAMLPair, of fields: FieldTable, section: String, in crumb: Crumb) {
    let near = Synonyms.candidate(to: pair.key.text, in: fields.names, by: Synonyms.fields)
    if near == nil, pair.value.pairs != nil, let levels = schema[section]?.levels {
      return checker.reject(
        pair, of: [], in: crumb,
        help: "items stand at \(section) >>> \(levels), and its fields are \(fields.names.listed)")
    }
    checker.reject(pair, of: fields.names, in: crumb)
  }
}

extension Workshop {
  init(packages: [Package], schema: Schema, findings: Findings, inspector: Inspector) {
    self.packages = packages.map { $0.mended(by: schema, findings) }
    self.schema = schema
    self.findings = findings
    self.inspector = inspector
    shelf = Shelf()
    shelf.secretNames = schema.secretNames
  }
}

/// Items that were read, by section; and the layers of the settings.
final class Shelf {
  /// Hosts in which something is wrong with what they use, so that a job they lack may be meant to be there.
  var shakyHosts: Set<String> = []
  /// Jobs in which something is wrong, so that a metric they lack may be meant to be there.
  var faultyJobs: Set<JobID> = []
  var items: [String: [Item]] = [:]
  var settings: [Layer] = []
  /// Names of everything that holds a secret.
  var secretNames: Set<String> = []
  /// The smallest interval of each schedule; the inner `nil` where it never comes.
  var intervals: [Cron: Int?] = [:]
  /// The field sets of sections, in which the fields of their items are shown.
  var ordered: [String: [Section.FieldSet]] = [:]
  /// What the graphs of monitors say, by the place of their templates.
  var graphForms: [Place: GraphForm] = [:]
  /// Field sets by name; of one name the package asked first comes first.
  var fieldSets: [String: FieldSet]?
}

extension Package {
  /// Tells of sections nobody declared; a misspelt one is the one that was meant, so that what is in it is checked too.
  fileprivate func mended(by schema: Schema, _ findings: Findings) -> Package {
    var package = self
    for (place, pair) in sections.enumerated() {
      let name = pair.key.text
      guard schema[name] == nil, !Package.words.contains(name) else { continue }
      let known = schema.names + Package.words
      let near = Synonyms.candidate(to: name, in: known, by: Synonyms.sections)
      findings.error(
        "unknown section “\(name.printable(limit: 80))”", at: Place(pair.key),
        help: near.map { "did you mean “\($0)”?" } ?? "known are \(schema.names.listed)")
      guard let near, schema[near] != nil, section(near) == nil, Nearest.candidate(to: name, in: known) == near else {
        findings.isIncomplete = true
        continue
      }
      package.sections[place].key.text = near
    }
    return package
  }
}
