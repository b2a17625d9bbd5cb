import Glyphs
import Graph
import TestSupport
import Testing

/// As `GoldenTests`, of the other kinds.
struct KindGoldenTests {
  /// A picture by its name, so that a failure does not print every sample.
  struct Shown: CustomTestStringConvertible {
    var name: String
    var chart: Chart
    var format = ChartFormat.large
    var scale = 1

    var testDescription: String { name }
  }

  static let all: [Shown] = [
    Shown(name: "areas-large", chart: Charts.areas), Shown(name: "mirror-large", chart: Charts.mirror),
    Shown(name: "mirror-small", chart: Charts.mirror, format: .small, scale: 2),
    Shown(name: "marks-large", chart: Charts.eventful),
    Shown(name: "marks-small", chart: Charts.eventful, format: .small),
    Shown(name: "log-large", chart: Charts.logarithmic), Shown(name: "forecast-large", chart: Charts.forecast),
    Shown(name: "envelope-large", chart: Charts.envelope), Shown(name: "twelve-large", chart: Charts.many(12)),
    Shown(name: "histogram-large", chart: Charts.histogram),
    Shown(name: "histogram-narrow-2x", chart: Charts.histogram, format: .narrow, scale: 2),
    Shown(name: "bars-large", chart: Charts.bars),
    Shown(name: "bars-narrow-2x", chart: Charts.bars, format: .narrow, scale: 2),
    Shown(name: "strip-large", chart: Charts.strip),
    Shown(name: "strip-narrow-2x", chart: Charts.strip, format: .narrow, scale: 2),
    Shown(name: "strip-sparkline", chart: Charts.strip, format: .sparkline, scale: 2),
    Shown(name: "hours-large", chart: Charts.hours),
    Shown(name: "hours-narrow-2x", chart: Charts.hours, format: .narrow, scale: 2),
    Shown(name: "days-large", chart: Charts.days),
    Shown(name: "days-narrow-2x", chart: Charts.days, format: .narrow, scale: 2),
    Shown(name: "values-large", chart: Charts.values),
  ]

  @Test(arguments: all)
  func `a picture of each kind is what it was`(shown: Shown) throws {
    let picture = draw(shown.chart, format: shown.format, scale: shown.scale, fonts: Charts.wordless)
    try goldenPicture("\(shown.name).png", picture.light)
    try goldenPicture("\(shown.name)-dark.png", picture.dark)
  }
}
