import Glyphs

/// Where a text's x lies in it.
enum Anchor { case left, middle, right }

/// Pixels of an em. DejaVu's small letters are 6.02 and its capitals 8.02 pixels high at 11, so its edges are crisp
/// without hinting.
let emPixels = 11

extension Canvas {
  /// In CSS pixels.
  func width(of text: String, _ weight: Weight = .regular) -> Double {
    type.width(of: text, weight, pixels: emPixels * scale) / Double(scale)
  }

  /// As much of a text as fits into so many CSS pixels.
  func fitted(_ text: String, room: Double, _ weight: Weight = .regular) -> String {
    type.fitted(text, weight, pixels: emPixels * scale, room: room * Double(scale))
  }

  /// The baseline is `y`, on a whole pixel; `x` may fall on quarters. Returns the width in CSS pixels.
  @discardableResult
  mutating func text(
    _ text: String, x: Double, y: Double, _ ink: Ink, _ weight: Weight = .regular, _ anchor: Anchor = .left
  ) -> Double {
    let share = anchor == .left ? 0 : anchor == .middle ? 0.5 : 1
    let baseline = device(y)
    let length = type.set(text, weight, pixels: emPixels * scale, at: x * Double(scale), share: share)
    for letter in type.letters { Self.stamp(letter, baseline, on: &pixels, width, height, &palette, ink) }
    return length / Double(scale)
  }

  private static func stamp(
    _ letter: PlacedGlyph, _ baseline: Int, on pixels: inout [UInt8], _ width: Int, _ height: Int,
    _ palette: inout Palette, _ ink: Ink
  ) {
    let glyph = letter.glyph
    let (left, top) = (letter.x + glyph.left, baseline - glyph.top)
    let columns = max(0, -left)..<max(0, -left, min(glyph.width, width - left))
    let rows = max(0, -top)..<max(0, -top, min(glyph.height, height - top))
    let base = palette.base(of: ink)
    let coverage = glyph.coverage.span
    var pixels = pixels.mutableSpan
    for row in rows {
      let (from, pixel) = (row * glyph.width, (top + row) * width + left)
      for column in columns {
        let level = (Int(coverage[from + column]) * Palette.levels + 127) / 255
        if level == 0 { continue }
        pixels[pixel + column] = palette.blended(ink, base, level, over: pixels[pixel + column])
      }
    }
  }
}
