internal import Model

extension FileReader {
  static func isPattern(_ text: String) -> Bool { text.contains { $0 == "*" || $0 == "?" } }

  /// The files a pattern selects, sorted, from the folder of the file that says it; `*` and `?` stay within a name.
  func expand(_ pattern: String, from source: Int) -> [String] {
    var paths = [Path.join(findings.sources[source].folder, pattern.hasPrefix("/") ? "/" : ".")]
    for part in pattern.split(separator: "/").map(String.init) where part != "." {
      paths = paths.flatMap { step(into: part, from: $0) }
    }
    return paths.filter { !isFolder($0) }
  }

  private func step(into part: String, from folder: String) -> [String] {
    guard FileReader.isPattern(part) else { return [Path.join(folder, part)] }
    guard Path.isInside(folder, root) else { return [] }
    let showsHidden = part.hasPrefix(".")
    return names(in: folder).filter { glob(part, $0) && (showsHidden || !$0.hasPrefix(".")) }
      .map { Path.join(folder, $0) }
  }
}
