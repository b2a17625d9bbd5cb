import Graph
import Model
import TestSupport
import Testing

struct StripTests {
  private func column(_ pixels: PNGPixels, _ instant: Instant) -> [UInt32] {
    let span = Charts.strip.span
    return pixels.column(40 + (instant - span.from) * 672 / span.seconds + 2, 22..<36)
  }

  @Test func `each state has its own shape in the lane`() throws {
    var chart = Charts.strip
    chart.marks = []
    let pixels = try pixels(chart)
    let good = column(pixels, Charts.at(20, 16, 0))
    #expect(good.count { $0 == 0x8ECFBB } == 8 && good[2] == 0xFFFFFF && good[11] == 0xFFFFFF)
    #expect(column(pixels, Charts.at(21, 13, 50)).allSatisfy { $0 == 0xC0281E })
    let degraded = column(pixels, Charts.at(20, 19, 30))
    #expect(degraded.count { $0 == 0xBF7F00 } == 4 && degraded.count { $0 == 0x8ECFBB } == 4)
    let excluded = column(pixels, Charts.at(21, 7, 20))
    #expect(excluded[3] == 0xC0281E && excluded[10] == 0xC0281E && excluded.contains(0x5A5FC4))
    let planned = column(pixels, Charts.at(20, 22, 20))
    #expect(planned[3] == 0x5A5FC4 && planned[10] == 0x5A5FC4)
    let unknown = column(pixels, Charts.at(21, 3, 40))
    #expect(!unknown.contains(0x8ECFBB) && unknown[3] != 0xFFFFFF)
  }

  @Test func `what no band names is claimed to be nothing`() throws {
    var chart = Charts.strip
    chart.bands = []
    chart.emptyText = ""
    let pixels = try pixels(chart)
    let lane = (0..<760).flatMap { pixels.column($0, 22..<36) }
    #expect(!lane.contains(0x8ECFBB))
  }

  @Test func `what is good covers nothing that is not`() throws {
    var chart = Charts.strip
    chart.bands.reverse()
    #expect(try pixels(chart) == pixels(Charts.strip))
  }
}
