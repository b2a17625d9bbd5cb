import SNMP

/// The rows of a table, put together from its columns by their index.
struct Rows {
  private(set) var indexes: [OID] = []
  private var values: [SNMPValue?] = []
  private let width: Int
  /// Columns in which the device has nothing.
  private(set) var missing: Set<Int> = []

  /// `needed` are columns without which nothing can be said of a row: where one of them was left before its end, the
  /// rows behind are left out.
  init(_ answer: Answer, under roots: [OID], needed: [Int]) {
    width = roots.count
    let columns = Array(answer.columns.prefix(width))
    for (column, root) in zip(columns, roots) { merge(column.bindings, root.count) }
    leaveOut(behind: needed.compactMap { Rows.reach(columns, roots, $0) }.min())
    values = Array(repeating: nil, count: indexes.count * width)
    for (place, column) in columns.enumerated() {
      fill(place, column.bindings, roots[place].count)
      if column.isComplete, column.bindings.isEmpty { missing.insert(place) }
    }
  }

  func cells(_ row: Int) -> Cells { Cells(values: values, start: row * width) }

  /// The last index that was read of a column that has not ended; none where it has.
  private static func reach(_ columns: [ReadColumn], _ roots: [OID], _ place: Int) -> OID? {
    guard columns.indices.contains(place), !columns[place].isComplete else { return nil }
    return columns[place].bindings.last?.oid.index(behind: roots[place].count) ?? OID([])
  }

  private mutating func leaveOut(behind last: OID?) {
    guard let last else { return }
    indexes.removeAll { last < $0 }
  }

  /// Adds the indexes of a column; both are in order, and mostly the same.
  private mutating func merge(_ bindings: [VarBind], _ root: Int) {
    var next = 0
    while next < bindings.count, next < indexes.count, bindings[next].oid.hasIndex(indexes[next], behind: root) {
      next += 1
    }
    if next == bindings.count { return }
    indexes = Rows.merged(indexes, bindings.map { $0.oid.index(behind: root) })
  }

  private static func merged(_ left: [OID], _ right: [OID]) -> [OID] {
    var result: [OID] = []
    result.reserveCapacity(max(left.count, right.count))
    var (l, r) = (0, 0)
    while l < left.count, r < right.count {
      if left[l] == right[r] {
        r += 1
      } else if left[l] < right[r] {
        result.append(left[l])
        l += 1
      } else {
        result.append(right[r])
        r += 1
      }
    }
    return result + left[l...] + right[r...]
  }

  private mutating func fill(_ place: Int, _ bindings: [VarBind], _ root: Int) {
    var row = 0
    for number in bindings.indices {
      if row < indexes.count, !bindings[number].oid.hasIndex(indexes[row], behind: root) {
        let index = bindings[number].oid.index(behind: root)
        while row < indexes.count, indexes[row] < index { row += 1 }
        // Rows that were left out are in no place.
        if row < indexes.count, indexes[row] != index { continue }
      }
      guard row < indexes.count else { return }
      values[row * width + place] = bindings[number].value
      row += 1
    }
  }
}
