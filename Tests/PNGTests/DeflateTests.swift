import PNG
import TestSupport
import Testing

/// What libpng reads is what was written, whatever the rows look like.
struct DeflateTests {
  static let palette = (0..<256).map { RGB(UInt8($0), UInt8($0), UInt8($0)) }

  /// The file's bytes, after libpng has found the same pixels in it.
  @discardableResult
  private func written(
    _ width: Int, _ height: Int, _ pixel: (Int, Int) -> Int, at location: SourceLocation = #_sourceLocation
  ) throws -> [UInt8] {
    var indices: [UInt8] = []
    for y in 0..<height { for x in 0..<width { indices.append(UInt8(truncatingIfNeeded: pixel(x, y))) } }
    let file = try encode(IndexedPicture(indices: indices, width: width, height: height), palettes: [Self.palette])[0]
    let read = try #require(PNGPixels(file), sourceLocation: location)
    #expect((read.width, read.height) == (width, height), sourceLocation: location)
    #expect(read.colours.map { UInt8($0 & 0xFF) } == indices, sourceLocation: location)
    return file
  }

  @Test func `one colour is a few bytes a row`() throws {
    #expect(try written(1_000, 700) { _, _ in 7 }.count < 4_000)
  }

  @Test func `rows that repeat cost a few bytes each`() throws {
    let file = try written(1_000, 700) { x, _ in x * x % 251 }
    #expect(file.count < 8_000)
  }

  @Test func `a graph's edges and frames survive`() throws {
    try written(672, 392) { x, y in
      x == 40 || y == 300 ? 3 : y > 200 + x * 37 % 90 ? 2 : y % 50 == 0 && x % 4 < 2 ? 1 : 0
    }
  }

  @Test func `noise is not made larger than its rows and a little`() throws {
    var random = SeededRandom(11)
    let file = try written(300, 400) { _, _ in Int.random(in: 0...255, using: &random) }
    #expect((300 * 400..<301 * 400 + 1_500).contains(file.count))
  }

  @Test(arguments: [
    (1, 1), (1, 9), (2, 2), (3, 1), (7, 3), (8, 8), (9, 2), (33, 5), (4_095, 2), (4_097, 3), (70_000, 2),
  ])
  func `every size survives`(width: Int, height: Int) throws {
    var random = SeededRandom(UInt64(width))
    let noise = (0..<width * height).map { _ in Int.random(in: 0...255, using: &random) }
    try written(width, height) { x, y in noise[y * width + x] }
    try written(width, height) { x, y in y == 0 ? noise[x] : noise[x] &+ 1 }
    try written(width, height) { x, y in x == y ? 255 : 0 }
  }

  @Test func `random pictures of runs, repeats and noise survive`() throws {
    var random = SeededRandom(4)
    for _ in 0..<300 {
      let width = Int.random(in: 1...400, using: &random)
      let height = Int.random(in: 1...60, using: &random)
      let colours = Int.random(in: 1...256, using: &random)
      let wildness = Int.random(in: 1...40, using: &random)
      var rows: [[Int]] = []
      for _ in 0..<height {
        var row = rows.randomElement(using: &random) ?? Array(repeating: 0, count: width)
        for _ in 0..<Int.random(in: 0...wildness, using: &random) {
          let start = Int.random(in: 0..<width, using: &random)
          let end = min(width, start + Int.random(in: 1...300, using: &random))
          let colour = Int.random(in: 0..<colours, using: &random)
          for x in start..<end { row[x] = colour }
        }
        rows.append(row)
      }
      try written(width, height) { x, y in rows[y][x] }
    }
  }

  /// Counts as in the Fibonacci numbers ask for codes longer than the format has.
  @Test func `counts that ask for codes beyond the longest survive`() throws {
    var pixels: [Int] = []
    var (one, other) = (1, 1)
    for colour in 0..<26 {
      // Neighbours differ, so that no run hides the counts.
      for number in 0..<one { pixels.append(number % 2 == 0 ? colour : 255 - number / 2 % 3) }
      (one, other) = (other, one + other)
    }
    var random = SeededRandom(26)
    pixels.shuffle(using: &random)
    let width = 500
    try written(width, pixels.count / width) { x, y in pixels[y * width + x] }
  }
}
