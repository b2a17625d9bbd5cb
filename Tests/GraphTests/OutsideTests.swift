import Graph
import Model
import TestSupport
import Testing

/// Whatever comes from outside: a chart is always a picture.
struct OutsideTests {
  /// In few formats: a debug build takes a tenth of a second for a large one.
  static func expectPictures(
    _ chart: Chart, _ formats: [ChartFormat] = [.narrow, .sparkline], _ comment: Comment? = nil
  ) {
    for format in formats {
      let picture = draw(chart, format: format, scale: 1)
      let pixels = PNGPixels(picture.light)
      #expect(pixels?.width == picture.width && pixels?.height == picture.height, comment)
      #expect(picture.problem == nil, comment)
    }
    #expect(!altText(for: chart).isEmpty && !sparklineAltText(for: chart).isEmpty)
  }

  @Test(arguments: [
    "", "😀👩‍👩‍👧‍👦🏳️‍🌈", "a\nb\r\n\tc\u{0}\u{7}", "\u{202E}drowssap\u{2066} e\u{301}\u{302}", "<script>&\"'",
    String(repeating: "long ", count: 2_000), "\u{FFFF}\u{10FFFF} 東京 العربية",
  ])
  func `any text`(text: String) {
    let charts: [(Chart, ChartFormat)] = [
      (Charts.traffic, .narrow), (Charts.stack, .small), (Charts.latency, .narrow), (Charts.incident, .evidence),
    ]
    for (chart, format) in charts {
      var chart = chart
      chart.title = text
      chart.emptyText = text
      chart.unit.symbol = text
      for index in chart.series.indices { chart.series[index].label = text }
      for index in chart.bands.indices { chart.bands[index].label = text }
      chart.limits = [.init(value: chart.series[0].samples[5].value ?? 1, label: text)]
      Self.expectPictures(chart, [format], "\(text.prefix(20))")
      for index in chart.series.indices { chart.series[index].samples = [] }
      Self.expectPictures(chart, [.small], "\(text.prefix(20))")
    }
  }

  @Test(arguments: [
    0, -1, 1e300, -1e300, 1e-300, -.leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .nan,
    .infinity, -.infinity,
  ])
  func `any number, alone, all the time and once in a while`(value: Double) {
    let all = Charts.samples { _ in value }
    let kinds: [(Chart.Kind, ChartFormat)] = [
      (.lines, .small), (.stack, .small), (.latency(loss: all, packets: [all, Charts.samples { _ in 1 }]), .narrow),
    ]
    for (kind, format) in kinds {
      for (unit, place) in [(Unit.none, 288), (.percent, 1), (.seconds, 40), (.bytes, 40)] {
        let samples = Charts.samples { $0 % place == 0 || place == 288 ? value : 1 }
        var chart = Charts.lines(samples, unit: unit)
        chart.kind = kind
        chart.series.append(.init(label: "two", samples: samples, peaks: samples))
        chart.top = value
        chart.limits = [.init(value: value, label: "limit")]
        #expect(PNGPixels(draw(chart, format: format, scale: 1).light) != nil, "\(value) \(unit)")
      }
    }
  }

  @Test func `a single sample, and one in the last slot`() {
    for place in [0, 100, 287] { Self.expectPictures(Charts.lines(Charts.samples { $0 == place ? 5 : nil })) }
    Self.expectPictures(Charts.lines([Sample(slot: Charts.day.from + 7, value: 5)]))
  }

  @Test func `no series, thirty series, ten thousand samples`() {
    var chart = Charts.traffic
    chart.series = []
    Self.expectPictures(chart)
    chart.series = (0..<30).map { seed in
      .init(
        label: "series \(seed)", samples: Charts.samples(step: 1_200) { Charts.noise($0, seed) },
        peaks: Charts.samples(step: 1_200) { _ in 2 })
    }
    chart.step = 1_200
    for kind in [Chart.Kind.lines, .stack] {
      chart.kind = kind
      Self.expectPictures(chart)
    }
    chart.series = [.init(label: "a", samples: Charts.samples(step: 8) { Charts.noise($0) })]
    chart.step = 8
    Self.expectPictures(chart)
  }

  @Test(arguments: [
    (0, 0), (1, 0), (0, 1), (0, 600), (Int.min, Int.max), (1 << 40, 1 << 41), (-86_400 * 800_000, 0),
  ])
  func `any span`(from: Int, to: Int) {
    for step in [0, 300, Int.max] {
      var chart = Charts.traffic
      chart.span = Span(from: Instant(from), to: Instant(to))
      chart.step = step
      #expect(PNGPixels(draw(chart, format: .small, scale: 1).light) != nil)
    }
  }

  @Test func `samples of any time`() {
    let slots = [Int.min, -1, 0, 1 << 39, Int.max, Charts.now.seconds, Charts.now.seconds - 299]
    Self.expectPictures(Charts.lines(slots.map { Sample(slot: Instant($0), value: 5) }))
  }

  @Test func `bands outside, upside down, on top of each other and a thousand gaps`() {
    var chart = Charts.traffic
    chart.bands = (0..<150).map { place in
      let start = Charts.day.from + 1_200 * place - 20_000
      let span = Span(from: start, to: start + (place % 7 - 2) * 900)
      return .init(kind: place % 2 == 0 ? .breach : .planned, span: span, label: "b\(place)")
    }
    for index in chart.series.indices { chart.series[index].samples = Charts.samples { $0 % 2 == 0 ? 5 : nil } }
    Self.expectPictures(chart)
  }

