import Model
import TestSupport
import Testing

@testable import Graph

struct GroundsTests {
  private func marks(_ bands: [Chart.Band], samples: [Sample] = Charts.samples { _ in 1 }) -> [LaneMark] {
    var chart = Charts.lines(samples)
    chart.bands = bands
    guard let layout = Layout.of(.large) else { return [] }
    var plot = Plot(chart, layout, scale: 1, fonts: Charts.wordless, range: 0...1, top: nil)
    plot.layGrounds()
    return plot.marks
  }

  private func band(_ kind: Chart.Band.Kind, _ from: Int, _ to: Int, _ label: String = "") -> Chart.Band {
    .init(kind: kind, span: Span(from: Charts.at(21, from, 0), to: Charts.at(21, to, 0)), label: label)
  }

  @Test func `the worst stands on top, and what is good has no mark`() {
    let all = [
      band(.breach, 1, 3), band(.good, 1, 9), band(.degraded, 2, 5), band(.planned, 1, 4), band(.excluded, 2, 6),
    ]
    #expect(marks(all).map(\.kind) == [.planned, .excluded, .degraded, .breach])
  }

  @Test func `bands that touch are one and bear the name of the wider one`() {
    let joined = marks([band(.breach, 3, 4, "short"), band(.breach, 1, 3, "long"), band(.breach, 8, 9, "alone")])
    #expect(joined.map(\.label) == ["long", "alone"])
  }

  @Test func `a gap is told only where no band says why`() {
    let samples = Charts.samples(without: Span(from: Charts.at(21, 2, 0), to: Charts.at(21, 8, 0))) { _ in 1 }
    let told = marks([band(.planned, 3, 4), band(.degraded, 5, 6)], samples: samples)
    #expect(told.map(\.kind) == [.unknown, .unknown, .planned, .degraded])
    #expect(told[0].right == told[2].left && told[1].left == told[2].right)
  }

  @Test func `degraded is the lower half of the lane, excluded a hatch in a red frame`() throws {
    var chart = Charts.lines(Charts.samples { _ in 1 })
    chart.bands = [band(.degraded, 2, 4), band(.excluded, 6, 8)]
    let pixels = try pixels(chart)
    let degraded = pixels.column(DrawTests.column(Charts.at(21, 3, 0)), 24..<30)
    #expect(degraded == [0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xBF7F00, 0xBF7F00, 0xBF7F00])
    let excluded = DrawTests.column(Charts.at(21, 7, 0))
    #expect(pixels[excluded, 24] == 0xC0281E && pixels[excluded, 29] == 0xC0281E)
    #expect((excluded..<excluded + 4).contains { pixels[$0, 26] == 0x5A5FC4 })
  }

  @Test func `what is yet to come is not missing`() {
    var chart = Charts.forecast
    #expect(chart.unknownSpans == [Charts.gap])
    chart.now = nil
    #expect(chart.unknownSpans.count == 2)
  }

  @Test func `an envelope shows a dip as it shows a spike`() throws {
    let pixels = try pixels(Charts.envelope)
    // Line near 45 to 60 of 100, lows near 10 to 30, peaks near 60 to 100.
    let column = pixels.column(300, 32..<228)
    #expect(Set(column).count >= 4)
    var plain = Charts.envelope
    plain.series[0].lows = []
    plain.series[0].peaks = []
    let (wide, narrow) = (Charts.envelope, plain)
    #expect(try GraphTests.pixels(wide) != GraphTests.pixels(narrow))
    var month = Charts.lines([])
    month.span = Span(from: Charts.now - 28 * 86_400, to: Charts.now)
    month.series[0].samples = Charts.samples(month.span) { $0 == 4_000 ? 0 : 100 }
    let dip = 40 + 4_000 * 672 / 8_064
    let around = try GraphTests.pixels(month)
    let usual = Set(around.column(dip + 20, 60..<220))
    #expect((dip - 1...dip + 1).contains { !usual.isSuperset(of: around.column($0, 60..<220)) })
  }
}
