/// The path of a page inside the published tree.
struct PagePath: Hashable, Comparable {
  let text: String
  let parts: [Substring]

  /// Refuses what could lead out of the tree, meet the publication's own entries, or cannot be a file's name.
  init(_ text: String) throws(PublicationError) {
    parts = text.split(separator: "/", omittingEmptySubsequences: false)
    self.text = text
    if let reason = PagePath.objection(to: text, parts: parts) {
      throw PublicationError.refused(path: text, reason: reason)
    }
  }

  private static func objection(to text: String, parts: [Substring]) -> String? {
    if text.isEmpty { return "it is empty" }
    if text.utf8.contains(0) { return "it holds a NUL character" }
    if text.hasPrefix("/") { return "it is absolute" }
    if parts.contains("") { return "it has an empty part" }
    if parts.contains(".") || parts.contains("..") { return "it leads out of its folder" }
    if text.utf8.count > 2048 || parts.contains(where: { $0.utf8.count > 255 }) { return "it is too long" }
    if Layout.names.contains(String(parts[0])) { return "\(parts[0]) belongs to the publication" }
    return nil
  }

  /// The entry of the published folder it lies under.
  var top: String { String(parts[0]) }

  /// The folders above it inside the tree, outermost first.
  var folders: [String] { (1..<max(1, parts.count)).map { parts.prefix($0).joined(separator: "/") } }

  static func < (left: PagePath, right: PagePath) -> Bool { left.text < right.text }
}

/// The names a published folder holds besides the pages themselves.
enum Layout {
  static let generations = ".generations"
  static let current = "current"
  static let next = ".current.next"
  static let names: Set<String> = [generations, current, next]
}
