import Graph
import Model

/// A chart of each kind beyond lines, stack and latency, the same on every machine.
extension Charts {
  static var areas: Chart {
    var chart = traffic
    chart.kind = .areas
    chart.series.append(.init(label: "backup", samples: samples { 2e8 * wave($0 + 144) * (0.9 + 0.2 * noise($0, 5)) }))
    return chart
  }

  static var mirror: Chart {
    var chart = traffic
    chart.kind = .mirror
    chart.series[1].samples = samples(without: gap) { 3e8 * wave($0 + 90) * (0.85 + 0.3 * noise($0, 4)) }
    return chart
  }

  /// Every kind of band and of mark.
  static var eventful: Chart {
    var chart = traffic
    chart.bands += [
      .init(kind: .degraded, span: Span(from: at(20, 19, 20), to: at(20, 19, 50)), label: "degraded"),
      .init(kind: .excluded, span: Span(from: at(21, 7, 0), to: at(21, 8, 0)), label: "excluded"),
    ]
    chart.marks = [
      .init(kind: .note, at: at(20, 17, 0), label: "fibre replaced"),
      .init(kind: .reboot, at: at(21, 1, 0), label: "reboot"), .init(kind: .reset, at: at(21, 5, 30), label: "reset"),
      .init(kind: .change, at: at(21, 10, 0), label: "shaping"), .init(kind: .note, at: at(21, 10, 2), label: "again"),
    ]
    return chart
  }

  static var logarithmic: Chart {
    var chart = traffic
    chart.scale = .log
    chart.series[1].samples = samples(without: gap) { place in
      place % 60 < 8 ? 0 : 2e4 * (1 + 999 * noise(place / 6, 3) * noise(place / 6, 4))
    }
    return chart
  }

  static var forecast: Chart {
    var chart = traffic
    let whole = Span(from: day.from, to: now + 8 * 3_600)
    chart.series.removeLast()
    chart.bands = []
    chart.span = whole
    chart.now = now
    chart.series[0].expected = .init(
      label: "expected", low: samples(whole) { 4.5e8 * wave($0) }, high: samples(whole) { 6e7 + 7.5e8 * wave($0) })
    return chart
  }

  /// A month of averages with what was lowest and highest.
  static var envelope: Chart {
    var chart = lines([])
    chart.span = Span(from: now - 28 * 86_400, to: now)
    chart.step = 3_600
    chart.series[0].samples = samples(chart.span, step: 3_600) { 40 + 20 * wave($0 * 12) }
    chart.series[0].peaks = samples(chart.span, step: 3_600) { 60 + 20 * wave($0 * 12) + 20 * noise($0) }
    chart.series[0].lows = samples(chart.span, step: 3_600) { 10 + 20 * noise($0, 1) }
    return chart
  }

  static func many(_ count: Int) -> Chart {
    let share = 90 / Double(count)
    let series = (0..<count).map { (host: Int) -> Chart.Series in
      let low = 4 + share * Double(host)
      return Chart.Series(label: "router\(host + 1)", samples: samples { low + share * noise($0, host) })
    }
    return Chart(title: "all routers · CPU", unit: .percent, series: series, span: day, step: 300, zone: berlin)
  }

  static var histogram: Chart {
    var chart = traffic
    chart.kind = .histogram
    return chart
  }

  static var bars: Chart {
    let rows = (0..<12).map { (place: Int) -> Chart.Bar in
      let value = 9e8 / Double(1 + place)
      return Chart.Bar(
        label: "host\(place)", value: place == 9 ? nil : value, peak: value * 1.1, isBad: place == 0)
    }
    return Chart(
      kind: .bars(rows), title: "busiest", unit: .bitsPerSecond, series: [], span: day, step: 300, zone: berlin,
      limits: [.init(value: 8e8, label: "80 %")])
  }

  static var strip: Chart {
    var chart = eventful
    chart.kind = .strip
    chart.series = []
    chart.span = Span(from: day.from, to: now + 7_200)
    chart.bands += [.init(kind: .good, span: day, label: ""), .init(kind: .unknown, span: gap, label: "")]
    return chart
  }

  /// March 2026, whose 29th has 23 hours.
  static let march = Span(
    from: berlin.instant(Civil(year: 2026, month: 3, day: 1)), to: berlin.instant(Civil(year: 2026, month: 4, day: 1)))

  static func calendar(
    _ shape: Chart.Calendar.Shape, _ span: Span, _ state: (Int) -> Chart.Calendar.State?
  ) -> Chart {
    let step = shape == .hours ? 3_600 : 86_400
    let cells = stride(from: span.from.seconds, to: span.to.seconds, by: step).enumerated().compactMap { place, at in
      state(place).map { Chart.Calendar.Cell(at: Instant(at), state: $0) }
    }
    return Chart(
      kind: .calendar(.init(shape: shape, cells: cells)), title: "shop · cells", unit: .bitsPerSecond, series: [],
      span: span, step: step, zone: berlin)
  }

  static let year365 = Span(from: now - 365 * 86_400, to: now)

  static func state(_ place: Int) -> Chart.Calendar.State? {
    switch place % 97 {
    case 5: .bad(minutes: 3)
    case 23: .bad(minutes: 11)
    case 61: .bad(minutes: 60)
    case 31: .planned
    case 44: .excluded
    case 70: .unknown
    case 90: nil
    default: .good
    }
  }

  static var hours: Chart { calendar(.hours, march, state) }
  static var days: Chart { calendar(.days, year365, state) }
  static var values: Chart { calendar(.days, year365) { .value(5e8 * noise($0)) } }

  /// One of each kind.
  static var allKinds: [Chart] {
    [
      traffic, areas, stack, mirror, latency, histogram, bars, strip, hours, days, values, logarithmic, eventful,
      forecast, envelope, many(12),
    ]
  }
}
