extension Canvas {
  /// Whatever lies inside, with soft edges: each pixel is asked at sixteen places.
  ///
  /// - Parameter contains: in shares of the box, 0 to 1 from its left and its top.
  mutating func shape(_ box: Box, _ ink: Ink, contains: (_ x: Double, _ y: Double) -> Bool) {
    let (columns, rows) = area(box)
    let (left, top) = (box.left * Double(scale), box.top * Double(scale))
    let (width, height) = ((box.right - box.left) * Double(scale), (box.bottom - box.top) * Double(scale))
    for y in rows {
      for x in columns {
        let inside = (0..<16).count { place in
          contains(
            (Double(x) + 0.125 + Double(place % 4) / 4 - left) / width,
            (Double(y) + 0.125 + Double(place / 4) / 4 - top) / height)
        }
        blend(x, y, ink, (inside * Palette.levels + 8) / 16)
      }
    }
  }
}
