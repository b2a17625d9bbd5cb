/// One name for each row, the same whatever index a restart gives it: the first of its keys that is not empty. Rows of
/// one name are told apart by the first further key in which they differ, and by their index where they do not.
struct RowNames {
  private(set) var names: [String]
  /// Names whose rows only their index tells apart.
  private(set) var duplicates: [String] = []

  /// The keys of each row in the order of their rank, and its index as text.
  init(_ rows: [(keys: [String?], index: String)]) {
    names = rows.map { row in row.keys.lazy.compactMap { $0 }.first ?? row.index }
    let groups = Dictionary(grouping: names.indices) { names[$0] }.filter { $0.value.count > 1 }
    for (name, places) in groups.sorted(by: { $0.key < $1.key }) { tellApart(name, places, rows) }
    settle(rows)
  }

  private mutating func tellApart(_ name: String, _ places: [Int], _ rows: [(keys: [String?], index: String)]) {
    let count = rows[places[0]].keys.count
    for rank in 0..<count {
      let texts = places.compactMap { rows[$0].keys[rank] }
      guard texts.count == places.count, Set(texts).count == texts.count else { continue }
      for (place, text) in zip(places, texts) { names[place] = "\(name)#\(text)" }
      return
    }
    duplicates.append(name)
    for place in places { names[place] = "\(name)#\(rows[place].index)" }
  }

  /// A device may call one row what another was just called here.
  private mutating func settle(_ rows: [(keys: [String?], index: String)]) {
    var seen: Set<String> = []
    for place in names.indices where !seen.insert(names[place]).inserted {
      names[place] += "#\(rows[place].index)"
      seen.insert(names[place])
    }
  }
}
