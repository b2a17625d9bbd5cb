import Glibc

/// Limits of this process.
package enum Limits {
  /// Raises how many files and connections may be open to what the system grants, up to four thousand: hundreds of
  /// peers that do not answer are waited for at once, and the usual limit is 1,024.
  package static func raiseDescriptors() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    let wanted = min(limit.rlim_max, 4_096)
    guard limit.rlim_cur < wanted else { return }
    limit.rlim_cur = wanted
    // What is not granted is not needed for anything but haste.
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// How many processors there are.
  package static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}
