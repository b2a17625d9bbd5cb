/// How heavy a text is set.
package enum Weight: Int, Hashable, Sendable { case regular, bold }

/// A letter's picture: coverage of each pixel, 0 to 255, row by row.
package struct Glyph: Hashable, Sendable {
  /// Pixels from the pen to the left edge.
  package var left: Int
  /// Pixels from the baseline up to the top edge.
  package var top: Int
  package var width: Int
  package var height: Int
  package var coverage: [UInt8]
}

/// A letter at its place: `x` is the whole pixel of the pen, the rest of the way is in the coverage.
package struct PlacedGlyph: Hashable, Sendable {
  package var x: Int
  package var glyph: Glyph
}

/// Letters side by side.
package struct TextLine: Hashable, Sendable {
  package var letters: [PlacedGlyph] = []
  /// In pixels.
  package var width = 0.0
}

extension Glyph {
  /// An empty frame, for a character no font has.
  static func box(pixels: Int) -> Glyph {
    let thickness = max(1, pixels / 11)
    let (width, height) = (pixels * 6 / 11, pixels * 8 / 11)
    var coverage = [UInt8](repeating: 255, count: width * height)
    for y in thickness..<max(thickness, height - thickness) {
      for x in thickness..<max(thickness, width - thickness) { coverage[y * width + x] = 0 }
    }
    return Glyph(left: thickness, top: height, width: width, height: height, coverage: coverage)
  }

  static func boxAdvance(pixels: Int) -> Double { Double(pixels * 8) / 11 }
}
