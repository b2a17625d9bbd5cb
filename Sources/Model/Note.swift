/// What somebody wrote down about a host, an incident, an objective or a graph.
package struct Note: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable { case host, incident, objective, graph }

  /// What a note is about. An incident's name is its number.
  package struct Subject: Hashable, Sendable {
    package var kind: Kind
    package var name: String

    package init(_ kind: Kind, _ name: String) {
      self.kind = kind
      self.name = name
    }
  }

  /// Numbers count up and are never used again; 0 before it is kept.
  package var number: Int
  package var subject: Subject
  /// When what it tells of was.
  package var at: Instant
  package var by: String
  package var text: String
  /// When it was written down.
  package var writtenAt: Instant

  package init(number: Int = 0, on subject: Subject, at: Instant, by: String, text: String, writtenAt: Instant) {
    self.number = number
    self.subject = subject
    self.at = at
    self.by = by
    self.text = text
    self.writtenAt = writtenAt
  }

  /// Characters of its text.
  package static let longest = 2_000
  private static let longestName = 80

  /// What is wrong with its text or its author; `nil` where nothing is.
  package var problem: String? {
    if by.isEmpty { return "nobody is named as its author; say --by NAME" }
    return Note.problem(of: text, "a note", longest: Note.longest)
      ?? Note.problem(of: by, "the name of its author", longest: Note.longestName)
  }

  private static func problem(of text: String, _ what: String, longest: Int) -> String? {
    if text.allSatisfy(\.isWhitespace) { return "\(what) says something; this one is empty" }
    if let sign = text.unicodeScalars.first(where: { String($0).printable() != String($0) }) {
      let digits = String(sign.value, radix: 16, uppercase: true)
      return "\(what) is plain text on one line; this one holds U+"
        + String(repeating: "0", count: max(0, 4 - digits.count))
        + digits
    }
    let length = text.count
    guard length > longest else { return nil }
    return "\(what) has \(longest) characters at most; this one has \(length)"
  }
}
