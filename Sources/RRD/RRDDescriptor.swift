import Glibc

/// SEEK_HOLE of lseek(2), which glibc shows to those alone who ask for all of GNU.
private let seekHole: Int32 = 4

/// An open file, closed with its owner. A link is not followed.
struct RRDDescriptor: ~Copyable {
  let path: String
  private let number: Int32

  init(open path: String, _ flags: Int32, mode: mode_t = 0) throws(RRDError) {
    let number = unsafe open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode)
    guard number >= 0 else {
      switch errno {
      case ENOENT: throw .missing(path: path)
      case EISDIR: throw .damaged(path: path, text: "it is a folder")
      case let code: throw .system(path: path, action: "open", code: code)
      }
    }
    self.number = number
    self.path = path
  }

  /// A new file, not for everybody; the umask may take more away.
  init(making path: String) throws(RRDError) {
    try self.init(open: path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o640)
  }

  func mode() throws(RRDError) -> mode_t {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw failed("examine") }
    return status.st_mode & 0o777
  }

  deinit { _ = close(number) }

  /// The size in bytes of a regular file without holes.
  func solidSize() throws(RRDError) -> Int {
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw failed("examine") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .damaged(path: path, text: "it is not a regular file") }
    let size = Int(status.st_size)
    // Fewer blocks than bytes is a hole, or a file system that compresses; only a hole is found by SEEK_HOLE.
    if Int(status.st_blocks) * 512 < size, lseek(number, 0, seekHole) < size { throw .sparse(path: path) }
    return size
  }

  /// Up to `count` bytes; fewer at the end of the file.
  func read(at offset: Int, count: Int) throws(RRDError) -> [UInt8] {
    var fault: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = unsafe pread(number, buffer.baseAddress! + filled, count - filled, off_t(offset + filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { fault = errno }
        if got <= 0 { break }
        filled += got
      }
    }
    if fault != 0 { throw .system(path: path, action: "read", code: fault) }
    return bytes
  }

  /// What stands at the beginning; a disk that cannot give it is a fault of the file as well.
  func readHeader(count: Int) throws(RRDFault) -> [UInt8] {
    do throws(RRDError) {
      return try read(at: 0, count: count)
    } catch {
      throw RRDFault("its header cannot be read: \(error)")
    }
  }

  func write(_ bytes: [UInt8], at offset: Int) throws(RRDError) {
    var done = 0
    while done < bytes.count {
      let rest = done
      let put = unsafe bytes.withUnsafeBytes {
        unsafe pwrite(number, $0.baseAddress! + rest, bytes.count - rest, off_t(offset + rest))
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw failed("write") }
      done += put
    }
  }

  private func failed(_ action: String) -> RRDError { .system(path: path, action: action, code: errno) }
}
