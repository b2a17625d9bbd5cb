/// The nearest near miss, for a person who mistyped.
package enum Nearest {
  /// The candidate that takes the fewest slips to get to `word`, where a slip is a letter too many, too few, wrong,
  /// or two swapped; `nil` where the nearest is too far to be meant.
  package static func candidate(to word: String, in candidates: some Sequence<String>) -> String? {
    let letters = Array(word.lowercased().unicodeScalars)
    guard letters.count <= 80 else { return nil }
    var best: (slips: Int, candidate: String)?
    for candidate in candidates where candidate != word {
      let other = Array(candidate.lowercased().unicodeScalars)
      let allowed = min(best.map { $0.slips - 1 } ?? .max, max(1, max(letters.count, other.count) / 3))
      guard abs(other.count - letters.count) <= allowed else { continue }
      let slips = slips(letters, other)
      if slips <= allowed { best = (slips, candidate) }
    }
    return best?.candidate
  }

  /// `did you mean “address”?`, or what to say instead.
  static func help(_ word: String, in candidates: some Sequence<String>, otherwise: String? = nil) -> String? {
    candidate(to: word, in: candidates).map { "did you mean “\($0)”?" } ?? otherwise
  }

  /// The distance of Damerau and Levenshtein in its optimal string alignment form.
  private static func slips(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var least = min(last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          least = min(least, beforeLast[column - 1] + 1)
        }
        current.append(least)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}

extension Sequence<String> {
  /// `a, b and c`
  var listed: String {
    let all = Array(self)
    guard all.count > 1, let last = all.last else { return all.first ?? "" }
    return all.dropLast().joined(separator: ", ") + " and " + last
  }
}
