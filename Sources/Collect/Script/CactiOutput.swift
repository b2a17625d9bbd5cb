import Config
import Model

/// `format: cacti`: one number, or `name:number name:number …` on the first line (Cacti, "Data Input Methods"). What
/// counts is not said, so all are gauges.
@Sendable func readCacti(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  guard let line = ScriptOutput.firstLine(of: output.text) else {
    return .failure(Failure(.garbage, "it printed nothing; name:number was expected"))
  }
  if case .refused = ScriptNumber(line) {} else { return readNumber(first(line, of: output), probe) }
  var reading = ScriptReading()
  var problems: [String] = []
  for word in line.split(whereSeparator: \.isWhitespace) {
    do throws(Refusal) {
      reading.values.append(try value(word, probe))
    } catch {
      problems.append(error.reason)
    }
  }
  return reading.told(problems, of: "name:number")
}

private func first(_ line: String, of output: ScriptOutput) -> ScriptOutput {
  var output = output
  output.text = line
  return output
}

private func value(_ word: Substring, _ probe: ScriptProbe) throws(Refusal) -> ScriptValue {
  guard let colon = word.firstIndex(of: ":"), isName(word[..<colon]) else {
    throw Refusal(reason: "\(quoted(word)) is not name:number")
  }
  let label = String(word[..<colon])
  let found = try number(word[word.index(after: colon)...], of: label)
  return ScriptValue(label: label, value: found, unit: probe.unit)
}

private func isName(_ text: Substring) -> Bool {
  !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "-"): true
      default: false
      }
    }
}

/// One line, all of it `name:number`.
@Sendable func fitsCacti(_ output: ScriptOutput) -> ScriptFormat.Fit {
  guard let line = ScriptOutput.firstLine(of: output.text), line == output.trimmed else { return .none }
  let words = line.split(whereSeparator: \.isWhitespace)
  let probe = ScriptProbe(arguments: [])
  return words.allSatisfy { (try? value($0, probe)) != nil } ? .sign : .none
}
