/// What came of loading a configuration.
package struct Loaded: Sendable {
  /// `nil` if any problem is an error.
  package var plan: Plan?
  /// All of them, by file and line, each once.
  package var problems: [Problem]
  /// Every file read, also where there is no plan.
  package var files: [SourceFile]
  /// What packages bring for the site, also where there is no plan.
  package var site: [SiteFolder]
  /// The effective values and where they came from, for `config show`.
  package var tree: EffectiveTree

  package var hasErrors: Bool { problems.contains { $0.severity == .error } }
}
