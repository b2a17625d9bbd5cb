import Glibc

/// A point in device pixels.
struct Point {
  var x: Double
  var y: Double
}

extension Canvas {
  /// A line through the points, `thickness` CSS pixels wide with round joins: coverage is the distance's, and where
  /// segments meet the larger one counts. Only pixels of the clip are touched.
  mutating func polyline(_ points: [Point], thickness: Double, _ ink: Ink, clip: Box) {
    let (columns, rows) = area(clip)
    guard !columns.isEmpty, !rows.isEmpty, !points.isEmpty else { return }
    var pen = Pen(columns, rows, radius: Float(thickness * Double(scale) / 2))
    for index in points.indices.dropLast() { pen.stroke(points[index], points[index + 1]) }
    if points.count == 1 { pen.stroke(points[0], points[0]) }
    blend(pen, ink)
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

  private mutating func blend(_ pen: Pen, _ ink: Ink) {
    Self.blend(&pixels, &palette, width: width, pen, ink)
  }

  private static func blend(
    _ pixels: inout [UInt8], _ palette: inout Palette, width: Int, _ pen: Pen, _ ink: Ink
  ) {
    var table = palette.table(ink)
    var pixels = pixels.mutableSpan
    let levels = pen.levels.span
    for column in 0..<pen.width {
      let rows = pen.touched(column)
      var index = (pen.rows.lowerBound + rows.lowerBound) * width + pen.columns.lowerBound + column
      for row in rows {
        let level = Int(levels[column * pen.height + row])
        if level > 0 {
          let key = 256 * level + Int(pixels[index])
          if table[key] == Palette.open { table[key] = palette.blended(ink, level, over: pixels[index]) }
          pixels[index] = table[key]
        }
        index += width
      }
    }
  }
}

/// How much of each pixel a line covers, in eighths, column by column, for the columns and rows of its clip.
private struct Pen {
  let columns: Range<Int>
  let rows: Range<Int>
  let width: Int
  let height: Int
  private let radius: Float
  private let reach: Float
  fileprivate var levels: [UInt8]
  /// The rows of each column that a segment came near.
  private var first: [Int]
  private var last: [Int]

  init(_ columns: Range<Int>, _ rows: Range<Int>, radius: Float) {
    self.columns = columns
    self.rows = rows
    self.radius = radius
    reach = radius + 0.5
    width = columns.count
    height = rows.count
    levels = [UInt8](repeating: 0, count: width * height)
    first = [Int](repeating: height, count: width)
    last = [Int](repeating: -1, count: width)
  }

  func touched(_ column: Int) -> Range<Int> { first[column]..<max(first[column], last[column] + 1) }

  mutating func stroke(_ start: Point, _ end: Point) {
    let segment = Segment(start, end, left: columns.lowerBound, top: rows.lowerBound)
    let low = max(0, Int((min(segment.x0, segment.x1) - reach - 0.5).rounded(.down)))
    let high = min(width - 1, Int((max(segment.x0, segment.x1) + reach).rounded(.up)))
    guard low <= high else { return }
    for column in low...high { cover(column, segment) }
  }

  private mutating func cover(_ column: Int, _ segment: Segment) {
    let x = Float(column) + 0.5
    let (above, below) = segment.rows(near: x, reach)
    let top = max(0, Int((above - reach - 0.5).rounded(.down)))
    let bottom = min(height - 1, Int((below + reach).rounded(.up)))
    guard top <= bottom else { return }
    first[column] = min(first[column], top)
    last[column] = max(last[column], bottom)
    let start = column * height
    Self.raise(&levels, start + top...start + bottom, segment, Point(x: Double(x), y: Double(top) + 0.5), radius)
  }

  /// Down a column of levels that begins at a point.
  private static func raise(
    _ levels: inout [UInt8], _ indices: ClosedRange<Int>, _ segment: Segment, _ point: Point, _ radius: Float
  ) {
    let reach = radius + 0.5
    let (outer, inner) = (reach * reach, (radius - 0.5) * (radius - 0.5))
    let full = UInt8(Palette.levels)
    let x = Float(point.x)
    var y = Float(point.y)
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

  func squaredDistance(_ x: Float, _ y: Float) -> Float {
    let (fromX, fromY) = (x - x0, y - y0)
    let projected = (fromX * dx + fromY * dy) * inverse
    let along = projected < 0 ? 0 : projected > 1 ? 1 : projected
    let (gapX, gapY) = (fromX - along * dx, fromY - along * dy)
    return gapX * gapX + gapY * gapY
  }
}
