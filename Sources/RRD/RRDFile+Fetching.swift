internal import CRRD

extension RRDFile {
  /// Rows of an archive with times from `from` to `to`, both included; what the archive does not reach is left out.
  ///
  /// The times are those `rrdtool fetch` prints.
  package func rows(of archive: RRDHeader.Archive, from: Int, to: Int) throws(RRDError) -> [RRDRow] {
    let resolution = header.resolution(of: archive)
    let reach = header.reach(of: archive)
    let first = max(roundedUp(from, resolution), reach.lowerBound)
    let last = min(to - to % resolution, reach.upperBound)
    guard first <= last else { return [] }
    // librrd leaves out the row at the start, and adds one after the end.
    let rows = try fetch(archive.function, start: first - resolution, end: last, resolution: resolution)
    return rows.filter { first <= $0.time && $0.time <= last }
  }

  private func roundedUp(_ time: Int, _ resolution: Int) -> Int {
    let rest = time % resolution
    return rest <= 0 ? time - rest : time + resolution - rest
  }

  private func fetch(
    _ function: RRDLayout.Function, start: Int, end: Int, resolution: Int
  ) throws(RRDError) -> [RRDRow] {
    _ = unknownIsSet
    var (first, last, step, sources) = (start, end, UInt(resolution), UInt(0))
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    var data: UnsafeMutablePointer<rrd_value_t>?
    rrd_clear_error()
    let result = unsafe rrd_fetch_r(path, function.rawValue, &first, &last, &step, &sources, &names, &data)
    guard result == 0 else { throw .refused(path: path, text: lastWords()) }
    defer {
      for index in 0..<Int(sources) { unsafe rrd_freemem(names?[index]) }
      unsafe rrd_freemem(names)
      unsafe rrd_freemem(data)
    }
    let width = header.sources.count
    guard step == resolution, Int(sources) == width, let data = unsafe data else {
      throw .refused(path: path, text: "librrd answers in steps of \(step) s and not of \(resolution) s")
    }
    return stride(from: first + resolution, through: last, by: resolution).enumerated().map { index, time in
      RRDRow(time: time, values: (0..<width).map { known(unsafe data[index * width + $0]) })
    }
  }

  /// An average of values near the end of the range of doubles can be infinite; that is no number either.
  private func known(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
