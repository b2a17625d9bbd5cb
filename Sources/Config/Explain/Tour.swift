internal import Model
internal import YAML

/// What the pages of the configuration show of a package.
package struct PackageSheet: Sendable {
  package var name: String
  package var title: String?
  /// The file it begins in; `nil` for what is built in.
  package var file: String?
  package var requires: [String]
  /// Names of the sections it says something in.
  package var sections: [String]
}

/// What they show of a section.
package struct SectionSheet: Sendable {
  package var name: String
  package var title: String
  package var says: String
  /// `GROUP >>> NAME`
  package var levels: String
  /// One mapping of fields and no items.
  package var isSingle: Bool
  /// `base.yaml:34`
  package var declaredAt: String
  package var fieldSets: [FieldSheet.Set]
  package var items: [ItemSheet]
}

/// A field as a section declares it.
package struct FieldSheet: Sendable {
  package struct Set: Sendable {
    package var title: String
    package var fields: [FieldSheet]
  }

  package var name: String
  package var type: String
  package var fallback: String?
  package var isRequired: Bool
  package var says: String
}

/// An item of a section, by its keys.
package struct ItemSheet: Sendable {
  /// Which of the section's items it is, for `values`.
  package var place: Int
  /// Group levels from the outermost in, then its own key.
  package var keys: [String]
  package var title: String?
  /// `redeye.yaml:14`
  package var definedAt: String
}

/// Values of one field set.
package struct ValueSheet: Sendable {
  package struct Line: Sendable {
    /// How many mappings it stands in.
    package var depth: Int
    package var key: String
    /// `nil` where its fields follow.
    package var value: String?
    /// `item, redeye.yaml:14:25; hides 5 of group core, redeye.yaml:13:12`
    package var origin: String?
    package var isDefault: Bool
  }

  /// `nil` for what no field set names.
  package var title: String?
  package var lines: [Line]
}

extension EffectiveTree {
  /// In the order they are asked.
  package var packageSheets: [PackageSheet] {
    let names = sections.map(\.section.name)
    return packages.map { PackageSheet($0, files: files, sections: names) }
  }

  package var sectionSheets: [SectionSheet] { sections.map(sheet) }

  /// The effective values of an item, or of a section without items, secrets hidden.
  package func values(of section: String, item place: Int?) -> [ValueSheet] {
    guard let section = sections.first(where: { $0.section.name == section }) else { return [] }
    let item = place.flatMap { section.items.indices.contains($0) ? section.items[$0] : nil }
    let keys = item.map { item in
      Dictionary(zip(section.section.indexes.map(\.field), item.groups + [item.name])) { first, _ in first }
    }
    let printer = EffectivePrinter(tree: self, why: true)
    let sets = printer.sets(item?.layers ?? section.layers, section.section, keys: keys ?? [:], at: 0)
    return sets.map { ValueSheet(title: $0.title, lines: $0.lines.compactMap(line)) }
  }

  /// The jobs a host's monitors make.
  package func jobNames(ofHost host: String) -> [String] { (jobs[host] ?? []).map(\.id.job) }

  private func line(_ line: EffectiveLine) -> ValueSheet.Line? {
    guard let key = line.key else { return nil }
    let isSecret = line.value != nil && Discretion.isSecret(key)
    // What a secret hides is one too.
    let origin = isSecret ? line.origin?.split(separator: ";").first.map(String.init) : line.origin
    return ValueSheet.Line(
      depth: line.depth, key: key, value: isSecret ? Mask.sign : line.value.map(Discretion.hiding),
      origin: origin.map(Discretion.hiding), isDefault: line.isDefault)
  }

  private func sheet(_ section: EffectiveSection) -> SectionSheet {
    let own = section.section
    return SectionSheet(
      name: own.name, title: own.title, says: own.says, levels: own.levels, isSingle: own.isSingle,
      declaredAt: short(own.place),
      fieldSets: own.ordered.map { set in
        FieldSheet.Set(title: set.title, fields: set.fields.compactMap { own.fields[$0] }.map(sheet))
      },
      items: section.items.enumerated().map { place, item in
        ItemSheet(
          place: place, keys: item.groups + [item.name], title: item["title"]?.text.map(Discretion.hiding),
          definedAt: short(item.place))
      })
  }

  private func sheet(_ field: Field) -> FieldSheet {
    FieldSheet(
      name: field.name, type: field.typeText(), fallback: field.defaultNode.map(Reference.text),
      isRequired: field.isRequired, says: field.says)
  }

  private func short(_ place: Place) -> String { "\(files[place.source]):\(place.start.line)" }
}

extension PackageSheet {
  init(_ package: Package, files: [String], sections: [String]) {
    self.init(
      name: package.name, title: package.title, file: package.isBuiltIn ? nil : files[package.place.source],
      requires: package.requires.map(\.name),
      sections: sections.filter { package.section($0) != nil })
  }
}
