import CNetSNMP
import Glibc

/// net-snmp's set of descriptors, which holds any number (a plain `fd_set` aborts above 1024). It may point into
/// itself, so it stays where it was made.
@safe final class DescriptorSet {
  private let set: UnsafeMutablePointer<netsnmp_large_fd_set>

  init() {
    unsafe set = .allocate(capacity: 1)
    unsafe set.initialize(to: netsnmp_large_fd_set())
    // Not FD_SETSIZE, and empty: a new set is not cleared.
    unsafe netsnmp_large_fd_set_init(set, 16384)
    unsafe memset(set.pointee.lfs_setptr, 0, 16384 / 8)
  }

  deinit {
    unsafe netsnmp_large_fd_set_cleanup(set)
    unsafe set.deallocate()
  }

  /// Runs the body with the one descriptor in the set.
  func only(_ descriptor: Int32, _ body: (UnsafeMutablePointer<netsnmp_large_fd_set>) -> Void) {
    unsafe netsnmp_large_fd_setfd(descriptor, set)
    defer { unsafe netsnmp_large_fd_clr(descriptor, set) }
    unsafe body(set)
  }
}

/// The descriptors that are waited for.
struct Poll: ~Copyable {
  private let descriptor: Int32

  init() throws(SNMPError) {
    descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard descriptor >= 0 else { throw SNMPError(.local, "cannot wait for answers: \(systemText(errno))") }
  }

  deinit { close(descriptor) }

  /// Watches until the descriptor is closed.
  func watch(_ watched: Int32) throws(SNMPError) {
    var event = unsafe epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(fd: watched))
    guard unsafe epoll_ctl(descriptor, EPOLL_CTL_ADD, watched, &event) == 0 else {
      throw SNMPError(.local, "cannot wait for answers: \(systemText(errno))")
    }
  }

  /// The descriptors that can be read, after `seconds` at most.
  func wait(_ seconds: Double) -> [Int32] {
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
    let milliseconds = Int32(max(0, min(seconds, 60) * 1000).rounded(.up))
    let count = unsafe epoll_wait(descriptor, &events, Int32(events.count), milliseconds)
    return unsafe events.prefix(Int(max(0, count))).map { unsafe $0.data.fd }
  }
}

/// How many descriptors this process may have, after it asked the system for as many.
func descriptorLimit(atLeast wanted: Int) -> Int {
  var limit = rlimit()
  guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
  if limit.rlim_cur < UInt(wanted) {
    limit.rlim_cur = min(limit.rlim_max, UInt(wanted))
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
  return Int(clamping: limit.rlim_cur)
}

/// What one datagram after the other is read with.
final class Inbox {
  let set = DescriptorSet()
  /// The longest datagram there is.
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  /// Takes a datagram from a socket and reads it; `nil` with `errno` where there is none.
  func take<Result>(_ descriptor: Int32, _ read: (Span<UInt8>) -> Result) -> Result? {
    let size = unsafe recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
    guard size >= 0 else { return nil }
    let datagram = buffer
    let span = datagram.span
    return read(span.extracting(0..<size))
  }
}
