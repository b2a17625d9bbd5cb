import Glibc

/// A point in device pixels.
struct Point {
  var x: Double
  var y: Double
}

/// Lengths along a line, in CSS pixels.
struct Dash: Hashable {
  var on: Double
  var off: Double
}

extension Canvas {
  /// A line through the points, `thickness` CSS pixels wide with round joins: coverage is the distance's, and where
  /// segments meet the larger one counts. Only pixels of the clip are touched.
  mutating func polyline(_ points: [Point], thickness: Double, _ ink: Ink, clip: Box, dash: Dash? = nil) {
    let (columns, rows) = area(clip)
    let radius = Float(thickness * Double(scale) / 2)
    guard var pen = Pen(columns, rows, around: points, radius: radius, &coverage) else { return }
    if let dash {
      for (start, end) in points.dashed(on: dash.on * Double(scale), off: dash.off * Double(scale)) {
        pen.stroke(start, end)
      }
    } else {
      for index in 0..<points.count - 1 { pen.stroke(points[index], points[index + 1]) }
      if points.count == 1 { pen.stroke(points[0], points[0]) }
    }
    Self.blend(&pixels, &palette, width: width, &pen, ink)
    coverage = pen.levels
  }

  /// A disc with a soft edge; `radius` in CSS pixels, the centre in device pixels.
  mutating func dot(_ centre: Point, radius: Double, _ ink: Ink) {
    let radius = radius * Double(scale)
    let reach = Int(radius + 2)
    let (left, top) = (Int(max(-1e6, min(1e6, centre.x))), Int(max(-1e6, min(1e6, centre.y))))
    for y in top - reach...top + reach {
      for x in left - reach...left + reach {
        let distance = hypot(Double(x) + 0.5 - centre.x, Double(y) + 0.5 - centre.y)
        blend(x, y, ink, Int(max(0, min(1, radius + 0.5 - distance)) * Double(Palette.levels) + 0.5))
      }
    }
  }

  /// Takes the levels out of the pen as it goes, so that the next one finds none.
  private static func blend(
    _ pixels: inout [UInt8], _ palette: inout Palette, width: Int, _ pen: inout Pen, _ ink: Ink
  ) {
    let base = palette.base(of: ink)
    let (height, left) = (pen.height, pen.columns.lowerBound)
    var pixels = pixels.mutableSpan
    for column in 0..<pen.width {
      let rows = pen.touched(column)
      var index = (pen.rows.lowerBound + rows.lowerBound) * width + left + column
      var levels = pen.levels.mutableSpan
      for row in column * height + rows.lowerBound..<column * height + rows.upperBound {
        let level = Int(levels[row])
        if level > 0 {
          pixels[index] = palette.blended(ink, base, level, over: pixels[index])
          levels[row] = 0
        }
        index += width
      }
    }
  }
}

/// How much of each pixel a line covers, in eighths, column by column, for those columns and rows of its clip that the
/// line can reach.
private struct Pen {
  let columns: Range<Int>
  let rows: Range<Int>
  let width: Int
  let height: Int
  /// The clip's corner, from which all is measured.
  private let left: Int
  private let top: Int
  private let radius: Float
  private let reach: Float
  var levels: [UInt8]
  /// The rows of each column that a segment came near.
  private var first: [Int]
  private var last: [Int]

  /// Takes `scratch`, in which all is zero; `nil` where the line lies outside the clip.
  init?(_ columns: Range<Int>, _ rows: Range<Int>, around points: [Point], radius: Float, _ scratch: inout [UInt8]) {
    self.radius = radius
    reach = radius + 0.5
    (left, top) = (columns.lowerBound, rows.lowerBound)
    let margin = Double(reach) + 2
    self.columns = columns.clamped(to: points.pixels(\.x, margin))
    self.rows = rows.clamped(to: points.pixels(\.y, margin))
    width = self.columns.count
    height = self.rows.count
    guard width > 0, height > 0 else { return nil }
    levels = []
    swap(&levels, &scratch)
    let lacking = width * height - levels.count
    if lacking > 0 { levels.append(contentsOf: repeatElement(0, count: lacking)) }
    first = [Int](repeating: height, count: width)
    last = [Int](repeating: -1, count: width)
  }

  func touched(_ column: Int) -> Range<Int> { first[column]..<max(first[column], last[column] + 1) }

  mutating func stroke(_ start: Point, _ end: Point) {
    let segment = Segment(start, end, left: left, top: top)
    let before = columns.lowerBound - left
    let (low, high) = reached(min(segment.x0, segment.x1), max(segment.x0, segment.x1))
    for column in max(before, low)..<max(before, low, min(before + width, high)) {
      cover(column, column - before, segment)
    }
  }

