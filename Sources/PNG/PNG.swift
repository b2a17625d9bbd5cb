import CPNG

/// A colour of a palette, sRGB.
package struct RGB: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }
}

/// A keyword and its text inside a picture, e.g. `("Title", "router1 · CPU")`.
package struct PNGText: Hashable, Sendable {
  package var keyword: String
  package var text: String

  package init(_ keyword: String, _ text: String) {
    self.keyword = keyword
    self.text = text
  }
}

/// Why there is no picture, in libpng's words or ours.
package struct PNGError: Error, Hashable, CustomStringConvertible {
  package var reason: String

  package init(reason: String) { self.reason = reason }

  package var description: String { "The picture could not be encoded: \(reason)." }
}

/// An 8-bit indexed picture: one byte for each pixel, row by row.
package struct IndexedPicture: Sendable {
  package var indices: [UInt8]
  package var width: Int
  package var height: Int
  /// 3780 is 96 pixels to the inch.
  package var pixelsPerMetre: Int
  package var texts: [PNGText]

  package init(indices: [UInt8], width: Int, height: Int, pixelsPerMetre: Int = 3_780, texts: [PNGText] = []) {
    self.indices = indices
    self.width = width
    self.height = height
    self.pixelsPerMetre = pixelsPerMetre
    self.texts = texts
  }
}
