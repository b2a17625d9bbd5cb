import Graph
import Model
import TestSupport
import Testing

struct MirrorTests {
  private func chart(_ sides: [Bool?]) -> Chart {
    var chart = Charts.lines([])
    chart.kind = .mirror
    chart.series = sides.enumerated().map { place, isBelow in
      .init(label: "\(place)", samples: Charts.samples { _ in 50 }, isBelow: isBelow)
    }
    return chart
  }

  /// Whether anything is tinted 20 pixels above and below the middle.
  private func sides(_ chart: Chart) throws -> [Bool] {
    let pixels = try pixels(chart)
    return [100, 170].map { y in (200..<300).contains { pixels[$0, y] != 0xFFFFFF } }
  }

  @Test func `every second series hangs below the axis`() throws {
    #expect(try sides(chart([nil, nil])) == [true, true])
  }

  @Test func `a series goes where it says`() throws {
    let below = try pixels(chart([true]))
    // The whole plot is below zero, which is its top.
    #expect(below[300, 40] != 0xFFFFFF && below[300, 220] == 0xFFFFFF)
    #expect(try sides(chart([false, false, true])) == [true, true])
  }

  @Test func `both sides have the number of their own 95th`() throws {
    var chart = chart([nil, nil])
    chart.unit = .bitsPerSecond
    let pixels = try pixels(chart)
    let rows = (32..<228).filter { y in (40..<712).count { pixels[$0, y] == 0x16191D } > 200 }
    #expect(rows.count == 2)
  }

  @Test func `the numbers are told as they are, without signs`() {
    #expect(!altText(for: Charts.mirror).contains("\u{2212}"))
  }
}
