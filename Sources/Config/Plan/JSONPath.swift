/// One place in a JSON text: a subset of RFC 9535 without wildcards, slices and filters.
///
/// `$.status`, `$.queues[0].length`, `$['a name'][-1]`; each step is a member or an index, negative from the end.
package struct JSONPath: Hashable, Sendable, CustomStringConvertible {
  package enum Step: Hashable, Sendable {
    case member(String)
    case index(Int)
  }

  package let steps: [Step]
  package let text: String

  package var description: String { text }

  /// `nil` where the text is no such path.
  package init?(_ text: String) {
    var rest = text[...]
    guard rest.popFirst() == "$" else { return nil }
    var steps: [Step] = []
    while !rest.isEmpty {
      guard let step = JSONPath.step(&rest) else { return nil }
      steps.append(step)
    }
    self.steps = steps
    self.text = text
  }

  private static func step(_ rest: inout Substring) -> Step? {
    switch rest.popFirst() {
    case ".":
      // RFC 9535, section 2.5.1.1: member-name-shorthand.
      let name = rest.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
      rest = rest.dropFirst(name.count)
      return name.first.map { !$0.isNumber } == true ? .member(String(name)) : nil
    case "[":
      guard let quote = rest.first, quote == "'" || quote == "\"" else {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return Int(rest[..<end]).map(Step.index)
      }
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: quote), rest[end...].dropFirst().first == "]" else { return nil }
      defer { rest = rest[end...].dropFirst(2) }
      return .member(String(rest[..<end]))
    default: return nil
    }
  }
}

/// What stands at a place of a JSON text: `$.status = "ok"`, `$.queue.length <= 100`, or a path alone for being there.
package struct JSONCondition: Hashable, Sendable, CustomStringConvertible {
  package enum Comparison: String, Hashable, Sendable, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case lessOrEqual = "<="
    case more = ">"
    case moreOrEqual = ">="
  }

  package enum Literal: Hashable, Sendable {
    case number(Double)
    case text(String)
    case truth(Bool)
    case null
  }

  package let path: JSONPath
  /// `nil` where it is enough that something stands there.
  package let test: Test?
  package let text: String

  package struct Test: Hashable, Sendable {
    package let comparison: Comparison
    package let literal: Literal
  }

  package var description: String { text }

  /// `nil` where the text is no condition: numbers, texts in double quotes, `true`, `false` and `null` can be compared,
  /// and only numbers and texts by order.
  package init?(_ text: String) {
    let end = JSONCondition.endOfPath(text)
    guard let path = JSONPath(String(text[..<end])) else { return nil }
    self.path = path
    self.text = text
    let rest = text[end...].drop { $0 == " " }
    guard !rest.isEmpty else {
      test = nil
      return
    }
    let sign = rest.prefix { "=!<>".contains($0) }
    guard let comparison = Comparison(rawValue: String(sign)),
      let literal = JSONCondition.literal(String(rest.dropFirst(sign.count).drop { $0 == " " }))
    else { return nil }
    switch (literal, comparison) {
    case (.number, _), (.text, _), (_, .equal), (_, .unequal): break
    default: return nil
    }
    test = Test(comparison: comparison, literal: literal)
  }

  /// The first space or operator that is not in quotes.
  private static func endOfPath(_ text: String) -> String.Index {
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if " =!<>".contains(character) {
        return index
      }
    }
    return text.endIndex
  }

  private static func literal(_ text: String) -> Literal? {
    switch text {
    case "true": .truth(true)
    case "false": .truth(false)
    case "null": .null
    default:
      if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
        .text(String(text.dropFirst().dropLast()))
      } else {
        text.decimalNumber.map(Literal.number)
      }
    }
  }
}
