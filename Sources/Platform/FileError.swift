import Glibc

/// A file that could not be handled: `cannot write /x/y: No space left on device`.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  package var path: String
  /// A verb: `read`, `write`, `make`.
  package var action: String
  /// An errno.
  package var code: Int32

  package init(path: String, action: String, code: Int32) {
    self.path = path
    self.action = action
    self.code = code
  }

  package var description: String { "cannot \(action) \(path): \(reason(of: code))" }
}

/// The C library's words for an errno.
func reason(of code: Int32) -> String { unsafe String(cString: strerror(code)) }

/// Calls again as long as a signal got in between; -1 is thrown as the errno it left.
@discardableResult
func check<Result: FixedWidthInteger & SignedInteger>(
  _ action: String, _ path: String, _ call: () -> Result
) throws(FileError) -> Result {
  while true {
    let result = call()
    if result != -1 { return result }
    let code = errno
    if code != EINTR { throw FileError(path: path, action: action, code: code) }
  }
}
