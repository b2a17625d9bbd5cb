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

  /// Whether a name here comes before one there in the order agents walk in; their first parts are the same, `shared` of
  /// them.
  func precedes(_ place: Int, _ other: OIDList, _ otherPlace: Int, sharing shared: Int) -> Bool {
    let (mine, theirs) = (range(place).dropFirst(shared), other.range(otherPlace).dropFirst(shared))
    return parts[mine].lexicographicallyPrecedes(other.parts[theirs])
  }

  /// How many names from the first on are, behind so many parts, the names of another list in its order.
  package func agreeing(with other: OIDList, behind count: Int) -> Int {
    var place = 0
    while place < ends.count, place < other.ends.count, hasIndex(place, behind: count, of: other, place) { place += 1 }
    return place
  }

  /// Whether what follows so many parts of a name is the whole of one there, whatever those parts are.
  package func hasIndex(_ place: Int, behind count: Int, of other: OIDList, _ otherPlace: Int) -> Bool {
    let (mine, theirs) = (range(place), other.range(otherPlace))
    guard mine.count - count == theirs.count else { return false }
    return unsafe parts.withUnsafeBufferPointer { left in
      unsafe other.parts.withUnsafeBufferPointer { right in
        var next = mine.lowerBound + count
        for place in theirs {
          guard unsafe left[next] == right[place] else { return false }
          next += 1
        }
        return true
      }
    }
  }
}

extension OIDList: Hashable {
  package static func == (left: OIDList, right: OIDList) -> Bool { left.elementsEqual(right) }

  package func hash(into hasher: inout Hasher) {
    for name in self { hasher.combine(name) }
  }
}
