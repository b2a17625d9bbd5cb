import Config
import Model

/// `format: auto`: the one format that fits; where two do, both readings are shown and neither is taken.
@Sendable func readAutomatically(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  let formats = [ScriptProbe.Format.number, .json, .nagios].filter { fits($0, output) }
  guard let format = formats.first, let read = scriptFormats[format] else {
    return .failure(
      Failure(
        .garbage,
        "\(ScriptOutput.firstLine(of: output.text).map { quoted($0) } ?? "no output") fits no format; set format: "
          + "number, json or nagios"))
  }
  guard formats.count == 1 else {
    let readings = formats.map { "as \($0.rawValue) \(summary(of: $0, output, probe))" }
    return .failure(
      Failure(.garbage, "its output can be read \(readings.joined(separator: " or ")); set format:".printable()))
  }
  return read(output, probe)
}

private func fits(_ format: ScriptProbe.Format, _ output: ScriptOutput) -> Bool {
  let text = output.trimmed
  switch format {
  case .number:
    if case .refused = ScriptNumber(text) { return false }
    return true
  case .json: return text.hasPrefix("{") && text.hasSuffix("}")
  case .nagios: return !text.isEmpty && ((1...3).contains(output.status) || saysState(text) || hasData(text))
  case .auto: return false
  }
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

private func summary(of format: ScriptProbe.Format, _ output: ScriptOutput, _ probe: ScriptProbe) -> String {
  guard case .success(let reading) = scriptFormats[format]?(output, probe) else { return "(not quite)" }
  let values = reading.values.prefix(3).map { "\($0.label)=\($0.value.map { "\($0)" } ?? "unknown")" }
  return "(\(values.joined(separator: " ")))"
}
