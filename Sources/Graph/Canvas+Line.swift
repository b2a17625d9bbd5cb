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
    var room = Scratch.take()
    guard var pen = Pen(columns, rows, around: points, radius: radius, &room) else { return Scratch.put(back: room) }
    if let dash {
      for (start, end) in points.dashed(on: dash.on * Double(scale), off: dash.off * Double(scale)) {
        pen.stroke(start, end)
      }
    } else {
      for index in 0..<points.count - 1 { pen.stroke(points[index], points[index + 1]) }
      if points.count == 1 { pen.stroke(points[0], points[0]) }
    }
    Self.blend(&pixels, &palette, width: width, &pen, ink)
    Scratch.put(back: pen.near)
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

  /// Down the columns that the pen came near.
  private static func blend(
    _ pixels: inout [UInt8], _ palette: inout Palette, width: Int, _ pen: inout Pen, _ ink: Ink
  ) {
    let base = palette.base(of: ink)
    let (reach, full) = (pen.reach, Float(Palette.levels))
    let (outer, inner) = (reach * reach, (reach - 1) * (reach - 1))
    var pixels = pixels.mutableSpan
    let near = pen.near.span
    for column in 0..<pen.width {
      let left = pen.rows.lowerBound * width + pen.columns.lowerBound + column
      for block in pen.touched(column) {
        let distances = near[column * pen.blocks + block]
        guard distances[0] < outer || distances[1] < outer || distances[2] < outer || distances[3] < outer else {
          continue
        }
        let row = block * Pen.block
        var index = left + row * width
        for place in 0..<min(Pen.block, pen.height - row) {
          let distance = distances[place]
          if distance < outer {
            // Most of what a line touches lies well inside it and needs no root.
            let level = distance <= inner ? Palette.levels : Int((reach - distance.squareRoot()) * full + 0.5)
            if level > 0 { pixels[index] = palette.blended(ink, base, level, over: pixels[index]) }
          }
          index &+= width
        }
      }
    }
  }
}

/// How near a line comes to the middle of each pixel, column by column, for those columns and rows of its clip that the
/// line can reach.
private struct Pen {
  /// Pixels below each other that are measured at once.
  static let block = 4

  let columns: Range<Int>
  let rows: Range<Int>
  let width: Int
  let height: Int
  /// Of a column.
  let blocks: Int
  /// The clip's corner, from which all is measured.
  private let left: Int
  private let top: Int
  let reach: Float
  /// The square of the smallest distance so far.
  var near: [SIMD4<Float>]
  /// The blocks of each column that a segment came near.
  private var first: [Int]
  private var last: [Int]

  /// Takes `scratch`, whatever is in it; `nil` where the line lies outside the clip.
  init?(
    _ columns: Range<Int>, _ rows: Range<Int>, around points: [Point], radius: Float, _ scratch: inout [SIMD4<Float>]
  ) {
    reach = radius + 0.5
    (left, top) = (columns.lowerBound, rows.lowerBound)
    let margin = Double(reach) + 2
    self.columns = columns.clamped(to: points.pixels(\.x, margin))
    self.rows = rows.clamped(to: points.pixels(\.y, margin))
    width = self.columns.count
    height = self.rows.count
    guard width > 0, height > 0 else { return nil }
    blocks = (height + Self.block - 1) / Self.block
    near = []
    swap(&near, &scratch)
    if near.count < width * blocks { near = [SIMD4<Float>](repeating: .zero, count: width * blocks) }
    first = [Int](repeating: blocks, count: width)
    last = [Int](repeating: -1, count: width)
  }

  func touched(_ column: Int) -> Range<Int> { first[column]..<max(first[column], last[column] + 1) }

  mutating func stroke(_ start: Point, _ end: Point) {
    let segment = Segment(start, end, left: left, top: top)
    let before = columns.lowerBound - left
    let above = rows.lowerBound - top
    let (low, high) = reached(min(segment.x0, segment.x1), max(segment.x0, segment.x1), reach)
    Self.stroke(
      segment, max(before, low)..<max(before, low, min(before + width, high)), before, above, height: height, blocks,
      reach, &near, &first, &last)
  }

  // What is written is handed over apart from what is read.
  private static func stroke(
    _ segment: Segment, _ columns: Range<Int>, _ before: Int, _ above: Int, height: Int, _ all: Int, _ reach: Float,
    _ near: inout [SIMD4<Float>], _ first: inout [Int], _ last: inout [Int]
  ) {
    var near = near.mutableSpan
    var first = first.mutableSpan
    var last = last.mutableSpan
    for column in columns {
      let x = Float(column) + 0.5
      let (highest, lowest) = segment.rows(near: x, reach)
      let (upper, lower) = reached(highest, lowest, reach)
      let (from, to) = (max(0, upper - above), min(height, lower - above))
      guard from < to else { continue }
      let place = column - before
      let blocks = from / block...(to - 1) / block
      open(&near, place * all, blocks, &first[place], &last[place])
      segment.approach(
        &near, place * all, blocks, x, Float(above + blocks.lowerBound * block) + 0.5)
    }
  }

  /// Nothing came near a block before it was first touched.
  @inline(__always)
  private static func open(
    _ near: inout MutableSpan<SIMD4<Float>>, _ start: Int, _ blocks: ClosedRange<Int>, _ first: inout Int,
    _ last: inout Int
  ) {
    let far = SIMD4<Float>(repeating: 1e9)
    if last < first {
      (first, last) = (blocks.lowerBound, blocks.lowerBound - 1)
    }
    // What lies between was not touched, but counts as if it were.
    while first > blocks.lowerBound {
      first -= 1
      near[start + first] = far
    }
    while last < blocks.upperBound {
      last += 1
      near[start + last] = far
    }
  }
}

/// The pixels whose middles lie nearer than the reach to a stretch, and a hundredth for what rounding takes.
@inline(__always)
private func reached(_ low: Float, _ high: Float, _ reach: Float) -> (Int, Int) {
  (floored(low - reach - 0.51) + 1, floored(high + reach - 0.49) + 1)
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
  /// Rows for each column; not needed where the segment is upright.
  private let slope: Float
  private let isUpright: Bool

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
    isUpright = dx.magnitude <= 1e-3
    slope = isUpright ? 0 : dy / dx
  }

  /// The span of y of the part that lies within `reach` of a column.
  @inline(__always)
  func rows(near x: Float, _ reach: Float) -> (Float, Float) {
    let (low, high) = (min(y0, y1), max(y0, y1))
    if isUpright { return (low, high) }
    let from = max(low, min(high, y0 + slope * (x - reach - x0)))
    let to = max(low, min(high, y0 + slope * (x + reach - x0)))
    return (min(from, to), max(from, to))
  }

  /// Keeps the smaller distance of each pixel down a column, the first with its middle at `x`, `y`.
  @inline(__always)
  func approach(
    _ near: inout MutableSpan<SIMD4<Float>>, _ start: Int, _ blocks: ClosedRange<Int>, _ x: Float, _ y: Float
  ) {
    let fromX = x - x0
    let (acrossX, stepX) = (fromX * dx * inverse, dy * inverse)
    var fromY = SIMD4<Float>(0, 1, 2, 3) + (y - y0)
    for block in blocks {
      let projected = acrossX + fromY * stepX
      let along = projected.replacing(with: 0, where: projected .< 0).replacing(with: 1, where: projected .> 1)
      let (gapX, gapY) = (fromX - along * dx, fromY - along * dy)
      let (before, now) = (near[start + block], gapX * gapX + gapY * gapY)
      near[start + block] = before.replacing(with: now, where: now .< before)
      fromY += 4
    }
  }
}
