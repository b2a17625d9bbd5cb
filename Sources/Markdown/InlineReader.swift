/// Letters of a paragraph, and where each stands in the whole text.
struct Run {
  private(set) var letters: [Unicode.Scalar] = []
  private(set) var places: [Int] = []

  mutating func append(_ letter: Unicode.Scalar, at place: Int) {
    letters.append(letter)
    places.append(place)
  }
}

/// Reads what stands inside a paragraph, in one pass: what opens something waits until it is closed, and is text where it
/// never is.
struct InlineReader {
  private let run: Run
  private(set) var links: [Link] = []
  private var pieces: [Piece] = []
  private var buffer = String.UnicodeScalarView()
  private var waiting: [Opening] = []
  /// For each run of backticks the next of the same length.
  private let nextTicks: [Int: Int]
  private var index = 0

  /// The most that waits to be closed. What has waited longest becomes text, so that no text takes long to read.
  private static let mostWaiting = 32
  /// The longest target of a link.
  private static let longestTarget = 2_000

  private enum Piece {
    case inline(Inline)
    case begin(Mark)
    case end
  }

  private enum Mark {
    case emphasis
    case strong
    case link(Link)
  }

  private struct Opening {
    /// `*`, `_` or `[`
    var letter: Unicode.Scalar
    var width: Int
    /// The piece that is its text, as long as it is not closed.
    var piece: Int
  }

  init(_ run: Run) {
    self.run = run
    nextTicks = InlineReader.nextTicks(run.letters)
  }

  private static func nextTicks(_ letters: [Unicode.Scalar]) -> [Int: Int] {
    var last: [Int: Int] = [:]
    var next: [Int: Int] = [:]
    var end = letters.count
    while end > 0 {
      guard letters[end - 1] == "`" else {
        end -= 1
        continue
      }
      var start = end - 1
      while start > 0, letters[start - 1] == "`" { start -= 1 }
      next[start] = last[end - start]
      last[end - start] = start
      end = start
    }
    return next
  }

  mutating func inlines() -> [Inline] {
    while index < run.letters.count { step() }
    flush()
    return tree()
  }

  private mutating func step() {
    switch run.letters[index] {
    case "\\": escape()
    case "`": code()
    case "*", "_": delimiters()
    case "[":
      open("[", width: 1)
      index += 1
    case "]": closeBracket()
    case "\n": newLine()
    default: take()
    }
  }

  private mutating func take() {
    buffer.append(run.letters[index])
    index += 1
  }

  private mutating func flush() {
    if !buffer.isEmpty { pieces.append(.inline(.text(String(buffer)))) }
    buffer = String.UnicodeScalarView()
  }

  private func letter(_ place: Int) -> Unicode.Scalar? {
    run.letters.indices.contains(place) ? run.letters[place] : nil
  }

  // MARK: Text

  private mutating func escape() {
    index += 1
    guard let next = letter(index) else { return buffer.append("\\") }
    if next == "\n" {
      flush()
      pieces.append(.inline(.lineBreak))
      index += 1
    } else if next.isASCIIPunctuation {
      take()
    } else {
      buffer.append("\\")
    }
  }

  /// Two blanks before the end of a line keep it.
  private mutating func newLine() {
    index += 1
    var blanks = 0
    while buffer.last == " " {
      buffer.removeLast()
      blanks += 1
    }
    guard blanks >= 2 else { return buffer.append(" ") }
    flush()
    pieces.append(.inline(.lineBreak))
  }

  private mutating func code() {
    let start = index
    while letter(index) == "`" { index += 1 }
    let width = index - start
    guard let end = nextTicks[start] else { return buffer.append(contentsOf: run.letters[start..<index]) }
    flush()
    pieces.append(.inline(.code(codeText(index..<end))))
    index = end + width
  }

  private func codeText(_ range: Range<Int>) -> String {
    var letters = run.letters[range].map { $0 == "\n" ? " " : $0 }[...]
    if letters.first == " ", letters.last == " ", letters.contains(where: { $0 != " " }) {
      letters = letters.dropFirst().dropLast()
    }
    return String(String.UnicodeScalarView(letters))
  }

  // MARK: What opens and closes

  private mutating func open(_ letter: Unicode.Scalar, width: Int) {
    flush()
    waiting.append(Opening(letter: letter, width: width, piece: pieces.count))
    pieces.append(.inline(.text(String(repeating: String(letter), count: width))))
    if waiting.count > Self.mostWaiting { waiting.removeFirst() }
  }

