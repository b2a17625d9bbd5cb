import Foundation
import Glibc
import Synchronization

/// A child of a test's own that runs until it is stopped, without Foundation's `Process`: that takes a child which
/// closes its descriptors, as snmpd does, for dead, waits for it, and then sees no other child's end.
///
/// It never outlives the tests: not where the value is still held when they end, and not where they are killed.
package final class Helper: @unchecked Sendable {  // because what changes is changed under the lock
  private let number: pid_t
  private let lock = NSLock()
  private var ended = false

  /// The numbers of those that were started and not stopped.
  package static var running: [Int] { started.withLock { $0.map(Int.init).sorted() } }

  /// Starts a program, looked up in the environment's PATH, without input; what it prints goes to a file.
  package init(
    _ arguments: [String], log: String = "/dev/null",
    environment: [String: String] = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"]
  ) throws {
    let command = ["setpriv", "--pdeathsig", "KILL", "--"] + arguments
    let (status, number) = Starter.shared.start { spawn(command, log: log, environment: environment) }
    guard status == 0 else { throw HelperError("\(arguments[0]): \(unsafe String(cString: strerror(status)))") }
    self.number = number
    started.withLock { _ = $0.insert(number) }
  }

  deinit { stop() }

  package var isRunning: Bool {
    lock.withLock {
      if !ended, waitpid(number, nil, WNOHANG) != 0 { forget() }
      return !ended
    }
  }

  /// Ends it at once, and waits for that.
  package func stop() {
    lock.withLock {
      guard !ended else { return }
      kill(number, SIGKILL)
      waitpid(number, nil, 0)
      forget()
    }
  }

  private func forget() {
    ended = true
    started.withLock { _ = $0.remove(number) }
  }
}

private let started = Mutex<Set<pid_t>>([])

/// Starts every helper, from one thread that lives as long as the process: the signal a child gets when its parent
/// dies is for the death of the thread that started it (prctl(2), PR_SET_PDEATHSIG).
private final class Starter: @unchecked Sendable {  // because what changes is changed under the condition
  typealias Spawn = @Sendable () -> (status: Int32, number: pid_t)

  static let shared = Starter()
  private let condition = NSCondition()
  private var waiting: [(work: Spawn, place: Int)] = []
  private var done: [Int: (Int32, pid_t)] = [:]
  private var places = 0

  private init() {
    // A program that changes who it is, as exim does, loses that signal.
    atexit { for number in started.withLock({ $0 }) { kill(number, SIGKILL) } }
    Thread.detachNewThread { [self] in while true { startNext() } }
  }

  func start(_ work: @escaping Spawn) -> (Int32, pid_t) {
    condition.lock()
    defer { condition.unlock() }
    places += 1
    let place = places
    waiting.append((work, place))
    condition.broadcast()
    while true {
      if let result = done.removeValue(forKey: place) { return result }
      condition.wait()
    }
  }

  private func startNext() {
    condition.lock()
    defer { condition.unlock() }
    while waiting.isEmpty { condition.wait() }
    let next = waiting.removeFirst()
    done[next.place] = next.work()
    condition.broadcast()
  }
}

private func spawn(
  _ arguments: [String], log: String, environment: [String: String]
) -> (status: Int32, number: pid_t) {
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
  return (status, number)
}
