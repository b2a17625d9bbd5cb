import Config
import Model
import SNMP

/// An object of the configuration with its name on the wire.
struct NamedObject {
  var object: SNMPProbe.Object
  var oid: OID

  static func all(_ objects: [SNMPProbe.Object]) -> Result<[NamedObject], Failure> {
    var named: [NamedObject] = []
    for object in objects {
      guard let oid = OID(object.oid) else {
        return .failure(Failure(.local, "«\(object.oid)» is no numeric OID (metric \(object.metric))".printable()))
      }
      named.append(NamedObject(object: object, oid: oid))
    }
    return .success(named)
  }

  /// A missing value is unknown; one of the wrong type too, and it is said which.
  func read(_ value: SNMPValue?, of instance: String? = nil, into harvest: inout Harvest) {
    switch object.kind {
    case .gauge:
      let number = value?.number
      harvest.add(object.metric, number.map { $0 * object.scale }, object.unit, of: instance)
      if let value, number == nil, value.exists { complain(value, &harvest) }
    case .counter:
      let counter = value?.counter
      harvest.count(object.metric, counter, scale: object.scale, object.unit, of: instance)
      if let value, counter == nil, value.exists { complain(value, &harvest) }
    }
  }

  private func complain(_ value: SNMPValue, _ harvest: inout Harvest) {
    let shown = value.text.map { "«\($0.printable(limit: 40))»" } ?? "another type"
    harvest.note(.garbage, "\(oid) (metric \(object.metric)) is no number but \(shown)")
  }
}

/// Single objects, each a metric of the job itself.
struct SingleObjects: SNMPTable {
  private let objects: [NamedObject]

  static func make(_ objects: [SNMPProbe.Object]) -> Result<SingleObjects, Failure> {
    NamedObject.all(objects).map { SingleObjects(objects: $0) }
  }

  var operation: Conversation.Operation { .get(objects.map(\.oid)) }

  func read(_ answer: Answer, into harvest: inout Harvest) {
    let values = Dictionary(answer.bindings.map { ($0.oid, $0.value) }, uniquingKeysWith: { first, _ in first })
    guard !answer.bindings.isEmpty else { return }
    for object in objects {
      let value = values[object.oid]
      object.read(value, into: &harvest)
      if let value, !value.exists {
        harvest.note(.mismatch, "the agent has no \(object.oid) (metric \(object.object.metric))")
      }
    }
  }
}

/// Columns of a table; each row is an instance.
struct ObjectTable: SNMPTable {
  private let name: OID?
  private let columns: [NamedObject]

  static func make(name: String?, columns: [SNMPProbe.Object]) -> Result<ObjectTable, Failure> {
    if let name, OID(name) == nil {
      return .failure(Failure(.local, "«\(name)» is no numeric OID (name of the rows)".printable()))
    }
    return NamedObject.all(columns).map { ObjectTable(name: name.flatMap { OID($0) }, columns: $0) }
  }

  private var roots: [OID] { (name.map { [$0] } ?? []) + columns.map(\.oid) }

  var operation: Conversation.Operation { .walk(roots) }

  func read(_ answer: Answer, into harvest: inout Harvest) {
    let rows = TableRow.all(answer.bindings, under: roots)
      .filter { row in columns.contains { row.cells[$0.oid] != nil } }
    if rows.isEmpty, answer.error == nil {
      harvest.note(.mismatch, "the agent has no rows under \(roots.map(\.description).joined(separator: ", "))")
    }
    let (names, duplicates) = instanceNames(rows.map { (title(of: $0), $0.index) })
    if let first = duplicates.first {
      harvest.note(.mismatch, "several rows are called «\(first)»; their index is added to the name")
    }
    for (row, instance) in zip(rows, names) {
      for column in columns { column.read(row.cells[column.oid], of: instance, into: &harvest) }
    }
  }

  /// Names may be numbers too.
  private func title(of row: TableRow) -> String? {
    guard let value = name.flatMap({ row.cells[$0] }) else { return nil }
    return value.text ?? value.integer.map(String.init)
  }
}
