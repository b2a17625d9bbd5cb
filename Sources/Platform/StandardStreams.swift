import CLinux
import Glibc

<<<<<<<< HEAD:Sources/Platform/Streams.swift
/// What a child prints, up to a limit; the rest is read and dropped so that it is not held up.
struct Capture: ~Copyable {
  private let end: Descriptor
  private let limit: Int
  private var isOpen = true
  private(set) var bytes: [UInt8] = []
  private(set) var truncated = false
========
/// The standard streams, written whole; a reader that went away is no error of ours.
package enum StandardStreams {
  package static func output(_ text: String) { put(text, on: STDOUT_FILENO) }
  package static func error(_ text: String) { put(text, on: STDERR_FILENO) }
>>>>>>>> 0fa8bd9 (platform: the standard streams):Sources/Platform/StandardStreams.swift

  init(_ end: consuming Descriptor, limit: Int) {
    self.end = end
    self.limit = limit
    makeNonBlocking(self.end)
  }

  /// For `poll`, which passes over -1.
  var number: Int32 { isOpen ? end.number : -1 }

  /// Takes what is there now, 64 KiB at most.
  mutating func take(with buffer: inout [UInt8]) {
    let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(end.number, $0.baseAddress, $0.count) }
    if count > 0 { return keep(buffer[..<count]) }
    // An error other than "nothing now" is the end as well: there is no more to be had.
    isOpen = count < 0 && (errno == EAGAIN || errno == EINTR)
  }

  private mutating func keep(_ more: ArraySlice<UInt8>) {
    let room = limit - bytes.count
    truncated = truncated || more.count > room
    bytes += more.prefix(max(0, room))
  }
}

/// What a child is given to read; the pipe is closed after the last byte, or when nobody reads any more.
struct Feed: ~Copyable {
  private var end: Descriptor?
  private var rest: ArraySlice<UInt8>

  init(_ end: consuming Descriptor, _ bytes: [UInt8]) {
    makeNonBlocking(end)
    self.end = bytes.isEmpty ? nil : consume end
    rest = bytes[...]
  }

  /// For `poll`, which passes over -1.
  var number: Int32 {
    switch end {
    case .some(let end): end.number
    case .none: -1
    }
  }

  /// Gives what fits now.
  mutating func give() {
    let count = unsafe rest.withUnsafeBytes { unsafe write(number, $0.baseAddress, $0.count) }
    if count > 0 { rest = rest.dropFirst(count) }
    if rest.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) { end = nil }
  }
}

private func makeNonBlocking(_ end: borrowing Descriptor) {
  _ = fcntl(end.number, F_SETFL, fcntl(end.number, F_GETFL) | O_NONBLOCK)
}

/// While it lives, a pipe nobody reads is an error of the write on this thread and not the end of the process.
struct PipeSignalBlocked: ~Copyable {
  private var before = sigset_t()
  private var signal = sigset_t()

  init() {
    unsafe sigemptyset(&signal)
    unsafe sigaddset(&signal, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signal, &before)
  }

  deinit {
    var signal = signal
    var before = before
    var now = timespec()
    if unsafe sigismember(&before, SIGPIPE) == 0 { _ = unsafe sigtimedwait(&signal, nil, &now) }
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
