internal import YAML

/// Puts packages together: the one asked for, those it requires, and `base` at the end.
final class PackageReader {
  private let reader: FileReader
  private let linker: Linker
  private var findings: Findings { reader.findings }
  private var packages: [Package] = []
  /// The files or folders packages were read from.
  private var seen: Set<String> = []

  static let base = "base"

  init(reader: FileReader) {
    self.reader = reader
    linker = Linker(reader: reader)
  }

  /// Every package in the order they are asked: own, required, base.
  func all(from path: String) -> [Package] {
    add(path, at: nil, chain: [])
    packages.append(builtIn())
    return packages
  }

  func builtIn() -> Package {
    let bytes = PackageResources.base_yaml
    let source = findings.add(Source(path: nil, name: "base.yaml", bytes: bytes))
    let tree = reader.parse(bytes, of: source)
    return Package(
      name: PackageReader.base, title: nil, place: Place(source, .start),
      sections: tree?.pairs?.filter { $0.key.text != "package" && $0.key.text != "title" } ?? [], requires: [],
      isBuiltIn: true)
  }

  private func add(_ path: String, at place: Place?, chain: [String]) {
    guard linker.notCyclic(path, chain, at: place), seen.insert(path).inserted else { return }
    guard let package = package(path, at: place) else { return }
    packages.append(package)
    for required in package.requires where required.name != PackageReader.base {
      guard let next = find(required.name, at: required.place) else { continue }
      add(next, at: required.place, chain: chain + [path])
    }
  }

  // MARK: Finding a package

  private func find(_ name: String, at place: Place) -> String? {
    if name.contains("/") || name.hasSuffix(".yaml") { return reader.resolve(name, from: place.source, at: place) }
    let folder = packageFolder
    let candidates = ["\(folder)/\(name).yaml", "\(folder)/\(name)"]
    if let path = candidates.lazy.compactMap(reader.realPath).first {
      return Path.isInside(path, reader.root) ? path : reader.resolve("packages/\(name)", from: place.source, at: place)
    }
    findings.isIncomplete = true
    let known = reader.names(in: folder).map { $0.hasSuffix(".yaml") ? String($0.dropLast(5)) : $0 }
    findings.error(
      "there is no package “\(name)”", at: place,
      help: Nearest.help(
        name, in: known + [PackageReader.base],
        otherwise: "it would be packages/\(name).yaml or the folder packages/\(name)"))
    return nil
  }

  // MARK: Reading one

  private func package(_ path: String, at place: Place?) -> Package? {
    var files: [YAMLNode] = []
    var included: Set<String> = []
    for file in parts(of: path, at: place) {
      include(file, at: place, chain: [], into: &files, included: &included)
    }
    guard !files.isEmpty else { return nil }
    var package = assemble(files, path: path)
    package.home = home(of: path)
    return package
  }

  /// A folder of its own; the configuration itself has the root.
  private func home(of path: String) -> String? {
    if reader.isFolder(path) { return path }
    let folder = Path.folder(of: path)
    return packages.isEmpty || folder != reader.root && folder != packageFolder ? folder : nil
  }

  private var packageFolder: String { reader.root + "/packages" }

  /// The files of a package: itself, or all of a folder.
  private func parts(of path: String, at place: Place?) -> [String] {
    guard reader.isFolder(path) else { return [path] }
    let names = reader.names(in: path).filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
    if names.isEmpty {
      let source = findings.add(
        Source(path: path, name: place == nil ? path : Path.relative(path, to: reader.root), bytes: []))
      findings.error(
        "the folder holds no file that ends in .yaml",
        at: place ?? Place(source, .whole),
        help: place == nil ? FileReader.anotherConfiguration : nil)
    }
    return names.map { Path.join(path, $0) }
  }

  private func include(
    _ path: String, at place: Place?, chain: [String], into files: inout [YAMLNode], included: inout Set<String>
  ) {
    guard linker.notCyclic(path, chain, at: place), included.insert(path).inserted else { return }
    guard let tree = linker.file(path, at: place) else { return }
    guard let pairs = tree.pairs else {
      if tree.isNull, chain.isEmpty {
        findings.error(
          "there is nothing in this file", at: Place(tree.source, .whole),
          help: "“redeye init DIR” makes a configuration to begin with")
      }
      if !tree.isNull {
        findings.error(
          "a mapping of sections must stand here", at: Place(tree), help: "write hosts: {GROUP: {NAME: {…}}}")
      }
      return
    }
    files.append(tree)
    for pair in pairs where pair.key.text == "include" {
      for (name, from) in names(pair.value, of: pair.key.text) {
        for next in targets(name, at: from, except: path) {
          include(next, at: from, chain: chain + [path], into: &files, included: &included)
        }
      }
    }
  }

  private func targets(_ name: String, at place: Place, except path: String) -> [String] {
    guard FileReader.isPattern(name) else {
      return reader.resolve(name, from: place.source, at: place).map { [$0] } ?? []
    }
    let found = reader.expand(name, from: place.source)
    if found.isEmpty { findings.warning("no file fits “\(name)”", at: place) }
    return found.compactMap { reader.realPath($0) }.filter { real in
      guard Path.isInside(real, reader.root) else {
        _ = reader.resolve(Path.relative(real, to: "/"), from: place.source, at: place)
        return false
      }
      return real != path
    }
  }

  private func assemble(_ files: [YAMLNode], path: String) -> Package {
    let own = files.compactMap(\.pairs)
    let said = own.joined().filter { ["package", "title"].contains($0.key.text) }
    let sections = Merging(findings: findings).together(
      own.map { $0.filter { !["package", "title", "include", "requires"].contains($0.key.text) } }, in: [])
    let requires = own.joined().filter { $0.key.text == "requires" }.flatMap { names($0.value, of: "requires") }
    let name = said.first { $0.key.text == "package" }
    let file = Path.name(of: path)
    return Package(
      name: name.flatMap(text) ?? (file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file),
      title: said.first { $0.key.text == "title" }.flatMap(text),
      place: name.map { Place($0.value) } ?? Place(files[0].source, .start), sections: sections,
      requires: requires.map { (name: $0.0, place: $0.1) })
  }

  private func text(_ pair: YAMLPair) -> String? {
    guard let text = pair.value.text, !pair.value.isNull else {
      findings.error(
        "“\(pair.key.text)” needs a text", at: Place(pair.value), help: "write \(pair.key.text): WORDS")
      return nil
    }
    return text
  }

  /// A list of texts, or one.
  private func names(_ node: YAMLNode, of word: String) -> [(String, Place)] {
    (node.items ?? (node.isNull ? [] : [node])).compactMap { item in
      guard let text = item.text, !item.isNull else {
        findings.error("“\(word)” needs a list of names", at: Place(item), help: "write \(word): [ONE, ANOTHER]")
        return nil
      }
      return (text, Place(item))
    }
  }
}
