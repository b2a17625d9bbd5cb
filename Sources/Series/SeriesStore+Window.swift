package import Model
import RRD
import Synchronization

/// Averages with the lowest and highest values behind them, on one grid.
package struct SeriesEnvelope: Hashable, Sendable {
  package var average: SeriesWindow
  package var low: [Sample]
  package var high: [Sample]
}

extension SeriesStore {
  /// See `SeriesReader`.
  package func window(
    _ entry: CatalogueEntry, _ span: Span, resolution: Int? = nil
  ) throws(SeriesError) -> SeriesWindow {
    try SeriesReader(self).window(entry, span, resolution: resolution)
  }

  /// See `SeriesReader`.
  package func windows(_ entry: CatalogueEntry, _ span: Span) throws(SeriesError) -> [SeriesWindow] {
    try SeriesReader(self).windows(entry, span)
  }

  /// See `SeriesReader`.
  package func envelope(
    _ entry: CatalogueEntry, _ span: Span, resolution: Int
  ) throws(SeriesError) -> SeriesEnvelope {
    try SeriesReader(self).envelope(entry, span, resolution: resolution)
  }

  /// One line for each file of the catalogue that is missing or damaged.
  package func faults(in catalogue: Catalogue, now: Instant) -> [String] {
    Set(catalogue.values.map(\.file)).sorted().compactMap { file in
      do throws(RRDError) {
        _ = try RRDHeader.read(path(file), now: now.seconds)
        return nil
      } catch {
        return "\(error)"
      }
    }
  }
}

/// Reads series one after the other, mostly of one file: it stays open, and what was read of it is at hand for its other
/// series. Whoever writes series in between takes another reader.
package final class SeriesReader: Sendable {
  private let store: SeriesStore
  private let last = Mutex<OpenFile?>(nil)

  package init(_ store: SeriesStore) { self.store = store }

  /// The samples of `[from, to)`, one for each slot of the grid; what was not written is `nil`.
  ///
  /// - Parameter resolution: the seconds a sample may stand for; the coarsest archive that is not coarser and reaches
  ///   back far enough answers, else the finest that reaches. `nil` asks for single steps, exactly as they were
  ///   written, and for nothing else.
  ///
  /// What was measured at another step before is filled in, brought to this grid.
  package func window(
    _ entry: CatalogueEntry, _ span: Span, resolution: Int? = nil
  ) throws(SeriesError) -> SeriesWindow {
    filled(try newest(entry, span, resolution: resolution), entry, span, resolution: resolution)
  }

  /// A window with the peaks its averages hide; where an archive keeps none, they are the averages.
  package func envelope(
    _ entry: CatalogueEntry, _ span: Span, resolution: Int
  ) throws(SeriesError) -> SeriesEnvelope {
    try reading(entry) { file throws(RRDError) in
      let archive = try file.file.archive(resolution: resolution, from: span.from)
      let average = try file.window(entry, span, archive)
      return SeriesEnvelope(
        average: average, low: try file.window(entry, span, file.file.peaks(.minimum, behind: archive)).samples,
        high: try file.window(entry, span, file.file.peaks(.maximum, behind: archive)).samples)
    }
  }

  /// Single steps of a span as far back as they are kept, and the finest extremes that reach back to its start.
  func kept(
    _ entry: CatalogueEntry, _ span: Span
  ) throws(SeriesError) -> (single: SeriesWindow?, coarse: SeriesEnvelope?) {
    try reading(entry) { file throws(RRDError) in
      let single = try file.file.archive(resolution: nil, from: span.from)
      let start = max(span.from, Instant(file.file.header.reach(of: single).lowerBound))
      let inside = start < span.to ? try file.window(entry, Span(from: start, to: span.to), single) : nil
      guard start > span.from, let (low, high) = file.file.extremes(from: span.from) else { return (inside, nil) }
      let lows = try file.window(entry, span, low)
      return (
        inside,
        SeriesEnvelope(average: lows, low: lows.samples, high: try file.window(entry, span, high).samples)
      )
    }
  }

  /// What the file of the entry itself has.
  func newest(_ entry: CatalogueEntry, _ span: Span, resolution: Int?) throws(SeriesError) -> SeriesWindow {
    try reading(entry) { file throws(RRDError) in
      try file.window(entry, span, try file.file.archive(resolution: resolution, from: span.from))
    }
  }

  private func reading<Result>(
    _ entry: CatalogueEntry, _ work: (inout OpenFile) throws(RRDError) -> Result
  ) throws(SeriesError) -> sending Result where Result: Sendable {
    let path = store.path(entry.file)
    do throws(RRDError) {
      return try last.withLock { last throws(RRDError) in
        var open = last.take()
        if open == nil || open?.file.path != path { open = OpenFile(try RRDFile(reading: path)) }
        guard var file = open.take() else { throw .missing(path: path) }
        let result = try work(&file)
        last = consume file
        return result
      }
    } catch {
      throw SeriesError(series: entry.series, text: "\(error)")
    }
  }
}

