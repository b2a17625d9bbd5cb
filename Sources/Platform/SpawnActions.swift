import CLinux
import Glibc

/// What happens between fork and exec: posix_spawn's file actions and attributes.
@safe struct SpawnActions: ~Copyable {
  private let actions: UnsafeMutablePointer<posix_spawn_file_actions_t>
  private let attributes: UnsafeMutablePointer<posix_spawnattr_t>

  /// A process group of its own, no signal blocked and none ignored.
  init() {
    unsafe actions = .allocate(capacity: 1)
    unsafe attributes = .allocate(capacity: 1)
    unsafe posix_spawn_file_actions_init(actions)
    unsafe posix_spawnattr_init(attributes)
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(attributes, &signals)
    unsafe posix_spawnattr_setpgroup(attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(attributes, Int16(flags))
  }

  deinit {
    unsafe posix_spawn_file_actions_destroy(actions)
    unsafe posix_spawnattr_destroy(attributes)
    unsafe actions.deallocate()
    unsafe attributes.deallocate()
  }

  func open(_ path: String, as number: Int32) {
    _ = unsafe posix_spawn_file_actions_addopen(actions, number, path, O_RDONLY, 0)
  }

  func place(_ descriptor: borrowing Descriptor, as number: Int32) {
    _ = unsafe posix_spawn_file_actions_adddup2(actions, descriptor.number, number)
  }

  func closeFrom(_ number: Int32) { _ = unsafe posix_spawn_file_actions_addclosefrom_np(actions, number) }

  func changeFolder(_ path: String) { _ = unsafe posix_spawn_file_actions_addchdir_np(actions, path) }

  /// Zero, or the errno of the exec. A program somebody has open to write it cannot start; it is tried again for two
  /// seconds, for that is soon over: its author saves it, or a child between fork and exec has the writer's descriptor.
  func start(_ process: inout pid_t, _ path: String, _ arguments: [String], _ environment: [String]) -> Int32 {
    var code = startOnce(&process, path, arguments, environment)
    for _ in 0..<80 where code == ETXTBSY {
      usleep(25_000)
      code = startOnce(&process, path, arguments, environment)
    }
    return code
  }

  private func startOnce(
    _ process: inout pid_t, _ path: String, _ arguments: [String], _ environment: [String]
  ) -> Int32 {
    unsafe withCStrings(arguments) { arguments in
      unsafe withCStrings(environment) { environment in
        unsafe posix_spawn(&process, path, actions, attributes, arguments, environment)
      }
    }
  }
}

/// The texts as the array of C strings that `exec` takes, for the length of the call.
private func withCStrings(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Int32
) -> Int32 {
  let copies = unsafe texts.map { unsafe strdup($0) } + [nil]
  defer { _ = unsafe copies.map { unsafe free($0) } }
  return unsafe copies.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
}
