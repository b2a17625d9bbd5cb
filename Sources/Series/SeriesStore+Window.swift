package import Model
import RRD

/// Averages with the lowest and highest values behind them, on one grid.
package struct SeriesEnvelope: Hashable, Sendable {
  package var average: SeriesWindow
  package var low: [Sample]
  package var high: [Sample]
}

extension SeriesStore {
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

  /// What the file of the entry itself has.
  func newest(_ entry: CatalogueEntry, _ span: Span, resolution: Int?) throws(SeriesError) -> SeriesWindow {
    try reading(entry) { file throws(RRDError) in
      let archive = try file.archive(resolution: resolution, from: span.from)
      return try file.window(entry, span, archive)
    }
  }

  /// A window with the peaks its averages hide; where an archive keeps none, they are the averages.
  package func envelope(
    _ entry: CatalogueEntry, _ span: Span, resolution: Int
  ) throws(SeriesError) -> SeriesEnvelope {
    try reading(entry) { file throws(RRDError) in
      let archive = try file.archive(resolution: resolution, from: span.from)
      let average = try file.window(entry, span, archive)
      return SeriesEnvelope(
        average: average, low: try file.window(entry, span, file.peaks(.minimum, behind: archive)).samples,
        high: try file.window(entry, span, file.peaks(.maximum, behind: archive)).samples)
    }
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

  private func reading<Result>(
    _ entry: CatalogueEntry, _ work: (borrowing RRDFile) throws(RRDError) -> Result
  ) throws(SeriesError) -> Result {
    do throws(RRDError) {
      return try work(try RRDFile(reading: path(entry.file)))
    } catch {
      throw SeriesError(series: entry.series, text: "\(error)")
    }
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

  /// The archive with the peaks of one of averages; itself where there is none.
  fileprivate borrowing func peaks(
    _ function: RRDLayout.Function, behind archive: RRDHeader.Archive
  ) -> RRDHeader.Archive {
    header.archives.first { $0.function == function && $0.steps == archive.steps } ?? archive
  }

  /// A coarse row's time is that of the last slot in it, so the slot of its sample is a resolution earlier.
  fileprivate borrowing func window(
    _ entry: CatalogueEntry, _ span: Span, _ archive: RRDHeader.Archive
  ) throws(RRDError) -> SeriesWindow {
    let step = header.resolution(of: archive)
    guard let place = header.sources.firstIndex(of: entry.source) else {
      throw .damaged(path: path, text: "it has no data source \(entry.source)")
    }
    let shift = archive.steps == 1 ? 0 : step
    let first = archive.steps == 1 ? (span.from + (step - 1)).slot(step: step) : span.from.slot(step: step)
    guard first < span.to else { return SeriesWindow(series: entry.series, step: step, unit: entry.unit, samples: []) }
    let column = try column(place, of: archive, from: first.seconds + shift, to: span.to.seconds - 1 + shift)
    let before = (column.first - shift - first.seconds) / step
    let samples = (0..<(span.to - first + step - 1) / step).map { index in
      let isThere = index >= before && index - before < column.values.count
      return Sample(slot: first + index * step, value: isThere ? column.values[index - before] : nil)
    }
    return SeriesWindow(series: entry.series, step: step, unit: entry.unit, samples: samples)
  }
}
