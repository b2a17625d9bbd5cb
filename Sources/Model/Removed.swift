/// What was in the configuration and is no more, as it was when it was last there.
package struct Removed: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable { case host, objective }

  /// Of an objective: what it came to.
  package struct Standing: Hashable, Sendable, Codable {
    /// `November 2026`
    package var window: String
    /// `99.912 %`
    package var figure: String
    package var target: String
    /// `met`, `broken`, …
    package var words: String

    package init(window: String, figure: String, target: String, words: String) {
      self.window = window
      self.figure = figure
      self.target = target
      self.words = words
    }
  }

  package var kind: Kind
  package var name: String
  package var title: String
  package var group: [String]
  /// By the first run that missed it.
  package var missedAt: Instant
  package var lastMeasured: Instant?
  package var standing: Standing?

  package init(
    _ kind: Kind, _ name: String, title: String? = nil, group: [String] = [], missedAt: Instant,
    lastMeasured: Instant? = nil, standing: Standing? = nil
  ) {
    self.kind = kind
    self.name = name
    self.title = title ?? name
    self.group = group
    self.missedAt = missedAt
    self.lastMeasured = lastMeasured
    self.standing = standing
  }
}
