internal import YAML

/// The places a name is looked for, one for each package, in the order they are asked.
package struct Chain: Hashable, Sendable {
  package enum State: Hashable, Sendable {
    case used
    /// It is there, and a package asked before has one too.
    case shadowed
    case missing
    /// It is there, and the next one is asked all the same.
    case refused(String)
  }

  package struct Step: Hashable, Sendable {
    package var package: String
    /// Where it stands or would stand.
    package var place: String
    package var state: State

    package init(package: String, place: String, state: State) {
      self.package = package
      self.place = place
      self.state = state
    }
  }

  /// Such as `monitors/ping` or `overview.mustache`.
  package var name: String
  package var steps: [Step]

  package init(name: String, steps: [Step]) {
    self.name = name
    self.steps = steps
  }
}

extension EffectiveTree {
  /// The names of all items by their section, sorted, as `chains` takes them.
  package var names: [(section: String, names: [String])] {
    sections.filter { !$0.section.isSingle }.map { section in
      (section.section.name, Set(section.items.map(\.name)).sorted())
    }.filter { !$0.1.isEmpty }
  }

  /// The chain of each section that has an item of the name; `monitors/ping` asks one section alone.
  package func chains(of name: String) -> [Chain] {
    sections.filter { !$0.section.isSingle }.compactMap { section in
      let prefix = section.section.name + "/"
      let bare = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
      guard section.items.contains(where: { $0.name == bare }) else { return nil }
      var isTaken = false
      return Chain(name: prefix + bare, steps: packages.map { step(of: bare, section, in: $0, &isTaken) })
    }
  }

  private func step(
    of name: String, _ section: EffectiveSection, in package: Package, _ isTaken: inout Bool
  ) -> Chain.Step {
    let places = items(of: section.section, in: package).filter { $0.name == name }.map(\.place)
    let used = Set(section.items.filter { $0.name == name }.map(\.place))
    let isUsed = !isTaken && places.contains(where: used.contains)
    let state: Chain.State = places.isEmpty ? .missing : isUsed ? .used : .shadowed
    // Jobs of one name belong to several hosts, from whatever package.
    isTaken = isTaken || isUsed && section.section.name != "jobs"
    let texts = places.map { "\(files[$0.source]):\($0.start.line)" }
    return Chain.Step(
      package: package.name, place: texts.isEmpty ? section.section.name : texts.joined(separator: ", "), state: state)
  }

  private func items(of section: Section, in package: Package) -> [Item] {
    guard let node = package.section(section.name) else { return [] }
    let monitors = sections.first { $0.section.name == "monitors" }?.items.map(\.name) ?? []
    // What is wrong with them was told when they were loaded.
    let findings = Findings(root: "")
    for name in files { _ = findings.add(Source(path: nil, name: name, bytes: [])) }
    var reader = ItemReader(findings: findings, section: section)
    if section.name == "hosts" { reader.isFurtherField = { key, _ in monitors.contains(key) } }
    return reader.read(node)
  }
}
