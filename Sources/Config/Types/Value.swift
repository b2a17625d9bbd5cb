internal import Model
internal import YAML

/// A value that fits its type.
indirect enum Value: Sendable {
  case text(String)
  case int(Int)
  case number(Double)
  case bool(Bool)
  case milliseconds(Int)
  /// 0 to 1, with the text it was written as.
  case share(Double, String)
  case secret(SecretReference)
  /// 0 is Monday.
  case days(Set<Int>)
  /// Minutes since midnight.
  case stretch(from: Int, to: Int)
  case hours(ServiceHours)
  case zone(Zone)
  case cron(Cron)
  case moment(Moment)
  case window(ObjectiveWindow)
  case unknown(UnknownPolicy)
  case codes(ClosedRange<Int>)
  case unit(Unit)
  case list([Checked])
  case map([(key: YAMLKey, value: Checked)])
  case record(Record)
  /// As it is written; for what is checked where it is used.
  case node(YAMLNode)
}

/// A value and where it stands.
struct Checked: Sendable {
  var value: Value
  var place: Place
}

/// Values by field: those given, or else the defaults of their fields.
struct Record: Sendable {
  var given: [String: Checked]
  /// Fields that are said something about, be it wrong.
  var said: Set<String> = []
  /// Something is said that no field is for.
  var hasUnknown = false
  let fields: FieldTable
  var place: Place
  var crumb: Crumb

  subscript(name: String) -> Checked? { given[name] ?? fields.defaultValue(of: name) }

  /// Where a field is given, or else the whole.
  func place(of name: String) -> Place { given[name]?.place ?? place }

  func text(_ name: String) -> String? {
    if case .text(let text)? = self[name]?.value { text } else { nil }
  }

  func int(_ name: String) -> Int? {
    if case .int(let int)? = self[name]?.value { int } else { nil }
  }

  func number(_ name: String) -> Double? {
    if case .number(let number)? = self[name]?.value { number } else { nil }
  }

  func bool(_ name: String) -> Bool {
    if case .bool(let bool)? = self[name]?.value { bool } else { false }
  }

  func milliseconds(_ name: String) -> Int? {
    if case .milliseconds(let milliseconds)? = self[name]?.value { milliseconds } else { nil }
  }

  func secret(_ name: String) -> SecretReference? {
    if case .secret(let secret)? = self[name]?.value { secret } else { nil }
  }

  func record(_ name: String) -> Record? {
    if case .record(let record)? = self[name]?.value { record } else { nil }
  }

  func list(_ name: String) -> [Checked] {
    if case .list(let list)? = self[name]?.value { list } else { [] }
  }

  func records(_ name: String) -> [Record] {
    list(name).compactMap { if case .record(let record) = $0.value { record } else { nil } }
  }

  /// The texts of a list.
  func texts(_ name: String) -> [String] { list(name).compactMap(\.text) }

  func map(_ name: String) -> [(key: YAMLKey, value: Checked)] {
    if case .map(let map)? = self[name]?.value { map } else { [] }
  }
}

extension Checked {
  var text: String? { if case .text(let text) = value { text } else { nil } }
}
