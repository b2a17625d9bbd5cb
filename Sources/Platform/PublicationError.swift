/// Why nothing was published; the site before it still stands.
package enum PublicationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A page's path cannot be one.
  case refused(path: String, reason: String)
  /// One page is a folder of another.
  case collision(String)
  /// Something stands where the publication belongs, and it is not the publication's.
  case occupied(path: String, reason: String)
  case file(FileError)

  package var description: String {
    switch self {
    case .refused(let path, let reason): "cannot publish \(path.debugDescription): \(reason)"
    case .collision(let path): "cannot publish \(path.debugDescription): it is a page and a folder of other pages"
    case .occupied(let path, let reason): "cannot publish into \(path): \(reason)"
    case .file(let error): "\(error)"
    }
  }
}
