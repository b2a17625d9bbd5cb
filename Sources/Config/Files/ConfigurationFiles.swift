/// How loading sees files: four questions, so that a run can load the last good configuration from memory.
///
/// Paths are absolute.
package struct ConfigurationFiles: Sendable {
  /// What is known of a path.
  package enum Status: Hashable, Sendable {
    case missing
    /// Permission bits as in `chmod`, owner and group by number.
    case file(mode: Int, owner: Int, group: Int)
    case folder
    /// A device, a pipe, a socket: never read.
    case other
    /// It is there, or was; its permissions are not known.
    case remembered
  }

  /// The bytes of a regular file; throws with a `ReadFailure`.
  package var read: @Sendable (_ path: String) throws(ReadFailure) -> [UInt8]
  /// The names in a folder, in any order; empty where there is none.
  package var list: @Sendable (_ folder: String) -> [String]
  /// The path with every symbolic link followed; `nil` where nothing is there.
  package var realPath: @Sendable (_ path: String) -> String?
  package var status: @Sendable (_ path: String) -> Status

  package init(
    read: @escaping @Sendable (String) throws(ReadFailure) -> [UInt8],
    list: @escaping @Sendable (String) -> [String], realPath: @escaping @Sendable (String) -> String?,
    status: @escaping @Sendable (String) -> Status
  ) {
    self.read = read
    self.list = list
    self.realPath = realPath
    self.status = status
  }
}

/// Why a file could not be read, as the end of a sentence: `it is not there`.
package struct ReadFailure: Error, Hashable, Sendable {
  package var reason: String
  /// The way out.
  package var help: String?

  package init(_ reason: String, help: String? = nil) {
    self.reason = reason
    self.help = help
  }
}

extension ConfigurationFiles {
  /// Files as they were read once, e.g. of the last good configuration; everything else as `others` sees it.
  ///
  /// Folders list only the remembered files, so a glob finds what it found then. Scripts and secrets, which are not
  /// read while loading, are asked of `others`.
  package static func remembered(_ files: [SourceFile], others: ConfigurationFiles) -> ConfigurationFiles {
    let bytes = Dictionary(files.map { ($0.path, $0.bytes) }) { first, _ in first }
    let folders = Set(files.flatMap { Path.ancestors(of: $0.path) })
    return ConfigurationFiles(
      read: { (path) throws(ReadFailure) in
        guard let bytes = bytes[path] else { throw ReadFailure("it is not among the remembered files") }
        return bytes
      },
      list: { folder in
        let inside = bytes.keys.filter { $0.hasPrefix(folder + "/") }.map { $0.dropFirst(folder.count + 1) }
        return Set(inside.compactMap { $0.split(separator: "/").first.map(String.init) }).sorted()
      },
      realPath: { path in bytes[path] != nil || folders.contains(path) ? path : others.realPath(path) },
      status: { path in
        if bytes[path] != nil { return .remembered }
        return folders.contains(path) ? .folder : others.status(path)
      })
  }
}
