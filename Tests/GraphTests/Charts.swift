import Glyphs
import Graph
import Model
import TestSupport
import Testing

/// Charts that are the same on every machine.
enum Charts {
  static let berlin = Zone("Europe/Berlin") ?? .utc
  static let now = at(21, 14, 5)
  static let day = Span(from: now - 86_400, to: now)

  /// In May 2026.
  static func at(_ day: Int, _ hour: Int, _ minute: Int) -> Instant {
    berlin.instant(Civil(year: 2026, month: 5, day: day, hour: hour, minute: minute))
  }

  static func samples(
    _ span: Span = day, step: Int = 300, without gap: Span? = nil, _ value: (Int) -> Double?
  ) -> [Sample] {
    stride(from: span.from.seconds, to: span.to.seconds, by: step).enumerated().map { index, seconds in
      let slot = Instant(seconds)
      return Sample(slot: slot, value: gap?.contains(slot) == true ? nil : value(index))
    }
  }

  /// Between 0 and 1, the same for each place, without any rhythm.
  static func noise(_ place: Int, _ seed: Int = 0) -> Double {
    var mixed = UInt64(truncatingIfNeeded: place &* 7_919 &+ seed &* 104_729) &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 31) &* 0xBF58_476D_1CE4_E5B9
    return Double((mixed ^ mixed >> 29) >> 11) / Double(1 << 53)
  }

  /// Rises and falls once a day.
  static func wave(_ place: Int) -> Double {
    let share = Double((place + 40) % 288) / 288
    return 4 * share * (1 - share)
  }

  static let gap = Span(from: at(21, 3, 30), to: at(21, 4, 15))
  static let bands = [
    Chart.Band(kind: .planned, span: Span(from: at(20, 22, 0), to: at(20, 23, 0)), label: "planned work"),
    Chart.Band(kind: .breach, span: Span(from: at(21, 13, 40), to: now), label: "breach since 13:40"),
  ]

  static func lines(_ samples: [Sample], unit: Unit = .none) -> Chart {
    Chart(
      title: "host · what", unit: unit, series: [.init(label: "one", samples: samples)], span: day, step: 300,
      zone: berlin)
  }

  static var traffic: Chart {
    Chart(
      title: "router1 · xe-0/0/0 to ISP-A", unit: .bitsPerSecond,
      series: [
        .init(label: "in", samples: samples(without: gap) { 6e8 * wave($0) * (0.85 + 0.3 * noise($0)) }),
        .init(label: "out", samples: samples(without: gap) { 1e8 * wave($0) + 2e7 * noise($0, 1) }),
      ], span: day, step: 300, zone: berlin, bands: bands)
  }

  static var stack: Chart {
    let names = ["system", "user", "nice", "I/O wait", "interrupts", "steal"]
    return Chart(
      kind: .stack, title: "monitor1 · CPU", unit: .percent,
      series: names.enumerated().map { layer, name in
        .init(
          label: name,
          samples: samples(without: gap) { (6 + 20 * noise(layer, 3) * wave($0)) * (0.6 + 0.4 * noise($0, layer)) })
      }, span: day, step: 300, zone: berlin)
  }

  static var latency: Chart {
    let losses = samples(without: gap) { place -> Double? in place % 37 == 5 ? 10 : place == 100 ? 100 : 0 }
    let medians = samples(without: gap) { place in place == 100 ? nil : 0.008 + 0.001 * noise(place) }
    let packets = (0..<20).map { rank in
      samples(without: gap) { place -> Double? in
        place == 100 ? nil : 0.0075 + 0.0001 * Double(rank) + (rank > 17 ? 0.02 * noise(place, 2) : 0)
      }
    }
    return Chart(
      kind: .latency(loss: losses, packets: packets), title: "router1 · latency to ISP-A", unit: .seconds,
      series: [.init(label: "median RTT", samples: medians)], span: day, step: 300, zone: berlin, bands: bands)
  }

  static var year: Chart {
    let span = Span(from: now - 365 * 86_400, to: now)
    let gap = Span(from: now - 150 * 86_400, to: now - 142 * 86_400)
    let means = samples(span, step: 21_600, without: gap) { 2e8 + 5e7 * noise($0) }
    let peaks = means.enumerated().map { place, mean in
      Sample(slot: mean.slot, value: mean.value.map { $0 * (1.5 + noise(place, 1)) })
    }
    return Chart(
      title: "router1 · xe-0/0/0", unit: .bitsPerSecond, series: [.init(label: "in", samples: means, peaks: peaks)],
      span: span, step: 21_600, zone: berlin)
  }

  static var incident: Chart {
    let span = Span(from: at(21, 9, 30), to: at(21, 11, 0))
    let bad = Span(from: at(21, 10, 17), to: at(21, 10, 27))
    return Chart(
      title: "shop · response time", unit: .seconds,
      series: [
        .init(
          label: "GET /health",
          samples: samples(span, step: 60, without: bad) { 0.18 + 0.03 * noise($0) + ($0 > 42 && $0 < 47 ? 1.2 : 0) })
      ], span: span, step: 60, zone: berlin, bands: [.init(kind: .breach, span: bad, label: "HTTP 503")],
      limits: [.init(value: 1, label: "slow")])
  }

  /// No letters, so a picture is the same whatever is installed.
  static let wordless = FontBook(folders: [])
}

/// The pixels of a chart's light picture, drawn without letters.
func pixels(_ chart: Chart, _ format: ChartFormat = .large, scale: Int = 1) throws -> PNGPixels {
  try #require(PNGPixels(draw(chart, format: format, scale: scale, fonts: Charts.wordless).light))
}
