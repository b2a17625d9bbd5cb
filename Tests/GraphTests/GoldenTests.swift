import Glyphs
import Graph
import TestSupport
import Testing

/// Whole pictures, pixel by pixel, without letters: fonts and their renderer differ between machines. What the words
/// say and where they stand is tested beside this, on the letters themselves.
struct GoldenTests {
  @Test func `two lines, the first filled, with a gap and two bands`() throws {
    try compare("lines-large", Charts.traffic, .large, 1)
  }

  @Test func `the same for a phone at two pixels for each`() throws {
    try compare("lines-narrow-2x", Charts.traffic, .narrow, 2)
  }

  @Test func `layers on top of each other`() throws { try compare("stack-large", Charts.stack, .large, 1) }

  @Test func `latency with smoke, losses and a gap`() throws { try compare("latency-large", Charts.latency, .large, 1) }

  @Test func `a small latency graph bears the colours of its losses`() throws {
    try compare("latency-small", Charts.latency, .small, 1)
  }

  @Test func `a year with peaks above its means`() throws { try compare("year-small", Charts.year, .small, 2) }

  @Test func `an hour and a half with a breach and a limit`() throws {
    try compare("incident-evidence", Charts.incident, .evidence, 1)
  }

  @Test func `a sparkline`() throws { try compare("sparkline", Charts.traffic, .sparkline, 2) }

  private func compare(_ name: String, _ chart: Chart, _ format: ChartFormat, _ scale: Int) throws {
    let picture = draw(chart, format: format, scale: scale, fonts: Charts.wordless)
    try goldenPicture("\(name).png", picture.light)
    try goldenPicture("\(name)-dark.png", picture.dark)
  }
}