  private mutating func cover(_ x: Int, _ column: Int, _ segment: Segment) {
    let x = Float(x) + 0.5
    let above = rows.lowerBound - top
    let (highest, lowest) = segment.rows(near: x, reach)
    let (low, high) = reached(highest, lowest)
    let (from, to) = (max(above, low), min(above + height, high))
    guard from < to else { return }
    first[column] = min(first[column], from - above)
    last[column] = max(last[column], to - above - 1)
    let start = column * height - above
    Self.raise(&levels, start + from..<start + to, segment, x, Float(from) + 0.5, radius)
  }

  /// The pixels whose middles lie nearer than the reach to a stretch, and a hundredth for what rounding takes.
  private func reached(_ low: Float, _ high: Float) -> (Int, Int) {
    (floored(low - reach - 0.51) + 1, floored(high + reach - 0.49) + 1)
  }

  /// Down a column of levels whose first pixel has its middle at `x`, `top`.
  private static func raise(
    _ levels: inout [UInt8], _ indices: Range<Int>, _ segment: Segment, _ x: Float, _ top: Float, _ radius: Float
  ) {
    let reach = radius + 0.5
    let (outer, inner) = (reach * reach, (radius - 0.5) * (radius - 0.5))
    let full = UInt8(Palette.levels)
    var y = top
    var levels = levels.mutableSpan
    for index in indices {
      let squared = segment.squaredDistance(x, y)
      y += 1
      if squared >= outer { continue }
      // Most of what a line touches lies well inside it and needs no root.
      let coverage = squared <= inner ? Float(full) : (reach - squared.squareRoot()) * Float(full) + 0.5
      let level = min(full, UInt8(truncatingIfNeeded: Int(coverage)))
      if levels[index] < level { levels[index] = level }
    }
  }
}

/// Rounded down, without a call of the library for each.
@inline(__always)
private func floored(_ value: Float) -> Int {
  let whole = Int(value)
  return Float(whole) > value ? whole - 1 : whole
}

extension [Point] {
  /// The pixels from the smallest to the largest coordinate.
  fileprivate func pixels(_ coordinate: (Point) -> Double, _ margin: Double) -> Range<Int> {
    var (low, high) = (20_000.0, -20_000.0)
    for point in self {
      let value = coordinate(point)
      if value < low { low = value }
      if value > high { high = value }
    }
    let start = Int(Swift.max(-20_000, low - margin).rounded(.down))
    return start..<Swift.max(start, Int(Swift.min(20_000, high + margin).rounded(.up)))
  }

  /// The parts of the line that a dashed one shows.
  fileprivate func dashed(on: Double, off: Double) -> [(Point, Point)] {
    var parts: [(Point, Point)] = []
    var place = 0.0
    for index in indices.dropLast() {
      let (start, end) = (self[index], self[index + 1])
      let length = hypot(end.x - start.x, end.y - start.y)
      guard length > 0, length < 1e6 else { continue }
      func point(_ at: Double) -> Point {
        Point(x: start.x + (end.x - start.x) * at / length, y: start.y + (end.y - start.y) * at / length)
      }
      var at = 0.0
      while at < length {
        let isOn = place < on
        let step = Swift.min((isOn ? on : on + off) - place, length - at)
        if isOn { parts.append((point(at), point(at + step))) }
        at += Swift.max(step, 1e-6)
        place = place + step >= on + off - 1e-9 ? 0 : place + step
      }
    }
    return parts
  }
}

/// A segment relative to the corner of the clip; far points are pulled in so that a pixel's index always exists.
private struct Segment {
  let x0: Float
  let y0: Float
  let x1: Float
  let y1: Float
  private let dx: Float
  private let dy: Float
  /// 1 ÷ length², 0 for a point.
  private let inverse: Float

  init(_ start: Point, _ end: Point, left: Int, top: Int) {
    func near(_ value: Double, _ origin: Int) -> Float { Float(max(-20_000, min(20_000, value - Double(origin)))) }
    x0 = near(start.x, left)
    y0 = near(start.y, top)
    x1 = near(end.x, left)
    y1 = near(end.y, top)
    dx = x1 - x0
    dy = y1 - y0
    let squared = dx * dx + dy * dy
    inverse = squared > 0 ? 1 / squared : 0
  }

  /// The span of y of the part that lies within `reach` of a column.
  func rows(near x: Float, _ reach: Float) -> (Float, Float) {
    guard dx.magnitude > 1e-3 else { return (min(y0, y1), max(y0, y1)) }
    let from = y0 + dy * max(0, min(1, (x - reach - x0) / dx))
    let to = y0 + dy * max(0, min(1, (x + reach - x0) / dx))
    return (min(from, to), max(from, to))
  }

  @inline(__always)
  func squaredDistance(_ x: Float, _ y: Float) -> Float {
    let (fromX, fromY) = (x - x0, y - y0)
    let projected = (fromX * dx + fromY * dy) * inverse
    let along = projected < 0 ? 0 : projected > 1 ? 1 : projected
    let (gapX, gapY) = (fromX - along * dx, fromY - along * dy)
    return gapX * gapX + gapY * gapY
  }
}
