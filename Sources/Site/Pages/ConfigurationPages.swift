import Config
import Model

/// Pages of the configuration, made when it is another than before: the packages in the order they are asked, their
/// sections, and every item with each value and where it comes from.
extension Press {
  static let configurationChapter = "/config"
  private static let indexPath = "config/index.html"

  /// First of all, so that other pages know whether there are ways to them.
  mutating func configurationPages() {
    guard input.plan.settings.showsConfiguration, input.configuration != nil else { return }
    chapter(Press.configurationChapter, configurationDefinition) { $0.makeConfigurationPages() }
    showsConfiguration = kept.contains(Press.configurationChapter) || chapterHolds(Press.indexPath)
  }

  private var configurationDefinition: UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(input.plan.hash)
    definition.add(Int(bitPattern: UInt(templates.digest)))
    return definition.value
  }

  private func chapterHolds(_ path: String) -> Bool {
    guard let saved = chapters[Press.configurationChapter] ?? nil else { return false }
    return (try? Chapter(coded: saved.bytes))?.makings[path] != nil
  }

  private mutating func makeConfigurationPages() {
    // What was changed since the run read it is shown by the next one; so long the pages stay as they are.
    guard let tree = input.configuration?() else { return keepChapter() }
    showsConfiguration = true
    let sections = tree.sectionSheets.map(\.withoutHidden)
    configurationIndex(tree.packageSheets, sections)
    for section in sections {
      sectionPages(section, tree)
      let pairs = section.items.enumerated().map { (Array($0.element.keys.dropLast()), $0.offset) }
      let firsts = Dictionary(pairs) { first, _ in first }
      for place in section.items.indices { itemPage(section, place, firsts, tree) }
    }
  }

  /// Leaves all pages of the chapter as they are, and looks again in the next run.
  private mutating func keepChapter() {
    guard let open = openChapters[current] else { return }
    openChapters[current] = OpenChapter(definition: Press.always, before: open.before, makings: open.before)
  }

  // MARK: Ways

  /// The page of an item, by its keys.
  func configurationPath(_ section: String, _ keys: [String]) -> String {
    // A host has its name for itself; other items may share theirs with one of another group.
    let name = section == "hosts" ? keys.last ?? "" : keys.joined(separator: " ")
    return "config/\(fileName(section))/\(fileName(name)).html"
  }

  /// The page of what stands at a place of the configuration; `nil` where there is none.
  func configurationPath(of location: SourceLocation) -> String? {
    guard showsConfiguration, location.breadcrumb.count > 2 else { return nil }
    return configurationPath(location.breadcrumb[1], Array(location.breadcrumb.dropFirst(2)))
  }

  private func sectionPath(_ section: String, page: Int = 1) -> String {
    "config/\(fileName(section))/\(page == 1 ? "index" : "index-\(page)").html"
  }

  private func head(_ path: String, _ title: String, _ template: String) -> PageHead {
    var head = PageHead(path: path, title: title, section: .configuration, template: template)
    head.isTimeless = true
    return head
  }

  /// REM's breadcrumb: `redeye.yaml >>> hosts >>> core >>> router1`.
  private func crumbs(_ section: String? = nil, _ further: [(text: String, link: String?)] = []) -> [View] {
    let first = [(fileNameOfConfiguration, Optional(Press.indexPath))]
    let second = section.map { [($0, Optional(sectionPath($0)))] } ?? []
    let all = first + second + further.map { ($0.text, $0.link) }
    return all.enumerated().map { place, part in
      ["text": part.0, "link": place == all.count - 1 ? false : part.1.orFalse, "first": place == 0]
    }
  }

  // MARK: Pages

  private mutating func configurationIndex(_ packages: [PackageSheet], _ sections: [SectionSheet]) {
    page(
      head(Press.indexPath, "Configuration", "configuration"),
      [
        "crumbs": crumbs(), "problem": input.configurationProblem != nil,
        "packages": packages.enumerated().map { place, package in
          [
            "number": "\(place + 1)", "name": package.name, "title": (package.title ?? "").orFalse,
            "file": package.file.orFalse, "requires": package.requires.joined(separator: ", ").orFalse,
            "sections": package.sections.map { ["name": $0, "path": sectionPath($0)] as View }.orFalse,
          ] as View
        },
        "sections": sections.map { section in
          [
            "name": section.name, "path": sectionPath(section.name), "says": quoted(section.says),
            "items": section.isSingle ? noNumber : countText(section.items.count), "at": section.declaredAt,
          ] as View
        },
      ])
  }

  private mutating func sectionPages(_ section: SectionSheet, _ tree: EffectiveTree) {
    let pages = max(1, (section.items.count + Press.rowsPerPage - 1) / Press.rowsPerPage)
    for number in 1...pages {
      let first = (number - 1) * Press.rowsPerPage
      let shown = section.items[first..<min(first + Press.rowsPerPage, section.items.count)]
      let links = (1...pages).map { page -> View in
        ["number": page, "path": sectionPath(section.name, page: page), "current": page == number]
      }
      page(
        head(sectionPath(section.name, page: number), section.name, "configsection"),
        [
          "crumbs": crumbs(section.name), "name": section.name, "says": quoted(section.says).orFalse,
          "levels": section.isSingle ? false : "\(section.name) >>> \(section.levels)" as Any, "at": section.declaredAt,
          "pages": pages > 1 ? links as Any : false, "items": rows(section, shown).orFalse,
          "single": section.isSingle,
          "sets": section.isSingle ? views(tree.values(of: section.name, item: nil)) as Any : false,
          "fields": number == 1 ? section.fieldSets.flatMap(views) as Any : false,
        ])
    }
  }

  private func rows(_ section: SectionSheet, _ items: ArraySlice<ItemSheet>) -> [View] {
    var last: [String]?
    return items.map { item in
      let groups = Array(item.keys.dropLast())
      defer { last = groups }
      let isNew = groups != last
      return [
        "id": isNew && !groups.isEmpty ? anchor(groups) as Any : false,
        "group": isNew && !groups.isEmpty ? groups.joined(separator: " >>> ") as Any : false,
        "name": item.keys.last ?? "", "path": configurationPath(section.name, item.keys),
        "title": (item.title ?? "").orFalse, "at": item.definedAt,
      ]
    }
  }

  /// Words of the configuration in quotes, where the schema has them between grave accents.
  private func quoted(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    guard !parts.count.isMultiple(of: 2) else { return text }
    return parts.enumerated().map { $0.offset.isMultiple(of: 2) ? String($0.element) : "“\($0.element)”" }.joined()
  }

  private func anchor(_ groups: [String]) -> String { "g-\(fileName(groups.joined(separator: "/")))" }

  private func views(_ set: FieldSheet.Set) -> [View] {
    set.fields.map { field in
      [
        "name": field.name, "set": set.title, "type": field.type, "required": field.isRequired,
        "fallback": field.fallback.orFalse, "says": quoted(field.says),
      ]
    }
  }

  /// - Parameter firsts: the place of the first item of each group.
  private mutating func itemPage(
    _ section: SectionSheet, _ place: Int, _ firsts: [[String]: Int], _ tree: EffectiveTree
  ) {
    let item = section.items[place]
    let groups = Array(item.keys.dropLast())
    let list = sectionPath(section.name, page: place / Press.rowsPerPage + 1)
    let first = firsts[groups] ?? place
    let group = "\(sectionPath(section.name, page: first / Press.rowsPerPage + 1))#\(anchor(groups))"
    let ways = groups.map { (text: $0, link: Optional(group)) } + [(text: item.keys.last ?? "", link: nil)]
    let host = section.name == "hosts" ? known.hostNames[item.keys.last ?? ""] : nil
    page(
      head(configurationPath(section.name, item.keys), item.keys.last ?? "", "configitem"),
      [
        "crumbs": crumbs(section.name, ways), "name": item.keys.last ?? "", "called": (item.title ?? "").orFalse,
        "at": item.definedAt, "list": list, "section": section.name,
        "sets": views(tree.values(of: section.name, item: item.place)),
        "measured": host.map { hostPath($0.name) }.orFalse,
        "jobs": host.map { listed(tree.jobNames(ofHost: $0.name)) }.flatMap { $0.isEmpty ? nil : $0 }.orFalse,
      ])
  }

  private func views(_ sets: [ValueSheet]) -> [View] {
    sets.map { set in
      [
        "legend": set.title ?? "Further",
        "lines": set.lines.map { line in
          [
            "key": line.key.printable(limit: 200), "depth": min(line.depth, 4),
            "value": line.value?.printable(limit: 2_000) ?? "", "origin": line.origin?.printable(limit: 1_000) ?? "",
            "default": line.isDefault,
          ] as View
        },
      ]
    }
  }
}

extension SectionSheet {
  /// Without items that another one of the same keys, in a package asked before, stands in front of.
  fileprivate var withoutHidden: SectionSheet {
    var seen: Set<[String]> = []
    var result = self
    result.items = items.filter { seen.insert($0.keys).inserted }
    return result
  }
}
