import Glibc

/// Why an RRD file could not be made, read or written.
package enum RRDError: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(path: String)
  /// The file is not, or no longer, one that librrd can be trusted with.
  case damaged(path: String, text: String)
  /// A healthy file with holes: an update on a full disk would kill the process (SIGBUS).
  case sparse(path: String)
  /// The file's last update lies after the clock's time.
  case ahead(path: String, seconds: Int)
  /// librrd's own words.
  case refused(path: String, text: String)
  /// The system's: an errno.
  case system(path: String, action: String, code: Int32)

  package var description: String {
    switch self {
    case .missing(let path): "\(path) does not exist"
    case .damaged(let path, let text): "\(path) is damaged: \(text)"
    case .sparse(let path): "\(path) has holes"
    case .ahead(let path, let seconds): "\(path) was last updated \(seconds) s after now; is the clock right?"
    case .refused(let path, let text): "\(path): \(text)"
    case .system(let path, let action, let code): "cannot \(action) \(path): \(unsafe String(cString: strerror(code)))"
    }
  }
}
