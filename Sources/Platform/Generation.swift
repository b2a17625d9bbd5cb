import CLinux
import Glibc

/// One generation of pages on its way to the disk; nobody reads it before `current` leads to it.
struct Generation {
  let path: String
  /// The folder of the generation before.
  let previous: String?
  private(set) var paths: [PagePath] = []
  private(set) var missing: [String] = []
  private(set) var written = 0
  private var folders: Set<String> = []

  init(path: String, previous: String?) {
    self.path = path
    self.previous = previous
  }

  /// Writes all pages and puts them on the disk.
  mutating func write(_ pages: [(PagePath, Page)]) throws(FileError) {
    try makeFolder(path)
    for (path, page) in pages { try place(path, page) }
    let folder = try Descriptor(open: path, O_RDONLY | O_DIRECTORY, action: "sync")
    try check("sync", path) { syncfs(folder.number) }
  }

  private mutating func place(_ page: PagePath, _ content: Page) throws(FileError) {
    switch content {
    case .keep:
      guard let old = previousFile(page) else { return missing.append(page.text) }
      try makeFolders(for: page)
      try linkOrCopy(old, to: page)
    case .bytes(let bytes):
      try makeFolders(for: page)
      if let old = previousFile(page), holds(old, bytes) {
        try linkOrCopy(old, to: page)
      } else {
        try write(bytes, to: page)
      }
    }
    paths.append(page)
  }

  /// The page in the generation before; only a regular file is one.
  private func previousFile(_ page: PagePath) -> String? {
    guard let previous, let entry = Files.entry("\(previous)/\(page.text)"), entry.kind == S_IFREG else { return nil }
    return "\(previous)/\(page.text)"
  }

  private func holds(_ file: String, _ bytes: [UInt8]) -> Bool {
    guard let entry = Files.entry(file), entry.st_size == bytes.count else { return false }
    return (try? Files.read(file)) == bytes
  }

  private mutating func linkOrCopy(_ old: String, to page: PagePath) throws(FileError) {
    // A file system without links, or a file with too many: the bytes are what counts.
    if unsafe link(old, "\(path)/\(page.text)") != 0 { try write(try Files.read(old), to: page) }
  }

  private mutating func write(_ bytes: [UInt8], to page: PagePath) throws(FileError) {
    let name = "\(path)/\(page.text)"
    let file = try Descriptor(open: name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o644, action: "write")
    try file.write(bytes, to: name)
    // The umask must not hide the site from the web server.
    try check("write", name) { fchmod(file.number, 0o644) }
    written += 1
  }

  private mutating func makeFolders(for page: PagePath) throws(FileError) {
    for folder in page.folders where folders.insert(folder).inserted { try makeFolder("\(path)/\(folder)") }
  }

  private func makeFolder(_ path: String) throws(FileError) {
    try check("make the folder", path) { unsafe mkdir(path, 0o755) }
    try check("make the folder", path) { unsafe chmod(path, 0o755) }
  }
}
