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

/// Takes bytes apart into tokens, a block's worth at a time: runs first, then what stood elsewhere in the 32 KiB before.
///
/// Only where a run ends is anything looked up or remembered. That is where a graph has its letters and edges, and few
/// of its bytes. What was found is held against what the next byte would find, and the longer one is taken: noise, of
/// which a graph's lines are made, comes out a tenth smaller.
struct Tokens {
  /// Tokens of a block.
  private static let most = 32_768
  /// A run of any length is taken as a whole, so a block can hold more.
  private static func room(for bytes: Int) -> Int { most + bytes / Reach.longest + 4 }

  private var position = 0
  /// By the hash of four bytes, the place behind where they were last seen; 0 before that.
  private var seen = [Int32](repeating: 0, count: 1 << Reach.hashBits)

  /// The next tokens and the bytes they stand for; no tokens at the end.
  mutating func next(_ bytes: [UInt8]) -> (tokens: [Token], bytes: Range<Int>) {
    let start = position
    let left = bytes.count - start
    let room = min(left, Self.room(for: left))
    let tokens = unsafe [Token](unsafeUninitializedCapacity: room) { tokens, filled in
      unsafe seen.withUnsafeMutableBufferPointer { seen in
        unsafe bytes.withUnsafeBytes { bytes in
          guard let first = bytes.baseAddress, let seen = seen.baseAddress, let tokens = tokens.baseAddress else {
            return
          }
          var scan = unsafe Scan(bytes: first, end: bytes.count, seen: seen, tokens: tokens, position: position)
          while unsafe scan.position < bytes.count, unsafe scan.count < Self.most { unsafe scan.step() }
          position = unsafe scan.position
          filled = unsafe scan.count
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
  /// A repetition as long as this is taken without a look at the next byte.
  static let enough = 24
}

/// The walk over the bytes of a block.
@unsafe private struct Scan {
  let bytes: UnsafeRawPointer
  let end: Int
  let seen: UnsafeMutablePointer<Int32>
  let tokens: UnsafeMutablePointer<Token>
  var position: Int
  var count = 0

  init(
    bytes: UnsafeRawPointer, end: Int, seen: UnsafeMutablePointer<Int32>, tokens: UnsafeMutablePointer<Token>,
    position: Int
  ) {
    unsafe self.bytes = bytes
    unsafe self.end = end
    unsafe self.seen = seen
    unsafe self.tokens = tokens
    unsafe self.position = position
  }

  @inline(__always)
  mutating func step() {
    let run = unsafe run(at: position)
    if run >= 3 { return unsafe put(run: run) }
    let (length, distance) = unsafe repetition(at: position)
    guard length > 0 else { return unsafe putLiteral() }
    if length < Reach.enough {
      // What begins at the next byte may be longer.
      let next = unsafe position &+ 1
      if unsafe self.run(at: next) > length { return unsafe putLiteral() }
      let (longer, other) = unsafe repetition(at: next)
      if longer > length {
        unsafe putLiteral()
        return unsafe put(longer, other)
      }
    }
    unsafe put(length, distance)
  }

  @inline(__always)
  private mutating func putLiteral() {
    unsafe tokens[count] = Token(literal: bytes.load(fromByteOffset: position, as: UInt8.self))
    unsafe count &+= 1
    unsafe position &+= 1
  }

  @inline(__always)
  private mutating func put(_ length: Int, _ distance: Int) {
    unsafe tokens[count] = Token(length: length, distance: distance)
    unsafe count &+= 1
    unsafe position &+= length
  }

  /// A run of any length is as many tokens as it needs; a rest too short for one is left to the next step.
  private mutating func put(run: Int) {
    var left = run
    while left >= 3 {
      let length = min(left, Reach.longest)
      unsafe put(length, 1)
      left &-= length
    }
  }

  /// How often the byte before is repeated from here on.
  @inline(__always)
  private func run(at place: Int) -> Int {
    guard place > 0 else { return 0 }
    let here = unsafe bytes + place
    return unsafe commonLength(here, here - 1, end &- place)
  }

  /// What stood before as it does here, as long as it is worth its bits: a far repetition of few bytes takes more than
  /// the bytes.
  @inline(__always)
  private mutating func repetition(at place: Int) -> (length: Int, distance: Int) {
    let left = unsafe end &- place
    guard left >= 8 else { return (0, 0) }
    let here = unsafe bytes + place
    let four = unsafe here.loadUnaligned(as: UInt32.self).littleEndian
    let slot = Int(truncatingIfNeeded: (four &* 0x9E37_79B1) >> (32 &- Reach.hashBits))
    let before = unsafe Int(truncatingIfNeeded: seen[slot])
    unsafe seen[slot] = Int32(truncatingIfNeeded: place &+ 1)
    let distance = place &- (before &- 1)
    guard before > 0, distance > 0, distance <= Reach.window else { return (0, 0) }
    let length = unsafe commonLength(here, here - distance, min(left, Reach.longest))
    return length >= (distance < 512 ? 4 : 6) ? (length, distance) : (0, 0)
  }
}
