/// A byte as it is, or the repetition of what came before (RFC 1951, 3.2.5).
struct Token: Equatable {
  private let bits: UInt32

  @inline(__always)
  init(literal: UInt8) { bits = UInt32(literal) }

  /// `length` 3 to 258, `distance` 1 to 32,768.
  @inline(__always)
  init(length: Int, distance: Int) {
    bits = 1 << 31 | UInt32(truncatingIfNeeded: length &- 3) << 15 | UInt32(truncatingIfNeeded: distance &- 1)
  }

  var isMatch: Bool { bits >> 31 == 1 }
  var literal: Int { Int(truncatingIfNeeded: bits & 0xFF) }
  /// Less three.
  var shortLength: Int { Int(truncatingIfNeeded: bits >> 15 & 0xFF) }
  var distance: Int { Int(truncatingIfNeeded: bits & 0x7FFF) &+ 1 }
}

/// Takes bytes apart into tokens, a block's worth at a time: the longest of what repeats the byte before, the row above,
/// what the last repetitions were of, and what stood elsewhere in the 32 KiB before.
///
/// Hatching and letters come again at the distances they came at last, and a distance that is used often costs few bits.
/// Only where a repetition ends is anything looked up or remembered: that is where a graph has its letters and edges, and
/// few of its bytes. What was found is held against what the next byte would find, and the longer one is taken.
struct Tokens {
  /// Tokens of a block.
  private static let most = 32_768
  /// A repetition of any length is taken as a whole, so a block can hold more.
  private static func room(for bytes: Int) -> Int { most + bytes / Reach.longest + 4 }

  private let stride: Int
  private var position = 0
  private var recent = (0, 0)
  /// By the hash of four bytes, the place behind where they were last seen; 0 before that.
  private var seen = [Int32](repeating: 0, count: 1 << Reach.hashBits)
  /// By the last bits of a place that was remembered, what was in `seen` before it. Others are never read.
  private var earlier = unsafe [Int32](unsafeUninitializedCapacity: Reach.window) { $1 = Reach.window }

  /// - Parameter stride: bytes from one row to the next.
  init(stride: Int) { self.stride = stride }

  /// The next tokens and the bytes they stand for; no tokens at the end.
  mutating func next(_ bytes: [UInt8]) -> (tokens: [Token], bytes: Range<Int>) {
    let start = position
    let left = bytes.count - start
    let room = min(left, Self.room(for: left))
    let tokens = unsafe [Token](unsafeUninitializedCapacity: room) { tokens, filled in
      unsafe seen.withUnsafeMutableBufferPointer { seen in
        unsafe earlier.withUnsafeMutableBufferPointer { earlier in
          unsafe bytes.withUnsafeBytes { bytes in
            guard let first = bytes.baseAddress, let seen = seen.baseAddress, let tokens = tokens.baseAddress,
              let earlier = earlier.baseAddress
            else { return }
            var scan = unsafe Scan(
              bytes: first, end: bytes.count, stride: stride, seen: seen, earlier: earlier, tokens: tokens,
              position: position, recent: recent)
            while unsafe scan.position < bytes.count, unsafe scan.count < Self.most { unsafe scan.step() }
            position = unsafe scan.position
            recent = unsafe scan.recent
            filled = unsafe scan.count
          }
        }
      }
    }
    return (tokens, start..<position)
  }
}

private enum Reach {
  static let longest = 258
  static let window = 32_768
  static let hashBits: UInt32 = 13
  /// A repetition as long as this is taken without a look at anything else.
  static let enough = 24
  /// From this on what stands elsewhere is hardly longer.
  static let rare = 24
  /// From this on what begins at the next byte is hardly longer.
  static let lazy = 24
  /// How many places of one hash are looked at.
  static let places = 4

  /// From how many bytes on a repetition is worth its bits: a far one of few bytes takes more than the bytes.
  @inline(__always)
  static func least(_ distance: Int) -> Int { distance < 512 ? 4 : distance < 4_096 ? 5 : 6 }
}

/// A repetition that was found.
private struct Repetition {
  var length = 0
  var distance = 0
}

/// The walk over the bytes of a block.
@unsafe private struct Scan {
  let bytes: UnsafeRawPointer
  let end: Int
  let stride: Int
  let seen: UnsafeMutablePointer<Int32>
  let earlier: UnsafeMutablePointer<Int32>
  let tokens: UnsafeMutablePointer<Token>
  var position: Int
  /// The last two distances but 1.
  var recent: (Int, Int)
  var count = 0

