import Model
import Testing

@testable import Graph

@Suite struct TextPictureTests {
  /// Rows of dots of a text, from the top: true where one is.
  private func dots(_ text: String) -> [[Bool]] {
    let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0.contains("│") || $0.contains("┤") }
    return rows.flatMap { row -> [[Bool]] in
      let cells = row.drop { $0 != "│" && $0 != "┤" }.dropFirst().unicodeScalars.map { scalar in
        (0x2800...0x28FF).contains(scalar.value) ? UInt8(scalar.value - 0x2800) : 0
      }
      let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
      return bits.map { pair in cells.flatMap { cell in pair.map { cell & $0 != 0 } } }
    }
  }

  /// The highest dot of a column, from the ground.
  private func height(_ dots: [[Bool]], _ column: Int) -> Int? {
    dots.firstIndex { column < $0.count && $0[column] }.map { dots.count - 1 - $0 }
  }

  @Test func `a line that rises from nothing to the top is a diagonal of dots`() throws {
    let samples = Charts.samples { Double($0) / 287 * 100 }
    let text = textPicture(Charts.lines(samples, unit: .percent), columns: 80, height: 10)
    let found = dots(text)
    #expect(found.count == 40)
    let columns = 2 * (80 - 5)
    for column in stride(from: 0, to: columns, by: 10) {
      let value = Double(column) / Double(columns)
      #expect(abs((height(found, column) ?? -9) - Int(value * 39)) <= 1, "column \(column)\n\(text)")
    }
    #expect(found.allSatisfy { $0.count <= columns })
    #expect(text.contains("100 ┤") && text.contains("  0 ┤"))
  }

  @Test func `a peak of one sample among hundreds of a column reaches its height`() {
    let span = Span(from: Charts.now - 28 * 86_400, to: Charts.now)
    let samples = Charts.samples(span, step: 60) { $0 == 20_000 ? 100 : 1 }
    var chart = Charts.lines(samples, unit: .percent)
    (chart.span, chart.step) = (span, 60)
    let found = dots(textPicture(chart, columns: 60, height: 10))
    let columns = 2 * (60 - 5)
    let high = (0..<columns).filter { height(found, $0).map { $0 >= 38 } ?? false }
    #expect(high.count == 1 && abs(Double(high[0]) / Double(columns) - 20_000.0 / 40_320) < 0.02)
  }

  @Test func `where nothing is known there are no dots`() {
    let chart = Charts.lines(Charts.samples(without: Charts.gap) { _ in 50 }, unit: .percent)
    let found = dots(textPicture(chart, columns: 120))
    let wide = 2 * (120 - 5)
    func column(_ at: Instant) -> Int { (at - chart.span.from) * wide / chart.span.seconds }
    #expect(height(found, column(Charts.gap.from) + 3) == nil)
    #expect(height(found, column(Charts.gap.from) - 3) != nil)
  }

  @Test func `titles, times, bands, limits and numbers stand around it`() {
    var chart = Charts.traffic
    chart.limits = [Limit(value: 5e8, label: "at most")]
    let text = textPicture(chart, columns: 100)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("router1 · xe-0/0/0 to ISP-A  Mbit/s"))
    #expect(lines[0].hasSuffix("24 h to Thu 21 May 2026 14:05 CEST"))
    #expect(lines[1].contains("breach since 13:40 █") && lines[1].contains("▒▒▒"))
    #expect(text.contains("00:00") && text.contains("12:00"))
    #expect(text.contains("Mbit/s") && text.contains("now") && text.contains("95th"))
    #expect(text.contains("╌╌ at most 500\u{202F}Mbit/s"))
    #expect(lines.contains { $0.hasPrefix("━━ in ") } && lines.contains { $0.hasPrefix("━━ out ") })
  }

  @Test func `a latency has its loss below, a stack its layers, and what has no axes its words`() {
    let latency = textPicture(Charts.latency, columns: 100)
    #expect(latency.contains(/(?m)^ *loss │.*[▁▂▃▄▅▆▇█]/), "\(latency)")
    let plain = textPicture(Charts.stack, columns: 100)
    let full = textPicture(Charts.stack, columns: 100, colours: .full(isDark: true))
    #expect(full.unicodeScalars.count { $0 == "⣿" } > 2 * plain.unicodeScalars.count { $0 == "⣿" })
    var words = Charts.traffic
    words.kind = .strip
    #expect(!textPicture(words, columns: 60).contains("┤"))
    #expect(textPicture(words, columns: 60).contains("router1"))
  }

  @Test(arguments: [24, 40, 79, 132, 300]) func `no line is wider than it may be, whatever the chart`(columns: Int) {
    var mirror = Charts.traffic
    mirror.kind = .mirror
    var histogram = Charts.traffic
    histogram.kind = .histogram
    var named = Charts.traffic
    named.title = String(repeating: "名前 ", count: 60)
    named.series[0].label = String(repeating: "長い", count: 60)
    var log = Charts.lines(Charts.samples { Double($0) * 1_000 }, unit: .bytes)
    log.scale = .log
    for chart in [Charts.traffic, Charts.stack, Charts.latency, mirror, histogram, named, log] {
      let text = textPicture(chart, columns: columns)
      for line in text.split(separator: "\n") { #expect(line.string.columns <= columns, "\(line)") }
      #expect(text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) })
    }
  }

  @Test func `an empty chart says so`() {
    var chart = Charts.lines([])
    chart.emptyText = "Nothing collected yet."
    #expect(textPicture(chart, columns: 80).contains("Nothing collected yet."))
  }

  @Test func `nothing a device says reaches the terminal as it is`() {
    var chart = Charts.traffic
    let hostile = "a\u{1B}]0;owned\u{07}\u{1B}[2J\u{9B}31m\r\nb\u{202E}"
    chart.title = hostile
    chart.series[0].label = hostile
    chart.unit = Unit(hostile)
    chart.bands[0].label = hostile
    chart.limits = [Limit(value: 1e8, label: hostile)]
    for kind in [Chart.Kind.lines, .stack, .histogram, .mirror, .strip] {
      chart.kind = kind
      #expect(isHarmless(textPicture(chart, columns: 80)))
      let coloured = textPicture(chart, columns: 80, colours: .full(isDark: false))
      #expect(isHarmless(coloured.replacing(/\e\[(0|1|38;2;\d+;\d+;\d+)m/, with: "")))
    }
    chart.series = []
    chart.kind = .lines
    chart.emptyText = hostile
    #expect(isHarmless(textPicture(chart, columns: 80)))
  }

  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || ![.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
  }

  @Test func `colours are those of the picture, and end with each line`() {
    let text = textPicture(Charts.traffic, columns: 80, colours: .full(isDark: true))
    #expect(text.contains("\u{1B}[38;2;95;169;236m") && text.contains("\u{1B}[38;2;240;160;102m"))
    let cube = textPicture(Charts.traffic, columns: 80, colours: .cube(isDark: true))
    #expect(cube.contains("\u{1B}[38;5;75m"))
    for line in text.split(separator: "\n") where line.contains("\u{1B}") { #expect(line.hasSuffix("\u{1B}[0m")) }
    let stripped = text.replacing(/\e\[[0-9;]*m/, with: "")
    #expect(stripped == textPicture(Charts.traffic, columns: 80))
  }
}

extension Substring {
  fileprivate var string: String { String(self) }
}
