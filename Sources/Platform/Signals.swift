import Glibc

/// Signals that end a process where an error of the call says more.
package enum Signals {
  /// From here on a pipe nobody reads is EPIPE, and a file at its limit (`ulimit -f`) is EFBIG, both errors of the
  /// write. Children get the defaults again, see `SpawnActions`.
  package static func becomeErrors() {
    for number in [SIGPIPE, SIGXFSZ] { _ = signal(number, SIG_IGN) }
  }
}
