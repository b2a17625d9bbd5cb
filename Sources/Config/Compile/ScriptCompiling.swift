internal import Model
internal import YAML

extension Workshop {
  func script(_ record: Record) -> ScriptProbe? {
    let (each, environment) = (each(record), environment(record))
    guard let script = record.text("script") else {
      needs("script", of: "a script job", record)
      return nil
    }
    checkProgram(script, record)
    let unit = if case .unit(let unit)? = record["unit"]?.value { unit } else { Unit.none }
    return ScriptProbe(
      arguments: [script] + record.texts("command"),
      format: ScriptProbe.Format(rawValue: record.text("format") ?? "auto") ?? .auto, each: each,
      workers: record.int("workers") ?? 1, environment: environment, unit: unit)
  }

  /// Each is an instance, so each may be there once.
  private func each(_ record: Record) -> [String] {
    var seen: Set<String> = []
    for value in record.list("each") {
      guard let text = value.text else { continue }
      if text.isEmpty || !seen.insert(text).inserted {
        findings.error(
          "“\(text.printable(limit: 80))” in “each” \(text.isEmpty ? "is empty" : "stands there twice")",
          at: value.place,
          in: record.crumb + ["each"])
      }
    }
    return record.texts("each")
  }

  private func environment(_ record: Record) -> [String: String] {
    var result: [String: String] = [:]
    for (key, value) in record.map("environment") {
      let isName =
        key.text.utf8.first?.isASCIIDigit == false
        && key.text.utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
      if !isName {
        findings.error(
          "“\(key.text.printable(limit: 80))” is no name of a variable", at: Place(key),
          in: record.crumb + ["environment"],
          help: "letters, digits and “_”, no digit first")
      }
      result[key.text] = value.text
    }
    return result
  }

  /// A script that is missing is a warning: it may be put there before the next run.
  private func checkProgram(_ path: String, _ record: Record) {
    let place = record.place(of: "script")
    let crumb = record.crumb + ["script"]
    let name = Path.relative(path, to: findings.root)
    switch inspector.status(path) {
    case .file(let mode, _, _):
      if mode & 0o002 != 0 {
        findings.error("everybody may write the script \(name)", at: place, in: crumb, help: "chmod o-w \(path)")
      } else if mode & 0o111 == 0 {
        findings.warning("the script \(name) is not executable", at: place, in: crumb, help: "chmod +x \(path)")
      }
    case .missing:
      let isLine = name.contains(" ")
      findings.warning(
        "there is no script \(name)", at: place, in: crumb,
        help: (isLine ? "arguments stand in command: [ONE, ANOTHER], for there is no shell; " : "")
          + "it is looked for at \(path)")
    case .folder, .other:
      findings.error("\(name) is no program", at: place, in: crumb, help: "name a file in it")
    case .remembered: break
    }
  }
}
