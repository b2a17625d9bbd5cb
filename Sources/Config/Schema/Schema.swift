/// Every section that is declared, in the order of declaration, base first.
struct Schema: Sendable {
  private(set) var sections: [Section] = []
  private var places: [String: Int] = [:]

  subscript(name: String) -> Section? {
    get { places[name].map { sections[$0] } }
    set {
      guard let newValue else { return }
      if let place = places[name] {
        sections[place] = newValue
      } else {
        places[name] = sections.count
        sections.append(newValue)
      }
    }
  }

  /// None for a section nobody declared.
  func fields(of section: String) -> FieldTable { places[section].map { sections[$0].fields } ?? FieldTable() }

  var names: [String] { sections.map(\.name) }

  /// The names of all fields that hold secrets, however deep.
  var secretNames: Set<String> {
    var names: Set<String> = ["community", "password", "pass", "passphrase", "privacy password", "token"]
    for section in sections { Schema.collect(section.fields, into: &names) }
    return names
  }

  static func holdsSecrets(_ table: FieldTable) -> Bool {
    var names: Set<String> = []
    collect(table, into: &names)
    return !names.isEmpty
  }

  private static func collect(_ table: FieldTable, into names: inout Set<String>) {
    for field in table.all { collect(field, into: &names) }
  }

  private static func collect(_ field: Field, into names: inout Set<String>) {
    switch field.shape {
    case .secret: names.insert(field.name)
    case .list(let element): collect(element.named(field.name), into: &names)
    case .map(let element): collect(element.named(field.name), into: &names)
    case .fields(let table, _): collect(table, into: &names)
    default: break
    }
  }
}

extension Field {
  func named(_ name: String) -> Field {
    var copy = self
    copy.name = name
    return copy
  }
}
