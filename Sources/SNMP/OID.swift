/// The name of an object: a path of numbers.
///
/// The names of one answer share their storage: a table of a thousand objects is one list of numbers, not a thousand.
package struct OID: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let storage: [UInt32]
  private let start: UInt32
  private let end: UInt32

  package init(_ parts: [UInt32]) { self.init(parts, in: 0..<parts.count) }

  /// The numbers of one of several names that stand one behind the other.
  init(_ storage: [UInt32], in range: Range<Int>) {
    self.storage = storage
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// `1.3.6.1` or `.1.3.6.1`; `nil` for anything else, for under two and for over 128 parts (RFC 3416 section 4.1).
  package init?(_ text: String) {
    let text = text.hasPrefix(".") ? text.dropFirst() : text[...]
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      .map { $0.allSatisfy(\.isASCII) ? UInt32($0) : nil }
    guard (2...128).contains(parts.count), !text.contains("+") else { return nil }
    let known = parts.compactMap { $0 }
    guard known.count == parts.count else { return nil }
    self.init(known)
  }

  /// Its indices need not begin at 0.
  package var parts: ArraySlice<UInt32> { storage[Int(start)..<Int(end)] }
  package var count: Int { Int(end - start) }

  package var description: String { parts.map(String.init).joined(separator: ".") }

  package static func == (left: OID, right: OID) -> Bool {
    left.count == right.count && left.shared(with: right) == left.count
  }

  package func hash(into hasher: inout Hasher) {
    for part in parts { hasher.combine(part) }
  }

  package func hasPrefix(_ prefix: OID) -> Bool { count >= prefix.count && shared(with: prefix) == prefix.count }

  /// How many parts are the same from the start: walks compare every object they read.
  func shared(with other: OID) -> Int {
    unsafe storage.withUnsafeBufferPointer { mine in
      unsafe other.storage.withUnsafeBufferPointer { theirs in
        let (mineAt, theirsAt) = (Int(start), Int(other.start))
        let most = min(count, other.count)
        var place = 0
        while unsafe place < most && mine[mineAt + place] == theirs[theirsAt + place] { place += 1 }
        return place
      }
    }
  }

  /// What follows the prefix: the index of a row under its column; `nil` where this is not under it.
  package func suffix(after prefix: OID) -> OID? {
    guard count > prefix.count, hasPrefix(prefix) else { return nil }
    return OID(storage, in: Int(start) + prefix.count..<Int(end))
  }

  func appending(_ other: OID) -> OID { OID(Array(parts + other.parts)) }

  /// What follows so many parts, whatever they are; nothing where there are no more.
  package func index(behind count: Int) -> OID { OID(storage, in: min(Int(start) + count, Int(end))..<Int(end)) }

  /// Lexicographical, the order agents walk in.
  package static func < (left: OID, right: OID) -> Bool {
    let shared = left.shared(with: right)
    guard shared < left.count else { return shared < right.count }
    return shared < right.count
      && left.storage[Int(left.start) + shared] < right.storage[Int(right.start) + shared]
  }
}
