import Config
import Model

/// `format: auto`: the format the output is in, or why that cannot be said.
///
/// A mark decides, in the order of `ScriptProbe.Format`. Without one the output must fit one format alone; an exit
/// status of 1 to 3 fits a Nagios plugin, whatever was printed. Where two fit, both readings are shown and neither is
/// taken.
func detected(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptProbe.Format, Failure> {
  // In noise there is always something that looks like a number.
  guard output.isText else {
    return .failure(
      Failure(
        .garbage,
        "what it printed is not text: it has control characters or is not UTF-8; if it is meant so, set format:"))
  }
  let formats = fitting(output)
  if let format = formats.first, formats.count == 1 { return .success(format) }
  let names = ScriptProbe.Format.allCases.filter { $0 != .auto }.map(\.rawValue)
  guard !formats.isEmpty else {
    guard let said = ScriptOutput.firstLine(of: output.text).map({ quoted($0) }) else {
      return .failure(Failure(.garbage, "it printed nothing"))
    }
    let list = "\(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
    return .failure(Failure(.garbage, "\(said) fits no format; set format: \(list)"))
  }
  let readings = formats.map { "as \($0.rawValue) \(summary(of: $0, output, probe))" }
  return .failure(
    Failure(.garbage, "its output can be read \(readings.joined(separator: " or ")); set format:".printable()))
}

@Sendable func readAutomatically(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  detected(output, probe).flatMap { format in
    scriptFormats[format]?.read(output, probe)
      ?? .failure(Failure(.local, "this redeye cannot read \(format.rawValue)"))
  }
}

private func fitting(_ output: ScriptOutput) -> [ScriptProbe.Format] {
  let fits = ScriptProbe.Format.allCases.compactMap { format in
    scriptFormats[format].map { (format: format, fit: $0.fit(output)) }
  }.filter { $0.fit != .none }
  if output.status == 0, let marked = fits.first(where: { $0.fit == .mark }) { return [marked.format] }
  return fits.map(\.format)
}

private func summary(of format: ScriptProbe.Format, _ output: ScriptOutput, _ probe: ScriptProbe) -> String {
  guard case .success(let reading)? = scriptFormats[format]?.read(output, probe) else { return "(not quite)" }
  let values = reading.values.prefix(3).map { "\($0.label)=\($0.value.map { "\($0)" } ?? "unknown")" }
  return "(\(values.joined(separator: " ")))"
}
