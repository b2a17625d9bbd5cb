package import Model
package import Platform

/// The record of every reading, written before anything is made of it: a folder of segments that only grow.
///
/// One process appends at a time, under the run's lock; readers need none.
package struct Journal: Sendable {
  package let folder: String
  /// Bytes after which a new segment is begun; a new UTC day begins one as well.
  private let segmentLimit: Int
  /// Bytes a reading may take.
  private let recordLimit: Int

  package init(folder: String, segmentLimit: Int = 16 << 20, recordLimit: Int = 64 << 20) {
    self.folder = folder
    self.segmentLimit = segmentLimit
    self.recordLimit = recordLimit
  }

  /// What an append did.
  package struct Appended: Sendable {
    /// The end of the journal.
    package var position: JournalPosition
    /// One line for each thing found wrong with the newest segment; the torn end of a killed run is cut off.
    package var damage: [String]
  }

  /// Puts readings on the disk, all or none of them; returns when they are safe.
  ///
  /// - Parameter trusted: where an earlier append ended; what stands before it is not checked again.
  @discardableResult
  package func append(
    _ readings: [Reading], trusting trusted: JournalPosition? = nil
  ) throws(FileError) -> Appended {
    try Files.makeFolder(folder, mode: 0o750)
    let newest = try segments().last
    let state = try newest.map { segment throws(FileError) in try mend(segment, trusting: trusted) }
    let damage = state?.damage ?? []
    guard let latest = readings.map(\.slot).max() else {
      return Appended(position: JournalPosition(segment: newest?.number ?? 0, offset: state?.size ?? 0), damage: damage)
    }
    let next = Segment(number: (newest?.number ?? 0) + 1, slot: latest)
    var segment = next
    if let newest, let state, state.isSound, newest.day == next.day, state.size < segmentLimit { segment = newest }
    let file = try AppendFile(path: path(segment), mode: 0o640)
    try file.write((try file.size == 0 ? Segment.magic : []) + records(readings))
    try file.sync()
    return Appended(position: JournalPosition(segment: segment.number, offset: try file.size), damage: damage)
  }

  private func records(_ readings: [Reading]) -> [UInt8] {
    var bytes: [UInt8] = []
    for reading in readings {
      var payload = reading.encoded
      if payload.count > recordLimit { payload = reading.withoutContent(bytes: payload.count).encoded }
      Record.append(payload, to: &bytes)
    }
    return bytes
  }

  /// Cuts a torn end off a segment; one that is damaged elsewhere is left alone and takes no more records.
  private func mend(
    _ segment: Segment, trusting trusted: JournalPosition?
  ) throws(FileError) -> (isSound: Bool, size: Int, damage: [String]) {
    let start = trusted.flatMap { $0.segment == segment.number ? $0.offset : nil } ?? 0
    let (size, headerIsSound, scan) = try self.scan(segment, from: start)
    guard size > 0 else { return (true, 0, []) }
    if size < Segment.magic.count {
      try AppendFile(path: path(segment)).truncate(to: 0)
      return (true, 0, [Damage.text(segment, 0..<size, isCut: true)])
    }
    if let torn = scan.tornTail, headerIsSound {
      try AppendFile(path: path(segment)).truncate(to: torn)
      return (true, torn, [Damage.text(segment, torn..<size, isCut: true)])
    }
    return (headerIsSound && scan.damage.isEmpty, size, scan.damage.map { Damage.text(segment, $0) })
  }

  /// What a segment holds from a place on, where an earlier read or append ended; what stands before it is not
  /// read again.
  func scan(
    _ segment: Segment, from start: Int
  ) throws(FileError) -> (size: Int, headerIsSound: Bool, scan: SegmentScan) {
    let header = Segment.magic.count
    let (bytes, size) = try Files.read(path(segment), from: start > header ? start : 0)
    if start > header { return (size, true, SegmentScan(bytes, at: min(start, size))) }
    let records = Array(bytes.dropFirst(header))
    return (size, bytes.starts(with: Segment.magic), SegmentScan(records, at: min(header, size)))
  }

  /// The segments in order.
  func segments() throws(FileError) -> [Segment] {
    guard Files.exists(folder) else { return [] }
    return try Files.list(folder).compactMap(Segment.init(name:)).sorted()
  }

  func path(_ segment: Segment) -> String { "\(folder)/\(segment.name)" }
}

/// How damage is told.
enum Damage {
  static func text(_ segment: Segment, _ range: Range<Int>, isCut: Bool = false) -> String {
    let what = "journal \(segment.name): \(range.count) bytes at \(range.lowerBound) are not a whole record"
    return isCut ? "\(what), and were cut off" : "\(what), and were passed over"
  }
}

extension Reading {
  /// A reading of the same slot that says why it holds nothing.
  fileprivate func withoutContent(bytes: Int) -> Reading {
    Reading(
      job: job, slot: slot, step: step,
      failure: Failure(.local, "the reading takes \(bytes) bytes, more than the journal keeps for one"), cost: cost)
  }
}
