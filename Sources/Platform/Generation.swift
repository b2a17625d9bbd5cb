import CLinux
import Glibc

/// One generation of pages on its way to the disk; nobody reads it before `current` leads to it.
///
/// It begins as the generation that shows, so that only what is different has to be done: from the folder of the one
/// before that, in which nothing but the last changes is to be made up for, else as links to every file.
struct Generation {
  let path: String
  /// The folder of the generation that shows; `nil` where this one begins empty and there is none.
  let previous: String?
  /// Pages that differ from the generation that shows.
  private(set) var changes: Set<String> = []
  /// Pages that were made; others became links to what is there.
  private(set) var written = 0
  /// Pages of the one that shows in which the folder is still one generation behind.
  private var behind: Set<String> = []
  private var folders: Set<String> = []
  private var isEmptyAtFirst = false

  /// Begins with nothing in it; pages that are the same as in the generation before become links to its files.
  init(empty path: String, previous: String?) throws(FileError) {
    self.path = path
    self.previous = previous
    isEmptyAtFirst = true
    try makeFolder(path)
  }

  /// Begins as a copy of the one that shows: every file is a link.
  init(copying previous: String, to path: String) throws(FileError) {
    self.path = path
    self.previous = previous
    try copyTree(previous, path)
  }

  /// Begins with a folder that is the one that shows but for some pages.
  init(recycling path: String, previous: String, behind: Set<String>) {
    self.path = path
    self.previous = previous
    self.behind = behind
  }

  /// Puts a page; one that is as it was before is not made again.
  mutating func write(_ page: PagePath, _ bytes: [UInt8]) throws(FileError) {
    if let previous, holds("\(previous)/\(page.text)", bytes) {
      if !isEmptyAtFirst { return }
      try makeFolders(for: page)
      if unsafe link("\(previous)/\(page.text)", name(page.text)) == 0 { return }
    }
    changes.insert(page.text)
    try makeFolders(for: page)
    try make(name(page.text), bytes)
    written += 1
  }

  mutating func remove(_ page: PagePath) throws(FileError) {
    changes.insert(page.text)
    try drop(page)
  }

  /// Makes up for what the folder is behind, and puts everything on the disk.
  mutating func finish() throws(FileError) {
    for text in behind where !changes.contains(text) {
      guard let page = try? PagePath(text), let previous else { continue }
      let old = "\(previous)/\(text)"
      guard isRegular(old) else {
        try drop(page)
        continue
      }
      try makeFolders(for: page)
      try Files.remove(name(text))
      // A file system without links, or a file with too many: the bytes are what counts.
      if unsafe link(old, name(text)) != 0 { try make(name(text), try Files.read(old)) }
    }
    let folder = try Descriptor(open: path, O_RDONLY | O_DIRECTORY, action: "sync")
    try check("sync", path) { syncfs(folder.number) }
  }

  private func name(_ page: String) -> String { "\(path)/\(page)" }

  private func isRegular(_ file: String) -> Bool { Files.entry(file)?.kind == S_IFREG }

  private func holds(_ file: String, _ bytes: [UInt8]) -> Bool {
    guard let entry = Files.entry(file), entry.kind == S_IFREG, entry.st_size == bytes.count else { return false }
    return (try? Files.read(file)) == bytes
  }

  /// Takes a page away, and the folders that are empty without it.
  private mutating func drop(_ page: PagePath) throws(FileError) {
    try Files.remove(name(page.text))
    for folder in page.folders.reversed() {
      guard unsafe rmdir(name(folder)) == 0 else { break }
      folders.remove(folder)
    }
  }

  /// The file that may be there already belongs to other generations too and is never written into.
  private func make(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    try Files.remove(name)
    let file = try Descriptor(open: name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644, action: "write")
    try file.write(bytes, to: name)
    // The umask must not hide the site from the web server.
    try check("write", name) { fchmod(file.number, 0o644) }
  }

  private mutating func makeFolders(for page: PagePath) throws(FileError) {
    for folder in page.folders where folders.insert(folder).inserted {
      if !Files.isFolder(name(folder)) { try makeFolder(name(folder)) }
    }
  }

  private func makeFolder(_ path: String) throws(FileError) {
    try check("make the folder", path) { unsafe mkdir(path, 0o755) }
    try check("make the folder", path) { unsafe chmod(path, 0o755) }
  }

  private func copyTree(_ old: String, _ new: String) throws(FileError) {
    try makeFolder(new)
    for name in try Files.list(old) {
      let (from, to) = ("\(old)/\(name)", "\(new)/\(name)")
      if Files.isFolder(from) {
        try copyTree(from, to)
      } else if unsafe link(from, to) != 0 {
        try make(to, try Files.read(from))
      }
    }
  }
}
