internal import YAML

/// A package as it was put together from its files: the words about itself, and its sections.
struct Package {
  var name: String
  var title: String?
  /// Where it is said, or the start of its first file.
  var place: Place
  /// Sections, `sections:` and `types:` only; a mapping.
  var sections: [YAMLPair]
  /// Names of further packages, in order, with the place of each.
  var requires: [(name: String, place: Place)]
  var isBuiltIn = false
  /// The folder its `site` folder would lie in; `nil` where packages that are single files share one.
  var home: String?

  func section(_ name: String) -> YAMLNode? { sections.first { $0.key.text == name }?.value }

  /// The words a package says about itself.
  static let words = ["package", "title", "requires", "include", "sections", "types"]
}
