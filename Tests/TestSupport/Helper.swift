import Foundation
import Glibc

/// A child of a test's own that runs until it is stopped, without Foundation's `Process`: that takes a child which
/// closes its descriptors, as snmpd does, for dead, waits for it, and then sees no other child's end.
package final class Helper: @unchecked Sendable {  // because what changes is changed under the lock
  private let number: pid_t
  private let lock = NSLock()
  private var ended = false

  /// Starts a program, looked up in the environment's PATH, without input; what it prints goes to a file.
  package init(
    _ arguments: [String], log: String = "/dev/null",
    environment: [String: String] = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
  ) throws {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o666)
    unsafe posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let words = unsafe (arguments.map { unsafe strdup($0) } + [nil])
    let names = unsafe (environment.map { unsafe strdup("\($0)=\($1)") } + [nil])
    let all = unsafe words + names
    defer { for index in unsafe all.indices { unsafe free(all[index]) } }
    var number: pid_t = 0
    let status = unsafe posix_spawnp(&number, arguments[0], &actions, &attributes, words, names)
    guard status == 0 else { throw HelperError("\(arguments[0]): \(unsafe String(cString: strerror(status)))") }
    self.number = number
  }

  deinit { stop() }

  package var isRunning: Bool {
    lock.withLock {
      if !ended { ended = waitpid(number, nil, WNOHANG) != 0 }
      return !ended
    }
  }

  /// Ends it at once, and waits for that.
  package func stop() {
    lock.withLock {
      guard !ended else { return }
      kill(number, SIGKILL)
      waitpid(number, nil, 0)
      ended = true
    }
  }
}
