/// Bits into bytes, the lowest first (RFC 1951, 3.1.1).
struct BitWriter {
  private(set) var bytes: [UInt8]
  /// Whole words that follow them, lowest byte first.
  private var words: [UInt32] = []
  private var pending: UInt64 = 0
  private var count = 0

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  /// The lowest `count` bits, at most 32, of a number without others.
  @inline(__always)
  mutating func put(_ bits: some BinaryInteger, _ count: Int) {
    pending |= UInt64(truncatingIfNeeded: bits) &<< UInt64(truncatingIfNeeded: self.count)
    self.count &+= count
    guard self.count >= 32 else { return }
    words.append(UInt32(truncatingIfNeeded: pending).littleEndian)
    pending >>= 32
    self.count &-= 32
  }

  mutating func put(_ word: HuffmanCode.Word) { put(word.bits, Int(word.count)) }

  /// Many words, of so many bytes at most.
  mutating func put(upTo bytes: Int, _ work: (inout Pen) -> Void) {
    flush()
    let room = bytes + 8
    var pen = unsafe Pen(pending: pending, count: UInt64(count))
    let more = unsafe [UInt8](unsafeUninitializedCapacity: room) { target, filled in
      guard let start = target.baseAddress else { return }
      unsafe pen.place = UnsafeMutableRawPointer(start)
      unsafe work(&pen)
      filled = unsafe pen.place.map { unsafe $0 - UnsafeMutableRawPointer(start) } ?? 0
    }
    self.bytes.append(contentsOf: more)
    (pending, count) = unsafe (pen.pending, Int(pen.count))
  }

  /// Where many words are written in a row.
  @unsafe struct Pen {
    var pending: UInt64
    var count: UInt64
    var place: UnsafeMutableRawPointer?

    @inline(__always)
    mutating func put(_ word: HuffmanCode.Word) {
      unsafe pending |= UInt64(word.bits) &<< count
      unsafe count &+= UInt64(word.count)
      guard unsafe count >= 32, let here = unsafe place else { return }
      unsafe here.storeBytes(of: UInt32(truncatingIfNeeded: pending).littleEndian, as: UInt32.self)
      unsafe place = here + 4
      unsafe pending >>= 32
      unsafe count &-= 32
    }
  }

  /// Zeros up to the next byte.
  mutating func fillByte() {
    flush()
    while count > 0 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count = max(0, count - 8)
    }
  }

  /// Whole bytes, after `fillByte`.
  mutating func append(_ more: some Sequence<UInt8>) {
    flush()
    bytes.append(contentsOf: more)
  }

  private mutating func flush() {
    unsafe words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    words.removeAll(keepingCapacity: true)
  }
}
