import CLinux
import Glibc

/// What was published.
package struct Published: Hashable, Sendable {
  /// Counts up with each publication.
  package var generation: Int
  /// Files that were made; all others are those of the generation before.
  package var written: Int
  /// Whatever is not as it should be without being in the way, such as a foreign file of an entry's name.
  package var problems: [String]

  package init(generation: Int, written: Int = 0, problems: [String] = []) {
    self.generation = generation
    self.written = written
    self.problems = problems
  }
}

/// A folder that shows one whole generation of pages at any moment, after a crash as well.
///
/// `reports/.generations/00000007/…` holds the pages, `reports/current` is a link to the newest, and each entry of it
/// has a link `reports/ENTRY -> current/ENTRY`, so that `reports/index.html` is the site. Pages are handed over one by
/// one and show all together with `finish`; what is let go of before leaves the site as it was. A page that is the same
/// as before stays the same file, and costs nothing where the publication goes on from the generation that shows. Files
/// and links that are not the publication's own are left as they are.
package final class Publication {
  /// Whether every page of the generation before is in this one unless it is written or removed.
  package let isContinued: Bool
  private let folder: PublishedFolder
  private let number: Int
  private var generation: Generation
  private var isOver = false

  /// - Parameter before: the generation to go on from; where another one shows, or `nil`, it begins with nothing.
  package init(into path: String, after before: Int?) throws(PublicationError) {
    (folder, number, generation, isContinued) = try PublishedFolder.telling(path) {
      let folder = try PublishedFolder(path)
      let begun = try folder.begin(after: before)
      return (folder, begun.number, begun.generation, begun.isContinued)
    }
  }

  deinit { if !isOver { folder.drop(number) } }

  /// Puts a page; the last one of a path counts.
  package func write(_ path: String, _ bytes: [UInt8]) throws(PublicationError) {
    let page = try PagePath(path)
    do {
      try generation.write(page, bytes)
    } catch {
      // What stands where a folder or a page is wanted, is one of this publication's own.
      if error.code == EEXIST || error.code == ENOTDIR || error.code == EISDIR { throw .collision(path) }
      throw .file(error)
    }
  }

  package func remove(_ path: String) throws(PublicationError) {
    let page = try PagePath(path)
    do { try generation.remove(page) } catch { throw .file(error) }
  }

  /// Shows what was handed over.
  package func finish() throws(PublicationError) -> Published {
    try PublishedFolder.telling(folder.path) {
      try generation.finish()
      let problems = try folder.show(number, generation, isContinued: isContinued)
      isOver = true
      return Published(generation: number, written: generation.written, problems: problems)
    }
  }

  /// The number of the generation that shows in a folder, if it is a whole one.
  package static func shown(in path: String) -> Int? { (try? PublishedFolder(looking: path))?.shown }
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

  /// For a look alone.
  init(looking path: String) throws { self.path = path }

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

  static func telling<Result>(_ path: String, _ work: () throws -> Result) throws(PublicationError) -> Result {
    do {
      return try work()
    } catch let error as PublicationError {
      throw error
    } catch let error as FileError {
      throw .file(error)
    } catch {
      throw .occupied(path: path, reason: "\(error)")
    }
  }

  var generations: String { "\(path)/\(Layout.generations)" }
  var current: String { "\(path)/\(Layout.current)" }

  // MARK: Beginning

  func begin(after before: Int?) throws -> (number: Int, generation: Generation, isContinued: Bool) {
    let shown = shown
    let next = (try numbers().last ?? 0) + 1
    // What is newer than the one that shows was left half done.
    try removeGenerations { $0 > shown ?? -1 }
    let target = folder(of: next)
    guard let shown, shown == before else {
      return (next, try Generation(empty: target, previous: shown.map(folder(of:))), false)
    }
    guard let changes = changes(of: shown) else {
      return (next, try Generation(copying: folder(of: shown), to: target), true)
    }
    let old = folder(of: changes.before)
    try Files.remove(listFile(of: shown))
    try check("publish", target) { unsafe rename(old, target) }
    return (next, Generation(recycling: target, previous: folder(of: shown), behind: changes.pages), true)
  }

  private func folder(of number: Int) -> String { "\(generations)/\(digits(number))" }

  private func digits(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  /// The generation `current` leads to, if it is a whole one of this folder.
  var shown: Int? {
    guard let target = Files.target(ofLink: current), target.hasPrefix("\(Layout.generations)/"),
      let number = Int(target.dropFirst(Layout.generations.count + 1)), Files.isFolder(folder(of: number))
    else { return nil }
    return number
  }

  private func numbers() throws -> [Int] { try Files.list(generations).compactMap { Int($0) }.sorted() }

  private func removeGenerations(where isOld: (Int) -> Bool) throws {
    for number in try numbers() where isOld(number) { try Files.removeTree(folder(of: number)) }
    for name in try Files.list(generations) where name.hasSuffix(Self.listSuffix) {
      if Int(name.dropLast(Self.listSuffix.count)).map(isOld) ?? true { try Files.remove("\(generations)/\(name)") }
    }
  }

  func drop(_ number: Int) { if shown != number { try? Files.removeTree(folder(of: number)) } }

  // MARK: What a generation changed

  private static let listSuffix = ".changes"

  private func listFile(of number: Int) -> String { "\(generations)/\(digits(number))\(Self.listSuffix)" }

  /// In what a generation differs from the one before it; `nil` where that is not known, or the one before is gone.
  private func changes(of number: Int) -> (before: Int, pages: Set<String>)? {
    guard let bytes = try? Files.read(listFile(of: number)) else { return nil }
    // A list that was cut short by a crash lacks its end.
    guard bytes.last == UInt8(ascii: "\n") else { return nil }
    let parts = bytes.dropLast().split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    guard let before = parts.first.flatMap(Int.init), Files.isFolder(folder(of: before)) else { return nil }
    return (before, Set(parts.dropFirst()))
  }

  private func keepChanges(_ pages: Set<String>, of number: Int, before: Int) throws {
    let text = ([String(before)] + pages.sorted()).joined(separator: "\0")
    try Files.replace(listFile(of: number), with: Array(text.utf8) + [UInt8(ascii: "\n")], mode: 0o600)
  }

  // MARK: Showing

  /// Makes a generation the one that shows; says what could not be tidied up.
  func show(_ number: Int, _ generation: Generation, isContinued: Bool) throws -> [String] {
    let before = shown
    let entries = Set(try Files.list(generation.path))
    var problems = try links.add(entries)
    if isContinued, let before { try keepChanges(generation.changes, of: number, before: before) }
    try lead(to: number)
    try links.removeAll(except: entries)
    problems += tidied { try removeGenerations { $0 != number && $0 != before } }
    return problems
  }

  private var links: EntryLinks { EntryLinks(folder: path) }

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
  private func lead(to number: Int) throws {
    let next = "\(path)/\(Layout.next)"
    try Files.remove(next)
    try Files.link(next, to: "\(Layout.generations)/\(digits(number))")
    try check("publish", current) { unsafe rename(next, current) }
    try Files.sync(folder: path)
  }
}
