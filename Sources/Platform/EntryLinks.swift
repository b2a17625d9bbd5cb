import Glibc

/// The links `reports/ENTRY -> current/ENTRY` that make the published folder the site itself.
struct EntryLinks {
  let folder: String

  /// Makes the links that are not there; says where something foreign has the name. A link made before its entry
  /// shows leads nowhere for a moment, and nothing leads to it.
  func add(_ entries: Set<String>) throws(FileError) -> [String] {
    var problems: [String] = []
    for name in entries.sorted() where !isOurs(name) {
      if Files.entry("\(folder)/\(name)") == nil {
        try Files.link("\(folder)/\(name)", to: target(of: name))
      } else {
        problems.append("\(folder)/\(name) is not redeye's and stays; the page is at \(folder)/\(target(of: name))")
      }
    }
    return problems
  }

  /// Removes the links of entries that are gone.
  func removeAll(except entries: Set<String>) throws(FileError) {
    for name in try Files.list(folder) where !entries.contains(name) && isOurs(name) {
      try Files.remove("\(folder)/\(name)")
    }
  }

  private func isOurs(_ name: String) -> Bool { Files.target(ofLink: "\(folder)/\(name)") == target(of: name) }

  private func target(of name: String) -> String { "\(Layout.current)/\(name)" }
}

extension Files {
  /// Makes a symbolic link; `target` is kept as it is.
  static func link(_ path: String, to target: String) throws(FileError) {
    try check("make the link", path) { unsafe symlink(target, path) }
  }

  /// Where a symbolic link leads, as it is written; `nil` where there is none.
  static func target(ofLink path: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe bytes.withUnsafeMutableBytes {
      unsafe readlink(path, $0.assumingMemoryBound(to: CChar.self).baseAddress!, $0.count)
    }
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
