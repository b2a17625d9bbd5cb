import Model

/// What a picture says, in words, for those who cannot see it.
///
/// `router1 · xe-0/0/0, 24 h to Thu 21 May 2026 14:05 CEST. in: now 419 Mbit/s, average 251 Mbit/s, … No data 03:30 to
/// 04:15. Breach since 13:40.` With `metric` and `host` it begins `METRIC on HOST`.
package func altText(for chart: Chart, metric: String? = nil, host: String? = nil) -> String {
  let words = Words(zone: chart.zone)
  let subject = metric.map { metric in host.map { "\(metric) on \($0)" } ?? metric } ?? chart.title
  let parts =
    ["\(subject), \(words.period(chart.span))."] + numbers(chart) + marks(chart, words)
  return parts.joined(separator: " ").printable(limit: 2_000)
}

/// A sparkline's: `router1 round trip, last 24 hours, now 18.9 ms`.
package func sparklineAltText(for chart: Chart, metric: String? = nil, host: String? = nil) -> String {
  let subject = metric.map { metric in host.map { "\($0) \(metric)" } ?? metric } ?? chart.title
  let hours = Int((Double(chart.span.seconds) / 3_600).rounded())
  let length = hours <= 48 ? "\(hours) hours" : Words.length(chart.span.seconds)
  return "\(subject), last \(length), \(latest(chart))".printable(limit: 300)
}

private func latest(_ chart: Chart) -> String {
  guard let series = chart.series.first, let numbers = Statistics(series.samples) else { return "no data" }
  let end = series.samples.last.map { $0.value == nil } ?? true
  return (end ? "last " : "now ") + AltNumbers(chart).text(numbers.now)
}

private func numbers(_ chart: Chart) -> [String] {
  let format = AltNumbers(chart)
  let lines = chart.series.prefix(8).map { series in
    guard let numbers = Statistics(series.samples, peaks: series.peaks) else { return "\(series.label): no data." }
    return "\(series.label): now \(format.text(numbers.now)), average \(format.text(numbers.average)), "
      + "maximum \(format.text(numbers.maximum)), 95th percentile \(format.text(numbers.percentile95))."
  }
  let rest = chart.series.count - lines.count
  return lines + (rest > 0 ? ["And \(rest) more series."] : []) + loss(chart)
}

private func loss(_ chart: Chart) -> [String] {
  guard case .latency(let loss, _) = chart.kind, let numbers = Statistics(loss) else { return [] }
  return ["Loss: now \(shortest(numbers.now, upTo: 1)) %, average \(shortest(numbers.average, upTo: 1)) %."]
}

private func marks(_ chart: Chart, _ words: Words) -> [String] {
  let gaps = chart.unknownSpans.map { (name: "No data", span: $0) }
  let bands = chart.bands.filter { !$0.span.intersection(chart.span).isEmpty }.map { band in
    (name: band.kind == .planned ? "Planned work" : "Breach", span: band.span.intersection(chart.span))
  }
  let sentences = (bands + gaps).map { mark in
    mark.span.to >= chart.span.to
      ? "\(mark.name) since \(words.near(mark.span.from, chart.span.to))."
      : "\(mark.name) \(words.stretch(mark.span, chart.span.to))."
  }
  let most = 6
  return sentences.prefix(most) + (sentences.count > most ? ["And \(sentences.count - most) more marks."] : [])
}

/// One prefix and one count of decimals for all numbers of a text.
private struct AltNumbers {
  let prefix: Prefix
  let unit: String
  let decimals: Int

  init(_ chart: Chart) {
    let all = chart.series.compactMap { Statistics($0.samples, peaks: $0.peaks) }
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
