import Config
import Graph
import Model
import SLA

typealias Extent = (width: Int, height: Int)

/// A picture in the sizes a page offers.
struct PictureSet {
  /// From the site's root, without a suffix.
  var base: String
  var formats: [ChartFormat]

  /// Paths, and the device pixels of a CSS pixel.
  typealias Variant = (format: ChartFormat, scale: Int, light: String, dark: String)

  /// `g/www/ping-latency-day-L.png` and so on.
  var variants: [Variant] {
    formats.flatMap { format in
      PictureSet.scales(format).map { scale in
        let stem = base + PictureSet.suffix(format)
        let tail = scale == 1 ? ".png" : "@\(scale)x.png"
        return (format, scale, stem + tail, stem + "-dark" + tail)
      }
    }
  }

  static func suffix(_ format: ChartFormat) -> String {
    switch format {
    case .large: "-L"
    case .narrow: "-N"
    case .small, .evidence, .sparkline: ""
    }
  }

  /// Phones have two device pixels at least.
  private static func scales(_ format: ChartFormat) -> [Int] { format == .narrow ? [2] : [1, 2] }
}

extension Press {
  /// Draws the picture, or keeps it where it is there already and not due, or there is no time; says how large what it
  /// drew is.
  @discardableResult
  mutating func draw(_ set: PictureSet, due: Bool, _ chart: (Press) -> Chart) -> [ChartFormat: Extent] {
    let variants = set.variants
    let name = variants.first?.light ?? set.base
    let isThere = variants.allSatisfy { input.existing.contains($0.light) && input.existing.contains($0.dark) }
    guard due || !isThere || turns.isWaiting(name), turns.take(name) else {
      for variant in variants { isThere ? keep(variant) : leaveBlank(variant) }
      return [:]
    }
    let chart = chart(self)
    var extents: [ChartFormat: Extent] = [:]
    for variant in variants {
      let picture = picture(of: chart, variant.format, variant.scale)
      put(variant.light, .bytes(picture.light))
      put(variant.dark, .bytes(picture.dark))
      if let problem = picture.problem { complain(problem) }
      extents[variant.format] = (picture.width, picture.height)
    }
    return extents
  }

  /// Pictures without a series, as most long ones of a new site are, are drawn once for all their places.
  private mutating func picture(of chart: Chart, _ format: ChartFormat, _ scale: Int) -> Picture {
    guard chart.series.isEmpty else { return drawing(chart, format, scale) }
    let blank = Blank(chart: chart, format: format, scale: scale)
    if let drawn = blanks[blank] { return drawn }
    let picture = drawing(chart, format, scale)
    blanks[blank] = picture
    return picture
  }

  private mutating func keep(_ variant: PictureSet.Variant) {
    put(variant.light, .keep)
    put(variant.dark, .keep)
  }

  private mutating func leaveBlank(_ variant: PictureSet.Variant) {
    let chart = Chart(
      title: "", unit: .none, series: [], span: Span(from: input.now - 86_400, to: input.now), step: 60,
      zone: words.zone, emptyText: "Not drawn yet; the next run goes on.")
    let picture = picture(of: chart, variant.format, variant.scale)
    put(variant.light, .bytes(picture.light))
    put(variant.dark, .bytes(picture.dark))
  }

  /// A large picture and the one for phones, for `picture.mustache`; both are of the same moment.
  mutating func drawLarge(
    _ set: PictureSet, due: Bool, _ chart: Chart, root: String
  ) -> View {
    let extents = draw(set, due: due) { _ in chart }
    let large = extents[.large] ?? size(of: chart, format: .large)
    let narrow = extents[.narrow] ?? size(of: chart, format: .narrow)
    return [
      "file": root + set.base + "-L", "width": large.width, "height": large.height, "alt": altText(for: chart),
      "narrow": ["base": root + set.base + "-N", "height": narrow.height] as View, "lazy": false,
    ]
  }

  /// Whether a job's series are longer than in the run before.
  func moved(_ job: JobID) -> Bool { input.moved?.contains(job) ?? true }

