internal import YAML

extension Findings {
  /// The place of some characters of a scalar's text, whatever quotes and escapes it was written with; the whole scalar
  /// where the text is not what stands there, as in a template that was filled in.
  ///
  /// A text that goes over lines has other blanks than its lines, so blanks are passed over on both sides.
  func place(of range: Range<Int>, in text: String, at place: Place) -> Place {
    guard let end = place.end, sources.indices.contains(place.source) else { return place }
    let bytes = sources[place.source].bytes
    guard place.start.offset < end.offset, end.offset <= bytes.count else { return place }
    let raw = String(decoding: bytes[place.start.offset..<end.offset], as: UTF8.self)
    var walk = ScalarWalk(Array(raw.unicodeScalars), at: place.start)
    guard let marks = walk.marks(of: Array(text.unicodeScalars)), let start = marks.first(from: range.lowerBound)
    else { return place }
    let last = marks[..<min(range.upperBound, marks.count)].last { $0 != nil } ?? nil
    guard let last, last.line == start.line, last.column >= start.column else {
      return Place(place.source, start, nil)
    }
    return Place(place.source, start, YAMLMark(offset: last.offset + 1, line: last.line, column: last.column + 1))
  }
}

extension [YAMLMark?] {
  /// The first mark from a character on; behind the last one where there is none any more.
  fileprivate func first(from index: Int) -> YAMLMark? {
    if let mark = dropFirst(index).first(where: { $0 != nil }) { return mark }
    guard let last = last(where: { $0 != nil }), let last else { return nil }
    return YAMLMark(offset: last.offset + 1, line: last.line, column: last.column + 1)
  }
}

/// Goes through a scalar as it was written, along its text.
private struct ScalarWalk {
  private let raw: [Unicode.Scalar]
  private var index = 0
  private var mark: YAMLMark

  init(_ raw: [Unicode.Scalar], at start: YAMLMark) {
    self.raw = raw
    mark = start
  }

  /// Where each character of the text stands, blanks left out; `nil` where it is another text.
  mutating func marks(of text: [Unicode.Scalar]) -> [YAMLMark?]? {
    let quote = raw.first
    if quote == "'" || quote == "\"" { step() }
    if quote == "|" || quote == ">" { while index < raw.count, raw[index] != "\n" { step() } }
    var marks = [YAMLMark?](repeating: nil, count: text.count)
    for (place, scalar) in text.enumerated() where !scalar.properties.isWhitespace {
      skipBlanks(isEscaped: quote == "\"")
      guard index < raw.count else { return nil }
      marks[place] = mark
      guard take(scalar, quote) else { return nil }
    }
    return marks
  }

  private mutating func step() {
    let scalar = raw[index]
    mark.offset += UTF8.width(scalar)
    mark.column += 1
    if scalar == "\n" {
      mark.line += 1
      mark.column = 1
    }
    index += 1
  }

  private mutating func skipBlanks(isEscaped: Bool) {
    while index < raw.count {
      if raw[index].properties.isWhitespace {
        step()
      } else if isEscaped, raw[index] == "\\", index + 1 < raw.count, "nt \n".unicodeScalars.contains(raw[index + 1]) {
        step()
        step()
      } else {
        return
      }
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar, _ quote: Unicode.Scalar?) -> Bool {
    if quote == "\"", raw[index] == "\\" { return takeEscape(scalar) }
    guard raw[index] == scalar else { return false }
    step()
    if quote == "'", scalar == "'", index < raw.count { step() }
    return true
  }

  private mutating func takeEscape(_ scalar: Unicode.Scalar) -> Bool {
    step()
    guard index < raw.count else { return false }
    let digits = ["x": 2, "u": 4, "U": 8][raw[index]] ?? 0
    if digits == 0, raw[index] != scalar { return false }
    for _ in 0...digits where index < raw.count { step() }
    return true
  }
}
