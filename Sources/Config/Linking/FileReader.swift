internal import YAML

/// Reads the files of a configuration, each once, and none outside its root folder.
final class FileReader {
  let findings: Findings
  private let files: ConfigurationFiles
  /// With every symbolic link followed.
  let root: String
  private var parsed: [String: YAMLNode?] = [:]
  private(set) var read: [SourceFile] = []

  private static let mostFiles = 1_000

  init(root: String, files: ConfigurationFiles, findings: Findings) {
    self.root = root
    self.files = files
    self.findings = findings
  }

  /// The absolute path of what a file names, if it is there and inside the root; says what is wrong if not.
  func resolve(_ name: String, from source: Int, at place: Place) -> String? {
    let path = Path.join(findings.sources[source].folder, name)
    guard Path.isInside(path, root) else { return outside(name, at: place) }
    guard let real = files.realPath(path) else {
      findings.isIncomplete = true
      findings.error(
        "there is no file “\(name)” beside \(findings.sources[source].name)", at: place,
        help: whatIsThere(instead: path))
      return nil
    }
    guard Path.isInside(real, root) else { return outside(name, at: place) }
    return real
  }

  /// The nearest file, or all of the folder; without the ending, which makes any two files alike.
  private func whatIsThere(instead path: String) -> String {
    let folder = Path.folder(of: path)
    let shown = Path.relative(folder, to: root)
    let names = files.list(folder).filter { !$0.hasPrefix(".") && $0.hasSuffix(".yaml") }.sorted()
    if names.isEmpty {
      return realPath(folder) == nil
        ? "there is no folder \(shown)" : "the folder \(shown) holds no file that ends in .yaml"
    }
    let stems = Dictionary(names.map { (Path.stem(of: $0), $0) }) { first, _ in first }
    let stem = Path.stem(of: Path.name(of: path))
    if let near = stems[stem] ?? Nearest.candidate(to: stem, in: stems.keys.sorted()).flatMap({ stems[$0] }) {
      return "did you mean “\(near)”?"
    }
    return "the folder holds \(names.someListed)"
  }

  private func outside(_ name: String, at place: Place) -> String? {
    findings.isIncomplete = true
    findings.error(
      "“\(name)” is outside of the configuration's folder", at: place,
      help: "copy the file into \(root), or keep the package there under packages/")
    return nil
  }

  func isFolder(_ path: String) -> Bool { files.status(path) == .folder }
  func realPath(_ path: String) -> String? { files.realPath(path) }
  func names(in folder: String) -> [String] { files.list(folder).sorted() }

  /// The bytes of a file that is no part of the configuration's text.
  func bytes(_ path: String, upTo limit: Int) -> [UInt8]? {
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch {
      let place = whole(path, bytes: [])
      findings.error("this file cannot be read: \(error.reason)", at: place, help: error.help)
      return nil
    }
    let place = whole(path, bytes: [])
    guard bytes.count <= limit else {
      findings.error("\(bytes.count) bytes, and \(limit) are left for it", at: place, help: "make it smaller")
      return nil
    }
    checkPermissions(path, at: place)
    read.append(SourceFile(path: path, bytes: bytes))
    return bytes
  }

  /// The tree of a file, or `nil` where it has none; said once.
  func tree(_ path: String, at place: Place?) -> YAMLNode? {
    if let known = parsed[path] { return known }
    let tree = parse(path, at: place)
    parsed[path] = .some(tree)
    return tree
  }

  private func parse(_ path: String, at place: Place?) -> YAMLNode? {
    guard read.count < FileReader.mostFiles else {
      if let place { findings.error("more than \(FileReader.mostFiles) files", at: place) }
      return nil
    }
    let bytes: [UInt8]
    do {
      bytes = try files.read(path)
    } catch {
      unreadable(path, error, at: place)
      return nil
    }
    read.append(SourceFile(path: path, bytes: bytes))
    let file = whole(path, bytes: bytes)
    checkPermissions(path, at: file)
    return parse(bytes, of: file.source)
  }

  static let anotherConfiguration = "name another with -c FILE, or make one with “redeye init DIR”"

  private func unreadable(_ path: String, _ failure: ReadFailure, at place: Place?) {
    findings.isIncomplete = true
    guard let place else {
      let source = findings.add(Source(path: path, name: path, bytes: []))
      return findings.error(
        "the configuration cannot be read: \(failure.reason)",
        at: Place(source, .whole),
        help: failure.help ?? FileReader.anotherConfiguration)
    }
    let name = Path.relative(path, to: root)
    if isFolder(path) {
      return findings.error(
        "\(name) is a folder", at: place, help: "name its files: \(name)/*.yaml in include, or one of them")
    }
    findings.error("\(name) cannot be read: \(failure.reason)", at: place, help: failure.help)
  }

  /// A place that means a file as a whole; registers the file.
  private func whole(_ path: String, bytes: [UInt8]) -> Place {
    let number = findings.add(Source(path: path, name: Path.relative(path, to: root), bytes: bytes))
    return Place(number, .whole)
  }

  func parse(_ bytes: [UInt8], of source: Int) -> YAMLNode? {
    var faults: [YAMLError] = []
    var tree: YAMLNode?
    do {
      tree = try YAMLDocument.parse(bytes, source: source, faults: &faults).root
    } catch {
      findings.isIncomplete = true
      faults.append(error)
    }
    for fault in faults { findings.error(fault.message, at: Place(source, fault.mark, fault.end), help: fault.help) }
    return tree
  }

  /// Who can write the configuration can run programs as redeye: cron refuses such a crontab too.
  private func checkPermissions(_ path: String, at place: Place) {
    guard case .file(let mode, let owner, let group) = files.status(path) else { return }
    if mode & 0o002 != 0 {
      findings.error("everybody may write this file", at: place, help: "chmod o-w \(path)")
    } else if mode & 0o020 != 0, group != owner {
      // A group with the number of the owner is the owner's private group.
      findings.warning("the group may write this file", at: place, help: "chmod g-w \(path)")
    }
  }
}
