/// Reads paragraphs, headings, lists, tables and code, line by line.
struct BlockReader {
  private let text: [Unicode.Scalar]
  private(set) var links: [Link] = []

  /// The deepest that lists go; what lies deeper is a paragraph.
  private static let deepest = 6

  init(_ text: [Unicode.Scalar]) { self.text = text }

  mutating func blocks() -> [Block] { blocks(lines()[...], depth: 0) }

  /// A line, without what ends it.
  private struct Line {
    var start: Int
    var end: Int
  }

  private func lines() -> [Line] {
    var lines: [Line] = []
    var start = 0
    for index in 0...text.count where index == text.count || text[index] == "\n" {
      let end = index > start && text[index - 1] == "\r" ? index - 1 : index
      lines.append(Line(start: start, end: end))
      start = index + 1
    }
    return lines
  }

  private mutating func blocks(_ lines: ArraySlice<Line>, depth: Int) -> [Block] {
    var blocks: [Block] = []
    var rest = lines
    while let line = rest.first {
      if isBlank(line) {
        rest.removeFirst()
      } else if let fence = fence(line) {
        blocks.append(code(&rest, fence))
      } else if let level = headingLevel(line) {
        blocks.append(heading(line, level))
        rest.removeFirst()
      } else if let widths = tableHead(rest) {
        blocks.append(table(&rest, widths))
      } else if depth < Self.deepest, let marker = marker(line) {
        blocks.append(list(&rest, marker, depth: depth))
      } else {
        blocks.append(paragraph(&rest, depth: depth))
      }
    }
    return blocks
  }

  // MARK: Lines

  private func isBlank(_ line: Line) -> Bool { indent(line) == line.end - line.start }

  /// Blanks at its beginning.
  private func indent(_ line: Line) -> Int {
    var index = line.start
    while index < line.end, text[index] == " " || text[index] == "\t" { index += 1 }
    return index - line.start
  }

  /// How often a letter stands from `start` on.
  private func count(of letter: Unicode.Scalar, from start: Int, in line: Line) -> Int {
    var index = start
    while index < line.end, text[index] == letter { index += 1 }
    return index - start
  }

  private mutating func inlines(_ lines: [Line]) -> [Inline] {
    var run = Run()
    for (number, line) in lines.enumerated() {
      if number > 0 { run.append("\n", at: line.start) }
      for index in line.start..<line.end { run.append(text[index], at: index) }
    }
    var reader = InlineReader(run)
    let inlines = reader.inlines()
    links += reader.links
    return inlines
  }

  // MARK: Paragraphs and headings

  private mutating func paragraph(_ rest: inout ArraySlice<Line>, depth: Int) -> Block {
    var own: [Line] = []
    while let line = rest.first, !isBlank(line), own.isEmpty || !endsParagraph(line, depth) {
      own.append(Line(start: line.start + indent(line), end: line.end))
      rest.removeFirst()
    }
    return .paragraph(inlines(own))
  }

  private func endsParagraph(_ line: Line, _ depth: Int) -> Bool {
    if fence(line) != nil || headingLevel(line) != nil { return true }
    guard depth < Self.deepest, let marker = marker(line) else { return false }
    // A year at the beginning of a line begins no list.
    return marker.number.map { $0 == 1 } ?? true
  }

  private func headingLevel(_ line: Line) -> Int? {
    let start = line.start + indent(line)
    let count = count(of: "#", from: start, in: line)
    guard (1...6).contains(count), start + count == line.end || text[start + count] == " " else { return nil }
    return count
  }

  private mutating func heading(_ line: Line, _ level: Int) -> Block {
    var line = Line(start: line.start + indent(line) + level, end: line.end)
    line.start += indent(line)
    while line.end > line.start, text[line.end - 1] == "#" || text[line.end - 1] == " " { line.end -= 1 }
    return .heading(level, inlines([line]))
  }

  // MARK: Code

  private func fence(_ line: Line) -> (letter: Unicode.Scalar, count: Int)? {
    let start = line.start + indent(line)
    guard start < line.end, text[start] == "`" || text[start] == "~" else { return nil }
    let count = count(of: text[start], from: start, in: line)
    // A code span of its own line ends where it began.
    guard count >= 3, !text[start + count..<line.end].contains("`") else { return nil }
    return (text[start], count)
  }

  private func code(_ rest: inout ArraySlice<Line>, _ opening: (letter: Unicode.Scalar, count: Int)) -> Block {
    let margin = rest.popFirst().map(indent) ?? 0
    var lines: [String] = []
    while let line = rest.popFirst() {
      if let end = fence(line), end.letter == opening.letter, end.count >= opening.count { break }
      lines.append(string(line.start + min(margin, indent(line))..<line.end))
    }
    return .code(lines)
  }

