/// The codes of lengths and distances: a symbol, and bits behind it that say which of its values is meant (RFC 1951,
/// 3.2.5).
enum LengthCode {
  /// The shortest length of each symbol from 257 on.
  static let base = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
  ]
  static let extraBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]

  /// By the length less three, the symbol.
  static let symbols: [Int] = (3...258).map { length in 257 + (base.lastIndex { $0 <= length } ?? 0) }
}

enum DistanceCode {
  /// Two symbols for each power of two: the symbol, its extra bits and their value.
  static func of(_ distance: Int) -> (symbol: Int, extraBits: Int, extra: Int) {
    let offset = distance - 1
    guard offset >= 4 else { return (offset, 0, 0) }
    let power = Int.bitWidth - 1 - offset.leadingZeroBitCount
    let extraBits = power - 1
    return (2 * power + (offset >> extraBits & 1), extraBits, offset & (1 << extraBits - 1))
  }
}

/// The code lengths of a block, written as runs with a code of their own (RFC 1951, 3.2.7).
struct CodeLengths {
  /// Where the lengths of the symbols of this code stand: those often 0 last, to be left out.
  static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  /// A length 0 to 15, or 16 to 18 for a repetition, with the bits behind it.
  private(set) var items: [(symbol: Int, extra: Int, extraBits: Int)] = []

  init(_ lengths: [UInt8]) {
    var rest = lengths[...]
    while let length = rest.first {
      let run = rest.prefix { $0 == length }.count
      length == 0 ? addZeros(run) : add(Int(length), run)
      rest = rest.dropFirst(run)
    }
  }

  var counts: [Int] {
    items.reduce(into: [Int](repeating: 0, count: 19)) { $0[$1.symbol] += 1 }
  }

  private mutating func addZeros(_ run: Int) {
    var left = run
    while left >= 3 {
      let part = min(left, 138)
      items.append(part < 11 ? (17, part - 3, 3) : (18, part - 11, 7))
      left -= part
    }
    for _ in 0..<left { items.append((0, 0, 0)) }
  }

  private mutating func add(_ length: Int, _ run: Int) {
    items.append((length, 0, 0))
    var left = run - 1
    while left >= 3 {
      let part = min(left, 6)
      items.append((16, part - 3, 2))
      left -= part
    }
    for _ in 0..<left { items.append((length, 0, 0)) }
  }
}
