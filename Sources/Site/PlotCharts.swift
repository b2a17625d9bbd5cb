import Config
import Graph
import Model
import SLA

extension Press {
  /// The chart of a plot over a period that ends now.
  func chart(_ plot: Plot, host: String, _ period: Period) -> Chart {
    let end = end(step: plot.step)
    return chart(plot, host: host, span: Span(from: end - period.seconds, to: end), resolution: period.resolution)
  }

  func chart(_ plot: Plot, host: String, span: Span, resolution: Int?) -> Chart {
    let series = plot.lines.map { self.series($0.label, $0.entry, span, resolution) }
    return Chart(
      kind: kind(of: plot, span, resolution), title: title(of: plot, host: host), unit: plot.unit, series: series,
      span: span, step: step(plot.entries.first, span, resolution), zone: words.zone,
      bands: bands(on: plot, over: span),
      limits: limits(on: plot), marks: marks(on: plot.job.host, over: span), top: plot.top,
      emptyText: emptyText(plot.entries, "these 24 hours")
    ).inDays
  }

  func series(_ label: String, _ entry: CatalogueEntry?, _ span: Span, _ resolution: Int?) -> Chart.Series {
    guard let entry else { return Chart.Series(label: label, samples: []) }
    guard let resolution, resolution > entry.step else {
      return Chart.Series(label: label, samples: samples(entry, span, resolution))
    }
    let (low, high) = input.peaks(entry.series, span, resolution)
    return Chart.Series(
      label: label, samples: samples(entry, span, resolution), peaks: high, lows: low,
      statistics: statistics(entry, span), isConsolidated: true)
  }

  /// Counted over single slots, where they are kept for all of the span: a percentile of averages is none.
  private func statistics(_ entry: CatalogueEntry, _ span: Span) -> Statistics? {
    guard span.seconds <= singleSlots(of: entry) else { return nil }
    return Statistics(of: samples(entry, span, nil), over: span, step: entry.step)
  }

  /// The seconds for which single slots of a series are kept.
  func singleSlots(of entry: CatalogueEntry) -> Int {
    input.plan.settings.retention.tiers.filter { $0.every <= entry.step }.map(\.duration).max() ?? 0
  }

  /// Seconds between samples, as they came.
  func step(_ entry: CatalogueEntry?, _ span: Span, _ resolution: Int?) -> Int {
    guard let entry else { return input.plan.settings.step }
    return resolution == nil ? entry.step : input.window(entry.series, span, resolution).step
  }

  /// The sample that covers the start of the span is among them.
  func samples(_ entry: CatalogueEntry, _ span: Span, _ resolution: Int?) -> [Sample] {
    input.window(entry.series, Span(from: span.from.slot(step: entry.step), to: span.to), resolution).samples
  }

  private func kind(of plot: Plot, _ span: Span, _ resolution: Int?) -> Chart.Kind {
    switch plot.kind {
    case .lines: return .lines
    case .stack: return .stack
    case .latency:
      let loss = plot.loss.map { samples($0, span, resolution) } ?? []
      // The smoke is for a look at single rounds; averages of ranks would draw a calm that never was.
      return .latency(loss: loss, packets: resolution == nil ? plot.packets.map { samples($0, span, nil) } : [])
    }
  }

  func title(of plot: Plot, host: String) -> String {
    "\(host) · \(plot.instance.map { "\(plot.title), \($0)" } ?? plot.title)"
  }

  func bands(on plot: Plot, over span: Span) -> [Chart.Band] {
    // Loss has no axis of its own, but its breaches belong on the picture.
    statuses(of: plot.entries + [plot.loss].compactMap { $0 }).flatMap { status in
      breaches(ledger(of: status, on: plot.job.host), over: span)
    }
  }

  /// What the ledger has of one host: where an objective judges many, a bad stretch begins with the series it is of.
  func ledger(of status: ObjectiveStatus, on host: String) -> [LedgerInterval] {
    status.objective.series.isExact
      ? status.ledger : status.ledger.filter { $0.verdict != .bad || $0.cause.hasPrefix("\(host)/") }
  }

  /// The bad stretches of a ledger; the last one says that it goes on.
  func breaches(_ ledger: [LedgerInterval], over span: Span) -> [Chart.Band] {
    let bad = ledger.filter { $0.verdict == .bad && !$0.span.intersection(span).isEmpty }
    return joined(bad.map(\.span)).map { stretch in
      let open = stretch.to >= span.to
      let label = open ? "breach since \(words.moment(stretch.from))" : durationText(stretch.seconds)
      return Chart.Band(kind: .breach, span: stretch.intersection(span), label: label)
    }
  }

  private func joined(_ spans: [Span]) -> [Span] {
    spans.reduce(into: []) { result, span in
      if let last = result.last, last.to == span.from {
        result[result.count - 1].to = span.to
      } else {
        result.append(span)
      }
    }
  }

  func limits(on plot: Plot) -> [Limit] {
    let all = statuses(of: plot.entries).flatMap { limits(of: $0.objective.tolerance) }
    return Array(Set(all)).sorted { $0.value < $1.value }
  }

  func limits(of tolerance: Tolerance) -> [Limit] {
    [(tolerance.minimum, "at least"), (tolerance.maximum, "at most"), (tolerance.equals, "exactly")].compactMap {
      value, label in value.map { Limit(value: $0, label: label) }
    }
  }

  /// Objectives that judge one of the series.
  func statuses(of entries: [CatalogueEntry]) -> [ObjectiveStatus] {
    (entries.first.flatMap { known.objectives[$0.series.host] } ?? []).filter { status in
      entries.contains { status.objective.series.matches($0.series) }
    }
  }

  /// What stands in a picture without a sample. The picture may be kept, so it says nothing that time makes wrong.
  func emptyText(_ entries: [CatalogueEntry], _ period: String) -> String {
    entries.isEmpty ? "Nothing collected yet." : "No sample in \(period)."
  }
}

extension Chart {
  /// Whether a line can hardly be drawn yet.
  var isYoung: Bool {
    series.isEmpty || series.contains { one in one.samples.lazy.filter { $0.value != nil }.prefix(2).count < 2 }
  }

  var hasPoints: Bool { !bands.isEmpty || series.contains { $0.samples.contains { $0.value != nil } } }

  /// The same time with nothing in it, and no word of what is missing, so that it suits every series.
  func blank(_ period: Period, _ text: String) -> Chart {
    Chart(title: period.title, unit: .none, series: [], span: span, step: step, zone: zone, emptyText: text)
  }

  /// Seconds that are days in truth, such as an uptime, on an axis of days.
  var inDays: Chart {
    let most = series.flatMap(\.samples).compactMap(\.value).max() ?? 0
    guard unit == .seconds, kind == .lines, most >= 172_800 else { return self }
    var chart = self
    chart.unit = .days
    for index in chart.series.indices {
      chart.series[index].samples = chart.series[index].samples.map(\.inDays)
      chart.series[index].peaks = chart.series[index].peaks.map(\.inDays)
      chart.series[index].lows = chart.series[index].lows.map(\.inDays)
      chart.series[index].statistics = nil
    }
    chart.limits = chart.limits.map { Limit(value: $0.value / 86_400, label: $0.label) }
    return chart
  }
}

extension Sample {
  fileprivate var inDays: Sample { Sample(slot: slot, value: value.map { $0 / 86_400 }) }
}
