import Glibc

/// The standard streams, written whole; a reader that went away is no error of ours.
package enum StandardStreams {
  package static func output(_ text: String) { put(text, on: STDOUT_FILENO) }
  package static func error(_ text: String) { put(text, on: STDERR_FILENO) }

  /// Whether somebody looks at the standard error as it comes.
  package static var isErrorSeen: Bool { isatty(STDERR_FILENO) == 1 }

  /// Bytes as they are, such as a picture; unlike with text it is told when they cannot be written.
  package static func output(_ bytes: [UInt8]) throws(FileError) {
    let descriptor = try check("write", "the standard output") { fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3) }
    try Descriptor(descriptor).write(bytes, to: "the standard output")
  }

  /// How wide the terminal at the standard error is; 80 where it does not say.
  package static var errorColumns: Int { columns(STDERR_FILENO) ?? 80 }

  /// How wide the terminal at the standard output is, where there is one that says it.
  package static var outputColumns: Int? { columns(STDOUT_FILENO) }

  private static func columns(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Whether somebody looks at the standard output.
  package static var isOutputSeen: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Puts a line of ASCII in the place of the one before on a terminal; empty takes it away.
  package static func live(_ text: String) { write(Array("\r\u{1B}[K\(text)".utf8), on: STDERR_FILENO) }

  /// Everything on the standard input, at most `limit` bytes.
  package static func input(limit: Int = 16_777_216) -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while result.count < limit {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      result += buffer[..<count]
    }
    return result
  }

  /// Text ends in one line break, whatever it ended in.
  private static func put(_ text: String, on descriptor: Int32) {
    var bytes = Array(text.utf8)
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    bytes.append(UInt8(ascii: "\n"))
    write(bytes, on: descriptor)
  }

  private static func write(_ bytes: [UInt8], on descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}
