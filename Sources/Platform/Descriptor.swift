import Glibc

/// A file descriptor with one owner, closed when the owner goes.
struct Descriptor: ~Copyable {
  let number: Int32

  /// Takes over an open descriptor.
  init(_ number: Int32) { self.number = number }

  deinit { if number >= 0 { _ = Glibc.close(number) } }

  /// Opens a file, never inherited by a child.
  init(open path: String, _ flags: Int32, mode: mode_t = 0, action: String) throws(FileError) {
    number = try check(action, path) { unsafe Glibc.open(path, flags | O_CLOEXEC, mode) }
  }

  /// Writes all of it.
  func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let rest = done
      done += try check("write", path) {
        unsafe bytes.withUnsafeBytes { unsafe Glibc.write(number, $0.baseAddress! + rest, $0.count - rest) }
      }
    }
  }

  /// Reads to the end, or past `limit` by at most one byte.
  func readAll(of path: String, expecting size: Int, limit: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    // Most files are as long as they say, and are read in one go where they stay.
    let room = min(max(0, size), limit) + 1
    var bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      do throws(FileError) {
        while count < buffer.count {
          let more = try check("read", path) {
            unsafe Glibc.read(number, buffer.baseAddress! + count, buffer.count - count)
          }
          if more == 0 { return }
          count += more
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    guard bytes.count == room else { return bytes }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let wanted = min(chunk.count, limit - bytes.count + 1)
      let count = try check("read", path) {
        unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(number, $0.baseAddress, wanted) }
      }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }

  /// Puts what was written on the disk.
  func sync(_ path: String) throws(FileError) { try check("sync", path) { fsync(number) } }

  /// What the descriptor stands for.
  func status(of path: String) throws(FileError) -> stat {
    var status = stat()
    try check("examine", path) { unsafe fstat(number, &status) }
    return status
  }
}

/// The two ends of a pipe, both above the standard streams and neither inherited by a child.
struct Pipe: ~Copyable {
  let reading: Descriptor
  let writing: Descriptor

  init() throws(FileError) {
    var ends: [Int32] = [-1, -1]
    try check("make", "a pipe") { unsafe pipe(&ends) }
    let lowReading = Descriptor(ends[0])
    let lowWriting = Descriptor(ends[1])
    // A program started with 0, 1 or 2 closed gets those numbers here; moved up, they cannot collide in the child.
    let reading = Descriptor(try check("make", "a pipe") { fcntl(lowReading.number, F_DUPFD_CLOEXEC, 3) })
    let writing = Descriptor(try check("make", "a pipe") { fcntl(lowWriting.number, F_DUPFD_CLOEXEC, 3) })
    self.reading = reading
    self.writing = writing
  }

  /// The reading end, the other one closed.
  consuming func forReading() -> Descriptor { reading }

  /// The writing end, the other one closed.
  consuming func forWriting() -> Descriptor { writing }
}
