/// What is compressed: each row behind the number of its filter (PNG specification, chapter 9).
///
/// A row goes in as it is or as its difference from the row above, whichever has fewer places where neighbours differ:
/// the compressor lives on runs, and in a graph most rows repeat the row above, or nearly do.
struct FilteredRows {
  private static let asIs: UInt8 = 0
  private static let up: UInt8 = 2

  private(set) var bytes: [UInt8]
  private(set) var checksum = Adler32()

  /// The picture has `width × height` indices.
  init(_ picture: IndexedPicture) {
    let (width, height) = (picture.width, picture.height)
    var sum = Adler32()
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: (width + 1) * height) { target, count in
      unsafe picture.indices.withUnsafeBufferPointer { pixels in
        guard let target = target.baseAddress, let pixels = pixels.baseAddress else { return }
        for y in 0..<height {
          let row = unsafe pixels + y * width
          unsafe Self.filter(row, above: y == 0 ? nil : row - width, width, into: target + y * (width + 1), &sum)
        }
        count = (width + 1) * height
      }
    }
    checksum = sum
  }

  private static func filter(
    _ row: UnsafePointer<UInt8>, above: UnsafePointer<UInt8>?, _ width: Int, into place: UnsafeMutablePointer<UInt8>,
    _ sum: inout Adler32
  ) {
    let pixels = unsafe place + 1
    unsafe place.pointee = up
    if let above = unsafe above {
      if unsafe commonLength(row, above, width) == width {
        unsafe pixels.update(repeating: 0, count: width)
        return sum.add(up, zeros: width)
      }
      unsafe subtract(above, from: row, width, into: pixels)
    }
    if unsafe above == nil || changes(row, width) <= changes(pixels, width) {
      unsafe place.pointee = asIs
      unsafe pixels.update(from: row, count: width)
    }
    unsafe sum.add(UnsafeBufferPointer(start: place, count: width + 1))
  }
}
