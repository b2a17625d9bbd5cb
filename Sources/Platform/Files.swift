import Glibc

/// Whole files and folders.
package enum Files {
  /// The bytes of a regular file; one longer than `limit` is an error, and so is anything that could block.
  package static func read(_ path: String, limit: Int = 1 << 30) throws(FileError) -> [UInt8] {
    try read(path, from: 0, limit: limit).bytes
  }

  /// The bytes from a place on, none where it lies behind the end, and how long the whole file is.
  package static func read(
    _ path: String, from start: Int, limit: Int = 1 << 30
  ) throws(FileError) -> (bytes: [UInt8], size: Int) {
    let file = try Descriptor(open: path, O_RDONLY | O_NONBLOCK | O_NOCTTY, action: "read")
    let status = try file.status(of: path)
    guard status.kind == S_IFREG else {
      throw FileError(path: path, action: "read", code: status.kind == S_IFDIR ? EISDIR : EINVAL)
    }
    let size = Int(status.st_size)
    if start > 0 { try check("read", path) { lseek(file.number, start, SEEK_SET) } }
    let bytes = try file.readAll(of: path, expecting: size - start, limit: limit)
    guard bytes.count <= limit else { throw FileError(path: path, action: "read", code: EFBIG) }
    return (bytes, max(size, bytes.isEmpty ? 0 : start + bytes.count))
  }

  /// Puts a file in place as a whole: after a crash at any point it holds the old bytes or the new ones.
  package static func replace(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o644) throws(FileError) {
    let folder = Path.parent(of: path)
    let temporary = "\(folder)/.\(Path.name(of: path)).\(getpid()).tmp"
    do {
      try write(bytes, to: temporary, mode: mode, for: path)
      try check("write", path) { unsafe rename(temporary, path) }
    } catch {
      unsafe unlink(temporary)
      throw error
    }
    try sync(folder: folder)
  }

  private static func write(
    _ bytes: [UInt8], to temporary: String, mode: UInt32, for path: String
  ) throws(FileError) {
    // Only a run of the same number that was killed can have left it.
    unsafe unlink(temporary)
    let file = try Descriptor(open: temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600, action: "write")
    try file.write(bytes, to: path)
    try check("write", path) { fchmod(file.number, mode) }
    try file.sync(path)
  }

  /// Makes a folder and those above it; one that exists stays as it is.
  ///
  /// A mode for everybody is exactly this one, for a umask must not hide the site from the web server; of a narrower
  /// one the umask may take more away.
  package static func makeFolder(_ path: String, mode: UInt32 = 0o755) throws(FileError) {
    guard !isFolder(path) else { return }
    let parent = Path.parent(of: path)
    if parent != path { try makeFolder(parent, mode: mode) }
    if unsafe mkdir(path, mode) != 0 {
      // Somebody else may have made it in the meantime.
      guard errno == EEXIST, isFolder(path) else {
        throw FileError(path: path, action: "make the folder", code: errno == EEXIST ? ENOTDIR : errno)
      }
      return
    }
    if mode & 0o005 == 0o005 { try check("make the folder", path) { unsafe chmod(path, mode) } }
    try sync(folder: parent)
  }

  /// The names in a folder, sorted, without `.` and `..`.
  package static func list(_ path: String) throws(FileError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw FileError(path: path, action: "list", code: errno) }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    errno = 0
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw FileError(path: path, action: "list", code: errno) }
    return names.sorted()
  }

  /// Removes a file or a link; one that is not there is no error.
  package static func remove(_ path: String) throws(FileError) {
    guard unsafe unlink(path) != 0, errno != ENOENT else { return }
    throw FileError(path: path, action: "remove", code: errno)
  }

  /// Removes a folder and all in it; links are removed, never followed.
  package static func removeTree(_ path: String) throws(FileError) {
    guard let status = entry(path) else { return }
    guard status.kind == S_IFDIR else { return try remove(path) }
    for name in try list(path) { try removeTree("\(path)/\(name)") }
    try check("remove", path) { unsafe rmdir(path) }
  }

  /// The bytes a file holds.
  package static func size(_ path: String) throws(FileError) -> Int {
    var status = stat()
    try check("examine", path) { unsafe stat(path, &status) }
    return Int(status.st_size)
  }

  /// False where this user may not reach what lies in a folder that is there.
  package static func mayLook(into folder: String) -> Bool {
    unsafe access(folder, X_OK) == 0 || errno != EACCES
  }

  /// True where the path leads to something, through links too.
  package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// True where a file can take the place of what is there: nothing, or a file; no device, pipe or folder.
  package static func isReplaceable(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) != 0 || status.kind == S_IFREG
  }

  /// Where a path leads when all links are followed; itself where it leads nowhere yet.
  package static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// What a file for everybody to read is made with under this process's umask.
  package static var usualMode: UInt32 {
    let mask = umask(0o077)
    umask(mask)
    return 0o644 & ~mask
  }

  /// True where both paths lead to the same file or folder, whatever they are called.
  package static func areSame(_ one: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard unsafe stat(one, &first) == 0, unsafe stat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// True where the path leads to a folder, through links too.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.kind == S_IFDIR
  }

  /// True where anybody on the machine may do this with the file, through links too: `S_IROTH`, `S_IWOTH`.
  static func othersMay(_ permission: mode_t, _ path: String) throws(FileError) -> Bool {
    var status = stat()
    try check("examine", path) { unsafe stat(path, &status) }
    return status.st_mode & permission != 0
  }

  /// True where every user of the machine may read the file.
  package static func isReadableByAnybody(_ path: String) throws(FileError) -> Bool { try othersMay(S_IROTH, path) }

  /// True where every user of the machine may change the file, or put another one in its place.
  package static func isWritableByAnybody(_ path: String) throws(FileError) -> Bool {
    let folder = Path.parent(of: path)
    if try othersMay(S_IWOTH, path) { return true }
    guard try othersMay(S_IWOTH, folder) else { return false }
    return try !othersMay(S_ISVTX, folder)
  }

  /// Puts the names in a folder on the disk: what was made, renamed or removed there.
  static func sync(folder path: String) throws(FileError) {
    try Descriptor(open: path, O_RDONLY | O_DIRECTORY, action: "sync").sync(path)
  }

  /// What stands at a path itself, a link being a link; `nil` where nothing does.
  static func entry(_ path: String) -> stat? {
    var status = stat()
    return unsafe lstat(path, &status) == 0 ? status : nil
  }
}

extension stat {
  /// `S_IFREG`, `S_IFDIR`, `S_IFLNK` …
  var kind: mode_t { st_mode & S_IFMT }
}

enum Path {
  /// `/a` of `/a/b`, `.` of `b`, `/` of `/`.
  static func parent(of path: String) -> String {
    let trimmed = trimmed(path)
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  /// `b` of `/a/b`.
  static func name(of path: String) -> String {
    let trimmed = trimmed(path)
    guard let slash = trimmed.lastIndex(of: "/") else { return String(trimmed) }
    return String(trimmed[trimmed.index(after: slash)...])
  }

  private static func trimmed(_ path: String) -> Substring {
    var rest = path[...]
    while rest.count > 1, rest.hasSuffix("/") { rest.removeLast() }
    return rest
  }
}
