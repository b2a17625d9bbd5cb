import Model
import SNMP

/// The rows of a table, put together from its columns by their index.
///
/// A class, for every row refers to it.
final class Rows {
  let indexes: OIDList
  /// Row by row.
  private let values: [PackedValue]
  private let columns: [ReadColumn]
  /// Columns in which the device has nothing.
  let missing: Set<Int>

  /// `needed` are columns without which nothing can be said of a row: where one of them was left before its end, the
  /// rows behind are left out.
  init(_ answer: Answer, width: Int, needed: [Int]) {
    let columns = (0..<width).map {
      answer.columns.indices.contains($0) ? answer.columns[$0] : ReadColumn(isComplete: false)
    }
    var indexes = OIDList()
    for column in columns { Rows.merge(column.rows.names, into: &indexes) }
    if let last = needed.compactMap({ Rows.reach(columns, $0) }).min() { Rows.leaveOut(behind: last, of: &indexes) }
    var values = [PackedValue](repeating: .none, count: indexes.count * columns.count)
    for (place, column) in columns.enumerated() {
      for (row, number) in Rows.places(of: column.rows.names, among: indexes) {
        values[row * columns.count + place] = column.rows.values[number]
      }
    }
    missing = Set(columns.indices.filter { columns[$0].isComplete && columns[$0].rows.isEmpty })
    (self.indexes, self.values, self.columns) = (indexes, values, columns)
  }

  /// Single objects, as the one row of a table without indexes; one that did not come has no value.
  init(objects answer: Answer, _ oids: [OID]) {
    let found = answer.bindings
    let places = Dictionary(
      zip(found.names, found.indices), uniquingKeysWith: { first, _ in first })
    (indexes, missing) = (OIDList(), [])
    columns = [ReadColumn](repeating: ReadColumn(found), count: oids.count)
    values = oids.map { oid in places[oid].map { found.values[$0] } ?? .none }
  }

  func cells(_ row: Int) -> Cells { Cells(self, row * columns.count) }

  fileprivate func packed(_ place: Int) -> PackedValue { values[place] }

  fileprivate func unpacked(_ value: PackedValue, of column: Int) -> SNMPValue? {
    columns[column].rows.unpacked(value)
  }

  /// The last index that was read of a column that has not ended; none where it has.
  private static func reach(_ columns: [ReadColumn], _ place: Int) -> OID? {
    guard columns.indices.contains(place), !columns[place].isComplete else { return nil }
    return columns[place].rows.names.last ?? OID([])
  }

  private static func leaveOut(behind last: OID, of indexes: inout OIDList) {
    let all = indexes
    indexes = OIDList()
    for (place, index) in all.enumerated() where index <= last { indexes.append(place, of: all) }
  }

  /// Adds the indexes of a column; both are in order, and mostly the same.
  private static func merge(_ more: OIDList, into indexes: inout OIDList) {
    if more.agreeing(with: indexes) == more.count { return }
    var merged = OIDList()
    merged.reserve(max(more.count, indexes.count), parts: 2)
    var (row, next) = (0, 0)
    while row < indexes.count || next < more.count {
      let isSame = row < indexes.count && next < more.count && indexes[row] == more[next]
      if isSame || next == more.count || row < indexes.count && indexes[row] < more[next] {
        merged.append(row, of: indexes)
        row += 1
        if isSame { next += 1 }
      } else {
        merged.append(next, of: more)
        next += 1
      }
    }
    indexes = merged
  }

  /// The row of each value of a column; those of rows that were left out have none.
  private static func places(of column: OIDList, among indexes: OIDList) -> [(row: Int, number: Int)] {
    let same = column.agreeing(with: indexes)
    var places = (0..<same).map { (row: $0, number: $0) }
    var row = same
    for number in same..<column.count {
      while row < indexes.count, indexes[row] < column[number] { row += 1 }
      guard row < indexes.count else { break }
      if indexes[row] == column[number] { places.append((row, number)) }
    }
    return places
  }
}

/// The values of one row, or of the single objects, by the place of their column. Nothing also where the agent said that
/// there is none.
struct Cells {
  private let rows: Rows
  private let start: Int

  fileprivate init(_ rows: Rows, _ start: Int) { (self.rows, self.start) = (rows, start) }

  /// The value whole; the others here are quicker where a number is wanted.
  subscript(column: Int) -> SNMPValue? {
    let value = rows.packed(start + column)
    return value.exists ? rows.unpacked(value, of: column) : nil
  }

  func exists(_ column: Int) -> Bool { rows.packed(start + column).exists }

  /// True where the agent said itself that there is none.
  func isDenied(_ column: Int) -> Bool {
    let value = rows.packed(start + column)
    return value.kind != .none && !value.exists
  }

  /// The number, of whatever type; also one written as text, as some agents send loads and temperatures.
  func number(_ column: Int) -> Double? {
    let value = rows.packed(start + column)
    switch value.kind {
    case .integer: return Double(Int64(bitPattern: value.bits))
    case .gauge, .counter32, .counter64, .timeTicks: return Double(value.bits)
    case .real, .octets: return self[column]?.number
    default: return nil
    }
  }

  /// The counter, as wide as its type.
  func counter(_ column: Int) -> CounterReading? {
    let value = rows.packed(start + column)
    switch value.kind {
    case .counter64: return CounterReading(value.bits, bits: 64)
    case .gauge, .counter32, .timeTicks: return CounterReading(value.bits, bits: 32)
    case .integer, .octets: return self[column]?.counter
    default: return nil
    }
  }

  /// A small whole number, as enumerations are.
  func integer(_ column: Int) -> Int? {
    let value = rows.packed(start + column)
    switch value.kind {
    case .integer: return Int(Int64(bitPattern: value.bits))
    case .gauge: return Int(value.bits)
    default: return nil
    }
  }

  /// What it says in words, for names and filters.
  func label(_ column: Int) -> String? { self[column]?.label }
}
