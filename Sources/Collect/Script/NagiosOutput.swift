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

extension String {
  fileprivate var trimmedLines: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