/// An open file and the rows that were read of it.
private struct OpenFile: ~Copyable {
  let file: RRDFile
  private var blocks: [Wanted: RRDBlock] = [:]

  private struct Wanted: Hashable {
    var archive: Int
    var from: Int
    var to: Int
  }

  init(_ file: consuming RRDFile) { self.file = file }

  /// A coarse row's time is that of the last slot in it, so the slot of its sample is a resolution earlier.
  mutating func window(
    _ entry: CatalogueEntry, _ span: Span, _ archive: RRDHeader.Archive
  ) throws(RRDError) -> SeriesWindow {
    let step = file.header.resolution(of: archive)
    guard let place = file.header.sources.firstIndex(of: entry.source) else {
      throw .damaged(path: file.path, text: "it has no data source \(entry.source)")
    }
    let shift = archive.steps == 1 ? 0 : step
    let first = archive.steps == 1 ? (span.from + (step - 1)).slot(step: step) : span.from.slot(step: step)
    guard first < span.to else { return SeriesWindow(series: entry.series, step: step, unit: entry.unit, samples: []) }
    let column = try block(archive, from: first.seconds + shift, to: span.to.seconds - 1 + shift).column(place)
    let before = (column.first - shift - first.seconds) / step
    let samples = (0..<(span.to - first + step - 1) / step).map { index in
      let isThere = index >= before && index - before < column.values.count
      return Sample(slot: first + index * step, value: isThere ? column.values[index - before] : nil)
    }
    return SeriesWindow(series: entry.series, step: step, unit: entry.unit, samples: samples)
  }

  private mutating func block(_ archive: RRDHeader.Archive, from: Int, to: Int) throws(RRDError) -> RRDBlock {
    let wanted = Wanted(archive: archive.offset, from: from, to: to)
    if let block = blocks[wanted] { return block }
    let block = try file.block(of: archive, from: from, to: to)
    if blocks.count > 16 { blocks = [:] }
    blocks[wanted] = block
    return block
  }
}

extension RRDFile {
  fileprivate borrowing func archive(
    resolution: Int?, from: Instant
  ) throws(RRDError) -> RRDHeader.Archive {
    let header = header
    let averages = header.archives.filter { $0.function == .average }.sorted { $0.steps < $1.steps }
    let single = averages.first { $0.steps == 1 }
    guard let resolution else {
      guard let single else { throw .damaged(path: path, text: "it has no archive of single steps") }
      return single
    }
    let reaching = averages.filter { header.reach(of: $0).lowerBound <= from.seconds }
    let fine = reaching.last { header.resolution(of: $0) <= resolution }
    guard let chosen = fine ?? reaching.first ?? averages.last else {
      throw .damaged(path: path, text: "it has no archive of averages")
    }
    return chosen
  }

  /// The finest archives of lowest and highest that reach back so far, else those that reach furthest.
  fileprivate borrowing func extremes(from: Instant) -> (low: RRDHeader.Archive, high: RRDHeader.Archive)? {
    let header = header
    let highs = header.archives.filter { $0.function == .maximum }.sorted { $0.steps < $1.steps }
    let high = highs.first { header.reach(of: $0).lowerBound <= from.seconds } ?? highs.last
    guard let high else { return nil }
    let low = header.archives.first { $0.function == .minimum && $0.steps == high.steps }
    return low.map { ($0, high) }
  }

  /// The archive with the peaks of one of averages; itself where there is none.
  fileprivate borrowing func peaks(
    _ function: RRDLayout.Function, behind archive: RRDHeader.Archive
  ) -> RRDHeader.Archive {
    header.archives.first { $0.function == function && $0.steps == archive.steps } ?? archive
  }
}
