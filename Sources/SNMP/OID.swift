/// The name of an object: a path of numbers.
package struct OID: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let parts: [UInt32]

  package init(_ parts: [UInt32]) { self.parts = parts }

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

  package var description: String { parts.map(String.init).joined(separator: ".") }

  package func hasPrefix(_ prefix: OID) -> Bool {
    parts.count >= prefix.parts.count && shared(with: prefix) == prefix.parts.count
  }

  /// How many parts are the same from the start: walks compare every object they read.
  private func shared(with other: OID) -> Int {
    unsafe parts.withUnsafeBufferPointer { mine in
      unsafe other.parts.withUnsafeBufferPointer { theirs in
        let most = min(mine.count, theirs.count)
        var place = 0
        while unsafe place < most && mine[place] == theirs[place] { place += 1 }
        return place
      }
    }
  }

  /// What follows the prefix: the index of a row under its column; `nil` where this is not under it.
  package func suffix(after prefix: OID) -> OID? {
    guard parts.count > prefix.parts.count, hasPrefix(prefix) else { return nil }
    return OID(Array(parts[prefix.parts.count...]))
  }

  /// Lexicographical, the order agents walk in.
  package static func < (left: OID, right: OID) -> Bool {
    let shared = left.shared(with: right)
    guard shared < left.parts.count else { return shared < right.parts.count }
    return shared < right.parts.count && left.parts[shared] < right.parts[shared]
  }
}