  @Test(arguments: [-3, 0, 3, 99])
  func `any scale`(scale: Int) {
    #expect(PNGPixels(draw(Charts.traffic, format: .sparkline, scale: scale).light) != nil)
  }

  // MARK: Every kind

  @Test(arguments: [
    "\u{202E}a\nb\u{0}e" + String(repeating: "\u{301}", count: 300), String(repeating: "<x> ", count: 2_500), "",
  ])
  func `any text in every field of every kind`(text: String) {
    for var chart in Charts.allKinds {
      chart.title = text
      chart.emptyText = text
      chart.unit.symbol = text
      chart.limits.append(.init(value: 1e8, label: text))
      for index in chart.series.indices {
        chart.series[index].label = text
        chart.series[index].expected?.label = text
      }
      for index in chart.bands.indices { chart.bands[index].label = text }
      chart.marks = Chart.Mark.Kind.allCases.enumerated().map {
        .init(kind: $1, at: Charts.now - 9_000 * $0, label: text)
      }
      if case .bars(let bars) = chart.kind {
        chart.kind = .bars(bars.map { .init(label: text, value: $0.value, peak: $0.peak) })
      }
      Self.expectPictures(chart, [.large, .narrow, .evidence], "\(text.prefix(20))")
      #expect(!altText(for: chart).contains { $0.isNewline } && altText(for: chart).unicodeScalars.count <= 2_001)
    }
  }

  /// Every list of samples of a chart.
  private func replacing(_ chart: Chart, _ change: ([Sample]) -> [Sample]) -> Chart {
    var chart = chart
    for index in chart.series.indices {
      chart.series[index].samples = change(chart.series[index].samples)
      chart.series[index].peaks = change(chart.series[index].peaks)
      chart.series[index].lows = change(chart.series[index].lows)
      if let expected = chart.series[index].expected {
        chart.series[index].expected = .init(low: change(expected.low), high: change(expected.high))
      }
    }
    if case .latency(let loss, let packets) = chart.kind {
      chart.kind = .latency(loss: change(loss), packets: packets.map(change))
    }
    return chart
  }

  @Test func `no sample, one sample and nothing known, of every kind`() {
    for chart in Charts.allKinds {
      Self.expectPictures(replacing(chart) { _ in [] }, ChartFormat.allCases)
      Self.expectPictures(replacing(chart) { Array($0.prefix(1)) }, ChartFormat.allCases)
      Self.expectPictures(replacing(chart) { $0.map { Sample(slot: $0.slot, value: nil) } }, ChartFormat.allCases)
      var bare = chart
      bare.series = []
      bare.bands = []
      switch chart.kind {
      case .bars: bare.kind = .bars([])
      case .calendar(let calendar): bare.kind = .calendar(.init(shape: calendar.shape, cells: []))
      default: break
      }
      Self.expectPictures(bare, ChartFormat.allCases)
    }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, -3, 0, 1e300, -1e300, .leastNonzeroMagnitude])
  func `any number in every kind`(value: Double) {
    for chart in Charts.allKinds {
      let all = replacing(chart) { $0.map { Sample(slot: $0.slot, value: value) } }
      var some = replacing(chart) { $0.enumerated().map { $0 % 9 == 4 ? Sample(slot: $1.slot, value: value) : $1 } }
      some.top = value
      some.limits = [.init(value: value, label: "limit")]
      if case .bars(let bars) = chart.kind {
        some.kind = .bars(bars.map { .init(label: $0.label, value: value, peak: -value) } + bars)
      }
      Self.expectPictures(all, [.large, .small, .sparkline], "\(value)")
      Self.expectPictures(some, [.narrow, .small], "\(value)")
      some.scale = .log
      Self.expectPictures(some, [.narrow, .small], "\(value)")
    }
  }

  @Test func `no time, days of 23 and 25 hours, 400 days and steps longer than all, in every kind`() {
    let zone = Charts.berlin
    func day(_ year: Int, _ month: Int, _ day: Int) -> Instant {
      zone.instant(Civil(year: year, month: month, day: day))
    }
    let spans = [
      Span(from: Charts.now, to: Charts.now), Span(from: day(2026, 3, 29), to: day(2026, 3, 30)),
      Span(from: day(2025, 10, 26), to: day(2025, 10, 27)), Span(from: Charts.now - 400 * 86_400, to: Charts.now),
      Span(from: Instant(Int.min), to: Instant(Int.max)),
    ]
    for chart in Charts.allKinds {
      for span in spans {
        for step in [300, 40 * 86_400, Int.max] {
          var chart = chart
          chart.span = span
          chart.step = step
          Self.expectPictures(chart, [.narrow, .small, .sparkline], "\(span) \(step)")
        }
      }
    }
  }

  @Test func `ten thousand bands and marks cost no more than the plot is wide`() {
    for var chart in Charts.allKinds {
      chart.bands = (0..<10_000).map { place in
        let start = chart.span.from + place * 9 - 500
        let kind = Chart.Band.Kind.allCases[place % 6]
        return .init(kind: kind, span: Span(from: start, to: start + place % 13), label: "band \(place)")
      }
      chart.marks = (0..<10_000).map { .init(kind: .note, at: chart.span.from + $0 * 9, label: "mark \($0)") }
      for index in chart.series.indices { chart.series[index].samples = Charts.samples { $0 % 2 == 0 ? 5 : nil } }
      let clock = ContinuousClock()
      let spent = clock.measure { Self.expectPictures(chart, [.large, .small]) }
      #expect(spent < .seconds(2), "\(chart.title)")
    }
  }
}
