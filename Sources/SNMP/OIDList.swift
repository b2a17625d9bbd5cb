import Glibc

/// Names one behind the other in a single list of numbers: those of a table of a thousand objects are not a thousand
/// lists.
package struct OIDList: Sendable, RandomAccessCollection {
  private var parts: [UInt32]
  /// Where each name ends.
  private var ends: [Int] = []

  package init() { parts = [] }

  init(_ oid: OID) { (parts, ends) = (Array(oid.parts), [oid.count]) }

  /// Names that are being read into `parts` and end at `ends`; numbers behind the last end are room that was not used.
  init(_ parts: consuming [UInt32], endingAt ends: consuming [Int]) {
    self.parts = parts
    self.ends = ends
    self.parts.removeLast(self.parts.count - (self.ends.last ?? 0))
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { ends.count }

  /// Shares the list's storage.
  package subscript(place: Int) -> OID { OID(parts, in: range(place)) }

  private func range(_ place: Int) -> Range<Int> { (place == 0 ? 0 : ends[place - 1])..<ends[place] }

  package mutating func append(_ oid: OID) {
    parts += oid.parts
    ends.append(parts.count)
  }

  /// A name of another list, without its first `count` parts.
  package mutating func append(_ place: Int, of other: OIDList, without count: Int = 0) {
    let range = other.range(place)
    unsafe other.parts.withUnsafeBufferPointer { all in
      unsafe parts.append(contentsOf: UnsafeBufferPointer(rebasing: all[range].dropFirst(count)))
    }
    ends.append(parts.count)
  }

  mutating func append(_ name: UnsafeBufferPointer<UInt>) {
    unsafe parts.append(contentsOf: name.lazy.map { UInt32(truncatingIfNeeded: $0) })
    ends.append(parts.count)
  }

  package mutating func reserve(_ names: Int, parts count: Int) {
    ends.reserveCapacity(names)
    parts.reserveCapacity(names * count)
  }

  package func count(of place: Int) -> Int { range(place).count }

  /// Whether a name begins with the first one of another list.
  func hasPrefix(_ place: Int, of other: OIDList) -> Bool {
    let (mine, prefix) = (range(place), other.range(0))
    guard mine.count >= prefix.count else { return false }
    return unsafe parts.withUnsafeBytes { left in
      unsafe other.parts.withUnsafeBytes { right in
        guard let left = left.baseAddress, let right = right.baseAddress else { return prefix.isEmpty }
        return unsafe memcmp(left + mine.lowerBound * 4, right, prefix.count * 4) == 0
      }
    }
  }

  /// Whether a name here comes, in the order agents walk in, before what follows so many parts of one there.
  func precedes(_ place: Int, _ other: OIDList, _ otherPlace: Int, behind count: Int) -> Bool {
    let (mine, theirs) = (range(place), other.range(otherPlace))
    var next = theirs.lowerBound + count
    for place in mine {
      guard next < theirs.upperBound else { return false }
      if parts[place] != other.parts[next] { return parts[place] < other.parts[next] }
      next += 1
    }
    return next < theirs.upperBound
  }

  /// How many names from the first on are those of another list in its order.
  package func agreeing(with other: OIDList) -> Int {
    let most = Swift.min(ends.count, other.ends.count)
    var place = 0
    while place < most, isSame(place, other) { place += 1 }
    return place
  }

  private func isSame(_ place: Int, _ other: OIDList) -> Bool {
    let (mine, theirs) = (range(place), other.range(place))
    guard mine.count == theirs.count else { return false }
    for offset in 0..<mine.count
    where parts[mine.lowerBound + offset] != other.parts[theirs.lowerBound + offset] { return false }
    return true
  }
}

extension OIDList: Hashable {
  package static func == (left: OIDList, right: OIDList) -> Bool { left.elementsEqual(right) }

  package func hash(into hasher: inout Hasher) {
    for name in self { hasher.combine(name) }
  }
}
