import Glibc

/// What came of asking for a lock.
package enum LockAttempt: ~Copyable {
  case held(Lock)
  /// Somebody else has it; their note, empty where it could not be read.
  case taken(String)
}

/// A lock on a file, held until the value goes or the process dies, however it dies; no child inherits it.
package struct Lock: ~Copyable {
  private let file: Descriptor

  private init(_ file: consuming Descriptor) { self.file = file }

  deinit { _ = ftruncate(file.number, 0) }

  /// Asks once and does not wait. `note` is what others are told, such as the process number and since when.
  package static func acquire(path: String, note: String) throws(FileError) -> LockAttempt {
    let file = try Descriptor(open: path, O_RDWR | O_CREAT | O_NOFOLLOW, mode: 0o640, action: "lock")
    do {
      try check("lock", path) { flock(file.number, LOCK_EX | LOCK_NB) }
    } catch {
      guard error.code == EWOULDBLOCK else { throw error }
      return .taken(holder(of: path))
    }
    try check("write", path) { ftruncate(file.number, 0) }
    try file.write(Array(note.utf8), to: path)
    return .held(Lock(file))
  }

  /// The winner writes its note just after it has the lock, so an empty file is looked at again.
  private static func holder(of path: String) -> String {
    for _ in 0..<10 {
      guard let bytes = try? Files.read(path, limit: 4096) else { break }
      if !bytes.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      usleep(2000)
    }
    return ""
  }
}
