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

/// In how many of `count` places a byte is another than the one before it.
func changes(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
  let raw = unsafe UnsafeRawPointer(bytes)
  var total = 0
  var at = 1
  while at &+ 8 <= count {
    // Eight counters of a byte each, emptied before one of them is full.
    let end = min(at &+ 8 &* 255, count &- 7)
    var counters: UInt64 = 0
    while at < end {
      let difference =
        unsafe raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        ^ raw.loadUnaligned(fromByteOffset: at &- 1, as: UInt64.self)
      counters &+= nonZeroBytes(difference)
      at &+= 8
    }
    total &+= sumOfBytes(counters)
  }
  while at < count {
    total &+= unsafe bytes[at] == bytes[at &- 1] ? 0 : 1
    at &+= 1
  }
  return total
}

/// 1 in each byte that is not zero. Adding 127 to seven bits carries into the eighth unless they are all zero.
@inline(__always)
private func nonZeroBytes(_ word: UInt64) -> UInt64 {
  let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
  return (((word & low) &+ low) | word) >> 7 & 0x0101_0101_0101_0101
}

@inline(__always)
private func sumOfBytes(_ word: UInt64) -> Int {
  let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ (word >> 8 & 0x00FF_00FF_00FF_00FF)
  return Int((pairs &* 0x0001_0001_0001_0001) >> 48)
}

/// The highest of some bytes, 0 of none.
func highest(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
  var highest: UInt8 = 0
  for at in 0..<bytes.count { highest = max(highest, unsafe bytes[at]) }
  return Int(highest)
}

/// `row` less `above`, modulo 256.
func subtract(
  _ above: UnsafePointer<UInt8>, from row: UnsafePointer<UInt8>, _ count: Int, into place: UnsafeMutablePointer<UInt8>
) {
  for at in 0..<count { unsafe place[at] = row[at] &- above[at] }
}

/// The sum of `count` bytes, at most 4,096, and the sum with the last byte once, the one before it twice and so on.
func sums(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (plain: UInt32, weighted: UInt32) {
  var plain: UInt32 = 0
  var weighted: UInt32 = 0
  for at in 0..<count {
    let byte = unsafe UInt32(bytes[at])
    plain &+= byte
    weighted &+= byte &* UInt32(truncatingIfNeeded: count &- at)
  }
  return (plain, weighted)
}
