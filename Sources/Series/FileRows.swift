import Model

/// What one file is to get.
struct FileRows {
  struct Slot {
    var slot: Instant
    /// By data source.
    var values: [String: Double?]
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

  /// One slot's value; the first reading of a slot counts.
  mutating func put(_ value: Double?, in source: String, at slot: Instant) {
    if slots.last?.slot != slot { slots.append(Slot(slot: slot, values: [:])) }
    if slots[slots.count - 1].values[source] == nil { slots[slots.count - 1].values[source] = .some(value) }
  }

  /// Where each data source stands in the file; `nil` where the file lacks one.
  func places(in present: [String]) -> [String: Int]? {
    var places: [String: Int] = [:]
    for (index, source) in present.enumerated() { places[source] = index }
    return sources.allSatisfy { places[$0] != nil } ? places : nil
  }

  /// Puts older readings of the job before what is there.
  mutating func prepend(_ readings: [Reading], until now: Instant) {
    var older = self
    older.slots = []
    let first = slots.first?.slot ?? now
    for reading in readings.sorted(by: { $0.slot < $1.slot })
    where reading.slot < first && reading.step == step && reading.slot.seconds % step == 0 {
      for measurement in reading.measurements where measurement.instance == row.instance {
        guard let source = metrics.first(where: { $0.value == measurement.metric })?.key else { continue }
        older.put(measurement.value, in: source, at: reading.slot)
      }
    }
    slots = older.slots + slots
  }
}
