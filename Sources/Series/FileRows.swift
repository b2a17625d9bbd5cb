import Model

/// What one file is to get.
struct FileRows {
  struct Slot {
    var slot: Instant
    /// By place among the sources; of what nothing was said, nothing.
    var values: [Double??]
  }

  let file: String
  let row: RowID
  let step: Int
  /// The metric of every data source the catalogue knows in the file.
  let metrics: [String: String]
  /// Data sources in the order a new file has them.
  let sources: [String]
  let isNew: Bool
  /// Oldest first.
  var slots: [Slot] = []

  /// One slot's value, by the place of its source; the first reading of a slot counts.
  mutating func put(_ value: Double?, at place: Int, of slot: Instant) {
    if slots.last?.slot != slot {
      slots.append(Slot(slot: slot, values: Array(repeating: nil, count: sources.count)))
    }
    if slots[slots.count - 1].values[place] == nil { slots[slots.count - 1].values[place] = .some(value) }
  }

  func place(of source: String) -> Int? { sources.firstIndex(of: source) }

  /// Where each data source stands in the file; `nil` where the file lacks one.
  func places(in present: [String]) -> [Int]? {
    let places = Dictionary(zip(present, present.indices)) { _, last in last }
    let found = sources.compactMap { places[$0] }
    return found.count == sources.count ? found : nil
  }

  /// Puts older readings of the job before what is there.
  mutating func prepend(_ readings: [Reading], until now: Instant) {
    var older = self
    older.slots = []
    let first = slots.first?.slot ?? now
    for reading in readings.sorted(by: { $0.slot < $1.slot })
    where reading.slot < first && reading.step == step && reading.slot.seconds % step == 0 {
      for measurement in reading.measurements where measurement.instance == row.instance {
        let source = metrics.first { $0.value == measurement.metric }?.key
        guard let place = source.flatMap({ place(of: $0) }) else { continue }
        older.put(measurement.value, at: place, of: reading.slot)
      }
    }
    slots = older.slots + slots
  }
}
