import Glyphs
import Graph
import Model
import TestSupport
import Testing

/// What holds for every kind of chart in every format.
struct KindTests {
  @Test(arguments: ChartFormat.allCases)
  func `light and dark differ in their palette alone`(format: ChartFormat) {
    for chart in Charts.allKinds {
      let picture = draw(chart, format: format, scale: 1)
      let (light, dark) = (PNGPixels.chunks(picture.light), PNGPixels.chunks(picture.dark))
      #expect(light.map(\.name) == dark.map(\.name) && light.count > 5, "\(chart.title)")
      for (one, other) in zip(light, dark) { #expect((one.bytes == other.bytes) == (one.name != "PLTE")) }
    }
  }

  @Test(arguments: ChartFormat.allCases)
  func `the size that is told is the size that is drawn`(format: ChartFormat) throws {
    for chart in Charts.allKinds + [Charts.many(30)] {
      for scale in [1, 2] {
        let picture = draw(chart, format: format, scale: scale)
        let pixels = try #require(PNGPixels(picture.light))
        #expect(size(of: chart, format: format) == (picture.width, picture.height), "\(chart.title)")
        #expect((pixels.width, pixels.height) == (picture.width * scale, picture.height * scale))
      }
    }
  }

  @Test func `an availability strip and a month of hours have the sizes of the design`() {
    #expect(size(of: Charts.strip, format: .large) == (760, 72))
    #expect(size(of: Charts.strip, format: .narrow) == (360, 86))
    #expect(size(of: Charts.hours, format: .large) == (760, 234))
    #expect(size(of: Charts.hours, format: .narrow) == (360, 264))
  }

  @Test func `two threads drawing at once draw what one draws`() async {
    let charts = Charts.allKinds
    let alone = charts.map { draw($0, format: .narrow, scale: 1) }
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask { (0..<3).allSatisfy { _ in charts.map { draw($0, format: .narrow, scale: 1) } == alone } }
      }
      for await same in group { #expect(same) }
    }
  }

  @Test func `what was not measured is hatched, so it differs from the page without colour`() throws {
    let pixels = try pixels(Charts.traffic)
    let gap = DrawTests.column(Charts.gap.from) + 2..<DrawTests.column(Charts.gap.to) - 2
    let row = Set(gap.map { pixels[$0, 60] })
    #expect(row.count == 2 && !row.contains(DrawTests.white))
  }

  @Test func `a series that says whether it is filled is drawn so, whatever the kind of the chart`() throws {
    var (lines, areas) = (Charts.traffic, Charts.traffic)
    areas.kind = .areas
    let (usual, filled) = try (pixels(lines), pixels(areas))
    #expect(usual != filled)
    lines.series[1].isFilled = true
    areas.series[1].isFilled = false
    let (mixed, halved) = try (pixels(lines), pixels(areas))
    #expect(mixed == filled)
    #expect(halved == usual)
  }
}
