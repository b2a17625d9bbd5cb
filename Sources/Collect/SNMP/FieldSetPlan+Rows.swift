import Config
import Model
import SNMP

extension FieldSetPlan {
  func readRows(_ answer: Answer, _ harvest: inout Harvest) {
    let table = Rows(answer, width: columns.oids.count, needed: rows.needed)
    let all = table.indexes.indices.filter { hasMetric(table.cells($0)) }
    let named = all.map { row in (row: row, name: firstName(of: row, in: table)) }
    let kept = named.filter { rows.keeps(table.cells($0.row), called: $0.name) }
    if answer.error == nil { explainNothing(all.count, kept.count, &harvest) }
    let names = RowNames(
      kept.map(\.name), keys: { place in rows.identity.map { table.cells(kept[place].row).label($0) } },
      index: { Self.text(table.indexes[kept[$0].row]) })
    report(names, &harvest)
    harvest.expect(rows: names.names.count, metrics: metrics.count)
    let missing = metrics.map { $0.sources.allSatisfy(table.missing.contains) }
    let isEndless = [.limit, .notIncreasing].contains(answer.error?.kind)
    for (place, name) in names.names.enumerated()
    where !isEndless || !names.nameless.contains(place) && (place < Self.believed || harvest.remembers(name)) {
      read(kept[place].row, of: table, as: name, missing, &harvest)
    }
  }

  /// Rows that are new and believed of a table that has no end or turns back on itself; none of those that have no name
  /// of their own. Each would get files that stay.
  private static let believed = 500

  func firstName(of row: Int, in table: Rows) -> String {
    let cells = table.cells(row)
    return rows.identity.lazy.compactMap { cells.label($0) }.first ?? Self.text(table.indexes[row])
  }

  static func text(_ index: OID) -> String { index.description }

  /// Columns of other tables with the same index may have rows of their own.
  func hasMetric(_ cells: Cells) -> Bool {
    metrics.contains { metric in metric.sources.contains { cells.exists($0) } && metric.applies(to: cells) }
  }

  private func explainNothing(_ all: Int, _ kept: Int, _ harvest: inout Harvest) {
    if all == 0 {
      let first = metrics.first.map { columns.oids[$0.source.column].description } ?? "them"
      harvest.note(.mismatch, "the agent tells no \(rows.noun); let its view include \(first)")
    } else if kept == 0 {
      harvest.note(.mismatch, "of \(all) \(rows.noun) none passes the filters of the job")
    }
  }

  private func report(_ names: RowNames, _ harvest: inout Harvest) {
    if !names.shared.isEmpty {
      harvest.add(Fact("Same names, told apart by another column", names.shared.prefix(20).joined(separator: ", ")))
    }
    guard let first = names.duplicates.first else { return }
    let more = names.duplicates.count > 1 ? " and \(names.duplicates.count - 1) more" : ""
    harvest.note(.mismatch, "several \(rows.noun) are called «\(first)»\(more); their index is added to the name")
  }

  // MARK: One row

  private func read(_ row: Int, of table: Rows, as name: String, _ missing: [Bool], _ harvest: inout Harvest) {
    let cells = table.cells(row)
    let hasCounters = metrics.contains { $0.kind == .counter }
    let isBroken = hasCounters && isDiscontinuous(cells, table.indexes[row], name, &harvest)
    let line = hasCounters ? lineRate(cells, name, &harvest) : nil
    for (metric, isMissing) in zip(metrics, missing) {
      metric.read(
        cells, of: name, ceiling: metric.bits.flatMap { bits in line.map { $0 / bits } }, isDiscontinuous: isBroken,
        isMissing: isMissing, columns.oids[metric.source.column], &harvest)
    }
    for fact in rows.facts {
      if let text = cells.label(fact.column) { harvest.add(Fact("\(fact.title) of \(name)", text)) }
    }
  }

  /// Another index under the same name is another row, and so are its counters. Where the index is the name, it
  /// cannot change.
  private func isDiscontinuous(
    _ cells: Cells, _ index: OID, _ name: String, _ harvest: inout Harvest
  ) -> Bool {
    var isMarked = false
    if let column = rows.discontinuity, case .timeTicks(let ticks) = cells[column] {
      isMarked = harvest.hasChanged("discontinuity", UInt64(ticks), of: name)
    }
    guard !rows.identity.isEmpty else { return isMarked }
    let isRenumbered = harvest.hasChanged("index", Self.number(index), of: name)
    if isRenumbered { harvest.renumbered += 1 }
    return isMarked || isRenumbered
  }

  /// The index itself where it is one number, else a hash of it.
  private static func number(_ index: OID) -> UInt64 {
    let parts = index.parts
    if parts.count == 1, let only = parts.first { return UInt64(only) }
    return parts.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The most bits a second the line can carry, the speed before a change included; `nil` where nobody knows.
  private func lineRate(_ cells: Cells, _ name: String, _ harvest: inout Harvest) -> Double? {
    guard let line = rows.line, line.when.allSatisfy({ $0.holds(cells) ?? false }),
      let speed = metrics.first(where: { $0.name == line.metric })?.number(cells), speed != line.nominal,
      let whole = UInt64(exactly: speed.rounded())
    else { return nil }
    let before = harvest.remembered("speed", of: name).map(Double.init) ?? 0
    _ = harvest.hasChanged("speed", whole, of: name)
    return max(speed, before)
  }
}