  func isDue(_ path: String, every period: Int) -> Bool {
    Site.isDue(path, every: period, last: input.runs.first?.startedAt, now: input.now)
  }

  /// The end of the time that is drawn: just after the newest slot there can be, so that it is in and the axis ends
  /// at its time.
  func end(step: Int) -> Instant { input.now.slot(step: min(step, 60)) + 1 }
}

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
      limits: limits(on: plot), top: plot.top, emptyText: emptyText(plot.entries, "these 24 hours")
    ).inDays
  }

  func series(_ label: String, _ entry: CatalogueEntry?, _ span: Span, _ resolution: Int?) -> Chart.Series {
    guard let entry else { return Chart.Series(label: label, samples: []) }
    let peaks = resolution.map { input.peaks(entry.series, span, $0) } ?? []
    return Chart.Series(label: label, samples: samples(entry, span, resolution), peaks: peaks)
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

  private func bands(on plot: Plot, over span: Span) -> [Chart.Band] {
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

  private func limits(on plot: Plot) -> [Chart.Limit] {
    let all = statuses(of: plot.entries).flatMap { limits(of: $0.objective.tolerance) }
    return Array(Set(all)).sorted { $0.value < $1.value }
  }

  func limits(of tolerance: Tolerance) -> [Chart.Limit] {
    [(tolerance.minimum, "at least"), (tolerance.maximum, "at most"), (tolerance.equals, "exactly")].compactMap {
      value, label in value.map { Chart.Limit(value: $0, label: label) }
    }
  }

  /// Objectives that judge one of the series.
  private func statuses(of entries: [CatalogueEntry]) -> [ObjectiveStatus] {
    (entries.first.flatMap { known.objectives[$0.series.host] } ?? []).filter { status in
      entries.contains { status.objective.series.matches($0.series) }
    }
  }

  /// What stands in a picture without a sample. The picture may be kept, so it says nothing that time makes wrong.
  func emptyText(_ entries: [CatalogueEntry], _ period: String) -> String {
    entries.isEmpty ? "Nothing collected yet." : "No sample in \(period)."
  }

  /// Whether a series has its first point since the run before: what is drawn of it shows that there is nothing. A rate
  /// has its first one step after it came up, or later.
  func isNew(_ entries: [CatalogueEntry]) -> Bool {
    guard let last = input.runs.first?.slot else { return true }
    return entries.contains { $0.since > last - 3 * $0.step && hasOnePoint($0) }
  }

  private func hasOnePoint(_ entry: CatalogueEntry) -> Bool {
    let span = Span(from: entry.since, to: end(step: entry.step))
    return input.window(entry.series, span, nil).samples.count { $0.value != nil } == 1
  }
}

extension Press {
  /// A graph of the day beside week, 4 weeks and year, for `plot.mustache`.
  ///
  /// - Parameter every: The day is renewed once in so many seconds at most.
  mutating func plotView(_ plot: Plot, host: String, page: String, every: Int = 0) -> View {
    let folder = "g/\(fileName(plot.job.host))/\(plot.name)"
    let root = Press.root(of: page)
    let subject = "\(plot.instance.map { "\(plot.title), \($0)" } ?? plot.title) on \(host)"
    return [
      "id": plot.name,
      "heading": plot.instance ?? plot.title,
      "note": note(on: plot).orFalse,
      "day": day(plot, host: host, folder: folder, root: root, every: every),
      "more": Period.allCases.dropFirst().map { smaller(plot, $0, host: host, folder, root, subject) },
    ]
  }

  private mutating func day(_ plot: Plot, host: String, folder: String, root: String, every: Int) -> View {
    let set = PictureSet(base: "\(folder)-day", formats: [.large, .narrow])
    let chart = chart(plot, host: host, .day)
    let moved = moved(plot.job)
    let isNew = isNew(plot.entries)
    return drawLarge(
      set, due: moved && (isNew || isDue(set.base, every: max(every, Press.pixel))), chart, root: root)
  }

  /// Seconds between drawings of a day, in all its sizes. A column stands for 128 s of it, or 300 s where it is narrow:
  /// drawn more often it would look the same.
  private static let pixel = 180

  /// A small graph of the day with its name and value.
  mutating func helperView(_ plot: Plot, host: String, page: String) -> View {
    let set = PictureSet(base: "g/\(fileName(plot.job.host))/\(plot.name)-day", formats: [.small])
    draw(set, due: moved(plot.job) && (isNew(plot.entries) || isDue(set.base, every: 300))) {
      $0.chart(plot, host: host, .day)
    }
    let name = plot.instance.map { "\(plot.title), \($0)" } ?? plot.title
    let value = plot.entries.first.map { valueText(latest($0), $0.unit) } ?? noNumber
    return [
      "file": Press.root(of: page) + set.base, "width": 360, "height": 93, "lazy": true, "narrow": false,
      "alt": "\(name) on \(host), 24 hours, now \(value)", "name": "\(plot.job.job): \(name)", "value": value,
    ]
  }

  private mutating func smaller(
    _ plot: Plot, _ period: Period, host: String, _ folder: String, _ root: String, _ subject: String
  ) -> View {
    let set = PictureSet(base: "\(folder)-\(period.rawValue)", formats: [.small])
    let isYoung = plot.entries.contains { input.now - $0.since < 2 * period.renewal }
    // The first points of a series are not to wait for the turn of a period that is hardly there.
    draw(set, due: isDue(set.base, every: isYoung ? 900 : period.renewal)) { press in
      let chart = press.chart(plot, host: host, period)
      if chart.hasPoints || plot.entries.isEmpty { return chart }
      return chart.blank(period, press.emptyText(plot.entries, period, isYoung: isYoung))
    }
    let end = words.longDay(end(step: plot.step))
    return [
      "file": root + set.base, "width": 360, "height": 93, "alt": "\(subject), \(period.words) to \(end)",
      "narrow": false, "lazy": true,
    ]
  }

  func emptyText(_ entries: [CatalogueEntry], _ period: Period, isYoung: Bool) -> String {
    guard isYoung, !entries.isEmpty, let point = period.resolution else { return emptyText(entries, period.words) }
    return "No point yet; one stands for \(ruleText(point))."
  }

  private func note(on plot: Plot) -> String? {
    switch plot.kind {
    case .latency:
      guard case .ping(let ping)? = known.jobNames[plot.job]?.probe else { return nil }
      return "\(counted(ping.packets, "ping")) every \(ruleText(plot.step)); the darker the grey, the more answers"
    case .lines, .stack: return plot.entries.isEmpty ? nil : "one sample every \(ruleText(plot.step))"
    }
  }
}

/// A number for people: times from ten minutes on in minutes, hours and days.
func valueText(_ value: Double?, _ unit: Unit) -> String {
  guard let value, unit == .seconds, value >= 600, value < 1e15 else { return numberText(value, unit) }
  return durationText(Int(value))
}

/// A picture without a series, in one size.
struct Blank: Hashable {
  var chart: Chart
  var format: ChartFormat
  var scale: Int
}

extension Chart {
  fileprivate var hasPoints: Bool { !bands.isEmpty || series.contains { $0.samples.contains { $0.value != nil } } }

  /// The same time with nothing in it, and no word of what is missing, so that it suits every series.
  fileprivate func blank(_ period: Period, _ text: String) -> Chart {
    Chart(title: period.title, unit: .none, series: [], span: span, step: step, zone: zone, emptyText: text)
  }

  /// Seconds that are days in truth, such as an uptime, on an axis of days.
  fileprivate var inDays: Chart {
    let most = series.flatMap(\.samples).compactMap(\.value).max() ?? 0
    guard unit == .seconds, kind == .lines, most >= 172_800 else { return self }
    var chart = self
    chart.unit = .days
    for index in chart.series.indices {
      chart.series[index].samples = chart.series[index].samples.map(\.inDays)
      chart.series[index].peaks = chart.series[index].peaks.map(\.inDays)
    }
    chart.limits = chart.limits.map { Limit(value: $0.value / 86_400, label: $0.label) }
    return chart
  }
}

extension Sample {
  fileprivate var inDays: Sample { Sample(slot: slot, value: value.map { $0 / 86_400 }) }
}
