/// A prefix code made for the symbols counted, no code longer than a limit (RFC 1951, 3.2.2).
struct HuffmanCode {
  /// What is sent for a symbol: the first bit is the lowest.
  struct Word: Equatable {
    var bits: UInt32
    var count: UInt32
  }

  /// Of each symbol, in bits; 0 where it does not occur.
  let lengths: [UInt8]
  let words: [Word]

  init(lengths: [UInt8]) {
    self.lengths = lengths
    words = Self.canonical(lengths)
  }

  subscript(symbol: Int) -> Word { words[symbol] }

  init(counts: [Int], limit: Int) {
    self.init(lengths: Self.lengths(counts, limit))
  }

  /// Bits for the symbols counted, without what else belongs to them.
  func cost(_ counts: [Int]) -> Int {
    zip(counts, lengths).reduce(0) { $0 + $1.0 * Int($1.1) }
  }

  private static func lengths(_ counts: [Int], _ limit: Int) -> [UInt8] {
    let symbols = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }
    var lengths = [UInt8](repeating: 0, count: counts.count)
    guard symbols.count > 1 else {
      if let only = symbols.first { lengths[only] = 1 }
      return lengths
    }
    var numbers = numberOfCodes(ofLength: depths(symbols.map { counts[$0] }), limit)
    shorten(&numbers, limit)
    // The rarest symbols, first in the list, have the longest codes.
    var next = symbols.makeIterator()
    for length in stride(from: limit, through: 1, by: -1) {
      for _ in 0..<numbers[length] {
        if let symbol = next.next() { lengths[symbol] = UInt8(length) }
      }
    }
    return lengths
  }

  /// Huffman's algorithm over weights in ascending order, with two queues in place of a heap: how deep each leaf is.
  private static func depths(_ weights: [Int]) -> [Int] {
    var sums: [Int] = []
    var parents = [Int](repeating: 0, count: 2 * weights.count - 1)
    var (leaf, node) = (0, 0)
    func take() -> (weight: Int, place: Int) {
      if leaf < weights.count, node >= sums.count || weights[leaf] <= sums[node] {
        leaf += 1
        return (weights[leaf - 1], leaf - 1)
      }
      node += 1
      return (sums[node - 1], weights.count + node - 1)
    }
    while sums.count < weights.count - 1 {
      let (one, other) = (take(), take())
      let place = weights.count + sums.count
      parents[one.place] = place
      parents[other.place] = place
      sums.append(one.weight + other.weight)
    }
    var depths = [Int](repeating: 0, count: parents.count)
    for place in stride(from: parents.count - 2, through: 0, by: -1) { depths[place] = depths[parents[place]] + 1 }
    return Array(depths.prefix(weights.count))
  }

  private static func numberOfCodes(ofLength depths: [Int], _ limit: Int) -> [Int] {
    var numbers = [Int](repeating: 0, count: limit + 1)
    for depth in depths { numbers[min(depth, limit)] += 1 }
    return numbers
  }

  /// Codes cut to the limit are too many for it (Kraft's inequality): shorter ones are lengthened until all fit.
  private static func shorten(_ numbers: inout [Int], _ limit: Int) {
    var space = (1...limit).reduce(0) { $0 + numbers[$1] << (limit - $1) }
    while space > 1 << limit {
      let longest = (1..<limit).last { numbers[$0] > 0 } ?? 1
      numbers[limit] -= 1
      numbers[longest] -= 1
      numbers[longest + 1] += 2
      space -= 1
    }
  }

  private static func canonical(_ lengths: [UInt8]) -> [Word] {
    var numbers = [Int](repeating: 0, count: 16)
    for length in lengths where length > 0 { numbers[Int(length)] += 1 }
    var next = [Int](repeating: 0, count: 17)
    for length in 1...15 { next[length + 1] = (next[length] + numbers[length]) << 1 }
    return lengths.map { length in
      let count = Int(length)
      guard count > 0 else { return Word(bits: 0, count: 0) }
      defer { next[count] += 1 }
      return Word(bits: UInt32(next[count]).reversed >> (32 - UInt32(count)), count: UInt32(count))
    }
  }
}

extension UInt32 {
  fileprivate var reversed: UInt32 {
    var bits = byteSwapped
    bits = (bits >> 4 & 0x0F0F_0F0F) | (bits & 0x0F0F_0F0F) << 4
    bits = (bits >> 2 & 0x3333_3333) | (bits & 0x3333_3333) << 2
    return (bits >> 1 & 0x5555_5555) | (bits & 0x5555_5555) << 1
  }
}
