import Glibc
import Synchronization

/// Looks names up on a few threads of its own, since asking a dead name server blocks for long. Nobody waits for
/// the threads: one that is still asking when the conversations are over ends alone.
final class Resolver: Sendable {
  struct Name: Hashable {
    var host: String
    var port: Int
  }

  private struct State {
    var open: [Name]
    var found: [Name: Result<Address, SNMPError>] = [:]
  }

  /// Readable when names have been found.
  let descriptor: Int32
  private let bell: Int32
  private let state: Mutex<State>
  private static let threads = 16

  init(_ names: Set<Name>) throws(SNMPError) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { throw SNMPError(.local, "cannot look names up: \(systemText(errno))") }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (descriptor, bell) = (ends[0], ends[1])
    state = Mutex(State(open: Array(names)))
    for _ in 0..<min(Resolver.threads, names.count) { start() }
  }

  deinit {
    close(descriptor)
    close(bell)
  }

  /// What was found since the last call.
  func collect() -> [Name: Result<Address, SNMPError>] {
    var bytes = [UInt8](repeating: 0, count: 64)
    while unsafe Glibc.read(descriptor, &bytes, bytes.count) > 0 {}
    return state.withLock { state in
      defer { state.found = [:] }
      return state.found
    }
  }

  private func start() {
    let me = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { me in
        if let me = unsafe me { unsafe Unmanaged<Resolver>.fromOpaque(me).takeRetainedValue().work() }
        return nil
      }, me.toOpaque())
    if status == 0 { pthread_detach(thread) } else { unsafe me.release() }
  }

  private func work() {
    while let name = state.withLock({ $0.open.popLast() }) {
      let address = Address.find(name.host, port: name.port, numericOnly: false)
      state.withLock { $0.found[name] = address }
      var ring: UInt8 = 1
      _ = unsafe write(bell, &ring, 1)
    }
  }
}
