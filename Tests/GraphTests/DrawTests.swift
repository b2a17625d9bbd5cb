import Glyphs
import Graph
import Model
import TestSupport
import Testing

struct DrawTests {
  static let large = (left: 40, right: 712, top: 32, bottom: 228)
  static let white: UInt32 = 0xFFFFFF
  static let unknown: UInt32 = 0xF5F5F5
  static let line: UInt32 = 0x1C6BB0

  /// The column of a time in a large chart of `Charts.day`.
  static func column(_ instant: Instant) -> Int {
    40 + (instant - Charts.day.from) * 672 / 86_400
  }

  /// Light, and without a colour.
  static func isGrey(_ colour: UInt32) -> Bool {
    let (red, blue) = (Int(colour >> 16), Int(colour & 255))
    return red > 0xB0 && abs(red - blue) < 4
  }

  // MARK: Files

  @Test(arguments: ChartFormat.allCases)
  func `light and dark differ in their palette alone`(format: ChartFormat) {
    for (chart, scale) in [(Charts.traffic, 1), (Charts.stack, 1), (Charts.latency, 1), (Charts.year, 2)] {
      let picture = draw(chart, format: format, scale: scale)
      let (light, dark) = (PNGPixels.chunks(picture.light), PNGPixels.chunks(picture.dark))
      #expect(light.map(\.name) == dark.map(\.name) && light.count > 5)
      for (one, other) in zip(light, dark) { #expect((one.bytes == other.bytes) == (one.name != "PLTE")) }
    }
  }

  @Test(arguments: [
    (ChartFormat.large, 760, 315), (.narrow, 360, 265), (.small, 360, 93), (.evidence, 360, 141), (.sparkline, 120, 24),
  ])
  func `each format has its size at both scales`(format: ChartFormat, width: Int, height: Int) throws {
    for scale in [1, 2] {
      let picture = draw(Charts.traffic, format: format, scale: scale)
      #expect((picture.width, picture.height) == (width, height))
      let pixels = try #require(PNGPixels(picture.light))
      #expect((pixels.width, pixels.height) == (width * scale, height * scale))
    }
  }

  @Test func `a file says what it shows`() throws {
    let chunks = PNGPixels.chunks(draw(Charts.traffic, format: .large, scale: 1).light)
    let texts = chunks.filter { $0.name.hasSuffix("Xt") }.map { String(decoding: $0.bytes, as: UTF8.self) }
    #expect(texts.contains { $0.hasPrefix("Title\u{0}") })
    #expect(texts.contains("Software\u{0}redeye"))
    #expect(texts.count == 2)
  }

  @Test func `the same chart gives the same bytes`() {
    #expect(draw(Charts.latency, format: .large, scale: 2) == draw(Charts.latency, format: .large, scale: 2))
  }

  // MARK: Pixels

  @Test func `columns of a gap hold the ground and nothing else`() throws {
    let pixels = try pixels(Charts.lines(Charts.samples(without: Charts.gap) { 5 + Charts.noise($0) }))
    let gap = Self.column(Charts.gap.from) + 2..<Self.column(Charts.gap.to) - 2
    #expect(gap.count > 10)
    for x in gap {
      let colours = Set(pixels.column(x, Self.large.top + 1..<Self.large.bottom))
      // The ground, its hatch, and the grid over both: all of them grey.
      #expect(colours.contains(Self.unknown) && colours.count <= 4, "column \(x): \(colours)")
      #expect(colours.allSatisfy(Self.isGrey), "column \(x): \(colours)")
    }
  }

  @Test func `a line is where its value is`() throws {
    let pixels = try pixels(Charts.lines(Charts.samples { _ in 50 }, unit: .percent))
    for x in Self.large.left + 5..<Self.large.right - 5 {
      let column = pixels.column(x, Self.large.top..<Self.large.bottom)
      // 50 of 100 lies on the edge of rows 97 and 98, a line of 1.5 pixels covers three quarters of each.
      let dark = column.indices.filter { column[$0] & 0xFF0000 < 0x800000 }
      #expect(dark == [97, 98], "column \(x): \(dark)")
    }
  }

  @Test func `lines break where nothing is known and never cross it`() throws {
    let pixels = try pixels(Charts.lines(Charts.samples { $0 / 20 % 2 == 0 ? 80 : nil }, unit: .percent))
    for (place, known) in [(10, true), (30, false), (50, true), (70, false)] {
      let x = Self.column(Charts.day.from + 300 * place)
      #expect(pixels.column(x, 60..<80).contains { $0 & 0xFF0000 < 0x800000 } == known)
    }
  }

  @Test func `a breach is tinted from top to bottom and only there`() throws {
    let chart = Charts.traffic
    let pixels = try pixels(chart)
    let breach = Self.column(Charts.at(21, 13, 40))
    #expect(pixels[breach + 3, 60] == 0xF9EAE9)
    #expect(pixels[breach - 3, 60] == Self.white)
    // Its bar in the lane.
    #expect(pixels[breach + 3, 26] == 0xC0281E)
  }

  @Test func `planned work is tinted and hatched`() throws {
    let pixels = try pixels(Charts.traffic)
    let planned = Self.column(Charts.at(20, 22, 0)) + 2..<Self.column(Charts.at(20, 23, 0)) - 2
    let row = Set(planned.map { pixels[$0, 50] })
    #expect(row.count == 2 && !row.contains(Self.white))
  }

  @Test func `one spike among many samples of a column is never averaged away`() throws {
    var chart = Charts.lines([])
    chart.span = Span(from: Charts.now - 30 * 86_400, to: Charts.now)
    chart.series[0].samples = Charts.samples(chart.span) { $0 == 4_000 ? 100 : 1 }
    let pixels = try pixels(chart)
    let x = 40 + 4_000 * 672 / 8_640
    let peak = (x - 1...x + 1).flatMap { pixels.column($0, 40..<200) }.filter { $0 != Self.white }
    let calm = pixels.column(x + 20, 40..<200).filter { $0 != Self.white }
    #expect(peak.count > calm.count + 100)
  }

  @Test func `the newest sample has a dot, an old one has none`() throws {
    let fresh = try pixels(Charts.lines(Charts.samples { _ in 50 }, unit: .percent))
    let old = try pixels(Charts.lines(Charts.samples { $0 < 280 ? 50 : nil }, unit: .percent))
    #expect(fresh[713, 130] == Self.line)
    #expect(old[713, 130] == Self.white)
  }

  @Test(arguments: [(ChartFormat.large, 60), (.large, 300), (.narrow, 60), (.narrow, 300)])
  func `a lone newest sample has a mark, in lines and in stacks`(format: ChartFormat, step: Int) throws {
    for kind in [Chart.Kind.lines, .stack] {
      var chart = Charts.lines([Sample(slot: Charts.now, value: 50)], unit: .percent)
      chart.kind = kind
      chart.step = step
      chart.top = 100
      chart.span = Span(from: Charts.now - 86_399, to: Charts.now + 1)
      var empty = chart
      empty.series[0].samples = [Sample(slot: Charts.now, value: 0)]
      for scale in [1, 2] {
        let (one, none) = (
          try #require(PNGPixels(draw(chart, format: format, scale: scale).light)),
          try #require(PNGPixels(draw(empty, format: format, scale: scale).light))
        )
        let right = (format == .large ? 712 : 324) * scale
        let middle = (format == .large ? 130 : 112) * scale
        let rows = middle - 3 * scale..<middle + 3 * scale
        let marks = (right - 3 * scale..<right + 3 * scale).filter { one.column($0, rows) != none.column($0, rows) }
        #expect(!marks.isEmpty, "\(kind), scale \(scale)")
      }
    }
  }

  @Test func `a lone sample between gaps can be seen in a narrow picture`() throws {
    var chart = Charts.lines([Sample(slot: Charts.now - 43_200, value: 50)], unit: .percent)
    chart.step = 60
    chart.top = 100
    let pixels = try #require(PNGPixels(draw(chart, format: .narrow, scale: 2).light))
    let dark = (340..<380).flatMap { pixels.column($0, 200..<250) }.count { $0 & 0xFF0000 < 0x800000 }
    #expect(dark >= 9, "\(dark)")
  }

  @Test func `what is missing at the end is tinted up to the end`() throws {
    let pixels = try pixels(Charts.lines(Charts.samples { $0 < 250 ? 5 : nil }))
    #expect(pixels[705, 40] == Self.unknown && pixels[711, 40] == Self.unknown)
  }

  @Test func `the sample of the running step is not late`() throws {
    let pixels = try pixels(Charts.lines(Array(Charts.samples { _ in 5 }.dropLast())))
    #expect(pixels[710, 40] == Self.white)
  }

  @Test func `values below zero stand below the zero line`() throws {
    let pixels = try pixels(Charts.lines(Charts.samples { _ in -50 }))
    let column = pixels.column(300, 32..<228)
    let line = try #require(column.firstIndex { $0 & 0xFF0000 < 0x800000 })
    #expect(line > 100)
    // The area hangs from zero, which is the top.
    #expect(column[20] == 0xD8E6F2)
  }

  @Test func `two layers of a stack meet without a seam`() throws {
    let pixels = try pixels(Charts.stack)
    let x = 200
    let column = pixels.column(x, 32..<228)
    let first = try #require(column.firstIndex { $0 == 0x9C2C1C || $0 == 0x8A63AD })
    #expect(!column[(first + 1)...].contains(Self.white))
    #expect(column.last == 0x174A7C)
  }

  @Test func `losses have their colour and their bar`() throws {
    let pixels = try pixels(Charts.latency)
    let x = Self.column(Charts.day.from + 300 * 42) + 1
    #expect(pixels[x, 249] == 0xC95C00)
    #expect(pixels.column(x, 40..<228).contains(0xC95C00))
    #expect(pixels[Self.column(Charts.day.from + 300 * 100) + 1, 236] == 0x5A1470)
  }

  // MARK: Words

  @Test func `words are drawn where a font is, and missed where none is`() throws {
    let (with, without) = (
      draw(Charts.traffic, format: .large, scale: 1),
      draw(Charts.traffic, format: .large, scale: 1, fonts: Charts.wordless)
    )
    #expect(with.problem == nil)
    #expect(without.problem?.contains("No font was found") == true)
    let (words, none) = (try #require(PNGPixels(with.light)), try #require(PNGPixels(without.light)))
    func inked(_ pixels: PNGPixels, _ rows: Range<Int>) -> Int {
      rows.flatMap { y in (0..<760).map { pixels[$0, y] } }.count { $0 != Self.white }
    }
    // The title, the labels of the time axis, the legend's header.
    for rows in [2..<14, 235..<256, 266..<278] {
      #expect(inked(words, rows) > inked(none, rows) + 200)
    }
  }

  @Test func `an empty chart says so and has its axes`() throws {
    var chart = Charts.lines(Charts.samples { _ in nil })
    chart.emptyText = "Nothing collected yet. First sample expected 14:10."
    let pixels = try #require(PNGPixels(draw(chart, format: .large, scale: 1).light))
    #expect((300..<450).contains { pixels[$0, 130] < 0x808080 })
    #expect(pixels[41, 228] != Self.white)
    // Nothing was expected yet, so nothing is missing.
    #expect(pixels[100, 60] == Self.white)
  }
}
