/// Hides what is a secret by its name alone, in values anybody may read on a page: passwords and tokens among arguments,
/// in addresses and in texts that the schema does not know for secrets.
enum Discretion {
  private static let words = [
    "password", "passwd", "passphrase", "pass", "secret", "token", "apikey", "api-key", "api_key", "community",
    "credential", "credentials", "auth", "bearer", "basic",
  ]

  /// Whether a field of this name holds a secret, whatever its section declares it to be.
  static func isSecret(_ name: String) -> Bool {
    ["password", "passwd", "passphrase", "secret", "token", "api key", "apikey", "api-key", "api_key", "community"]
      .contains(where: name.holds)
  }

  /// `--password=x`, `--token, x`, `?api_key=x&…`, `Bearer x` with `‹secret›` for `x`.
  static func hiding(_ text: String) -> String {
    guard words.contains(where: { text.holds($0) }) else { return text }
    return text.replacing(assignment) { "\($0.1)\(Mask.sign)" }.replacing(option) { "\($0.1)\(Mask.sign)" }
      .replacing(scheme) { "\($0.1)\(Mask.sign)" }
  }

  // Made anew for each use: a regular expression may not be handed between threads.

  /// A name that ends in such a word, an equals sign or a colon, and what follows.
  private static var assignment: Regex<(Substring, Substring)> {
    /((?:password|passwd|passphrase|pass|secret|token|api[-_]?key|community|credentials?|auth)["']?\s?[=:]\s?["']?)[^\s,;&"'\]}‹]+/
      .ignoresCase()
  }

  /// An option that takes its value as the next argument.
  private static var option: Regex<(Substring, Substring)> {
    /(--?[a-z_-]*(?:password|passwd|passphrase|pass|secret|token|api[-_]?key|community|credentials?|auth)["']?,?\s["']?)[^\s,;&"'\]}‹]+/
      .ignoresCase()
  }

  private static var scheme: Regex<(Substring, Substring)> { /(\b(?:bearer|basic)\s)[^\s,;"'\]}‹]+/.ignoresCase() }
}

extension String {
  /// Whether a word of ASCII is in it, in capitals or not.
  fileprivate func holds(_ word: String) -> Bool {
    let text = Array(utf8)
    let word = Array(word.utf8)
    guard text.count >= word.count else { return false }
    return (0...(text.count - word.count)).contains { start in
      word.indices.allSatisfy { text[start + $0] | 0x20 == word[$0] | 0x20 }
    }
  }
}
