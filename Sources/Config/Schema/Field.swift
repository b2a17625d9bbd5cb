internal import YAML

/// A field of a section, as a package declares it.
struct Field: Sendable {
  var name: String
  var shape: Shape
  var says = ""
  var isRequired = false
  var defaultNode: YAMLNode?
  var defaultValue: Checked?
  /// A single value stands for a list of it.
  var takesOne = false
  /// What a number is counted in, for print.
  var unit: String?
  /// The kinds of job it is for; empty for all.
  var kinds: [String] = []
  /// In the field's own measure: milliseconds, bytes, a share of 1.
  var minimum: Bound?
  var maximum: Bound?
  var place: Place

  struct Bound: Sendable {
    var value: Double
    var text: String
  }

  /// True where a mapping is a value, so that layers are put together field by field.
  var takesMapping: Bool {
    switch shape {
    case .map, .fields, .any, .template: true
    default: false
    }
  }
}

/// What values a field takes.
indirect enum Shape: Sendable {
  case simple(TypeRule)
  case choice([String])
  case list(Field)
  case map(Field)
  /// A mapping with fields of its own; `short` is the field a scalar or list stands for.
  case fields(FieldTable, short: String?)
  /// Fields of another section, with `%(name)s` still in them.
  case template(section: String)
  /// The name of an item of a section.
  case item(section: String)
  case secret
  /// From the folder of the file that says it, or of the configuration.
  case path(fromRoot: Bool)
  case argv
  case use
  case any
}

/// Fields in their order, to be had by name.
struct FieldTable: Sendable {
  private(set) var all: [Field] = []
  private var places: [String: Int] = [:]
  /// Fields every record needs to be given.
  private(set) var required: [String] = []

  var names: [String] { all.map(\.name) }

  subscript(name: String) -> Field? { places[name].map { all[$0] } }

  // One part of a field, where it is asked for thousands of times: a whole one is large.

  func has(_ name: String) -> Bool { places[name] != nil }

  func defaultValue(of name: String) -> Checked? { places[name].flatMap { all[$0].defaultValue } }

  func takesMapping(_ name: String) -> Bool { places[name].map { all[$0].takesMapping } ?? false }

  /// The kinds of job a field is for; empty for all, and for one that is not known.
  func kinds(of name: String) -> [String] { places[name].map { all[$0].kinds } ?? [] }

  /// Whether a job of a kind may have a field, as far as is known.
  func suits(_ name: String, _ kind: String) -> Bool {
    let kinds = kinds(of: name)
    return kinds.isEmpty || kinds.contains(kind)
  }

  /// Adds a field; false where there is one of the name.
  @discardableResult
  mutating func add(_ field: Field) -> Bool {
    guard places[field.name] == nil else { return false }
    places[field.name] = all.count
    all.append(field)
    if field.isRequired, field.defaultNode == nil { required.append(field.name) }
    return true
  }

  mutating func setDefault(_ value: Checked, of name: String) {
    if let place = places[name] { all[place].defaultValue = value }
  }
}

/// A section, as a package declares it.
struct Section: Sendable {
  var name: String
  var title: String
  var says = ""
  /// One mapping of fields and no items.
  var isSingle = false
  var indexes: [Index] = []
  var fields = FieldTable()
  var fieldSets: [FieldSet] = []
  /// The field an item that is no mapping stands for.
  var short: String?
  var isBuiltIn: Bool
  var place: Place

  /// A level of keys above an item, or the item's own key as the last.
  struct Index: Sendable {
    /// The field a key of this level becomes.
    var field: String
    var type: Field
  }

  /// Fields that are shown together.
  struct FieldSet: Sendable {
    var title: String
    var fields: [String]
  }

  /// `GROUP >>> NAME`, for messages.
  var levels: String { indexes.map { $0.field.uppercased() }.joined(separator: " >>> ") }

  func isIndex(_ field: String) -> Bool { indexes.contains { $0.field == field } }

  /// Fields in the order of the field sets, then the rest.
  var ordered: [FieldSet] {
    let named = Set(fieldSets.flatMap(\.fields))
    let rest = fields.names.filter { !named.contains($0) }
    return fieldSets + (rest.isEmpty ? [] : [FieldSet(title: fieldSets.isEmpty ? title : "More", fields: rest)])
  }
}
