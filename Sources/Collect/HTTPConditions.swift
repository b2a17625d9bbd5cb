import Config
import Model
import Platform
import Transfer

extension HTTPProbe {
  /// Bytes of the body a regular expression sees.
  static let matchLimit = 65_536
  /// Seconds it may take.
  static let matchSeconds = 0.5

  /// The first condition the answer does not meet, in the order status, `contains`, `matches`; `nil` where it meets all.
  ///
  /// The page is written by others and an expression with nested repetition can take longer than the universe lasts,
  /// so it sees the first 64 KiB and has half a second, or what is left until `deadline` (monotonic seconds).
  func firstUnmet(_ result: HTTPResult, until deadline: Double) -> Failure? {
    guard let answer = result.status, status.contains(where: { $0.contains(answer) }) else {
      let code = result.status.map(String.init) ?? "no status"
      return Failure(.mismatch, "the status is \(code), expected \(expectedStatus)")
    }
    if let contains, !result.body.holds(Array(contains.utf8)) {
      return Failure(.mismatch, "the body does not contain '\(contains.printable(limit: 100))'")
    }
    guard let matches else { return nil }
    return unmatched(matches, result.body, until: deadline)
  }

  private var expectedStatus: String {
    status.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ", ")
  }

  private func unmatched(_ pattern: String, _ body: [UInt8], until deadline: Double) -> Failure? {
    let left = deadline - Clock.monotonic()
    guard left > 0 else { return Failure(.deadline, "the run's time was over before the body was looked at") }
    let text = String(decoding: body.prefix(HTTPProbe.matchLimit), as: UTF8.self)
    let shown = pattern.printable(limit: 100)
    switch within(seconds: min(HTTPProbe.matchSeconds, left), { search(pattern, in: text) }) {
    case .found: return nil
    case .notFound: return Failure(.mismatch, "the body does not match '\(shown)'")
    case .notAnExpression: return Failure(.local, "'\(shown)' is not a regular expression")
    case nil where left < HTTPProbe.matchSeconds:
      return Failure(.deadline, "the run's time was over while the body was looked at")
    case nil:
      return Failure(.local, "matching '\(shown)' took too long; use an expression without nested repetition")
    }
  }
}

private enum Search { case found, notFound, notAnExpression }

/// Compiled here, on the thread that uses it, because a `Regex` cannot be handed to another.
private func search(_ pattern: String, in text: String) -> Search {
  guard let regex = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return .notAnExpression }
  return (try? regex.firstMatch(in: text)) == nil ? .notFound : .found
}

extension [UInt8] {
  /// Whether the bytes stand anywhere in these.
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard part.count <= count else { return false }
    return indices.prefix(count - part.count + 1).contains {
      self[$0] == first && self[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}
