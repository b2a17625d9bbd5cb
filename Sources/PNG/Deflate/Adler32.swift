/// The checksum at the end of a zlib stream (RFC 1950, 8.2).
struct Adler32: Equatable {
  private static let modulus: UInt64 = 65_521
  private var low: UInt64 = 1
  private var high: UInt64 = 0

  var value: UInt32 { UInt32(high << 16 | low) }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    var start = 0
    while start < bytes.count {
      let count = min(4_096, bytes.count - start)
      let (plain, weighted) = unsafe sums(base + start, count)
      add(plain: UInt64(plain), weighted: UInt64(weighted), count)
      start += count
    }
  }

  /// Each byte adds itself to the low sum, and to the high one once for itself and once for each byte after it.
  private mutating func add(plain: UInt64, weighted: UInt64, _ count: Int) {
    high = (high + low * UInt64(count) + weighted) % Self.modulus
    low = (low + plain) % Self.modulus
  }
}
