import Model

/// What a picture says, in words, for those who cannot see it.
///
/// `router1 · xe-0/0/0, 24 h to Thu 21 May 2026 14:05 CEST. in: now 419 Mbit/s, average 251 Mbit/s, … No data 03:30 to
/// 04:15. Breach since 13:40.` With `metric` and `host` it begins `METRIC on HOST`.
package func altText(for chart: Chart, metric: String? = nil, host: String? = nil) -> String {
  description(of: chart.drawable, metric: metric, host: host)
}

/// Of a chart whose times exist.
func description(of chart: Chart, metric: String? = nil, host: String? = nil) -> String {
  let words = Words(zone: chart.zone)
  let subject = metric.map { metric in host.map { "\(metric) on \($0)" } ?? metric } ?? chart.title
  let parts = ["\(subject), \(words.period(chart.span))."] + facts(chart, words)
  return parts.joined(separator: " ").printable(limit: 2_000)
}

/// A sparkline's: `router1 round trip, last 24 hours, now 18.9 ms`.
package func sparklineAltText(for chart: Chart, metric: String? = nil, host: String? = nil) -> String {
  sparklineDescription(of: chart.drawable, metric: metric, host: host)
}

/// Of a chart whose times exist.
func sparklineDescription(of chart: Chart, metric: String? = nil, host: String? = nil) -> String {
  let subject = metric.map { metric in host.map { "\($0) \(metric)" } ?? metric } ?? chart.title
  let hours = Int((Double(chart.span.seconds) / 3_600).rounded())
  let length = hours <= 48 ? "\(hours) hours" : Words.length(chart.span.seconds)
  return "\(subject), last \(length), \(latest(chart))".printable(limit: 300)
}

private func facts(_ chart: Chart, _ words: Words) -> [String] {
  switch chart.kind {
  case .bars(let bars): return told(bars, chart)
  case .strip: return told(chart.bands.isEmpty ? ["Nothing known."] : [], chart, words)
  case .calendar(let calendar): return told(calendar, chart)
  case .histogram: return numbers(chart, isDistribution: true)
  default: return scale(chart) + told(numbers(chart), chart, words)
  }
}

private func told(_ numbers: [String], _ chart: Chart, _ words: Words) -> [String] {
  numbers + bands(chart, words) + events(chart, words)
}

private func latest(_ chart: Chart) -> String {
  switch chart.kind {
  case .bars(let bars):
    guard let first = bars.first else { return "nothing known" }
    return "first \(first.label.printable(limit: 80)) \(numberText(first.value, chart.unit))"
  case .strip, .calendar: return states(chart)
  default: break
  }
  guard let samples = chart.series.first?.samples else { return "no data" }
  guard let last = samples.last(where: { $0.value?.isFinite == true })?.value else { return "no data" }
  let isLate = samples.last.map { $0.value == nil } ?? true
  let format = AltNumbers(chart, Array(chart.series.prefix(1)))
  return (isLate ? "last " : "now ") + format.text(clamped(last))
}

private func scale(_ chart: Chart) -> [String] { chart.isLogarithmic ? ["Logarithmic scale."] : [] }

private func numbers(_ chart: Chart, isDistribution: Bool = false) -> [String] {
  let format = AltNumbers(chart)
  let lines = chart.series.prefix(8).map { series in
    guard let numbers = series.numbers else { return "\(series.label): no data." }
    var parts = isDistribution ? [] : ["now \(format.text(numbers.now))"]
    if isDistribution, let median = numbers.median { parts.append("median \(format.text(median))") }
    parts += ["average \(format.text(numbers.average))", "maximum \(format.text(numbers.maximum))"]
    if let high = numbers.percentile95 { parts.append("95th percentile \(format.text(high))") }
    return "\(series.label): \(parts.joined(separator: ", "))."
  }
  let rest = chart.series.count - lines.count
  return lines + (rest > 0 ? ["And \(rest) more series."] : []) + loss(chart)
}

private func loss(_ chart: Chart) -> [String] {
  guard case .latency(let loss, _) = chart.kind, let numbers = Statistics(loss, isConsolidated: true) else { return [] }
  return ["Loss: now \(shortest(numbers.now, upTo: 1)) %, average \(shortest(numbers.average, upTo: 1)) %."]
}

private func told(_ bars: [Chart.Bar], _ chart: Chart) -> [String] {
  let lines = bars.prefix(10).map { bar in
    "\(bar.label.printable(limit: 80)): \(numberText(bar.value, chart.unit))\(bar.isBad ? ", out of tolerance" : "")."
  }
  let rest = bars.count - lines.count
  return (bars.isEmpty ? ["Nothing known."] : lines) + (rest > 0 ? ["And \(rest) more."] : [])
}

