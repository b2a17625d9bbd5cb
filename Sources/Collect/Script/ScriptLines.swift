import Model

/// Why a part of an output cannot be read; one line that shows it.
struct Refusal: Error {
  let reason: String
}

/// What one line of an output says.
struct ScriptLine {
  var values: [ScriptValue] = []
  var facts: [Fact] = []
}

extension ScriptOutput {
  /// The lines that hold something and are no comment, without the spaces around them.
  var contents: [String] {
    text.split(whereSeparator: \.isNewline).map(\.trimmingSpaces).filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  /// Reads line by line: what cannot be read is told, and the rest still counts. `format` names what was expected.
  func readLines(
    as format: String, _ read: (String) throws(Refusal) -> ScriptLine
  ) -> Result<ScriptReading, Failure> {
    var reading = ScriptReading()
    var problems: [String] = []
    for line in contents {
      do throws(Refusal) {
        let found = try read(line)
        reading.values += found.values
        reading.facts += found.facts
      } catch {
        problems.append(error.reason)
      }
    }
    return reading.told(problems, of: format)
  }
}

extension ScriptReading {
  /// With what is wrong: a failure beside the numbers, or instead of them where there are none.
  func told(_ problems: [String], of format: String) -> Result<ScriptReading, Failure> {
    let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
    let failure = problems.first.map { Failure(.garbage, "\(format): \($0)\(more)".printable()) }
    guard !values.isEmpty || !facts.isEmpty else {
      return .failure(failure ?? Failure(.garbage, "it printed nothing; \(format) was expected"))
    }
    var reading = self
    reading.failure = reading.failure ?? failure
    return .success(reading)
  }
}

/// The words of a line between spaces; `"one of many words"` with `\"` and `\\` inside is one.
func quotedWords(_ line: String) throws(Refusal) -> [String] {
  var words: [String] = []
  var rest = line[...]
  while true {
    rest = rest.drop { $0.isWhitespace }
    guard let first = rest.first else { return words }
    guard first == "\"" else {
      let word = rest.prefix { !$0.isWhitespace }
      words.append(String(word))
      rest = rest[word.endIndex...]
      continue
    }
    guard let (word, tail) = quotedWord(rest.dropFirst()), tail.first?.isWhitespace != false else {
      throw Refusal(reason: "\(quoted(line)) has a quote without its end")
    }
    words.append(word)
    rest = tail
  }
}

/// The text up to the next `"` that has no backslash before it, and what follows.
func quotedWord(_ text: Substring) -> (word: String, rest: Substring)? {
  var word = ""
  var place = text.startIndex
  while place < text.endIndex {
    let character = text[place]
    place = text.index(after: place)
    if character == "\"" { return (word, text[place...]) }
    if character == "\\", place < text.endIndex {
      word.append(text[place] == "n" ? "\n" : text[place])
      place = text.index(after: place)
    } else {
      word.append(character)
    }
  }
  return nil
}

/// One instance for a set of labels, whatever their order: `cpu=0,mode=idle`.
func instance(of labels: [(name: String, value: String)]) -> String? {
  labels.isEmpty
    ? nil
    : labels.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
      .joined(separator: ",")
}

/// Seconds since 1970 of a time in `parts` of a second; refused where it cannot be one.
func epoch(_ text: some StringProtocol, parts: Double = 1) throws(Refusal) -> Double {
  guard case .number(let time) = ScriptNumber(text), time > 0, time / parts < 1e11 else {
    throw Refusal(reason: "\(quoted(text)) is not a time in \(name(parts)) since 1970")
  }
  return time / parts
}

private func name(_ parts: Double) -> String {
  switch parts {
  case 1e3: "milliseconds"
  case 1e9: "nanoseconds"
  default: "seconds"
  }
}

/// The number of a word, `nil` for one of the words for unknown.
func number(_ text: some StringProtocol, of label: String) throws(Refusal) -> Double? {
  switch ScriptNumber(text) {
  case .number(let value): return value
  case .unknown: return nil
  case .refused(let reason): throw Refusal(reason: "\(quoted(label)): \(reason)")
  }
}
