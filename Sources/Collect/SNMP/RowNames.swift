/// One name for each row, the same whatever index a restart gives it: the first of its keys that is not empty. Rows of
/// one name are told apart by the first further key in which they differ, and by their index where they do not.
struct RowNames {
  private(set) var names: [String]
  /// Names whose rows only their index tells apart.
  private(set) var duplicates: [String] = []
  /// The rows of those names.
  private(set) var nameless: Set<Int> = []
  /// Names of several rows that a further key tells apart.
  private(set) var shared: [String] = []
  /// The keys of a row in the order of their rank, and its index as text.
  private let keys: (Int) -> [String?]
  private let index: (Int) -> String

  /// The first names of the rows; `keys` and `index` are asked only where these are not enough.
  init(_ first: [String], keys: @escaping (Int) -> [String?], index: @escaping (Int) -> String) {
    names = first
    (self.keys, self.index) = (keys, index)
    guard Set(first).count < first.count else { return }
    let groups = Dictionary(grouping: first.indices) { first[$0] }.filter { $0.value.count > 1 }
    for (name, places) in groups.sorted(by: { $0.key < $1.key }) { tellApart(name, places) }
    settle()
  }

  private mutating func tellApart(_ name: String, _ places: [Int]) {
    let keys = places.map(keys)
    for rank in keys[0].indices {
      let texts = keys.compactMap { $0[rank] }
      guard texts.count == places.count, Set(texts).count == texts.count else { continue }
      for (place, text) in zip(places, texts) { names[place] = "\(name)#\(text)" }
      shared.append(name)
      return
    }
    duplicates.append(name)
    nameless.formUnion(places)
    for place in places { names[place] = "\(name)#\(index(place))" }
  }

  /// A device may call one row what another was just called here.
  private mutating func settle() {
    var seen: Set<String> = []
    for place in names.indices where !seen.insert(names[place]).inserted {
      names[place] += "#\(index(place))"
      seen.insert(names[place])
    }
  }
}
