internal import CRRD

/// Values of one data source at evenly spaced times.
package struct RRDColumn: Hashable, Sendable {
  /// The time of the first value, seconds since 1970.
  package var first: Int
  /// Seconds from one to the next.
  package var resolution: Int
  package var values: [Double?]
}

extension RRDFile {
  /// Rows of an archive with times from `from` to `to`, both included; what the archive does not reach is left out.
  ///
  /// The times are those `rrdtool fetch` prints.
  package func rows(of archive: RRDHeader.Archive, from: Int, to: Int) throws(RRDError) -> [RRDRow] {
    guard let wanted = times(of: archive, from: from, to: to) else { return [] }
    let width = header.sources.count
    let values = try fetch(archive, wanted, sources: 0..<width)
    return (0..<values.count / width).map { row in
      RRDRow(
        time: wanted.lowerBound + row * header.resolution(of: archive),
        values: Array(values[row * width..<(row + 1) * width]))
    }
  }

  /// The values of the data source at `place`, like `rows(of:from:to:)`.
  package func column(
    _ place: Int, of archive: RRDHeader.Archive, from: Int, to: Int
  ) throws(RRDError) -> RRDColumn {
    let resolution = header.resolution(of: archive)
    guard let wanted = times(of: archive, from: from, to: to) else {
      return RRDColumn(first: from, resolution: resolution, values: [])
    }
    let values = try fetch(archive, wanted, sources: place..<place + 1)
    return RRDColumn(first: wanted.lowerBound, resolution: resolution, values: values)
  }

  /// The times of the first and the last row there is between two times.
  private func times(of archive: RRDHeader.Archive, from: Int, to: Int) -> ClosedRange<Int>? {
    let resolution = header.resolution(of: archive)
    let reach = header.reach(of: archive)
    let rest = from % resolution
    let first = max(rest <= 0 ? from - rest : from + resolution - rest, reach.lowerBound)
    let last = min(to - to % resolution, reach.upperBound)
    return first <= last ? first...last : nil
  }

  /// The values of some data sources, row by row, for exactly those times.
  private func fetch(
    _ archive: RRDHeader.Archive, _ wanted: ClosedRange<Int>, sources wantedSources: Range<Int>
  ) throws(RRDError) -> [Double?] {
    if let librrdFault { throw .refused(path: path, text: librrdFault) }
    let resolution = header.resolution(of: archive)
    // librrd leaves out the row at the start, and adds one after the end.
    var (first, last) = (wanted.lowerBound - resolution, wanted.upperBound)
    var (step, sources) = (UInt(resolution), UInt(0))
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    var data: UnsafeMutablePointer<rrd_value_t>?
    rrd_clear_error()
    let result = unsafe rrd_fetch_r(path, archive.function.rawValue, &first, &last, &step, &sources, &names, &data)
    guard result == 0 else { throw .refused(path: path, text: lastWords()) }
    defer {
      for index in 0..<Int(sources) { unsafe rrd_freemem(names?[index]) }
      unsafe rrd_freemem(names)
      unsafe rrd_freemem(data)
    }
    let count = (wanted.upperBound - wanted.lowerBound) / resolution + 1
    guard step == resolution, Int(sources) == header.sources.count, let data = unsafe data,
      first + resolution == wanted.lowerBound, last >= wanted.upperBound
    else { throw .refused(path: path, text: "librrd answers for \(first) to \(last) in steps of \(step) s") }
    var values: [Double?] = []
    values.reserveCapacity(count * wantedSources.count)
    for row in 0..<count {
      for place in wantedSources { values.append(known(unsafe data[row * Int(sources) + place])) }
    }
    return values
  }

  /// An average of values near the end of the range of doubles can be infinite; that is no number either.
  private func known(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
