import Config
import SNMP

extension FieldSetPlan {
  /// All rows of a table with what a job would make of each.
  func survey(_ answer: Answer) -> [Surveyed.Row] {
    let table = Rows(answer, width: columns.oids.count, needed: rows.needed)
    var kept: [Int] = []
    var found: [Surveyed.Row] = []
    for row in table.indexes.indices where hasMetric(table.cells(row)) {
      let name = firstName(of: row, in: table)
      let exclusion = rows.exclusion(of: table.cells(row), called: name)
      if exclusion == nil { kept.append(found.count) }
      found.append(surveyed(table.cells(row), name, exclusion))
    }
    let places = table.indexes.indices.filter { hasMetric(table.cells($0)) }
    let names = RowNames(
      kept.map { found[$0].name },
      keys: { place in rows.identity.map { table.cells(places[kept[place]]).label($0) } },
      index: { Self.text(table.indexes[places[kept[$0]]]) })
    for (place, name) in zip(kept, names.names) { found[place].name = name }
    return found
  }

  private func surveyed(_ cells: Cells, _ name: String, _ exclusion: Exclusion?) -> Surveyed.Row {
    let speed = rows.line.flatMap { line in metrics.first { $0.name == line.metric } }
    return Surveyed.Row(
      name: name, exclusion: exclusion, note: rows.facts.lazy.compactMap { cells.label($0.column) }.first,
      speed: speed?.number(cells), status: value(of: InterfaceColumns.status, cells)?.integer,
      type: value(of: InterfaceColumns.type, cells)?.integer,
      hardware: value(of: InterfaceColumns.hardware, cells)?.label)
  }

  private func value(of column: OID, _ cells: Cells) -> SNMPValue? {
    columns.oids.firstIndex(of: column).flatMap { cells[$0] }
  }
}

/// ifOperStatus, ifType and ifPhysAddress of IF-MIB.
private enum InterfaceColumns {
  static let status = OID([1, 3, 6, 1, 2, 1, 2, 2, 1, 8])
  static let type = OID([1, 3, 6, 1, 2, 1, 2, 2, 1, 3])
  static let hardware = OID([1, 3, 6, 1, 2, 1, 2, 2, 1, 6])
}
