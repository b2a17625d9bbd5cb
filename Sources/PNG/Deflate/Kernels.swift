// The loops over every byte of a picture. They read many bytes at a time without a check for each: whoever calls them
// has checked the length.

/// Where `count` bytes at `one` and at `other` first differ; `count` where they do not.
func commonLength(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer, _ count: Int) -> Int {
  var at = 0
  while at &+ 8 <= count {
    let difference =
      unsafe one.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
      ^ other.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
    if difference != 0 { return at &+ difference.trailingZeroBitCount >> 3 }
    at &+= 8
  }
  while at < count,
    unsafe one.load(fromByteOffset: at, as: UInt8.self) == other.load(fromByteOffset: at, as: UInt8.self)
  {
    at &+= 1
  }
  return at
}

/// The highest of some bytes, 0 of none.
func highest(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  var highest: UInt8 = 0
  for at in 0..<bytes.count { highest = max(highest, unsafe bytes[at]) }
  return Int(highest)
}

/// The sum of `count` bytes, at most 4,096, and the sum with the last byte once, the one before it twice and so on.
func sums(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (plain: UInt32, weighted: UInt32) {
  let raw = unsafe UnsafeRawPointer(bytes)
  var (plain, weighted): (UInt32, UInt32) = (0, 0)
  var at = 0
  while at &+ 16 <= count {
    // Sixteen sums of up to sixteen bytes each, and how often each byte lies before a later part: neither can overflow.
    let parts = min(16, (count &- at) / 16)
    var (sum, before) = (SIMD16<UInt16>.zero, SIMD16<UInt16>.zero)
    for part in 0..<parts {
      before &+= sum
      let sixteen = unsafe raw.loadUnaligned(fromByteOffset: at &+ 16 &* part, as: SIMD16<UInt8>.self)
      sum &+= SIMD16<UInt16>(truncatingIfNeeded: sixteen)
    }
    at &+= 16 &* parts
    let total = UInt32(truncatingIfNeeded: wideSum(sum))
    plain &+= total
    weighted &+= total &* UInt32(truncatingIfNeeded: count &- at) &+ 16 &* wideSum(before) &+ wideSum(sum, weights)
  }
  while at < count {
    let byte = unsafe UInt32(bytes[at])
    plain &+= byte
    weighted &+= byte &* UInt32(truncatingIfNeeded: count &- at)
    at &+= 1
  }
  return (plain, weighted)
}

/// The first of sixteen bytes counts sixteen times, the last one once.
private let weights = SIMD16<UInt32>(16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)

@inline(__always)
private func wideSum(_ lanes: SIMD16<UInt16>, _ weights: SIMD16<UInt32> = SIMD16(repeating: 1)) -> UInt32 {
  (SIMD16<UInt32>(truncatingIfNeeded: lanes) &* weights).wrappedSum()
}
