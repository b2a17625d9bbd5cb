import Glibc

/// The room of the file system a path lies on.
package struct Space: Hashable, Sendable {
  /// Bytes.
  package var total: UInt64
  /// Bytes, those kept back for the superuser included.
  package var free: UInt64
  /// Bytes anybody can have.
  package var available: UInt64
  /// Zero where the file system does not count them.
  package var inodes: UInt64
  package var freeInodes: UInt64

  package init(total: UInt64, free: UInt64, available: UInt64, inodes: UInt64, freeInodes: UInt64) {
    self.total = total
    self.free = free
    self.available = available
    self.inodes = inodes
    self.freeInodes = freeInodes
  }
}

extension Files {
  /// Blocks as long as the file system does: on a network file system whose server is gone, for ever.
  package static func space(of path: String) throws(FileError) -> Space {
    var status = statvfs()
    try check("examine", path) { unsafe statvfs(path, &status) }
    let unit = UInt64(status.f_frsize == 0 ? status.f_bsize : status.f_frsize)
    return Space(
      total: UInt64(status.f_blocks) &* unit, free: UInt64(status.f_bfree) &* unit,
      available: UInt64(status.f_bavail) &* unit, inodes: UInt64(status.f_files), freeInodes: UInt64(status.f_ffree))
  }
}
