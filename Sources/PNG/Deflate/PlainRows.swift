/// What is compressed: each row behind the number of its filter (PNG specification, chapter 9), which is always 0.
///
/// A row goes in as it is: what it shares with the row above is found there, a row's length back, and differences would
/// hide the letters and edges that come again elsewhere.
struct PlainRows {
  let bytes: [UInt8]
  /// From a byte to the one above it.
  let stride: Int
  let checksum: Adler32

  /// The picture has `width × height` indices.
  init(_ picture: IndexedPicture) {
    let (width, height) = (picture.width, picture.height)
    var sum = Adler32()
    stride = width + 1
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: (width + 1) * height) { target, count in
      unsafe picture.indices.withUnsafeBufferPointer { pixels in
        guard let target = target.baseAddress, let pixels = pixels.baseAddress else { return }
        for y in 0..<height {
          let place = unsafe target + y * (width + 1)
          unsafe place.pointee = 0
          unsafe (place + 1).update(from: pixels + y * width, count: width)
        }
        count = (width + 1) * height
        unsafe sum.add(UnsafeBufferPointer(start: target, count: count))
      }
    }
    checksum = sum
  }
}
