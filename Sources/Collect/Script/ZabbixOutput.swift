import Config
import Model

/// `format: zabbix`: `HOST KEY VALUE`, `HOST KEY SECONDS VALUE` or `HOST KEY SECONDS NANOSECONDS VALUE` (zabbix_sender,
/// options `-i`, `-T`, `-N`). What a key has in brackets is the instance. The host is this job's, whatever it says.
@Sendable func readZabbix(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  output.readLines(as: "HOST KEY VALUE") { line throws(Refusal) in try read(line, probe) }
}

private func read(_ line: String, _ probe: ScriptProbe) throws(Refusal) -> ScriptLine {
  let item = try ZabbixItem(line)
  switch ScriptNumber(item.value) {
  case .refused where item.value != "ZBX_NOTSUPPORTED":
    return ScriptLine(facts: [Fact(item.key.printable(limit: 80), item.value.printable())])
  case let number:
    return ScriptLine(values: [
      ScriptValue(
        label: item.label, instance: item.instance, value: number.value, unit: probe.unit, time: item.time)
    ])
  }
}

private struct ZabbixItem {
  let host: String
  let key: String
  let label: String
  let instance: String?
  let time: Double?
  let value: String

  init(_ line: String) throws(Refusal) {
    let words = try quotedWords(line)
    guard (3...5).contains(words.count), let value = words.last else {
      throw Refusal(reason: "\(quoted(line)) has \(words.count) words, not 3 to 5")
    }
    (host, key, self.value) = (words[0], words[1], value)
    time = words.count > 3 ? try epoch(words[2]) : nil
    if words.count == 5, Int(words[3]).map({ (0..<1_000_000_000).contains($0) }) != true {
      throw Refusal(reason: "\(quoted(words[3])) is not a number of nanoseconds")
    }
    let bracket = key.firstIndex(of: "[") ?? key.endIndex
    guard bracket > key.startIndex, bracket == key.endIndex || key.hasSuffix("]") else {
      throw Refusal(reason: "\(quoted(key)) is not a key")
    }
    label = String(key[..<bracket])
    let parameters = key[bracket...].dropFirst().dropLast()
    instance = parameters.isEmpty ? nil : String(parameters)
  }
}

/// Every line reads, and one key has brackets or one host is `-`.
@Sendable func fitsZabbix(_ output: ScriptOutput) -> ScriptFormat.Fit {
  let lines = output.contents
  let items = lines.compactMap { try? ZabbixItem($0) }
  guard !lines.isEmpty, items.count == lines.count else { return .none }
  return items.contains { $0.host == "-" || $0.key.hasSuffix("]") } ? .sign : .none
}
