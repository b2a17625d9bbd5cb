/// Finds names, titles and addresses of hosts in texts that are to name none.
struct HostWords {
  private let words: Set<String>

  init(_ hosts: [Host]) {
    words = Set(hosts.flatMap { [$0.name, $0.title] + [$0.address].compactMap { $0 } }.map(HostWords.plain))
  }

  /// The first of them that stands in a text as a word, or as several, whatever its capitals.
  func found(in text: String) -> String? {
    let scalars = Array(HostWords.plain(text).unicodeScalars)
    let starts = scalars.indices.filter { isWord(scalars, $0) && !isWord(scalars, $0 - 1) }
    let ends = scalars.indices.filter { isWord(scalars, $0) && !isWord(scalars, $0 + 1) }
    for start in starts {
      // The longest first: of www.example.org, not www.
      for end in ends.reversed() where end >= start {
        let piece = HostWords.text(scalars[start...end])
        if words.contains(piece) { return piece }
      }
    }
    return nil
  }

  private func isWord(_ scalars: [Unicode.Scalar], _ place: Int) -> Bool {
    scalars.indices.contains(place) && HostWords.isWord(scalars[place])
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// In small letters, without signs at either end.
  private static func plain(_ text: String) -> String {
    var scalars = Array(text.lowercased().unicodeScalars)[...]
    while let last = scalars.last, !isWord(last) { scalars.removeLast() }
    while let first = scalars.first, !isWord(first) { scalars.removeFirst() }
    return self.text(scalars)
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
