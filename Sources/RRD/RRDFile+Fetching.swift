/// Values of one data source at evenly spaced times.
package struct RRDColumn: Hashable, Sendable {
  /// The time of the first value, seconds since 1970.
  package var first: Int
  /// Seconds from one to the next.
  package var resolution: Int
  package var values: [Double?]
}

/// Values of every data source at evenly spaced times.
package struct RRDBlock: Hashable, Sendable {
  /// The time of the first row, seconds since 1970.
  package var first: Int
  /// Seconds from one to the next.
  package var resolution: Int
  /// How many values a row has.
  package var width: Int
  /// Row by row; what is no number is unknown.
  package var values: [Double]

  package func column(_ place: Int) -> RRDColumn {
    let values = stride(from: place, to: values.count, by: max(1, width)).map { index in
      // An average of values near the end of the range of doubles can be infinite; that is no number either.
      self.values[index].isFinite ? self.values[index] : nil
    }
    return RRDColumn(first: first, resolution: resolution, values: values)
  }
}

extension RRDFile {
  /// Rows of an archive with times from `from` to `to`, both included; what the archive does not reach is left out.
  ///
  /// The times are those `rrdtool fetch` prints.
  package func rows(of archive: RRDHeader.Archive, from: Int, to: Int) throws(RRDError) -> [RRDRow] {
    let block = try block(of: archive, from: from, to: to)
    let columns = (0..<block.width).map(block.column)
    return (0..<block.values.count / block.width).map { row in
      RRDRow(time: block.first + row * block.resolution, values: columns.map { $0.values[row] })
    }
  }

  /// The values of the data source at `place`, like `rows(of:from:to:)`.
  package func column(
    _ place: Int, of archive: RRDHeader.Archive, from: Int, to: Int
  ) throws(RRDError) -> RRDColumn {
    try block(of: archive, from: from, to: to).column(place)
  }

  /// The same rows as they stand in the file: row after row, the numbers as the machine has them, in a ring of which the
  /// header says where it ends (the RRD manual, rrdcreate, and the file's own header).
  package func block(of archive: RRDHeader.Archive, from: Int, to: Int) throws(RRDError) -> RRDBlock {
    let (resolution, width) = (header.resolution(of: archive), header.sources.count)
    guard let wanted = times(of: archive, from: from, to: to) else {
      return RRDBlock(first: from, resolution: resolution, width: width, values: [])
    }
    let count = (wanted.upperBound - wanted.lowerBound) / resolution + 1
    let back = (header.reach(of: archive).upperBound - wanted.lowerBound) / resolution
    let start = (archive.currentRow - back % archive.rows + archive.rows) % archive.rows
    let head = min(count, archive.rows - start)
    var bytes = try file.read(at: archive.offset + start * width * 8, count: head * width * 8)
    if head < count { bytes += try file.read(at: archive.offset, count: (count - head) * width * 8) }
    guard bytes.count == count * width * 8 else { throw .damaged(path: path, text: "it ends inside its rows") }
    let values = unsafe [Double](unsafeUninitializedCapacity: count * width) { buffer, filled in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      filled = count * width
    }
    return RRDBlock(first: wanted.lowerBound, resolution: resolution, width: width, values: values)
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
}