private func told(_ calendar: Chart.Calendar, _ chart: Chart) -> [String] {
  let word = calendar.shape == .hours ? "hour" : "day"
  func counted(_ count: Int, _ state: String) -> String? {
    count > 0 ? "\(countText(count)) \(count == 1 ? word : word + "s") \(state)" : nil
  }
  let cells = calendar.cells.filter { chart.span.contains($0.at) }.map(\.state)
  let bad = cells.compactMap { if case .bad(let minutes) = $0, minutes.isFinite { minutes } else { nil as Double? } }
  let badCount = cells.count { if case .bad = $0 { true } else { false } }
  let numbers = cells.compactMap { if case .value(let value) = $0, value.isFinite { value } else { nil as Double? } }
  let minutes = shortest(min(bad.reduce(0, +), 1e12), upTo: 0)
  let parts = [
    counted(cells.count { $0 == .good }, "good"), counted(badCount, "with bad time, \(minutes) min in all"),
    counted(cells.count { $0 == .planned }, "of planned work"), counted(cells.count { $0 == .excluded }, "excluded"),
    counted(cells.count { $0 == .unknown }, "not measured"),
    numbers.max().map { "at most \(numberText($0, chart.unit)) in one \(word)" },
  ].compactMap(\.self)
  return [parts.isEmpty ? "Nothing known." : parts.joined(separator: ", ") + "."]
}

/// What a small lane says: how much of it was bad.
private func states(_ chart: Chart) -> String {
  if case .calendar(let calendar) = chart.kind {
    let bad = calendar.cells.count { if case .bad = $0.state { true } else { false } }
    return bad == 0 ? "no bad time" : "\(countText(bad)) with bad time"
  }
  let bad = chart.bands.count { $0.kind == .breach && !$0.span.intersection(chart.span).isEmpty }
  return bad == 0 ? "no breach" : "\(countText(bad)) breach\(bad == 1 ? "" : "es")"
}

private func bands(_ chart: Chart, _ words: Words) -> [String] {
  let gaps = chart.unknownSpans.map { (name: "No data", span: $0) }
  let bands = chart.bands.compactMap { band -> (name: String, span: Span)? in
    let span = band.span.intersection(chart.span)
    guard !span.isEmpty, let name = band.kind.name else { return nil }
    return (name, span)
  }
  let most = 6
  let all = bands + gaps
  let sentences = all.prefix(most).map { mark in
    mark.span.to >= chart.horizon
      ? "\(mark.name) since \(words.near(mark.span.from, chart.span.to))."
      : "\(mark.name) \(words.stretch(mark.span, chart.span.to))."
  }
  return sentences + (all.count > most ? ["And \(all.count - most) more marks."] : [])
}

private func events(_ chart: Chart, _ words: Words) -> [String] {
  let inside = chart.marks.filter { chart.span.from <= $0.at && $0.at <= chart.span.to }.sorted { $0.at < $1.at }
  let most = 4
  let sentences = inside.prefix(most).map { mark in
    let label = mark.label.printable(limit: 80)
    return "\(mark.kind.name) \(words.near(mark.at, chart.span.to))\(label.isEmpty ? "" : ": \(label)")."
  }
  return sentences + (inside.count > most ? ["And \(inside.count - most) more events."] : [])
}

extension Chart.Band.Kind {
  /// `nil` for what needs no word.
  fileprivate var name: String? {
    switch self {
    case .good: nil
    case .unknown: "No data"
    case .planned: "Planned work"
    case .excluded: "Excluded"
    case .degraded: "Degraded"
    case .breach: "Breach"
    }
  }
}

extension Chart.Mark.Kind {
  fileprivate var name: String {
    switch self {
    case .note: "Note"
    case .reset: "Counter reset"
    case .reboot: "Reboot"
    case .change: "Configuration change"
    }
  }
}

/// One prefix and one count of decimals for all numbers of a text.
private struct AltNumbers {
  let prefix: Prefix
  let unit: String
  let decimals: Int

  init(_ chart: Chart, _ series: [Chart.Series]? = nil) {
    let all = (series ?? chart.series).compactMap(\.numbers)
    prefix = chart.unit.prefix(for: all.map(\.maximum.magnitude).max() ?? 0)
    unit = chart.unit.text(prefix)
    decimals = legendDecimals(all, prefix.factor)
  }

  func text(_ value: Double) -> String {
    decimal(value / prefix.factor, decimals) + (unit.isEmpty ? "" : thinSpace + unit)
  }
}

/// From the smallest mean above zero, so that no series loses its digits.
func legendDecimals(_ all: [Statistics], _ divisor: Double) -> Int {
  let means = all.map { $0.average.magnitude / divisor }.filter { $0 > 0 }
  return means.min().map { decimals(forMean: $0, largest: means.max()) } ?? 0
}
