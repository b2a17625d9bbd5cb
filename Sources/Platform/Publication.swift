import CLinux
import Glibc

/// A page of the site to publish.
package enum Page: Sendable {
  case bytes([UInt8])
  /// As it is in the generation before.
  case keep
}

/// What was published.
package struct Published: Hashable, Sendable {
  /// Counts up with each publication.
  package var generation: Int
  /// Pages to keep that the generation before does not have; the new one lacks them too.
  package var missing: [String]
  /// Files that were made; all others are those of the generation before.
  package var written: Int
  /// Whatever is not as it should be without being in the way, such as a foreign file of an entry's name.
  package var problems: [String]

  package init(generation: Int, missing: [String] = [], written: Int = 0, problems: [String] = []) {
    self.generation = generation
    self.missing = missing
    self.written = written
    self.problems = problems
  }
}

/// A folder that shows one whole generation of pages at any moment, after a crash as well.
///
/// `reports/.generations/00000007/…` holds the pages, `reports/current` is a link to the newest, and each entry of it
/// has a link `reports/ENTRY -> current/ENTRY`, so that `reports/index.html` is the site.
package enum Publication {
  /// Publishes a tree of pages by their paths. Equal pages are the same file as before; the generation before stays,
  /// older ones go. Files and links that are not the publication's own are left as they are.
  package static func publish(
    _ tree: [String: Page], into folder: String
  ) throws(PublicationError) -> Published {
    let pages = try checked(tree)
    do {
      return try PublishedFolder(folder).publish(pages)
    } catch let error as PublicationError {
      throw error
    } catch let error as FileError {
      throw .file(error)
    } catch {
      throw .occupied(path: folder, reason: "\(error)")
    }
  }

  private static func checked(_ tree: [String: Page]) throws(PublicationError) -> [(PagePath, Page)] {
    var pages: [(PagePath, Page)] = []
    for (path, page) in tree { pages.append((try PagePath(path), page)) }
    for (path, _) in pages {
      if let folder = path.folders.first(where: { tree[$0] != nil }) { throw .collision(folder) }
    }
    return pages.sorted { $0.0 < $1.0 }
  }
}

/// The published folder itself, and the steps in their order.
private struct PublishedFolder {
  let path: String

  init(_ path: String) throws {
    if let entry = Files.entry(path) {
      try PublishedFolder.examine(entry, at: path)
    } else {
      try Files.makeFolder(path)
    }
    self.path = path
    try Files.makeFolder(generations)
    guard Files.entry(generations)?.kind == S_IFDIR else {
      throw PublicationError.occupied(path: path, reason: "\(generations) is a link; remove it")
    }
    if let entry = Files.entry(current), entry.kind != S_IFLNK {
      throw PublicationError.occupied(path: path, reason: "\(current) is not the link redeye makes; move it away")
    }
  }

  /// A link to a folder is followed where its owner could have named the folder in the configuration as well.
  private static func examine(_ entry: stat, at path: String) throws {
    guard Files.isFolder(path) else {
      let what = entry.kind == S_IFLNK ? "it is a link that leads to no folder" : "it is not a folder"
      throw PublicationError.occupied(path: path, reason: "\(what); move it away or set another reports folder")
    }
    if entry.kind == S_IFLNK, entry.st_uid != geteuid(), entry.st_uid != 0 {
      throw PublicationError.occupied(path: path, reason: "it is a link that user \(entry.st_uid) made; remove it")
    }
  }

  var generations: String { "\(path)/\(Layout.generations)" }
  var current: String { "\(path)/\(Layout.current)" }

  func publish(_ pages: [(PagePath, Page)]) throws -> Published {
    let previous = currentGeneration
    let next = (try numbers().last ?? 0) + 1
    // What is newer than the one that shows was left half done.
    try removeGenerations { $0 > previous ?? -1 }
    var generation = Generation(path: folder(of: next), previous: previous.map(folder(of:)))
    do {
      try generation.write(pages)
      let entries = Set(generation.paths.map(\.top))
      var problems = try links.add(entries)
      try show(next)
      try links.removeAll(except: entries)
      problems += tidied { try removeGenerations { $0 != next && $0 != previous } }
      return Published(
        generation: next, missing: generation.missing, written: generation.written, problems: problems)
    } catch {
      if currentGeneration != next { try? Files.removeTree(folder(of: next)) }
      throw error
    }
  }

  private var links: EntryLinks { EntryLinks(folder: path) }

  private func folder(of number: Int) -> String {
    let digits = String(number)
    return "\(generations)/\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)"
  }

  /// The generation `current` leads to, if it is a whole one of this folder.
  private var currentGeneration: Int? {
    guard let target = Files.target(ofLink: current), target.hasPrefix("\(Layout.generations)/"),
      let number = Int(target.dropFirst(Layout.generations.count + 1)), Files.isFolder(folder(of: number))
    else { return nil }
    return number
  }

  private func numbers() throws -> [Int] { try Files.list(generations).compactMap { Int($0) }.sorted() }

  private func removeGenerations(where isOld: (Int) -> Bool) throws {
    for number in try numbers() where isOld(number) { try Files.removeTree(folder(of: number)) }
  }

  /// Once the new generation shows, what cannot be tidied up is told and not an error.
  private func tidied(_ body: () throws -> Void) -> [String] {
    do {
      try body()
      return []
    } catch {
      return ["\(error)"]
    }
  }

  /// The step at which readers see the new generation: one rename(2).
  private func show(_ number: Int) throws {
    let next = "\(path)/\(Layout.next)"
    try Files.remove(next)
    try Files.link(next, to: "\(Layout.generations)/\(Path.name(of: folder(of: number)))")
    try check("publish", current) { unsafe rename(next, current) }
    try Files.sync(folder: path)
  }
}
