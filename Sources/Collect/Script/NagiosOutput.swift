import Config
import Model

/// `format: nagios`: the exit status is the state, what follows `|` is performance data (Monitoring Plugins
/// Development Guidelines, "Plugin Output for Nagios").
@Sendable func readNagios(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  let (text, data) = nagiosParts(of: output.text)
  var reading = ScriptReading()
  // Any other status counts as UNKNOWN; the failure says what it was.
  let state = (0...3).contains(output.status) ? output.status : 3
  let isSilent = text.isEmpty && data.allSatisfy(\.isWhitespace)
  // A program that says nothing and ends well has not said that all is well.
  let isKnown = state > 0 || !isSilent
  reading.values.append(ScriptValue(label: "state", value: isKnown ? Double(state) : nil, unit: .none))
  if state != output.status {
    let said = ScriptOutput.firstLine(of: output.errorText).map { ": \($0)" } ?? ""
    reading.failure = Failure(.script, "exit status \(output.status) is not 0 to 3\(said)".printable())
  }
  if let line = ScriptOutput.firstLine(of: text) { reading.facts.append(Fact("Output", line.printable())) }
  let more = text.split(whereSeparator: \.isNewline).dropFirst().map(\.trimmingSpaces).filter { !$0.isEmpty }
  if !more.isEmpty { reading.facts.append(Fact("Details", more.joined(separator: " · ").printable(limit: 8000))) }
  let (values, problems) = performanceData(data)
  reading.values += values
  if let problem = problems.first {
    let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
    reading.failure = reading.failure ?? Failure(.garbage, "performance data: \(problem)\(more)".printable())
  }
  if isSilent {
    reading.failure = reading.failure ?? Failure(.garbage, "it printed nothing")
  }
  return .success(reading)
}

/// The text, and the performance data: what follows the first `|` of the first line, and everything after the first
/// `|` of the lines below it.
func nagiosParts(of output: String) -> (text: String, data: String) {
  let lines = output.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  let (first, data) = divided(lines.first ?? "")
  var text = [String(first)]
  var parts = [String(data)]
  var inData = false
  for line in lines.dropFirst() {
    if inData {
      parts.append(String(line))
    } else if line.contains("|") {
      let (more, data) = divided(line)
      text.append(String(more))
      parts.append(String(data))
      inData = true
    } else {
      text.append(String(line))
    }
  }
  return (text.joined(separator: "\n").trimmedLines, parts.joined(separator: " "))
}

private func divided(_ line: Substring) -> (Substring, Substring) {
  guard let bar = line.firstIndex(of: "|") else { return (line, "") }
  return (line[..<bar], line[line.index(after: bar)...])
}

/// The exit status says a state, or the first line does, or there is performance data.
@Sendable func fitsNagios(_ output: ScriptOutput) -> ScriptFormat.Fit {
  let text = output.trimmed
  guard !text.isEmpty else { return .none }
  return (1...3).contains(output.status) || saysState(text) || hasData(text) ? .sign : .none
}

private func hasData(_ text: String) -> Bool {
  let data = nagiosParts(of: text).data
  return !data.isEmpty && !performanceData(data).values.isEmpty
}

/// `DISK OK - free space …`: the word for the state is among the first three.
private func saysState(_ text: String) -> Bool {
  let line = ScriptOutput.firstLine(of: text) ?? ""
  let words = line.split { !$0.isLetter }.prefix(3)
  // A bare word such as UNKNOWN is the number's word for it.
  return words.contains { ["OK", "WARNING", "CRITICAL", "UNKNOWN"].contains($0) } && words.count > 1
}

extension String {
  fileprivate var trimmedLines: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
