import Model
import Platform

/// What came of looking for a regular expression.
enum Match {
  /// Bytes up to its end.
  case found(end: Int)
  case failed(Failure)

  var failure: Failure? { if case .failed(let failure) = self { failure } else { nil } }
}

/// Bytes a regular expression sees, and seconds it may take.
private let matchLimit = 65_536
private let matchSeconds = 0.5

/// Looks for a regular expression in what others wrote.
///
/// An expression with nested repetition can take longer than the universe lasts, so it sees the first 64 KiB and has
/// half a second, or what is left until `deadline` (monotonic seconds). `subject` is for messages: `the body`.
func match(_ pattern: String, in bytes: [UInt8], until deadline: Double, subject: String) -> Match {
  let left = deadline - Clock.monotonic()
  guard left > 0 else {
    return .failed(Failure(.deadline, "the run's time was over before \(subject) was looked at"))
  }
  let text = MatchText(Array(bytes.prefix(matchLimit)))
  let shown = pattern.printable(limit: 100)
  switch within(seconds: min(matchSeconds, left), { search(pattern, in: text) }) {
  case .found(let end): return .found(end: end)
  case .notFound: return .failed(Failure(.mismatch, "\(subject) does not match '\(shown)'"))
  case .notAnExpression: return .failed(Failure(.local, "'\(shown)' is not a regular expression"))
  case nil where left < matchSeconds:
    return .failed(Failure(.deadline, "the run's time was over while \(subject) was looked at"))
  case nil:
    return .failed(
      Failure(.local, "matching '\(shown)' took too long; use an expression without nested repetition"))
  }
}

/// Bytes as a text in which places can be told in bytes again.
private struct MatchText: Sendable {
  let text: String
  private let isUTF8: Bool

  /// What is not UTF-8 is read as Latin-1: a character for each byte.
  init(_ bytes: [UInt8]) {
    let decoded = String(validating: bytes, as: UTF8.self)
    isUTF8 = decoded != nil
    text = decoded ?? String(String.UnicodeScalarView(bytes.map { UnicodeScalar($0) }))
  }

  func bytes(to index: String.Index) -> Int {
    isUTF8
      ? text.utf8.distance(from: text.startIndex, to: index)
      : text.unicodeScalars.distance(from: text.startIndex, to: index)
  }
}

private enum Search: Sendable {
  case found(end: Int)
  case notFound, notAnExpression
}

/// Compiled here, on the thread that uses it, because a `Regex` cannot be handed to another.
private func search(_ pattern: String, in text: MatchText) -> Search {
  guard let regex = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return .notAnExpression }
  guard let match = try? regex.firstMatch(in: text.text) else { return .notFound }
  return .found(end: text.bytes(to: match.range.upperBound))
}
