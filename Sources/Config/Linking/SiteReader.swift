internal import Model
internal import YAML

/// Reads the `site` folders of packages. What is in them is published or makes what is, so nothing may lead out of them.
struct SiteReader {
  let reader: FileReader

  static let name = "site"
  /// The one folder inside, for files that are published as they are.
  static let further = "files"

  private static let deepest = 8
  private static let mostFiles = 200
  private static let longestFile = 2 << 20
  private static let longestTogether = 8 << 20

  /// One for each package but the built-in one, in the order they are asked.
  func folders(of packages: [Package]) -> [SiteFolder] {
    var taken: Set<String> = []
    return packages.filter { !$0.isBuiltIn }.map { package in
      guard let home = package.home, taken.insert(home).inserted else {
        return SiteFolder(package: package.name, path: nil)
      }
      let path = Path.join(home, SiteReader.name)
      return SiteFolder(package: package.name, path: shown(path), files: files(in: path))
    }
  }

  private func shown(_ path: String) -> String { Path.relative(path, to: reader.root) }

  private func files(in folder: String) -> [SiteFile] {
    guard reader.realPath(folder) != nil else { return [] }
    guard reader.isFolder(folder) else {
      tell("this is no folder", at: folder, help: "templates and files of the site belong into a folder of this name")
      return []
    }
    guard isHere(folder) else { return [] }
    let paths = walk(folder, depth: 0)
    guard paths.count <= SiteReader.mostFiles else {
      tell("more than \(SiteReader.mostFiles) files", at: folder, help: "the site is no place for an archive")
      return []
    }
    return read(paths, in: folder)
  }

  private func read(_ paths: [String], in folder: String) -> [SiteFile] {
    var left = SiteReader.longestTogether
    return paths.compactMap { path in
      guard let bytes = reader.bytes(path, upTo: min(left, SiteReader.longestFile)) else { return nil }
      left -= bytes.count
      return SiteFile(name: Path.relative(path, to: folder), path: shown(path), bytes: bytes)
    }
  }

  /// The files below a folder, by name; those with a dot in front are nobody's business.
  private func walk(_ folder: String, depth: Int) -> [String] {
    reader.names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = Path.join(folder, name)
      guard isHere(path), isPlain(name, at: path) else { return [] }
      guard reader.isFolder(path) else { return [path] }
      if depth == 0, name != SiteReader.further {
        tell(
          "site holds no folder but “\(SiteReader.further)”", at: path,
          help: "move it to \(SiteReader.name)/\(SiteReader.further)/\(name)")
        return []
      }
      guard depth < SiteReader.deepest else {
        tell("folders deeper than \(SiteReader.deepest) levels", at: path, help: nil)
        return []
      }
      return walk(path, depth: depth + 1)
    }
  }

  /// A link could show what nobody meant to publish.
  private func isHere(_ path: String) -> Bool {
    if reader.realPath(path) == path { return true }
    tell("a link, and what it leads to could be published", at: path, help: "copy what is meant to its place")
    return false
  }

  /// Names that mean the same in every address, on every disk.
  private func isPlain(_ name: String, at path: String) -> Bool {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        true
      default: false
      }
    }
    if isPlain, name.utf8.count <= 100 { return true }
    tell(
      "“\(name.printable(limit: 80))” cannot be the name of a file of the site", at: path,
      help: "letters of English, digits, “-”, “_” and “.”")
    return false
  }

  private func tell(_ message: String, at path: String, help: String?) {
    let source = reader.findings.add(Source(path: path, name: shown(path), bytes: []))
    reader.findings.error(message, at: Place(source, .whole), help: help)
  }
}
