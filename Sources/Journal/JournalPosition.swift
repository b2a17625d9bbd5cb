/// A place between two records of the journal: a segment's number and a byte offset in it.
///
/// Printed as `17:4096`; the text stays readable by every later version.
package struct JournalPosition: Hashable, Comparable, Sendable, LosslessStringConvertible {
  package var segment: Int
  package var offset: Int

  package init(segment: Int, offset: Int) {
    self.segment = segment
    self.offset = offset
  }

  package init?(_ description: String) {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let segment = Int(parts[0]), let offset = Int(parts[1]), segment >= 0, offset >= 0 else {
      return nil
    }
    self.init(segment: segment, offset: offset)
  }

  package var description: String { "\(segment):\(offset)" }

  package static func < (left: JournalPosition, right: JournalPosition) -> Bool {
    (left.segment, left.offset) < (right.segment, right.offset)
  }
}