  init(
    bytes: UnsafeRawPointer, end: Int, stride: Int, seen: UnsafeMutablePointer<Int32>,
    earlier: UnsafeMutablePointer<Int32>, tokens: UnsafeMutablePointer<Token>, position: Int, recent: (Int, Int)
  ) {
    unsafe self.bytes = bytes
    unsafe self.end = end
    unsafe self.stride = stride
    unsafe self.seen = seen
    unsafe self.earlier = earlier
    unsafe self.tokens = tokens
    unsafe self.position = position
    unsafe self.recent = recent
  }

  @inline(__always)
  mutating func step() {
    let found = unsafe longest(at: position)
    if found.length < 3 { return unsafe putLiteral() }
    if found.length < Reach.lazy {
      // What begins at the next byte may be longer.
      let next = unsafe longest(at: position &+ 1)
      if next.length > found.length {
        unsafe putLiteral()
        return unsafe put(next)
      }
    }
    unsafe put(found)
  }

  @inline(__always)
  private mutating func putLiteral() {
    unsafe tokens[count] = Token(literal: bytes.load(fromByteOffset: position, as: UInt8.self))
    unsafe count &+= 1
    unsafe position &+= 1
  }

  /// One of any length is as many tokens as it needs; a rest too short for one is left to the next step.
  @inline(__always)
  private mutating func put(_ found: Repetition) {
    var left = found.length
    if found.distance > 1, left < Reach.enough, unsafe end &- position > 64 {
      for place in unsafe position &+ 2..<position &+ left {
        let four = unsafe (bytes + place).loadUnaligned(as: UInt32.self).littleEndian
        _ = unsafe remember(four, place)
      }
    }
    while left >= 3 {
      let length = min(left, Reach.longest)
      unsafe tokens[count] = Token(length: length, distance: found.distance)
      unsafe count &+= 1
      unsafe position &+= length
      left &-= length
    }
    if found.distance > 1, unsafe found.distance != recent.0 { unsafe recent = (found.distance, recent.0) }
  }

  private mutating func longest(at place: Int) -> Repetition {
    let left = unsafe end &- place
    var best = Repetition()
    guard place > 0, left >= 8 else { return best }
    let here = unsafe bytes + place
    let four = unsafe here.loadUnaligned(as: UInt32.self).littleEndian
    unsafe look(here, four, place, left, 1, &best)
    if best.length >= Reach.enough { return best }
    unsafe look(here, four, place, left, stride, &best)
    if best.length >= Reach.enough { return best }
    unsafe look(here, four, place, left, recent.0, &best)
    unsafe look(here, four, place, left, recent.1, &best)
    if best.length < Reach.rare { unsafe lookUp(here, four, place, left, &best) }
    return best
  }

  /// Most of what is looked at is another within three bytes.
  @inline(__always)
  private func look(
    _ here: UnsafeRawPointer, _ four: UInt32, _ place: Int, _ left: Int, _ distance: Int, _ best: inout Repetition
  ) {
    guard distance > 0, distance <= place, distance <= Reach.window else { return }
    let there = unsafe (here - distance).loadUnaligned(as: UInt32.self).littleEndian
    guard (there ^ four) & 0xFF_FFFF == 0 else { return }
    let length = unsafe commonLength(here, here - distance, left)
    if length > best.length { best = Repetition(length: length, distance: distance) }
  }

  @inline(__always)
  private mutating func lookUp(
    _ here: UnsafeRawPointer, _ four: UInt32, _ place: Int, _ left: Int, _ best: inout Repetition
  ) {
    var before = unsafe remember(four, place)
    for _ in 0..<Reach.places {
      let distance = place &- (before &- 1)
      guard before > 0, distance > 0, distance < Reach.window else { return }
      if unsafe (here - distance).loadUnaligned(as: UInt32.self).littleEndian == four {
        let length = unsafe commonLength(here, here - distance, min(left, Reach.longest))
        if length >= Reach.least(distance), length > best.length &+ 1 {
          best = Repetition(length: length, distance: distance)
          if length >= Reach.enough { return }
        }
      }
      before = unsafe Int(truncatingIfNeeded: earlier[(before &- 1) & (Reach.window &- 1)])
    }
  }

  /// Where the same four bytes stood last; a place is remembered once.
  @inline(__always)
  private mutating func remember(_ four: UInt32, _ place: Int) -> Int {
    let slot = Int(truncatingIfNeeded: (four &* 0x9E37_79B1) >> (32 &- Reach.hashBits))
    let before = unsafe Int(truncatingIfNeeded: seen[slot])
    if before == place &+ 1 { return unsafe Int(truncatingIfNeeded: earlier[place & (Reach.window &- 1)]) }
    unsafe earlier[place & (Reach.window &- 1)] = Int32(truncatingIfNeeded: before)
    unsafe seen[slot] = Int32(truncatingIfNeeded: place &+ 1)
    return before
  }
}
