import CNetSNMP
import Glibc

/// net-snmp itself: one per process, without locks of its own.
///
/// The thread rule: whatever calls into the library holds `turn`. Two conversations at once wait for each other; run
/// many conversations in one call instead.
enum Library {
  /// Runs the body as the only one in the library, started if it was not.
  static func exclusively<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(turn)
    defer { unsafe pthread_mutex_unlock(turn) }
    _ = started
    return body()
  }

  /// Never freed: the process has one.
  private nonisolated(unsafe) static let turn: UnsafeMutablePointer<pthread_mutex_t> = {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    unsafe pthread_mutex_init(mutex, nil)
    return unsafe mutex
  }()

  /// Reads no file, writes none, prints nothing and leaves signals alone. The TLS transports would make folders
  /// for certificates beside the persistent state; under /dev/null nothing can be made.
  private static let started: Void = {
    unsafe setenv("MIBS", "", 1)
    set(NETSNMP_DS_LIB_DONT_READ_CONFIGS)
    set(NETSNMP_DS_LIB_DISABLE_PERSISTENT_LOAD)
    set(NETSNMP_DS_LIB_DISABLE_PERSISTENT_SAVE)
    set(NETSNMP_DS_LIB_DONT_LOAD_HOST_FILES)
    set(NETSNMP_DS_LIB_ALARM_DONT_USE_SIG)
    unsafe netsnmp_ds_set_string(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_MIBDIRS, "")
    unsafe set_persistent_directory("/dev/null")
    unsafe set_configuration_directory("/dev/null")
    // Without any handler the library logs to stderr.
    _ = unsafe netsnmp_register_loghandler(NETSNMP_LOGHANDLER_NONE, LOG_DEBUG)
    unsafe init_snmp("redeye")
  }()

  private static func set(_ option: Int32) { netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, option, 1) }
}
