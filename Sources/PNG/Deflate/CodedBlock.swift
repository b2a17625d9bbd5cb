/// A block with codes of its own (RFC 1951, 3.2.7).
struct CodedBlock {
  private static let end = 256

  private let tokens: [Token]
  private let literals: HuffmanCode
  private let distances: HuffmanCode
  private let lengths: CodeLengths
  private let lengthCode: HuffmanCode
  private let literalCount: Int
  private let distanceCount: Int
  /// How long it is, without the bits behind lengths and distances.
  let leastBits: Int

  init(_ tokens: [Token]) {
    self.tokens = tokens
    let (literalCounts, distanceCounts) = Self.counts(tokens)
    literals = HuffmanCode(counts: literalCounts, limit: 15)
    distances = HuffmanCode(counts: distanceCounts, limit: 15)
    literalCount = (literals.lengths.lastIndex { $0 > 0 } ?? 0) + 1
    distanceCount = (distances.lengths.lastIndex { $0 > 0 } ?? 0) + 1
    lengths = CodeLengths(Array(literals.lengths.prefix(literalCount) + distances.lengths.prefix(distanceCount)))
    lengthCode = HuffmanCode(counts: lengths.counts, limit: 7)
    leastBits = literals.cost(literalCounts) + distances.cost(distanceCounts) + lengthCode.cost(lengths.counts)
  }

  private static func counts(_ tokens: [Token]) -> (literals: [Int], distances: [Int]) {
    let symbols = LengthCode.symbols
    var literals = [Int](repeating: 0, count: 286)
    var distances = [Int](repeating: 0, count: 30)
    literals[end] = 1
    for token in tokens {
      if token.isMatch {
        literals[symbols[token.shortLength]] &+= 1
        distances[DistanceCode.of(token.distance).symbol] &+= 1
      } else {
        literals[token.literal] &+= 1
      }
    }
    return (literals, distances)
  }

  func put(isLast: Bool, _ writer: inout BitWriter) {
    writer.put(isLast ? 0b101 : 0b100, 3)
    putHeader(&writer)
    putTokens(&writer)
    writer.put(literals[Self.end])
  }

  private func putHeader(_ writer: inout BitWriter) {
    let named = max(4, (CodeLengths.order.lastIndex { lengthCode.lengths[$0] > 0 } ?? 0) + 1)
    writer.put(literalCount - 257, 5)
    writer.put(distanceCount - 1, 5)
    writer.put(named - 4, 4)
    for symbol in CodeLengths.order.prefix(named) { writer.put(lengthCode.lengths[symbol], 3) }
    for item in lengths.items {
      writer.put(lengthCode[item.symbol])
      writer.put(item.extra, item.extraBits)
    }
  }

  private func putTokens(_ writer: inout BitWriter) {
    let matches = lengthBits()
    unsafe literals.words.withUnsafeBufferPointer { literals in
      unsafe distances.words.withUnsafeBufferPointer { distances in
        unsafe matches.withUnsafeBufferPointer { matches in
          // A match has 20 bits for its length and 28 for its distance at most.
          unsafe writer.put(upTo: 6 * tokens.count) { pen in
            for token in tokens {
              guard token.isMatch else {
                unsafe pen.put(literals[token.literal])
                continue
              }
              unsafe pen.put(matches[token.shortLength])
              let distance = DistanceCode.of(token.distance)
              let code = unsafe distances[distance.symbol]
              unsafe pen.put(
                HuffmanCode.Word(
                  bits: code.bits | UInt32(truncatingIfNeeded: distance.extra) &<< code.count,
                  count: code.count &+ UInt32(truncatingIfNeeded: distance.extraBits)))
            }
          }
        }
      }
    }
  }

  /// By the length less three, the code with the bits behind it.
  private func lengthBits() -> [HuffmanCode.Word] {
    LengthCode.symbols.enumerated().map { short, symbol in
      let code = literals[symbol]
      let extra = UInt32(short + 3 - LengthCode.base[symbol - 257])
      return HuffmanCode.Word(
        bits: code.bits | extra << code.count, count: code.count + UInt32(LengthCode.extraBits[symbol - 257]))
    }
  }
}
