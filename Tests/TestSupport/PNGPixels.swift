import CPNGReader

/// A PNG file as libpng itself reads it: what a test says of a picture does not rest on our own code.
package struct PNGPixels: Equatable {
  package var width: Int
  package var height: Int
  /// `0xRRGGBB` of each pixel, row by row.
  package var colours: [UInt32]

  /// `nil` for bytes libpng refuses.
  package init?(_ file: [UInt8]) {
    var image = unsafe png_image()
    unsafe image.version = UInt32(PNG_IMAGE_VERSION)
    guard unsafe png_image_begin_read_from_memory(&image, file, file.count) != 0 else { return nil }
    defer { unsafe png_image_free(&image) }
    unsafe image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    (width, height) = unsafe (Int(image.width), Int(image.height))
    var bytes = [UInt8](repeating: 0, count: width * height * 3)
    guard unsafe png_image_finish_read(&image, nil, &bytes, 0, nil) != 0 else { return nil }
    colours = stride(from: 0, to: bytes.count, by: 3).map { at in
      UInt32(bytes[at]) << 16 | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2])
    }
  }

  package subscript(x: Int, y: Int) -> UInt32 { colours[y * width + x] }

  /// One column, from `rows`.
  package func column(_ x: Int, _ rows: Range<Int>) -> [UInt32] { rows.map { self[x, $0] } }

  /// The chunks of a file in order: their names and contents, without checking anything.
  package static func chunks(_ file: [UInt8]) -> [(name: String, bytes: [UInt8])] {
    var chunks: [(name: String, bytes: [UInt8])] = []
    var at = 8
    while at + 12 <= file.count {
      let length = file[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      guard at + 12 + length <= file.count else { break }
      let name = String(decoding: file[at + 4..<at + 8], as: UTF8.self)
      chunks.append((name, Array(file[at + 8..<at + 8 + length])))
      at += 12 + length
    }
    return chunks
  }
}
