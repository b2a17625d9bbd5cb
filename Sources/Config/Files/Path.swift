/// Paths as text: nothing here looks at a disk.
enum Path {
  /// `base` and what `relative` says from there; `.` and `..` are worked out, an absolute `relative` stands alone.
  static func join(_ base: String, _ relative: String) -> String {
    normalised(relative.hasPrefix("/") ? relative : base + "/" + relative)
  }

  static func normalised(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? "/"
  }

  /// The name without its ending.
  static func stem(of name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// Every folder above a path, the nearest first.
  static func ancestors(of path: String) -> [String] {
    var result: [String] = []
    var current = path
    while current != "/" {
      current = folder(of: current)
      result.append(current)
    }
    return result
  }

  static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || path.hasPrefix(folder == "/" ? "/" : folder + "/")
  }

  /// The path as seen from a folder above it, or from a folder beside; absolute where it shares nothing.
  static func relative(_ path: String, to folder: String) -> String {
    if path == folder { return "." }
    return isInside(path, folder) ? String(path.dropFirst(folder == "/" ? 1 : folder.count + 1)) : path
  }
}