  private func string(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(text[range]))
  }

  // MARK: Lists

  private struct Marker {
    /// `nil` for a list without numbers.
    var number: Int?
    /// Where the item begins, from the start of its line.
    var width: Int
    var indent: Int
  }

  private func marker(_ line: Line) -> Marker? {
    let indent = indent(line)
    var index = line.start + indent
    guard index < line.end else { return nil }
    var number: Int?
    if ["-", "*", "+"].contains(text[index]) {
      index += 1
    } else {
      while index < line.end, index - line.start - indent < 9, ("0"..."9").contains(text[index]) { index += 1 }
      number = Int(string(line.start + indent..<index))
      guard number != nil, index < line.end, text[index] == "." || text[index] == ")" else { return nil }
      index += 1
    }
    guard index < line.end, text[index] == " " else { return nil }
    while index < line.end, text[index] == " " { index += 1 }
    return index < line.end ? Marker(number: number, width: index - line.start, indent: indent) : nil
  }

  private mutating func list(_ rest: inout ArraySlice<Line>, _ first: Marker, depth: Int) -> Block {
    var items: [[Block]] = []
    while let line = rest.first, let marker = marker(line), (marker.number == nil) == (first.number == nil),
      marker.indent < first.indent + 2
    {
      items.append(blocks(item(&rest, marker)[...], depth: depth + 1))
    }
    return .list(items, from: first.number)
  }

  /// The lines of an item without its marker and its margin, and blank lines that other items follow.
  private func item(_ rest: inout ArraySlice<Line>, _ marker: Marker) -> [Line] {
    var own: [Line] = []
    if let line = rest.popFirst() { own.append(Line(start: line.start + marker.width, end: line.end)) }
    var blanks = 0
    while let line = rest.first {
      if isBlank(line) {
        blanks += 1
        rest.removeFirst()
        continue
      }
      let indent = indent(line)
      let belongs = indent >= marker.indent + 2 || blanks == 0 && self.marker(line) == nil && !isOther(line)
      guard belongs else { break }
      own += (0..<blanks).map { _ in Line(start: line.start, end: line.start) }
      blanks = 0
      own.append(Line(start: line.start + min(indent, marker.width), end: line.end))
      rest.removeFirst()
    }
    return own
  }

  private func isOther(_ line: Line) -> Bool { fence(line) != nil || headingLevel(line) != nil }

  // MARK: Tables

  /// The most columns of a table; a longer line is text.
  private static let mostColumns = 20

  /// Which columns stand at the right, where a table begins.
  private func tableHead(_ rest: ArraySlice<Line>) -> [Bool]? {
    guard rest.count > 1, let line = rest.first, text[line.start..<line.end].contains("|") else { return nil }
    let rules = cells(rest[rest.startIndex + 1])
    guard !rules.isEmpty, rules.count <= Self.mostColumns else { return nil }
    var isRight: [Bool] = []
    for rule in rules {
      var letters = text[rule.start..<rule.end]
      let isEnd = letters.last == ":"
      if letters.first == ":" { letters.removeFirst() }
      if letters.last == ":" { letters.removeLast() }
      guard !letters.isEmpty, letters.allSatisfy({ $0 == "-" }) else { return nil }
      isRight.append(isEnd && text[rule.start] != ":")
    }
    return cells(line).count == isRight.count ? isRight : nil
  }

  private mutating func table(_ rest: inout ArraySlice<Line>, _ isRight: [Bool]) -> Block {
    let head = rest.popFirst().map { cells($0) } ?? []
    rest.removeFirst()
    var table = Table(isRight: isRight, head: head.map { inlines([$0]) }, rows: [])
    while let line = rest.first, text[line.start..<line.end].contains("|") {
      let cells = cells(line).prefix(isRight.count).map { inlines([$0]) }
      table.rows.append(cells + Array(repeating: [], count: isRight.count - cells.count))
      rest.removeFirst()
    }
    return .table(table)
  }

  /// What stands between the lines of a row, without blanks around it.
  private func cells(_ line: Line) -> [Line] {
    var cells: [Line] = []
    var line = trimmed(line)
    if line.start < line.end, text[line.start] == "|" { line.start += 1 }
    var start = line.start
    for index in line.start..<line.end where text[index] == "|" && (index == start || text[index - 1] != "\\") {
      cells.append(trimmed(Line(start: start, end: index)))
      start = index + 1
    }
    if start < line.end { cells.append(trimmed(Line(start: start, end: line.end))) }
    return cells
  }

  private func trimmed(_ line: Line) -> Line {
    var line = Line(start: line.start + indent(line), end: line.end)
    while line.end > line.start, text[line.end - 1] == " " || text[line.end - 1] == "\t" { line.end -= 1 }
    return line
  }
}
