internal import Model
internal import YAML

extension EffectiveTree {
  /// The effective YAML of a path, secrets masked; with `why`, each value's layers beside it.
  ///
  /// A path is written `redeye.yaml >>> hosts >>> core >>> router1 >>> address`, with or without the file, or
  /// `hosts/core/router1`. Throws where nothing is there, with the nearest name that is.
  package func explain(_ path: String, why: Bool = false) throws(UnknownPath) -> String {
    var parts = EffectiveTree.parts(path)
    if let first = parts.first, roots.contains(first) { parts.removeFirst() }
    let printer = EffectivePrinter(tree: self, why: why)
    guard let name = parts.first else {
      return printer.text(sections.filter { !$0.isEmpty }.flatMap { printer.section($0, at: 0) }, under: [])
    }
    guard let section = sections.first(where: { $0.section.name == name }) else {
      throw unknown(path, name, sections.map(\.section.name))
    }
    return printer.text(try lines(section, Array(parts.dropFirst()), path, printer), under: parts)
  }

  private static func parts(_ path: String) -> [String] {
    let pieces = path.contains(">>>") ? path.split(separator: ">>>") : path.split(separator: "/")
    return pieces.map { String($0).trimmed }.filter { !$0.isEmpty }
  }

  private func unknown(_ path: String, _ name: String, _ known: [String]) -> UnknownPath {
    UnknownPath(
      path: path.printable(),
      help: Nearest.help(
        name, in: known, otherwise: known.isEmpty ? "nothing is below it" : "there are \(known.someListed)"))
  }

  private func lines(
    _ section: EffectiveSection, _ parts: [String], _ path: String, _ printer: EffectivePrinter
  ) throws(UnknownPath) -> [EffectiveLine] {
    if parts.isEmpty { return printer.section(section, at: 0) }
    if section.section.isSingle {
      return try field(parts, section.layers, section.section.fields, path, printer)
    }
    let depth = min(parts.count, section.section.indexes.count)
    let items = section.items.filter { Array(($0.groups + [$0.name]).prefix(depth)) == Array(parts.prefix(depth)) }
    guard let item = items.first else { throw missing(section, parts, path) }
    if parts.count < section.section.indexes.count { return printer.items(items, section.section, from: depth, at: 0) }
    let rest = Array(parts.dropFirst(depth))
    if rest.isEmpty { return printer.item(item, section.section, at: 0) }
    if section.section.name == "hosts", let job = jobs[item.name]?.first(where: { $0.id.job == rest[0] }) {
      if rest.count == 1 { return printer.job(job, at: 0) }
      return try field(Array(rest.dropFirst()), job.layers, jobFields, path, printer)
    }
    return try field(rest, item.layers, section.section.fields, path, printer)
  }

  private func missing(_ section: EffectiveSection, _ parts: [String], _ path: String) -> UnknownPath {
    for depth in parts.indices {
      let above = section.items.filter { Array(($0.groups + [$0.name]).prefix(depth)) == Array(parts.prefix(depth)) }
      let known = Set(above.compactMap { ($0.groups + [$0.name]).dropFirst(depth).first })
      if !known.contains(parts[depth]) { return unknown(path, parts[depth], known.sorted()) }
    }
    return unknown(path, parts.last ?? "", [])
  }

  private func field(
    _ parts: [String], _ layers: [Layer], _ fields: FieldTable, _ path: String, _ printer: EffectivePrinter
  ) throws(UnknownPath) -> [EffectiveLine] {
    var voices = layers.map { Voice(layer: $0.name, pairs: $0.pairs) }
    var name = ""
    var field: Field?
    for (depth, part) in parts.enumerated() {
      let table: FieldTable? = if depth == 0 { fields } else { field?.table }
      let next = table?[part]
      let values = voices.flatMap { voice in
        voice.pairs.filter { $0.key.text == part }.map { Said(layer: voice.layer, node: $0.value) }
      }
      guard next != nil || !values.isEmpty else {
        throw unknown(path, part, (table?.names ?? []) + voices.flatMap { $0.pairs.map(\.key.text) })
      }
      (name, field) = (part, next)
      if depth == parts.count - 1 { return printer.value(name, values + printer.fallback(field), field, at: 0) }
      voices = values.map { Voice(layer: $0.layer, pairs: $0.node.pairs ?? []) }
    }
    return []
  }

  /// What one layer says at some depth.
  private struct Voice {
    var layer: String
    var pairs: [YAMLPair]
  }
}

/// A value as one layer says it.
struct Said {
  var layer: String
  var node: YAMLNode
}

extension EffectiveSection {
  fileprivate var isEmpty: Bool { items.isEmpty && layers.isEmpty }
}

extension Field {
  /// The fields below this one.
  var table: FieldTable? { if case .fields(let table, _) = shape { table } else { nil } }
}
