import Config
import Foundation
import Model

/// The body of an answer as JSON, read once something asks for it.
struct BodyJSON {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The number at a place; a truth is 1 or 0, and a text is none.
  func number(at path: JSONPath) -> Double? {
    switch value?.at(path) {
    case .number(let number): number
    case .truth(let truth): truth ? 1 : 0
    default: nil
    }
  }

  /// Why a condition is not met; `nil` where it is.
  func unmet(_ condition: JSONCondition) -> Failure? {
    let shown = condition.text.printable(limit: 100)
    guard let value else { return Failure(.mismatch, "the body is not JSON, so not \(shown)") }
    guard let found = value.at(condition.path) else {
      return Failure(.mismatch, "the body has nothing at \(condition.path.text.printable(limit: 100))")
    }
    guard let test = condition.test, !found.meets(test) else { return nil }
    return Failure(.mismatch, "the body has \(found.shown) where \(shown) is expected")
  }

  private var value: BodyValue? { try? JSONDecoder().decode(BodyValue.self, from: Data(bytes)) }
}

private enum BodyValue: Decodable {
  case null
  case truth(Bool)
  case number(Double)
  case text(String)
  case list([BodyValue])
  case object([String: BodyValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let truth = try? container.decode(Bool.self) {
      self = .truth(truth)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([BodyValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: BodyValue].self))
    }
  }

  func at(_ path: JSONPath) -> BodyValue? {
    path.steps.reduce(Optional(self)) { value, step in value?.at(step) }
  }

  private func at(_ step: JSONPath.Step) -> BodyValue? {
    switch (self, step) {
    case (.object(let members), .member(let name)): return members[name]
    case (.list(let items), .index(let index)):
      let place = index < 0 ? items.count + index : index
      return items.indices.contains(place) ? items[place] : nil
    case (.list(let items), .member("length")): return .number(Double(items.count))
    default: return nil
    }
  }

  /// RFC 9535, section 2.3.5.2.2: values of different types are unequal, and have no order.
  func meets(_ test: JSONCondition.Test) -> Bool {
    switch (self, test.literal) {
    case (.number(let own), .number(let other)): return test.comparison.holds(own, other)
    case (.text(let own), .text(let other)): return test.comparison.holds(own, other)
    case (.truth(let own), .truth(let other)): return (own == other) == (test.comparison == .equal)
    case (.null, .null): return test.comparison == .equal
    default: return test.comparison == .unequal
    }
  }

  var shown: String {
    switch self {
    case .null: "null"
    case .truth(let truth): "\(truth)"
    case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
    case .text(let text): "'\(text.printable(limit: 100))'"
    case .list: "a list"
    case .object: "an object"
    }
  }
}

extension JSONCondition.Comparison {
  fileprivate func holds<Value: Comparable>(_ own: Value, _ other: Value) -> Bool {
    switch self {
    case .equal: own == other
    case .unequal: own != other
    case .less: own < other
    case .lessOrEqual: own <= other
    case .more: own > other
    case .moreOrEqual: own >= other
    }
  }
}