  /// What was opened after it stays text.
  private mutating func close(_ place: Int, _ mark: Mark) {
    flush()
    pieces[waiting[place].piece] = .begin(mark)
    pieces.append(.end)
    waiting.removeSubrange(place...)
  }

  private mutating func delimiters() {
    let (start, sign) = (index, run.letters[index])
    while letter(index) == sign { index += 1 }
    var width = index - start
    let (before, after) = (letter(start - 1), letter(index))
    let isWord = sign == "_"
    guard width <= 3 else { return buffer.append(contentsOf: run.letters[start..<index]) }
    if before.isText, !isWord || !after.isAlphanumeric {
      while width > 0, let place = opening(sign, width) {
        width -= waiting[place].width
        close(place, waiting[place].width == 2 ? .strong : .emphasis)
      }
    }
    guard after.isText, !isWord || !before.isAlphanumeric else {
      return buffer.append(contentsOf: run.letters[index - width..<index])
    }
    if !width.isMultiple(of: 2) { open(sign, width: 1) }
    if width >= 2 { open(sign, width: 2) }
  }

  /// What a run of signs closes: what was opened by as many, or else the last that fewer opened.
  private func opening(_ sign: Unicode.Scalar, _ width: Int) -> Int? {
    let same = waiting.lastIndex { $0.letter == sign && $0.width == width }
    return same ?? waiting.lastIndex { $0.letter == sign && $0.width <= width }
  }

  /// `](TARGET)` makes a link of what stands since `[`; there is no link in a link.
  private mutating func closeBracket() {
    guard let place = waiting.lastIndex(where: { $0.letter == "[" }), letter(index + 1) == "(",
      let end = endOfTarget(from: index + 2)
    else { return take() }
    let text = String(String.UnicodeScalarView(run.letters[index + 2..<end]))
    let link = Link(text, place: placeOfTarget(index + 2..<end))
    links.append(link)
    close(place, .link(link))
    waiting.removeAll { $0.letter == "[" }
    index = end + 1
  }

  private func endOfTarget(from start: Int) -> Int? {
    var end = start
    while let letter = letter(end), end - start <= Self.longestTarget, letter != ")", letter != "(",
      !letter.properties.isWhitespace
    {
      end += 1
    }
    return letter(end) == ")" ? end : nil
  }

  private func placeOfTarget(_ range: Range<Int>) -> Range<Int> {
    guard let first = range.first, let last = range.last else {
      return run.places[range.lowerBound - 1]..<run.places[range.lowerBound - 1] + 1
    }
    return run.places[first]..<run.places[last] + 1
  }

  // MARK: The tree

  private func tree() -> [Inline] {
    var open: [(mark: Mark?, inlines: [Inline])] = [(nil, [])]
    for piece in pieces {
      switch piece {
      case .inline(let inline): open[open.count - 1].inlines.append(inline)
      case .begin(let mark): open.append((mark, []))
      case .end:
        guard open.count > 1, let last = open.popLast(), let mark = last.mark else { continue }
        open[open.count - 1].inlines.append(inline(mark, last.inlines))
      }
    }
    return joined(open[0].inlines)
  }

  private func inline(_ mark: Mark, _ inlines: [Inline]) -> Inline {
    switch mark {
    case .emphasis: .emphasis(joined(inlines))
    case .strong: .strong(joined(inlines))
    case .link(let link): .link(joined(inlines), link)
    }
  }

  /// Texts that stand beside each other are one.
  private func joined(_ inlines: [Inline]) -> [Inline] {
    var result: [Inline] = []
    var text = ""
    for inline in inlines {
      if case .text(let more) = inline {
        text += more
        continue
      }
      if !text.isEmpty { result.append(.text(text)) }
      text = ""
      result.append(inline)
    }
    return text.isEmpty ? result : result + [.text(text)]
  }
}

extension Unicode.Scalar {
  fileprivate var isASCIIPunctuation: Bool {
    value > 0x20 && value < 0x7F && !properties.isAlphabetic && !("0"..."9").contains(self)
  }
}

extension Unicode.Scalar? {
  /// No blank, and not beyond an end.
  fileprivate var isText: Bool { map { !$0.properties.isWhitespace } ?? false }

  fileprivate var isAlphanumeric: Bool {
    map { $0.properties.isAlphabetic || $0.properties.numericType != nil } ?? false
  }
}
