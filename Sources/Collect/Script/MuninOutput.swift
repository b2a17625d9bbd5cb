import Config
import Model

/// `format: munin`, as far as it is known without `config`: a script that was found to print it.
@Sendable func readMunin(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  muninReading(MuninText(output), config: nil, probe)
}

/// The values of a Munin plugin, with what its `config` says of them: type, bounds, unit. Formulas (`cdef`) are not
/// evaluated: a fact names the fields that have one.
func muninReading(_ text: MuninText, config: MuninText?, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  var reading = ScriptReading()
  var problems = (config?.problems ?? []) + text.problems
  for value in text.values {
    do throws(Refusal) {
      let field = config?.fields[value.field] ?? [:]
      reading.values.append(try scriptValue(value, field, config?.graphs[value.field.graph]?["vlabel"], probe))
    } catch {
      problems.append(error.reason)
    }
  }
  if let title = config?.graphs[""]?["title"] { reading.facts.append(Fact("Title", title.printable())) }
  let formulas = text.values.filter { config?.fields[$0.field]?["cdef"] != nil }.map(\.field.name)
  if !formulas.isEmpty {
    reading.facts.append(Fact("Formulas not evaluated", formulas.joined(separator: ", ").printable()))
  }
  guard !reading.values.isEmpty || !problems.isEmpty else {
    return .failure(Failure(.garbage, "it printed no value; lines such as “load.value 0.5” were expected"))
  }
  return reading.told(problems, of: "Munin")
}

private func scriptValue(
  _ value: MuninText.Value, _ field: [String: String], _ vlabel: String?, _ probe: ScriptProbe
) throws(Refusal) -> ScriptValue {
  let name = value.field.name
  let (time, text) = try timed(value.text)
  let kind = try kind(field["type"], of: name)
  // A formula changes what the axis counts, and none is evaluated.
  let axis = field["cdef"] == nil ? vlabel ?? "" : ""
  return ScriptValue(
    label: name, instance: value.field.graph.isEmpty ? nil : value.field.graph, value: try number(text, of: name),
    unit: probe.unit == .none ? Unit(vlabel: axis, isRate: kind != .gauge) : probe.unit, kind: kind, time: time,
    lowest: try number(field["min"] ?? "U", of: "\(name).min"),
    highest: try number(field["max"] ?? "U", of: "\(name).max"))
}

/// `EPOCH:NUMBER` of a plugin that measures more often than it is asked.
private func timed(_ text: String) throws(Refusal) -> (time: Double?, number: Substring) {
  guard let colon = text.firstIndex(of: ":") else { return (nil, text[...]) }
  let number = text[text.index(after: colon)...]
  return text[..<colon] == "N" ? (nil, number) : (try epoch(text[..<colon]), number)
}

private func kind(_ type: String?, of name: String) throws(Refusal) -> ScriptValue.Kind {
  switch type?.uppercased() {
  case nil, "GAUGE": return .gauge
  case "COUNTER": return .counter
  case "DERIVE": return .derive
  case "ABSOLUTE": return .absolute
  case let other?:
    throw Refusal(reason: "\(quoted(name)) has type \(quoted(other)); GAUGE, COUNTER, DERIVE or ABSOLUTE")
  }
}

/// What a plugin prints, with `config` and without: the grammar is the same (Munin, "Plugin reference").
struct MuninText {
  struct FieldName: Hashable {
    /// Empty outside a `multigraph`.
    var graph: String
    var name: String
  }

  struct Value {
    var field: FieldName
    var text: String
  }

  /// Without the `graph_` before each.
  private(set) var graphs: [String: [String: String]] = [:]
  private(set) var fields: [FieldName: [String: String]] = [:]
  private(set) var values: [Value] = []
  private(set) var problems: [String] = []

  init(_ output: ScriptOutput) {
    var graph = ""
    for line in output.contents {
      let key = line.prefix { !$0.isWhitespace }
      let text = line[key.endIndex...].trimmingSpaces
      if key == "multigraph" {
        graph = text
      } else if let dot = key.lastIndex(of: "."), dot > key.startIndex {
        let field = FieldName(graph: graph, name: String(key[..<dot]))
        add(String(key[dot...].dropFirst()), text, of: field)
      } else if key.hasPrefix("graph_") {
        graphs[graph, default: [:]][String(key.dropFirst(6))] = text
      } else if !["graph", "host_name", "update_rate", "timeout"].contains(key) {
        problems.append("\(quoted(line)) is not field.value 1")
      }
    }
  }

  private mutating func add(_ attribute: String, _ text: String, of field: FieldName) {
    if attribute == "value" {
      values.append(Value(field: field, text: text))
    } else {
      fields[field, default: [:]][attribute] = text
    }
  }
}

/// Every line is of a field or begins a graph, and there is a value.
@Sendable func fitsMunin(_ output: ScriptOutput) -> ScriptFormat.Fit {
  guard output.contents.contains(where: { $0.prefix { !$0.isWhitespace }.hasSuffix(".value") }) else { return .none }
  let text = MuninText(output)
  return !text.values.isEmpty && text.problems.isEmpty && text.graphs.isEmpty ? .mark : .none
}
