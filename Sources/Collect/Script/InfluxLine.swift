import Config
import Model

/// `format: influx`: `measurement,tag=text field=value,field=value NANOSECONDS` (InfluxDB v2, "Line protocol"). Tags are
/// the instance, texts are facts, truths 1 and 0. What counts is not said, so all are gauges.
@Sendable func readInflux(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  output.readLines(as: "Influx line") { line throws(Refusal) in try read(line, probe) }
    .map { reading in
      var reading = reading
      reading.values = merged(reading.values)
      return reading
    }
}

/// Of one field of one point told twice the last counts.
private func merged(_ values: [ScriptValue]) -> [ScriptValue] {
  var places: [[String]: Int] = [:]
  var result: [ScriptValue] = []
  for value in values {
    let key = [value.instance ?? "", value.label, value.time.map { String($0) } ?? ""]
    if let place = places[key] {
      result[place] = value
    } else {
      places[key] = result.count
      result.append(value)
    }
  }
  return result
}

private func read(_ line: String, _ probe: ScriptProbe) throws(Refusal) -> ScriptLine {
  let (point, afterPoint) = part(line[...], before: " ")
  let (fields, time) = part(afterPoint, before: " ", isQuoting: true)
  let names = parts(point, between: ",")
  let measurement = plain(names.first ?? "")
  guard !measurement.isEmpty, !fields.isEmpty else {
    throw Refusal(reason: "\(quoted(line)) is not measurement field=1")
  }
  var tags: [(name: String, value: String)] = []
  for tag in names.dropFirst() { tags.append(try pair(tag)) }
  let stamp = time.trimmingSpaces
  var result = ScriptLine()
  for field in parts(fields, between: ",", isQuoting: true) {
    let (name, text) = try pair(field)
    let label = name == "value" ? measurement : "\(measurement).\(name)"
    switch try InfluxValue(field, text) {
    case .number(let number):
      result.values.append(
        ScriptValue(
          label: label, instance: instance(of: tags), value: number, unit: probe.unit,
          time: stamp.isEmpty ? nil : try nanoseconds(stamp)))
    case .text(let text):
      result.facts.append(
        Fact(
          [instance(of: tags), label].compactMap { $0 }.joined(separator: " ").printable(limit: 80), text.printable()))
    }
  }
  return result
}

/// Other precisions cannot be told from times long past, and so are refused.
private func nanoseconds(_ text: String) throws(Refusal) -> Double {
  guard text.utf8.count >= 17, Int(text) != nil else {
    throw Refusal(reason: "\(quoted(text)) is not a time in nanoseconds since 1970")
  }
  return try epoch(text, parts: 1e9)
}

private enum InfluxValue {
  case number(Double?)
  case text(String)

  init(_ field: Substring, _ text: String) throws(Refusal) {
    let raw = part(field, before: "=").rest
    if raw.first == "\"" {
      guard let (word, rest) = quotedWord(raw.dropFirst()), rest.isEmpty else {
        throw Refusal(reason: "\(quoted(field)) has a quote without its end")
      }
      self = .text(word)
    } else if ["t", "T", "true", "True", "TRUE"].contains(text) {
      self = .number(1)
    } else if ["f", "F", "false", "False", "FALSE"].contains(text) {
      self = .number(0)
    } else {
      let isInteger = text.hasSuffix("i") || (text.hasSuffix("u") && text.count > 1)
      self = .number(try Collect.number(isInteger ? text.dropLast() : text[...], of: String(field)))
    }
  }
}

private func pair(_ text: Substring) throws(Refusal) -> (name: String, value: String) {
  let (name, value) = part(text, before: "=", isQuoting: true)
  guard !name.isEmpty, !value.isEmpty else { throw Refusal(reason: "\(quoted(text)) is not name=value") }
  return (plain(name), plain(value))
}

/// What stands before the first separator that has no backslash before it, and what follows.
private func part(
  _ text: Substring, before separator: Character, isQuoting: Bool = false
) -> (Substring, rest: Substring) {
  var isEscaped = false
  var isInside = false
  for place in text.indices {
    let character = text[place]
    if isEscaped {
      isEscaped = false
    } else if character == "\\" {
      isEscaped = true
    } else if character == "\"", isQuoting {
      isInside.toggle()
    } else if character == separator, !isInside {
      return (text[..<place], text[text.index(after: place)...])
    }
  }
  return (text, text[text.endIndex...])
}

private func parts(_ text: Substring, between separator: Character, isQuoting: Bool = false) -> [Substring] {
  var result: [Substring] = []
  var rest = text
  while true {
    let (first, tail) = part(rest, before: separator, isQuoting: isQuoting)
    result.append(first)
    guard first.endIndex < rest.endIndex else { return result }
    rest = tail
  }
}

/// Without the backslashes before `,`, `=`, a space and themselves.
private func plain(_ text: Substring) -> String {
  var result = ""
  var isEscaped = false
  for character in text {
    if isEscaped {
      if !", =\\\"".contains(character) { result.append("\\") }
      result.append(character)
      isEscaped = false
    } else if character == "\\" {
      isEscaped = true
    } else {
      result.append(character)
    }
  }
  return isEscaped ? result + "\\" : result
}

/// Every line reads, and none has the `|` of a plugin's performance data.
@Sendable func fitsInflux(_ output: ScriptOutput) -> ScriptFormat.Fit {
  let lines = output.contents
  if lines.contains(where: { $0.contains("|") }) { return .none }
  let probe = ScriptProbe(arguments: [])
  return !lines.isEmpty && lines.allSatisfy { (try? read($0, probe)) != nil } ? .sign : .none
}
