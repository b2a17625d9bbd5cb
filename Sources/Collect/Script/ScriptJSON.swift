import Config
import Foundation
import Model

/// `format: json`: an object of numbers; an object inside it is an instance of its own. Booleans are 1 and 0, texts
/// are facts, `null` is unknown. A text called `unit` is the unit of the numbers beside it and further in.
@Sendable func readJSON(_ output: ScriptOutput, _ probe: ScriptProbe) -> Result<ScriptReading, Failure> {
  switch JSONReader(probe).read(output) {
  case .success(let reading) where reading.values.isEmpty && reading.facts.isEmpty:
    .failure(Failure(.garbage, "the JSON object is empty"))
  case let result: result
  }
}

private struct JSONReader {
  private let probe: ScriptProbe
  private var reading = ScriptReading()

  init(_ probe: ScriptProbe) { self.probe = probe }

  consuming func read(_ output: ScriptOutput) -> Result<ScriptReading, Failure> {
    let value: JSONValue
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(output.text.utf8))
    } catch {
      let more = output.truncated ? " (its output was cut off)" : ""
      return .failure(Failure(.garbage, "it did not print JSON\(more): \(quoted(output.trimmed))"))
    }
    guard case .object(let members) = value else {
      return .failure(Failure(.garbage, "it printed JSON that is not an object, such as {\"name\": 1}"))
    }
    let unit = probe.unit
    var reader = self
    do throws(Failure) {
      try reader.add(members, unit: unit, instance: nil)
    } catch {
      return .failure(error)
    }
    return .success(reader.reading)
  }

  private mutating func add(_ members: [String: JSONValue], unit: Model.Unit, instance: String?) throws(Failure) {
    var unit = unit
    var members = members
    if case .text(let symbol)? = members["unit"], let given = Model.Unit(ofScript: symbol) {
      unit = given
      members["unit"] = nil
    }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      try add(name, member, unit: unit, instance: instance)
    }
  }

  private mutating func add(_ name: String, _ value: JSONValue, unit: Model.Unit, instance: String?) throws(Failure) {
    func number(_ number: Double?) {
      reading.values.append(ScriptValue(label: name, instance: instance, value: number, unit: unit))
    }
    switch value {
    case .number(let value): number(value)
    case .boolean(let value): number(value ? 1 : 0)
    case .null: number(nil)
    case .text(let text): reading.facts.append(Fact(instance.map { "\($0) \(name)" } ?? name, text.printable()))
    case .object(let members) where instance == nil: try add(members, unit: unit, instance: name)
    case .object:
      throw Failure(.garbage, "\(quoted(name)) of \(quoted(instance ?? "")) is an object; one level is the most")
    case .list:
      throw Failure(.garbage, "\(quoted(name)) is a list; a number, null, true, false or an object was expected")
    }
  }
}

/// It begins and ends as an object does.
@Sendable func fitsJSON(_ output: ScriptOutput) -> ScriptFormat.Fit {
  let text = output.trimmed
  return text.hasPrefix("{") && text.hasSuffix("}") ? .mark : .none
}

private enum JSONValue: Decodable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case list
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: AnyKey.self) {
      self = .object(
        Dictionary(
          try object.allKeys.map { ($0.stringValue, try object.decode(JSONValue.self, forKey: $0)) }
        ) { $1 })
    } else if (try? decoder.unkeyedContainer()) != nil {
      self = .list
    } else {
      try self.init(single: decoder.singleValueContainer())
    }
  }

  private init(single container: any SingleValueDecodingContainer) throws {
    if container.decodeNil() {
      self = .null
    } else if let boolean = try? container.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }
}

private struct AnyKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
