import Config
import Model

/// `format: prometheus`: the exposition format 0.0.4, and what OpenMetrics adds to it as far as it has numbers. Labels
/// are the instance; counters, histograms and the sums of summaries become rates.
@Sendable func readPrometheus(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  let text = PrometheusText(output)
  var reading = ScriptReading()
  var problems: [String] = []
  var lines: [[String]: Int] = [:]
  for (number, line) in text.samples {
    do throws(Refusal) {
      let value = text.value(of: try PrometheusSample(line, timesInSeconds: text.isOpenMetrics))
      let key = [value.instance ?? "", value.label]
      if let other = lines.updateValue(number, forKey: key) {
        let name = value.label + (value.instance.map { "{\($0)}" } ?? "")
        return .failure(Failure(.garbage, "lines \(other) and \(number) both tell \(quoted(name))".printable()))
      }
      reading.values.append(value)
    } catch {
      problems.append("line \(number): \(error.reason)")
    }
  }
  return reading.told(problems, of: "Prometheus text")
}

private struct PrometheusText {
  private(set) var samples: [(number: Int, line: String)] = []
  private(set) var types: [String: String] = [:]
  private(set) var isOpenMetrics = false

  init(_ output: ScriptOutput) {
    let lines = output.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let line = line.trimmingSpaces
      if line.hasPrefix("#") {
        note(line.split(whereSeparator: \.isWhitespace))
      } else if !line.isEmpty {
        samples.append((index + 1, line))
      }
    }
  }

  private mutating func note(_ words: [Substring]) {
    if words.count == 4, words[0] == "#", words[1] == "TYPE" { types[String(words[2])] = String(words[3]) }
    if words == ["#", "EOF"] { isOpenMetrics = true }
  }

  func value(of sample: PrometheusSample) -> ScriptValue {
    let counts = counts(sample.name)
    let unit = unit(of: sample.name)
    return ScriptValue(
      label: sample.name, instance: instance(of: sample.labels), value: sample.value,
      unit: counts ? unit.rate : unit, kind: counts ? .counter : .gauge, time: sample.time)
  }

  /// A name without a type counts where it ends in `_total`, as the naming rules say.
  private func counts(_ name: String) -> Bool {
    if let type = types[name], type != "histogram", type != "summary" {
      return type == "counter" || (type == "untyped" || type == "unknown") && name.hasSuffix("_total")
    }
    for (suffix, kinds) in [
      ("_bucket", ["histogram"]), ("_sum", ["histogram", "summary"]), ("_count", ["histogram", "summary"]),
      ("_total", ["counter"]),
    ] where name.hasSuffix(suffix) {
      if let type = types[String(name.dropLast(suffix.count))] { return kinds.contains(type) }
    }
    return types[name] == nil && name.hasSuffix("_total")
  }

  private func unit(of name: String) -> Unit {
    if name.hasSuffix("_bucket") || name.hasSuffix("_count") { return .none }
    return Unit(suffixOf: name.hasSuffix("_sum") ? String(name.dropLast(4)) : name)
  }
}

private struct PrometheusSample {
  let name: String
  private(set) var labels: [(name: String, value: String)] = []
  let value: Double?
  private(set) var time: Double?

  init(_ line: String, timesInSeconds: Bool) throws(Refusal) {
    let word = line.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
    guard let first = word.first, !first.isNumber else { throw Refusal(reason: "\(quoted(line)) has no name") }
    name = String(word)
    var rest = line[word.endIndex...].drop { $0 == " " || $0 == "\t" }
    if rest.first == "{" {
      (labels, rest) = try PrometheusSample.labels(rest.dropFirst(), line)
    }
    // What follows a # is an exemplar.
    let words = rest.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
    guard (1...2).contains(words.count) else {
      throw Refusal(reason: "\(quoted(line)) is not a name, a value and perhaps a time")
    }
    value = try number(words[0], of: name)
    if words.count == 2 { time = try epoch(words[1], parts: timesInSeconds ? 1 : 1000) }
  }

  private static func labels(
    _ text: Substring, _ line: String
  ) throws(Refusal) -> ([(name: String, value: String)], Substring) {
    var labels: [(name: String, value: String)] = []
    var rest = text
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "," }
      if rest.first == "}" { return (labels, rest.dropFirst()) }
      let name = rest.prefix { $0 != "=" && $0 != "}" && $0 != "\"" }
      let value = rest[name.endIndex...].dropFirst().drop { $0 == " " }
      guard rest[name.endIndex...].first == "=", value.first == "\"",
        let (word, tail) = quotedWord(value.dropFirst()), tail.first == "," || tail.first == "}" || tail.first == " "
      else { throw Refusal(reason: "\(quoted(line)) has labels that are not name=\"text\"") }
      if !word.isEmpty { labels.append((name.trimmingSpaces, word)) }
      rest = tail
    }
  }
}

/// A comment of its own, or a first sample with labels.
@Sendable func fitsPrometheus(_ output: ScriptOutput) -> ScriptFormat.Fit {
  let lines = output.text.split(whereSeparator: \.isNewline)
  if lines.contains(where: { $0.hasPrefix("# TYPE ") || $0.hasPrefix("# HELP ") }) { return .mark }
  guard let first = output.contents.first, let sample = try? PrometheusSample(first, timesInSeconds: false) else {
    return .none
  }
  return sample.labels.isEmpty ? .none : .mark
}
