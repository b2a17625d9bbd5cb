import Glibc
import Glyphs
import PNG

/// A rectangle in CSS pixels.
struct Box {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  init(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }
}

/// Indices into a palette, `scale` device pixels for each CSS pixel; whatever lies outside is left out.
struct Canvas {
  let width: Int
  let height: Int
  let scale: Int
  let type: TypeLoan
  var pixels: [UInt8]
  var palette = Palette()

  /// In CSS pixels.
  init(width: Int, height: Int, scale: Int, fonts: FontBook) {
    self.width = width * scale
    self.height = height * scale
    self.scale = scale
    type = fonts.borrow()
    pixels = [UInt8](repeating: 0, count: self.width * self.height)
  }

  /// The nearest device pixel.
  func device(_ value: Double) -> Int {
    // Without a call of the library for each.
    let value = max(-1e6, min(1e6, value * Double(scale)))
    return Int(value < 0 ? value - 0.5 : value + 0.5)
  }

  /// A CSS coordinate on the grid of device pixels.
  func snapped(_ value: Double) -> Double { Double(device(value)) / Double(scale) }

  /// Columns and rows of a box, cut to the canvas.
  func area(_ box: Box) -> (columns: Range<Int>, rows: Range<Int>) {
    (range(box.left, box.right, width), range(box.top, box.bottom, height))
  }

  private func range(_ from: Double, _ to: Double, _ limit: Int) -> Range<Int> {
    let start = min(max(0, device(from)), limit)
    return start..<max(start, min(device(to), limit))
  }

  mutating func fill(_ box: Box, _ entry: UInt8) {
    let (columns, rows) = area(box)
    for y in rows {
      let row = y * width
      Self.fill(&pixels, row + columns.lowerBound..<row + columns.upperBound, entry)
    }
  }

  mutating func fill(_ box: Box, _ ink: Ink) { fill(box, palette.solid(ink)) }

  /// One CSS pixel thick, inside the box.
  mutating func frame(_ box: Box, _ entry: UInt8) {
    fill(Box(box.left, box.top, box.right, box.top + 1), entry)
    fill(Box(box.left, box.bottom - 1, box.right, box.bottom), entry)
    fill(Box(box.left, box.top, box.left + 1, box.bottom), entry)
    fill(Box(box.right - 1, box.top, box.right, box.bottom), entry)
  }

  mutating func tint(_ box: Box, _ tint: Tint) {
    let (columns, rows) = area(box)
    for y in rows {
      let row = y * width
      Self.tint(&pixels, &palette, (row + columns.lowerBound, row + columns.upperBound, 1), tint)
    }
  }

  /// Diagonal lines of one CSS pixel, `period` apart; they rise to the right unless they are to fall.
  mutating func hatch(_ box: Box, period: Int, falls: Bool = false, entry: (inout Palette, UInt8) -> UInt8) {
    let (columns, rows) = area(box)
    Self.hatch(&pixels, &palette, columns, rows, width, period * scale, thickness: scale, falls, entry)
  }

  private static func hatch(
    _ pixels: inout [UInt8], _ palette: inout Palette, _ columns: Range<Int>, _ rows: Range<Int>, _ width: Int,
    _ period: Int, thickness: Int, _ falls: Bool, _ entry: (inout Palette, UInt8) -> UInt8
  ) {
    var pixels = pixels.mutableSpan
    for y in rows {
      // Where in the period the row begins; a line is its first pixels.
      let place = (columns.lowerBound + (falls ? period - y % period : y)) % period
      var start = columns.lowerBound - place
      while start < columns.upperBound {
        let from = max(start, columns.lowerBound)
        for x in from..<max(from, min(start + thickness, columns.upperBound)) {
          pixels[y * width + x] = entry(&palette, pixels[y * width + x])
        }
        start += period
      }
    }
  }

  mutating func hatch(_ box: Box, period: Int, _ tint: Tint, falls: Bool = false) {
    let base = palette.base(of: tint)
    var (old, new) = (UInt8(0), palette.tinted(tint, base, over: 0))
    hatch(box, period: period, falls: falls) { palette, here in
      // Most pixels are as the one before.
      if here != old { (old, new) = (here, palette.tinted(tint, base, over: here)) }
      return new
    }
  }

  mutating func dashes(from left: Double, to right: Double, y: Double, on: Int, off: Int, _ ink: Ink) {
    let entry = palette.solid(ink)
    let (columns, rows) = area(Box(left, y, right, y + 1))
    for y in rows {
      for x in columns where (x - columns.lowerBound) % ((on + off) * scale) < on * scale {
        pixels[y * width + x] = entry
      }
    }
  }

  /// One CSS pixel wide, down from `top`.
  mutating func dashes(x: Double, from top: Double, to bottom: Double, on: Int, off: Int, _ entry: UInt8) {
    let (columns, rows) = area(Box(x, top, x + 1, bottom))
    for y in rows where (y - rows.lowerBound) % ((on + off) * scale) < on * scale {
      for x in columns { pixels[y * width + x] = entry }
    }
  }

  /// Tints device pixels of one column.
  mutating func tint(column x: Int, _ rows: Range<Int>, _ tint: Tint) {
    let (first, end) = (max(0, rows.lowerBound), min(height, rows.upperBound))
    guard x >= 0, x < width, first < end else { return }
    Self.tint(&pixels, &palette, (first * width + x, end * width, width), tint)
  }

  // The buffer and the palette are handed over apart from each other, so that one can be read while the other is
  // written without a check of uniqueness for each pixel.
  private static func tint(
    _ pixels: inout [UInt8], _ palette: inout Palette, _ places: (from: Int, to: Int, step: Int), _ tint: Tint
  ) {
    guard places.from < places.to else { return }
    let base = palette.base(of: tint)
    var pixels = pixels.mutableSpan
    // Most pixels are as the one before.
    var old = pixels[places.from]
    var new = palette.tinted(tint, base, over: old)
    var place = places.from
    while place < places.to {
      let here = pixels[place]
      if here != old { (old, new) = (here, palette.tinted(tint, base, over: here)) }
      pixels[place] = new
      place &+= places.step
    }
  }

  private static func fill(_ pixels: inout [UInt8], _ row: Range<Int>, _ entry: UInt8) {
    var pixels = pixels.mutableSpan
    for place in row { pixels[place] = entry }
  }

  private static func fill(_ pixels: inout [UInt8], _ places: (from: Int, to: Int, step: Int), _ entry: UInt8) {
    var pixels = pixels.mutableSpan
    var place = places.from
    while place < places.to {
      pixels[place] = entry
      place &+= places.step
    }
  }

  /// Paints device pixels of one column.
  mutating func fill(column x: Int, _ rows: Range<Int>, _ entry: UInt8) {
    let (first, end) = (max(0, rows.lowerBound), min(height, rows.upperBound))
    guard x >= 0, x < width, first < end else { return }
    Self.fill(&pixels, (first * width + x, end * width, width), entry)
  }

  /// Blends one device pixel.
  mutating func blend(_ x: Int, _ y: Int, _ ink: Ink, _ level: Int) {
    guard level > 0, x >= 0, x < width, y >= 0, y < height else { return }
    pixels[y * width + x] = palette.blended(ink, level, over: pixels[y * width + x])
  }
}

/// `share` to the power of `exponent`, exact for 1.
func raised(_ share: Double, _ exponent: Double) -> Double { exponent == 1 ? share : pow(share, exponent) }
