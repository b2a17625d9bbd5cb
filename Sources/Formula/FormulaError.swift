import Model

/// What is wrong with a formula, where, and the way out.
package struct FormulaError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Characters (Unicode scalars) of the formula that are meant.
  package var place: Range<Int>
  package var message: String
  package var help: String?
  /// What was written where one of `candidates` belongs; who can tell the nearest of them says so.
  package var word: String?
  package var candidates: [String]

  package init(
    _ message: String, at place: Range<Int>, help: String? = nil, word: String? = nil, candidates: [String] = []
  ) {
    self.message = message
    self.place = place
    self.help = help
    self.word = word
    self.candidates = candidates
  }

  /// `at character 7: “sun” is no function; known are …`
  package var description: String {
    "at character \(place.lowerBound + 1): \(message)" + (help.map { "; \($0)" } ?? "")
  }
}

extension String {
  /// In quotation marks, as messages show a person's own words.
  var quoted: String { "“\(printable(limit: 80))”" }
}
