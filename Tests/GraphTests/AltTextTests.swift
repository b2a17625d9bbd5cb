import Graph
import Model
import Testing

struct AltTextTests {
  @Test func `a chart is told as metric, host, period, numbers and marks`() {
    var chart = Charts.incident
    chart.series[0].samples = chart.series[0].samples.map { Sample(slot: $0.slot, value: $0.value.map { _ in 0.25 }) }
    #expect(
      altText(for: chart, metric: "Response time", host: "shop")
        == "Response time on shop, Thu 21 May 2026, 09:30–11:00 CEST. GET /health: now 250\u{202F}ms, "
        + "average 250\u{202F}ms, maximum 250\u{202F}ms, 95th percentile 250\u{202F}ms. Breach 10:17 to 10:27. "
        + "No data 10:17 to 10:27.")
  }

  @Test func `without metric the title stands`() {
    #expect(
      altText(for: Charts.traffic).hasPrefix(
        "router1 · xe-0/0/0 to ISP-A, 24 h to Thu 21 May 2026 14:05 CEST. in: now "))
  }

  @Test func `a band that reaches the end is since, another one is from and to`() {
    let text = altText(for: Charts.traffic)
    #expect(text.contains("Planned work Wed 22:00 to 23:00. Breach since 13:40. No data 03:30 to 04:15."))
  }

  @Test func `losses are told`() {
    #expect(altText(for: Charts.latency).contains("Loss: now 0 %, average 0.6 %."))
  }

  @Test func `nothing known is told as such`() {
    let chart = Charts.lines(Charts.samples { _ in nil })
    #expect(altText(for: chart).hasSuffix("one: no data."))
    #expect(sparklineAltText(for: chart) == "host · what, last 24 hours, no data")
  }

  @Test func `a sparkline says now, or last where the newest sample is missing`() {
    #expect(
      sparklineAltText(for: Charts.lines(Charts.samples { _ in 5 }, unit: .percent), metric: "CPU", host: "web1")
        == "web1 CPU, last 24 hours, now 5.00\u{202F}%")
    #expect(sparklineAltText(for: Charts.lines(Charts.samples { $0 < 200 ? 5 : nil })).contains("last 5"))
  }

  @Test func `text from outside stays on one line and many series are counted`() {
    var chart = Charts.traffic
    chart.title = "a\nb\u{202E}c" + String(repeating: "x", count: 10_000)
    chart.series = (0..<30).map { .init(label: "s\($0)\r\n", samples: Charts.samples { _ in 1 }) }
    let text = altText(for: chart)
    #expect(text.unicodeScalars.count <= 2_001)
    #expect(!text.contains { $0.isNewline })
    chart.title = "t"
    #expect(altText(for: chart).contains("And 22 more series."))
  }
}
