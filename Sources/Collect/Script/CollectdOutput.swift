import Config
import Model

/// `format: collectd`: `PUTVAL "host/plugin-instance/type-instance" TIME:VALUE:VALUE` (collectd-exec(5)). The plugin is
/// the instance, the type the metric. The host is this job's, whatever it says; options are passed over.
@Sendable func readCollectd(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  output.readLines(as: "PUTVAL", readCollectdLine)
}

private func readCollectdLine(_ line: String) throws(Refusal) -> ScriptLine {
  let words = try quotedWords(line)
  switch words.first {
  case "PUTVAL": return ScriptLine(values: try values(words, line))
  case "PUTNOTIF": return ScriptLine(facts: [notification(words)])
  default: throw Refusal(reason: "\(quoted(line)) begins with neither PUTVAL nor PUTNOTIF")
  }
}

private func notification(_ words: [String]) -> Fact {
  func option(_ name: String) -> String? {
    words.first { $0.hasPrefix("\(name)=") }.map { word in
      String(word.dropFirst(name.count + 1)).filter { $0 != "\"" }
    }
  }
  let text = words.drop { !$0.hasPrefix("message=") }.joined(separator: " ").dropFirst(8).filter { $0 != "\"" }
  return Fact("Notice (\(option("severity") ?? "okay"))".printable(limit: 80), text.printable())
}

private func values(_ words: [String], _ line: String) throws(Refusal) -> [ScriptValue] {
  guard words.count > 2 else { throw Refusal(reason: "\(quoted(line)) has no value") }
  let parts = words[1].split(separator: "/", omittingEmptySubsequences: false)
  guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else {
    throw Refusal(reason: "\(quoted(words[1])) is not host/plugin/type")
  }
  let label = String(parts[2])
  guard let type = CollectdType(label.prefix { $0 != "-" }) else {
    throw Refusal(
      reason: "\(quoted(label)) is no type of collectd; print it as gauge-NAME, derive-NAME or counter-NAME")
  }
  var result: [ScriptValue] = []
  for word in words[2...] where !word.contains("=") {
    result += try values(word, label, plugin: String(parts[1]), type)
  }
  return result
}

private func values(
  _ word: String, _ label: String, plugin: String, _ type: CollectdType
) throws(Refusal) -> [ScriptValue] {
  let fields = word.split(separator: ":", omittingEmptySubsequences: false)
  guard fields.count == type.sources.count + 1 else {
    throw Refusal(
      reason: "\(quoted(word)): \(quoted(label)) has \(countText(type.sources.count)) of \(type.sources.listedPlainly)")
  }
  let time = fields[0] == "N" ? nil : try epoch(fields[0])
  var result: [ScriptValue] = []
  for (source, field) in zip(type.sources, fields.dropFirst()) {
    let name = type.sources.count == 1 ? label : "\(label).\(source)"
    result.append(
      ScriptValue(
        label: name, instance: plugin, value: try number(field, of: name), unit: type.unit, kind: type.kind, time: time,
        lowest: type.kind == .derive ? 0 : nil))
  }
  return result
}

extension [String] {
  fileprivate var listedPlainly: String { joined(separator: ", ") }
}

/// Its first line that is no comment begins with a word of collectd's.
@Sendable func fitsCollectd(_ output: ScriptOutput) -> ScriptFormat.Fit {
  let word = output.contents.first?.prefix { !$0.isWhitespace }
  return word == "PUTVAL" || word == "PUTNOTIF" ? .mark : .none
}
