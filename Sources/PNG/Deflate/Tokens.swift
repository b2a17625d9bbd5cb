/// A byte as it is, or the repetition of what came before (RFC 1951, 3.2.5).
struct Token: Equatable {
  private let bits: UInt32

  init(literal: UInt8) { bits = UInt32(literal) }

  /// `length` 3 to 258, `distance` 1 to 32,768.
  init(length: Int, distance: Int) {
    bits = 1 << 31 | UInt32(truncatingIfNeeded: length &- 3) << 15 | UInt32(truncatingIfNeeded: distance &- 1)
  }

  var isMatch: Bool { bits >> 31 == 1 }
  var literal: Int { Int(truncatingIfNeeded: bits & 0xFF) }
  /// Less three.
  var shortLength: Int { Int(truncatingIfNeeded: bits >> 15 & 0xFF) }
  var distance: Int { Int(truncatingIfNeeded: bits & 0x7FFF) &+ 1 }
}

/// Takes bytes apart into tokens, a block's worth at a time: runs first, then what stood elsewhere in the 32 KiB before.
///
/// Only where a run ends is anything looked up or remembered. That is where a graph has its letters and edges, and few
/// of its bytes.
struct Tokens {
  private static let window = 32_768
  private static let longest = 258
  private static let hashBits = 12

  private var position = 0
  /// By the hash of four bytes, where they were last seen; -1 before that.
  private var seen = [Int32](repeating: -1, count: 1 << Tokens.hashBits)

  /// The next tokens and how many bytes they stand for; no tokens at the end.
  mutating func next(_ bytes: [UInt8], most: Int = 32_768) -> (tokens: [Token], bytes: Range<Int>) {
    var tokens: [Token] = []
    let start = position
    unsafe bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      while position < bytes.count, tokens.count < most {
        unsafe step(base, bytes.count, &tokens)
      }
    }
    return (tokens, start..<position)
  }

  private mutating func step(_ bytes: UnsafeRawPointer, _ count: Int, _ tokens: inout [Token]) {
    let here = unsafe bytes + position
    let left = count - position
    if position > 0 {
      let run = unsafe commonLength(here, here - 1, left)
      if run >= 3 { return repeatByte(run, &tokens) }
    }
    if left >= 8, let (length, distance) = unsafe seenBefore(here, left) {
      tokens.append(Token(length: length, distance: distance))
      position += length
    } else {
      tokens.append(Token(literal: unsafe here.load(as: UInt8.self)))
      position += 1
    }
  }

  /// A run of any length is as many tokens as it needs; a rest too short for one is left to the next step.
  private mutating func repeatByte(_ run: Int, _ tokens: inout [Token]) {
    var left = run
    while left >= 3 {
      let length = min(left, Self.longest)
      tokens.append(Token(length: length, distance: 1))
      left -= length
    }
    position += run - left
  }

  private mutating func seenBefore(_ here: UnsafeRawPointer, _ left: Int) -> (length: Int, distance: Int)? {
    let four = unsafe here.loadUnaligned(as: UInt32.self).littleEndian
    let slot = Int((four &* 0x9E37_79B1) >> (32 - UInt32(Self.hashBits)))
    let place = Int(seen[slot])
    seen[slot] = Int32(truncatingIfNeeded: position)
    let distance = position - place
    guard place >= 0, distance <= Self.window else { return nil }
    let length = unsafe commonLength(here, here - distance, min(left, Self.longest))
    // A far repetition of few bytes takes more bits than the bytes.
    return length >= (distance < 512 ? 4 : 6) ? (length, distance) : nil
  }
}
