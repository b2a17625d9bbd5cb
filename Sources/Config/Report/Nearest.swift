/// The nearest near miss, for a person who mistyped.
package enum Nearest {
  /// The candidate that takes the fewest slips to get to `word`, where a slip is a letter too many, too few, wrong,
  /// or two swapped; `nil` where the nearest is too far to be meant.
  ///
  /// Capitals and the signs between words do not count. A word cut short (`max`) is the one candidate it begins.
  package static func candidate(to word: String, in candidates: some Sequence<String>) -> String? {
    nearest(word, candidates, oneIn: 4) ?? Nearest.onlyOne(beginning: word, in: candidates)
  }

  /// With more slips allowed, for what must not be missed: one in three letters.
  static func isNearly(_ word: String, in candidates: some Sequence<String>) -> Bool {
    nearest(word, candidates, oneIn: 3) != nil
  }

  /// `did you mean “address”?`, or what to say instead.
  static func help(_ word: String, in candidates: some Sequence<String>, otherwise: String? = nil) -> String? {
    candidate(to: word, in: candidates).map { "did you mean “\($0)”?" } ?? otherwise
  }

  private static func nearest(_ word: String, _ candidates: some Sequence<String>, oneIn share: Int) -> String? {
    let letters = plain(word)
    guard letters.count <= 80 else { return nil }
    var best: (slips: Int, candidate: String)?
    for candidate in candidates where candidate != word {
      let other = plain(candidate)
      let longer = max(letters.count, other.count)
      // A slip in a word of two letters makes another word.
      let most = longer < 3 ? 0 : max(1, longer / share)
      let allowed = min(best.map { $0.slips - 1 } ?? .max, most)
      guard abs(other.count - letters.count) <= allowed else { continue }
      let slips = slips(letters, other)
      if slips <= allowed { best = (slips, candidate) }
    }
    return best?.candidate
  }

  private static func onlyOne(beginning word: String, in candidates: some Sequence<String>) -> String? {
    let letters = plain(word)
    guard letters.count >= 3 else { return nil }
    let fitting = Set(candidates.filter { $0 != word && plain($0).starts(with: letters) })
    return fitting.count == 1 ? fitting.first : nil
  }

  private static func plain(_ word: String) -> [Unicode.Scalar] {
    word.lowercased().unicodeScalars.map { $0 == "_" || $0 == "-" ? " " : $0 }
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
  var listed: String { listed(with: "and") }

  /// `a, b or c`
  func listed(with word: String) -> String {
    let all = Array(self)
    guard all.count > 1, let last = all.last else { return all.first ?? "" }
    return all.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  /// The same, cut after a few: `a, b, c and 12 more`
  var someListed: String {
    let all = Array(self)
    return all.count <= 12 ? all.listed : (all.prefix(10) + ["\(all.count - 10) more"]).listed
  }
}
