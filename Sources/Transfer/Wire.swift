internal import CSSL
internal import Glibc

/// One TCP connection, with TLS on it once that was begun; every call ends by the deadline it is given.
///
/// Not for two threads at once.
@safe final class Wire {
  /// Why nothing came or went.
  enum Stop: Error {
    case closed, late
    case failed(Int32)
    case tls(String)
  }

  private let descriptor: Int32
  private let clock: () -> Double
  private var context: OpaquePointer?
  private var session: OpaquePointer?
  /// OpenSSL holds its address.
  private var inspection: Inspection?

  /// Connects to a numeric address.
  init(address: String, port: Int, until deadline: Double, clock: @escaping () -> Double) throws(Stop) {
    self.clock = clock
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(address, "\(port)", &hints, &list) == 0, let place = unsafe list else {
      throw .failed(EINVAL)
    }
    defer { unsafe freeaddrinfo(place) }
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = unsafe socket(place.pointee.ai_family, kind, 0)
    guard descriptor >= 0 else { throw .failed(errno) }
    if unsafe connect(descriptor, place.pointee.ai_addr, place.pointee.ai_addrlen) == 0 { return }
    guard errno == EINPROGRESS else { throw .failed(errno) }
    try wait(for: POLLOUT, until: deadline)
    var fault: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &fault, &size) == 0, fault == 0 else {
      throw .failed(fault)
    }
  }

  deinit {
    unsafe SSL_free(session)
    unsafe SSL_CTX_free(context)
    if descriptor >= 0 { close(descriptor) }
  }

  private var isSecure: Bool { unsafe session != nil }

  /// What was agreed on; `nil` before `secure`.
  var report: TLSReport? { inspection?.report }

  /// Begins TLS; the certificate is inspected, and whether it is good is for the caller to judge.
  func secure(name: String, trusting store: TrustStore, until deadline: Double) throws(Stop) {
    ERR_clear_error()
    guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { throw .tls(opensslReason()) }
    unsafe self.context = context
    let inspection = Inspection(host: name)
    self.inspection = inspection
    unsafe SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
    unsafe inspection.watch(context, trusting: store)
    guard let session = unsafe SSL_new(context) else { throw .tls(opensslReason()) }
    unsafe self.session = session
    _ = unsafe SSL_set_fd(session, descriptor)
    // RFC 6066, section 3: no addresses.
    if !name.contains(":"), !name.allSatisfy({ $0.isNumber || $0 == "." }) {
      _ = unsafe redeye_set_server_name(session, name)
    }
    _ = unsafe try encrypted(until: deadline) { session in unsafe SSL_connect(session) }
  }

  func send(_ bytes: [UInt8], until deadline: Double) throws(Stop) {
    var sent = 0
    while sent < bytes.count {
      let rest = Array(bytes[sent...])
      if isSecure {
        let count = unsafe try encrypted(until: deadline) { unsafe SSL_write($0, rest, Int32(rest.count)) }
        sent += Int(count)
      } else {
        sent += try plain(POLLOUT, until: deadline) {
          descriptor in unsafe Glibc.send(descriptor, rest, rest.count, Int32(MSG_NOSIGNAL))
        }
      }
    }
  }

  /// What came, at least one byte; throws `closed` at the end.
  func receive(until deadline: Double) throws(Stop) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count: Int
    if isSecure {
      count = unsafe Int(try encrypted(until: deadline) { unsafe SSL_read($0, &bytes, Int32(bytes.count)) })
    } else {
      count = try plain(POLLIN, until: deadline) { descriptor in unsafe recv(descriptor, &bytes, bytes.count, 0) }
      if count == 0 { throw .closed }
    }
    return Array(bytes.prefix(count))
  }

  private func plain(_ event: Int32, until deadline: Double, _ act: (Int32) -> Int) throws(Stop) -> Int {
    while true {
      let count = act(descriptor)
      if count >= 0 { return count }
      if errno == EINTR { continue }
      guard errno == EAGAIN else { throw errno == ECONNRESET || errno == EPIPE ? .closed : .failed(errno) }
      try wait(for: event, until: deadline)
    }
  }

  private func encrypted(until deadline: Double, _ act: (OpaquePointer) -> Int32) throws(Stop) -> Int32 {
    guard let session = unsafe session else { throw .closed }
    while true {
      ERR_clear_error()
      errno = 0
      let code = withoutBrokenPipes { unsafe act(session) }
      if code > 0 { return code }
      switch unsafe SSL_get_error(session, code) {
      case SSL_ERROR_WANT_READ: try wait(for: POLLIN, until: deadline)
      case SSL_ERROR_WANT_WRITE: try wait(for: POLLOUT, until: deadline)
      case SSL_ERROR_ZERO_RETURN, SSL_ERROR_SYSCALL: throw .closed
      default:
        let reason = opensslReason()
        throw reason == "unexpected eof while reading" ? .closed : .tls(reason)
      }
    }
  }

  private func wait(for event: Int32, until deadline: Double) throws(Stop) {
    var polled = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    while true {
      let rest = deadline - clock()
      guard rest > 0 else { throw .late }
      if unsafe poll(&polled, 1, Int32(min(rest * 1_000, 60_000).rounded(.up))) > 0 { return }
    }
  }
}

/// OpenSSL writes to sockets as if they were files: a peer that is gone would end the process.
private func withoutBrokenPipes<Value>(_ body: () -> Value) -> Value {
  var signals = sigset_t()
  var before = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGPIPE)
  unsafe pthread_sigmask(SIG_BLOCK, &signals, &before)
  defer {
    if unsafe sigismember(&before, SIGPIPE) == 0 {
      var now = timespec()
      _ = unsafe sigtimedwait(&signals, nil, &now)
      unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
  }
  return body()
}
