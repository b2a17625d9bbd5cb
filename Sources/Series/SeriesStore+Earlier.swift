package import Model

extension SeriesReader {
  /// The samples of each file of a series, each at its own step, oldest file first; see `CatalogueEntry.earlier`.
  ///
  /// Of the older files only what they know, from the first number to the last. One that cannot be read is left out: it
  /// must not hide the newest.
  package func windows(_ entry: CatalogueEntry, _ span: Span) throws(SeriesError) -> [SeriesWindow] {
    var newest = try newest(entry, span, resolution: nil)
    let older = older(entry, span, resolution: nil).map(\.known).filter { !$0.samples.isEmpty }
    if !older.isEmpty { newest.samples.removeFirst(newest.samples.prefix { $0.value == nil }.count) }
    return older.reversed() + [newest]
  }

  /// A window with its unknown slots filled by older files.
  func filled(
    _ window: SeriesWindow, _ entry: CatalogueEntry, _ span: Span, resolution: Int?
  ) -> SeriesWindow {
    guard span.from < entry.since, !entry.earlier.isEmpty else { return window }
    return older(entry, span, resolution: resolution).reduce(into: window) { $0.fill(from: $1) }
  }

  /// Newest file first.
  private func older(_ entry: CatalogueEntry, _ span: Span, resolution: Int?) -> [SeriesWindow] {
    entry.earlier.compactMap { place in
      var there = entry
      (there.file, there.source, there.step) = (place.file, place.source, place.step)
      let before = Span(from: span.from.slot(step: place.step), to: min(span.to, entry.since))
      return before.isEmpty ? nil : try? newest(there, before, resolution: resolution)
    }
  }
}

extension CatalogueEntry {
  /// More than this many steps nobody goes back through.
  private static let mostPlaces = 8

  /// Where the history is once the series goes on in another file.
  func places(besides file: String) -> [Place] {
    let all = [Place(file: self.file, source: source, step: step)] + earlier
    return Array(all.filter { $0.file != file }.prefix(CatalogueEntry.mostPlaces))
  }
}

extension SeriesWindow {
  /// Without what is unknown at its ends.
  fileprivate var known: SeriesWindow {
    var result = self
    let first = samples.firstIndex { $0.value != nil } ?? samples.endIndex
    let end = (samples.lastIndex { $0.value != nil } ?? first - 1) + 1
    result.samples = Array(samples[first..<max(first, end)])
    return result
  }

  /// Unknown slots take what another window knows of their time: the value of a longer step stands for each slot in it,
  /// the average of shorter ones for theirs, where half of them are known.
  fileprivate mutating func fill(from older: SeriesWindow) {
    let known = Dictionary(older.samples.map { ($0.slot, $0.value) }) { first, _ in first }
    for index in samples.indices where samples[index].value == nil {
      let slot = samples[index].slot
      if older.step >= step {
        samples[index].value = known[slot.slot(step: older.step)] ?? nil
      } else {
        let count = step / older.step
        let values = (0..<count).compactMap { known[slot + $0 * older.step] ?? nil }
        if !values.isEmpty, values.count * 2 >= count {
          samples[index].value = values.reduce(0, +) / Double(values.count)
        }
      }
    }
  }
}
