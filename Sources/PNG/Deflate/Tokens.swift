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
  fileprivate static let window = 32_768
  fileprivate static let longest = 258
  fileprivate static let hashBits = 12

  private var position = 0
  /// By the hash of four bytes, where they were last seen; -1 before that.
  private var seen = [Int32](repeating: -1, count: 1 << Tokens.hashBits)

  /// The next tokens and how many bytes they stand for; no tokens at the end.
  mutating func next(_ bytes: [UInt8], most: Int = 32_768) -> (tokens: [Token], bytes: Range<Int>) {
    let start = position
    let room = min(most, bytes.count - start) + Self.mostAtOnce
    let tokens = unsafe [Token](unsafeUninitializedCapacity: room) { tokens, count in
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe seen.withUnsafeMutableBufferPointer { seen in
          guard let base = bytes.baseAddress, let seen = seen.baseAddress, let tokens = tokens.baseAddress else {
            return
          }
          let walk = unsafe Walk(bytes: base, count: bytes.count, seen: seen)
          while position < bytes.count, count < most {
            unsafe walk.step(&position, tokens, &count)
          }
        }
      }
    }
    return (tokens, start..<position)
  }

  /// Tokens of one step; what a run has left over is the next step's.
  fileprivate static let mostAtOnce = 16

  /// Where it is read, remembered and written. Whoever steps has made room for sixteen tokens more than it wants.
  @unsafe private struct Walk {
    let bytes: UnsafeRawPointer
    let count: Int
    /// By the hash of four bytes, where they were last seen; -1 before that.
    let seen: UnsafeMutablePointer<Int32>

    @inline(__always)
    func step(_ position: inout Int, _ tokens: UnsafeMutablePointer<Token>, _ written: inout Int) {
      let here = unsafe bytes + position
      let left = unsafe count &- position
      if position > 0 {
        let run = unsafe commonLength(here, here - 1, min(left, Tokens.longest * Tokens.mostAtOnce))
        if run >= 3 { return unsafe repeatByte(run, &position, tokens, &written) }
      }
      if left >= 8, let (length, distance) = unsafe seenBefore(here, position, left) {
        unsafe (tokens + written).initialize(to: Token(length: length, distance: distance))
        position &+= length
      } else {
        unsafe (tokens + written).initialize(to: Token(literal: here.load(as: UInt8.self)))
        position &+= 1
      }
      written &+= 1
    }

    /// A run is as many tokens as it needs; a rest too short for one is left to the next step.
    @inline(__always)
    private func repeatByte(
      _ run: Int, _ position: inout Int, _ tokens: UnsafeMutablePointer<Token>, _ written: inout Int
    ) {
      var left = run
      while left >= 3 {
        let length = min(left, Tokens.longest)
        unsafe (tokens + written).initialize(to: Token(length: length, distance: 1))
        written &+= 1
        left &-= length
      }
      position &+= run &- left
    }

    @inline(__always)
    private func seenBefore(_ here: UnsafeRawPointer, _ position: Int, _ left: Int) -> (length: Int, distance: Int)? {
      let four = unsafe here.loadUnaligned(as: UInt32.self).littleEndian
      let slot = Int((four &* 0x9E37_79B1) >> (32 - UInt32(Tokens.hashBits)))
      let place = unsafe Int(seen[slot])
      unsafe seen[slot] = Int32(truncatingIfNeeded: position)
      let distance = position &- place
      guard place >= 0, distance <= Tokens.window else { return nil }
      let length = unsafe commonLength(here, here - distance, min(left, Tokens.longest))
      // A far repetition of few bytes takes more bits than the bytes.
      return length >= (distance < 512 ? 4 : 6) ? (length, distance) : nil
    }
  }
}
