import Config
import Graph
import Model
import SLA

/// The last 24 hours of a series in a table.
struct Spark {
  var entry: CatalogueEntry
  var base: String
  var now: Double?
  /// Whether a page shows the picture.
  var isShown = false
  /// Whether the picture is seen to in this rendering.
  var isDrawn = false
}

extension Press {
  /// The newest value of a series, and where its small picture is.
  mutating func spark(_ entry: CatalogueEntry) -> Spark {
    if let spark = sparks[entry.series] { return spark }
    let base = "g/\(fileName(entry.series.host))/\(sparkName(entry.series))"
    let spark = Spark(entry: entry, base: base, now: latest(entry))
    sparks[entry.series] = spark
    return spark
  }

  /// What a row of a table shows of a series, as markup.
  mutating func sparkView(_ entry: CatalogueEntry, root: String, subject: String) -> String {
    let spark = spark(entry)
    sparks[entry.series]?.isShown = true
    let last = spark.now.map { "now \(valueText($0, entry.unit))" } ?? "no value now"
    return picture(root + spark.base, 120, 24, alt: "\(subject), last 24 hours, \(last)", isLazy: true)
  }

  /// Sees to the small picture of a series; the chapter of its host is open.
  mutating func drawSpark(_ entry: CatalogueEntry) {
    let spark = spark(entry)
    guard !spark.isDrawn else { return }
    sparks[entry.series]?.isDrawn = true
    let end = end(step: entry.step)
    let span = Span(from: end - 86_400, to: end)
    let bands = sparkBands(entry, span)
    draw(
      PictureSet(base: spark.base, formats: [.sparkline]), definition(of: entry, bands),
      slot: slot(of: entry.series.row.job),
      every: Press.sparkColumn, isFresh: isFresh([entry])
    ) { press in
      Chart(
        title: entry.series.description, unit: entry.unit,
        series: [Chart.Series(label: entry.series.metric, samples: press.samples(entry, span, 300))], span: span,
        step: max(300, entry.step), zone: press.words.zone, bands: bands, top: entry.unit == .percent ? 100 : nil)
    }
  }

  private func definition(of entry: CatalogueEntry, _ bands: [Chart.Band]) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(entry.series.description)
    definition.add(entry.unit.symbol)
    for band in bands { definition.add(band.label) }
    return definition.value
  }

  /// Sees to the pictures that pages outside of the chapters of their hosts show, where those have not.
  mutating func drawWanted() {
    let wanted = Dictionary(
      grouping: sparks.values.filter { $0.isShown && !$0.isDrawn }.map(\.entry), by: \.series.host)
    for (host, entries) in wanted.sorted(by: { $0.key < $1.key }) {
      let missing = kept.contains(host) ? entries.filter { !isThere($0, in: input.memory.chapter(host)) } : entries
      guard !missing.isEmpty else { continue }
      reopened(host) { press in
        for entry in missing { press.drawSpark(entry) }
      }
    }
  }

  private func isThere(_ entry: CatalogueEntry, in chapter: Chapter?) -> Bool {
    sparks[entry.series].map { chapter?.makings[$0.base] != nil } ?? true
  }

  /// The 95th percentile of a day in means of five minutes, nearest rank.
  func high(_ entry: CatalogueEntry) -> Double? {
    let end = end(step: entry.step)
    let values = samples(entry, Span(from: end - 86_400, to: end), 300).compactMap(\.value).sorted()
    let rank = Int((0.95 * Double(values.count)).rounded(.up)) - 1
    return values.isEmpty ? nil : values[max(rank, 0)]
  }

  private func sparkName(_ series: SeriesID) -> String {
    "s-" + fileName([series.job, series.instance, series.metric].compactMap { $0 }.joined(separator: "/"))
  }

  /// A sparkline has 116 columns for a day, of 12 minutes each; the number beside it is always the newest.
  private static let sparkColumn = 1_800

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
