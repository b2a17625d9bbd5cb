import Glyphs

/// Where a text's x lies in it.
enum Anchor { case left, middle, right }

/// Pixels of an em. DejaVu's small letters are 6.02 and its capitals 8.02 pixels high at 11, so its edges are crisp
/// without hinting.
let emPixels = 11

extension Canvas {
  /// In CSS pixels.
  func width(of text: String, _ weight: Weight = .regular) -> Double {
    fonts.width(of: text, weight, pixels: emPixels * scale) / Double(scale)
  }

  /// As much of a text as fits into so many CSS pixels.
  func fitted(_ text: String, room: Double, _ weight: Weight = .regular) -> String {
    fonts.fitted(text, weight, pixels: emPixels * scale, room: room * Double(scale))
  }

  /// The baseline is `y`, on a whole pixel; `x` may fall on quarters. Returns the width in CSS pixels.
  @discardableResult
  mutating func text(
    _ text: String, x: Double, y: Double, _ ink: Ink, _ weight: Weight = .regular, _ anchor: Anchor = .left
  ) -> Double {
    let width = width(of: text, weight)
    let left = anchor == .left ? x : anchor == .middle ? x - width / 2 : x - width
    let letters = fonts.letters(of: text, weight, pixels: emPixels * scale, from: left * Double(scale))
    for letter in letters { stamp(letter, baseline: device(y), ink) }
    return width
  }

  private mutating func stamp(_ letter: PlacedGlyph, baseline: Int, _ ink: Ink) {
    let glyph = letter.glyph
    var index = 0
    for y in 0..<glyph.height {
      for x in 0..<glyph.width {
        let level = (Int(glyph.coverage[index]) * Palette.levels + 127) / 255
        blend(letter.x + glyph.left + x, baseline - glyph.top + y, ink, level)
        index += 1
      }
    }
  }
}
