package import Model
package import Platform

extension Journal {
  /// Readings in the order they were written.
  package struct Batch: Sendable {
    package var readings: [Reading] = []
    /// Where to go on; equal to the place asked from where there is nothing more.
    package var position: JournalPosition
    /// One line for each stretch that could not be read.
    package var damage: [String] = []
    /// False where more stands behind `position`.
    package var isComplete = true
  }

  /// What stands behind a position, or all; at most `limit` bytes of whole segments at once, to bound memory.
  package func read(
    after position: JournalPosition? = nil, limit: Int = 256 << 20
  ) throws(FileError) -> Batch {
    let start = position ?? JournalPosition(segment: 0, offset: 0)
    var batch = Batch(position: start)
    var taken = 0
    let segments = try segments().filter { $0.number >= start.segment }
    batch.damage += missing(from: segments, after: position)
    for segment in segments {
      guard taken < limit else {
        batch.isComplete = false
        break
      }
      taken += try read(segment, into: &batch)
    }
    return batch
  }

  /// Readings of some jobs with a slot at or after `from`, for files that have to be filled again.
  package func readings(of jobs: Set<JobID>, from: Instant) throws(FileError) -> [Reading] {
    var found: [Reading] = []
    for segment in try segments() where segment.end > from {
      var batch = Batch(position: JournalPosition(segment: segment.number, offset: 0))
      _ = try read(segment, into: &batch)
      found += batch.readings.filter { $0.slot >= from && jobs.contains($0.job) }
    }
    return found
  }

  /// Returns the bytes read.
  private func read(_ segment: Segment, into batch: inout Batch) throws(FileError) -> Int {
    let wanted = batch.position.segment == segment.number ? batch.position.offset : 0
    let (size, headerIsSound, scan) = try self.scan(segment, from: wanted)
    if wanted > size {
      batch.damage.append("journal \(segment.name): ends at \(size); byte \(wanted) had been read already")
    }
    if wanted == 0, size > 0, !headerIsSound {
      let count = min(size, Segment.magic.count)
      batch.damage.append("journal \(segment.name): the first \(count) bytes are not those of a journal")
    }
    batch.damage += scan.damage.map { Damage.text(segment, $0) }
    for (place, payload) in scan.records {
      do throws(ByteReader.Malformed) {
        batch.readings.append(try Reading(encoded: payload))
      } catch {
        batch.damage.append("journal \(segment.name): the record at \(place) is of a layout not known here")
      }
    }
    batch.position = JournalPosition(segment: segment.number, offset: scan.resume)
    return size - min(wanted, size)
  }

  /// Segments are numbered without gaps; one that is gone was taken away by somebody.
  private func missing(from segments: [Segment], after position: JournalPosition?) -> [String] {
    guard let position, position.segment > 0 else { return [] }
    var expected = position.segment
    var lines: [String] = []
    for segment in segments {
      if segment.number > expected {
        lines.append("journal: segments \(expected) to \(segment.number - 1) are gone before they were read")
      }
      expected = segment.number + 1
    }
    return lines
  }
}
