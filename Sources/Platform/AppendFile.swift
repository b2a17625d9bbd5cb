import Glibc

/// A file that only grows at its end, until it is cut back.
package struct AppendFile: ~Copyable {
  package let path: String
  private let file: Descriptor

  /// Opens the file, making it where it is missing; it is never reached through a link.
  package init(path: String, mode: UInt32 = 0o644) throws(FileError) {
    let existed = Files.entry(path) != nil
    let file = try Descriptor(open: path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, mode: mode, action: "open")
    if !existed { try Files.sync(folder: Path.parent(of: path)) }
    self.path = path
    self.file = file
  }

  /// Writes at the end, all or nothing: what a full disk let through of it is cut off again.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    let before = try size
    do {
      try file.write(bytes, to: path)
    } catch {
      try? truncate(to: before)
      throw error
    }
  }

  /// Puts what was written on the disk.
  package func sync() throws(FileError) { try file.sync(path) }

  /// In bytes.
  package var size: Int {
    get throws(FileError) { Int(try file.status(of: path).st_size) }
  }

  package func truncate(to size: Int) throws(FileError) {
    try check("cut", path) { ftruncate(file.number, off_t(size)) }
  }
}
