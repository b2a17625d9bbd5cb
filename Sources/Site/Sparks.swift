import Config
import Graph
import Model
import SLA

/// The last 24 hours of a series in a table.
struct Spark {
  var entry: CatalogueEntry
  var base: String
  var now: Double?
  /// The 95th percentile, nearest rank.
  var high: Double?

  func view(root: String, subject: String) -> View {
    let last = now.map { "now \(valueText($0, entry.unit))" } ?? "no value now"
    return [
      "file": root + base, "width": 120, "height": 24, "alt": "\(subject), last 24 hours, \(last)",
      "narrow": false, "lazy": true,
    ]
  }
}

extension Press {
  mutating func spark(_ entry: CatalogueEntry) -> Spark {
    if let spark = sparks[entry.series] { return spark }
    let end = end(step: entry.step)
    let span = Span(from: end - 86_400, to: end)
    let samples = samples(entry, span, 300)
    let base = "g/\(fileName(entry.series.host))/\(sparkName(entry.series))"
    let values = samples.compactMap(\.value).sorted()
    let rank = Int((0.95 * Double(values.count)).rounded(.up)) - 1
    let spark = Spark(
      entry: entry, base: base, now: latest(entry), high: values.isEmpty ? nil : values[max(rank, 0)])
    draw(
      PictureSet(base: base, formats: [.sparkline]),
      due: moved(entry.series.row.job) && (isNew([entry]) || isSparkDue(base))
    ) { press in
      Chart(
        title: entry.series.description, unit: entry.unit,
        series: [Chart.Series(label: entry.series.metric, samples: samples)], span: span,
        step: max(300, entry.step), zone: press.words.zone, bands: press.sparkBands(entry, span),
        top: entry.unit == .percent ? 100 : nil)
    }
    sparks[entry.series] = spark
    return spark
  }

  private func sparkName(_ series: SeriesID) -> String {
    "s-" + fileName([series.job, series.instance, series.metric].compactMap { $0 }.joined(separator: "/"))
  }

  /// A sparkline has 116 columns for a day, so nothing is to be seen of less than five minutes.
  private func isSparkDue(_ base: String) -> Bool { isDue(base, every: 300) }

  private func sparkBands(_ entry: CatalogueEntry, _ span: Span) -> [Chart.Band] {
    (known.objectives[entry.series.host] ?? []).filter { $0.objective.series.matches(entry.series) }
      .flatMap { breaches(ledger(of: $0, on: entry.series.host), over: span) }
  }

  /// The newest sample, if it is one of the last two; what is older is not *now*.
  func latest(_ entry: CatalogueEntry) -> Double? {
    let end = (input.dataUntil ?? input.now).slot(step: entry.step)
    let span = Span(from: end - entry.step, to: end + entry.step)
    return input.window(entry.series, span, nil).samples.last { $0.value != nil }?.value
  }
}
