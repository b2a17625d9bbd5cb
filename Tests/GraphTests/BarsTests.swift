import Graph
import Model
import TestSupport
import Testing

struct BarsTests {
  /// Columns of a row of a large picture that are neither page nor axis.
  private func filled(_ pixels: PNGPixels, row: Int) -> Int {
    (288..<760).count { pixels[$0, 21 + 17 * row + 8] != 0xFFFFFF }
  }

  private func chart(_ values: [Double?]) -> Chart {
    var chart = Charts.bars
    chart.kind = .bars(values.map { .init(label: "name", value: $0) })
    chart.limits = []
    return chart
  }

  @Test func `bars are as long as their numbers are large`() throws {
    let pixels = try pixels(chart([8e8, 4e8, nil, 0]))
    #expect(filled(pixels, row: 0) > 450)
    #expect(abs(filled(pixels, row: 0) - 2 * filled(pixels, row: 1)) <= 3)
    #expect(filled(pixels, row: 2) == 0 && filled(pixels, row: 3) == 0)
  }

  @Test func `what is less than zero goes to the left of its axis`() throws {
    let pixels = try pixels(chart([10, -10]))
    let middle = 287 + 473 / 2
    #expect(pixels[middle + 50, 29] != 0xFFFFFF && pixels[middle - 50, 29] == 0xFFFFFF)
    #expect(pixels[middle - 50, 46] != 0xFFFFFF && pixels[middle + 50, 46] == 0xFFFFFF)
  }

  @Test func `what is out of tolerance is red`() throws {
    let pixels = try pixels(Charts.bars)
    let colour = pixels[300, 29]
    #expect(colour >> 16 > 0xD0 && colour & 255 < 0x90)
  }

  @Test func `rows beyond forty are counted, not drawn`() {
    let many = chart((0..<100).map { Double($0) })
    #expect(size(of: many, format: .large).height == 21 + 40 * 17 + 16)
    #expect(altText(for: many).contains("And 90 more."))
  }

  @Test func `the text says names, numbers and what is out of tolerance`() {
    let text = altText(for: Charts.bars)
    #expect(text.contains("host0: 900\u{202F}Mbit/s, out of tolerance. host1: 450\u{202F}Mbit/s."))
    #expect(text.contains("host9: –."))
    #expect(sparklineAltText(for: Charts.bars).hasSuffix("first host0 900\u{202F}Mbit/s"))
  }
}
