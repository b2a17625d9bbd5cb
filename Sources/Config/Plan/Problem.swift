/// Something wrong with the configuration, told so that a person can mend it.
package struct Problem: Hashable, Sendable {
  package enum Severity: String, Hashable, Sendable { case error, warning }

  package var severity: Severity
  package var location: SourceLocation
  /// The line of the file, as it is; empty where there is none.
  package var line: String
  /// Characters of the line the problem is about, from its column on; at least 1.
  package var width: Int
  /// What is wrong, with the user's own text.
  package var message: String
  /// What was expected, or how to mend it; the nearest near miss where there is one.
  package var help: String?

  package init(
    _ severity: Severity = .error, at location: SourceLocation, line: String, width: Int = 1,
    message: String, help: String? = nil
  ) {
    self.severity = severity
    self.location = location
    self.line = line
    self.width = width
    self.message = message
    self.help = help
  }
}
