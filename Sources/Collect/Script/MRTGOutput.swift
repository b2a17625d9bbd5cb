import Config
import Model

/// `format: mrtg`: four lines, two counters and two texts (MRTG reference, "External Monitoring Scripts"). MRTG counts
/// bytes unless told otherwise, so their rates are bytes in a second where the job says no unit.
@Sendable func readMRTG(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  let lines = mrtgLines(output)
  guard lines.count >= 4 else {
    return .failure(
      Failure(.garbage, "MRTG has four lines: two numbers, an uptime, a name; it printed \(lines.count)"))
  }
  let unit = probe.unit == .none ? Unit.bytesPerSecond : probe.unit
  var reading = ScriptReading()
  var problems: [String] = []
  for (label, line) in zip(["in", "out"], lines) {
    do throws(Refusal) {
      let count = try number(line, of: label)
      reading.values.append(ScriptValue(label: label, value: count, unit: unit, kind: .counter))
    } catch {
      problems.append(error.reason)
    }
  }
  for (name, line) in zip(["Uptime", "Target"], lines[2...]) where !line.isEmpty {
    reading.facts.append(Fact(name, line.printable()))
  }
  return reading.told(problems, of: "MRTG")
}

/// All lines; the third and fourth may be empty.
private func mrtgLines(_ output: ScriptOutput) -> [String] {
  var lines = output.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.trimmingSpaces)
  if lines.last?.isEmpty == true { lines.removeLast() }
  return lines
}

/// Four lines, of which the first two are numbers.
@Sendable func fitsMRTG(_ output: ScriptOutput) -> ScriptFormat.Fit {
  let lines = mrtgLines(output)
  let numbers = lines.prefix(2).map { ScriptNumber($0) }
  let areNumbers = numbers.allSatisfy { number in if case .refused = number { false } else { true } }
  return lines.count == 4 && areNumbers ? .sign : .none
}
