import Config
import Graph
import Model
import SLA

extension Press {
  /// Sees to a picture: draws it, leaves it as it is where it shows all there is or is not due yet, or puts a blank one
  /// in its place where there is no time.
  ///
  /// - Parameters:
  ///   - definition: what it shows beside its samples; another one is drawn at once.
  ///   - slot: the newest its series may have.
  ///   - period: seconds between two drawings.
  ///   - point: seconds a point of it stands for.
  ///   - isFresh: Its series are new: as long as they have next to no points, each one is drawn.
  @discardableResult
  mutating func draw(
    _ set: PictureSet, _ definition: UInt64, slot: Instant, every period: Int, point: Int = 0, isFresh: Bool = false,
    _ chart: (Press) -> Chart
  ) -> Making {
    let before = making(set.base)
    let variants = set.variants(input.plan.settings.pictures)
    guard isDue(set.base, before, definition, variants, slot, period, point), turns.take(set.base) else {
      let making = before ?? blank(set, variants)
      note(set.base, making)
      return making
    }
    let chart = chart(self)
    var making = Making(definition: definition, slot: slot, madeAt: input.now, variants: variants)
    if isFresh, chart.isYoung { making.variants |= PictureSet.young }
    if set.formats.contains(.large) { making.words = altText(for: chart) }
    making.heights = set.formats.map { size(of: chart, format: $0).height }
    if let before { discardOthers(than: variants, of: set.base, before) }
    enqueue(chart, set.base, variants, stamps(chart, definition, slot))
    note(set.base, making)
    return making
  }

  private func isDue(
    _ base: String, _ before: Making?, _ definition: UInt64, _ variants: UInt16, _ slot: Instant, _ period: Int,
    _ point: Int
  ) -> Bool {
    guard let before, before.definition == definition, PictureSet.same(before.variants, variants) else { return true }
    if turns.isWaiting(base) { return true }
    guard slot > before.slot else { return false }
    // The first points of a series are not to wait for the turn of a period that is hardly there.
    let period = before.variants & PictureSet.young != 0 ? min(period, point) : period
    return Site.isDue(base, every: period, last: before.madeAt, now: input.now)
  }

  private func stamps(_ chart: Chart, _ definition: UInt64, _ slot: Instant) -> [PictureStamp] {
    chart.series.isEmpty
      ? []
      : [
        PictureStamp("redeye:slot", "\(slot.seconds)"), PictureStamp("redeye:definition", digits(of: definition)),
      ]
  }

  /// Sizes that are wanted no more.
  private mutating func discardOthers(than variants: UInt16, of base: String, _ before: Making) {
    for sheet in PictureSet.sheets(before.variants) {
      let isWanted = PictureSet.sheets(variants).contains { $0.suffix == sheet.suffix }
      if !isWanted { remove(base + sheet.suffix) }
      if before.variants & PictureSet.dark != 0, !isWanted || variants & PictureSet.dark == 0 {
        remove(base + sheet.darkSuffix)
      }
    }
  }

  /// A large picture and the one for phones, as markup; both are of the same moment.
  mutating func drawLarge(
    _ set: PictureSet, _ definition: UInt64, slot: Instant, every period: Int, root: String, _ chart: (Press) -> Chart
  ) -> String {
    let making = draw(set, definition, slot: slot, every: period, chart)
    return picture(set, making, root: root)
  }

  // MARK: Drawing

  private mutating func enqueue(_ chart: Chart, _ base: String, _ variants: UInt16, _ stamps: [PictureStamp]) {
    let drawing = Drawing(
      chart: chart,
      sheets: PictureSet.sheets(variants).map { Drawing.Sheet(format: $0.format, scale: $0.scale) },
      isDark: variants & PictureSet.dark != 0, stamps: stamps, base: base, variants: variants)
    // Pictures without a series, as most long ones of a new site are, are drawn once for all their places.
    guard !chart.series.isEmpty else {
      let blank = Blank(chart: chart, variants: variants)
      let pictures = blanks[blank] ?? input.studio([drawing])[0]
      blanks[blank] = pictures
      return handOver(drawing, pictures)
    }
    queue.append(drawing)
    if queue.count >= turns.batch { drawQueue() }
  }

  mutating func drawQueue() {
    guard !queue.isEmpty else { return }
    let batch = queue
    queue = []
    let before = input.remaining()
    let drawn = input.studio(batch)
    turns.drewAll(in: before - input.remaining())
    for (drawing, pictures) in zip(batch, drawn) { handOver(drawing, pictures) }
  }

  private mutating func handOver(_ drawing: Drawing, _ pictures: [Picture]) {
    for (sheet, picture) in zip(PictureSet.sheets(drawing.variants), pictures) {
      write(drawing.base + sheet.suffix, picture.light)
      if drawing.isDark { write(drawing.base + sheet.darkSuffix, picture.dark) }
      if let problem = picture.problem { complain(problem) }
    }
  }

  private mutating func blank(_ set: PictureSet, _ variants: UInt16) -> Making {
    let chart = Chart(
      title: "", unit: .none, series: [], span: Span(from: input.now - 86_400, to: input.now), step: 60,
      zone: words.zone, emptyText: "Not drawn yet; the next run goes on.")
    enqueue(chart, set.base, variants, [])
    return Making(
      definition: 0, slot: Instant(0), madeAt: input.now, variants: variants,
      heights: set.formats.map { size(of: chart, format: $0).height }, words: "Not drawn yet.")
  }

  /// The markup of a picture, by `picture.mustache`.
  mutating func picture(
    _ set: PictureSet, _ making: Making, root: String, alt: String? = nil, isLazy: Bool = false
  ) -> String {
    let (width, height) = PictureSet.extent(set, making)
    let suffix = set.formats.first.map(PictureSet.suffix) ?? ""
    let narrow = set.formats.firstIndex(of: .narrow).flatMap { making.heights.dropFirst($0).first }
    return picture(
      root + set.base + suffix, width, height, alt: alt ?? making.words, isLazy: isLazy,
      narrow: narrow.map { (root + set.base + "-N", $0) })
  }

  /// - Parameter narrow: the one for phones, and its height.
  mutating func picture(
    _ file: String, _ width: Int, _ height: Int, alt: String, isLazy: Bool,
    narrow: (base: String, height: Int)? = nil
  ) -> String {
    let wanted = input.plan.settings.pictures
    let narrow = wanted.contains(.phone) ? narrow : nil
    let flags: View = [
      "dark": wanted.contains(.dark), "sharp": wanted.contains(.sharp), "lazy": isLazy, "narrow": narrow != nil,
    ]
    let texts = [
      "file": file, "width": "\(width)", "height": "\(height)", "alt": alt, "base": narrow?.base ?? "",
      "narrowheight": "\(narrow?.height ?? 0)",
    ]
    return filled("picture", key: "\(isLazy) \(narrow != nil)", flags: flags, texts) ?? ""
  }

  /// The newest slot a job can have given to its series.
  func slot(of job: JobID) -> Instant { known.records[job]?.lastSlot ?? Instant(0) }

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
    let kept = input.plan.settings.retention.tiers.filter { $0.every <= entry.step }.map(\.duration).max() ?? 0
    guard span.seconds <= kept else { return nil }
    return Statistics(of: samples(entry, span, nil), over: span, step: entry.step)
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
}

extension Press {
  /// What a picture of a plot shows beside its samples.
  func definition(of plot: Plot, host: String) -> Definition {
    var definition = Definition()
    definition.add(input.version)
    definition.add(words.zone.identifier)
    definition.add(title(of: plot, host: host))
    definition.add(plot.kind.rawValue)
    definition.add(plot.top)
    for line in plot.lines {
      definition.add(line.label)
      definition.add(line.entry?.series.metric)
      definition.add(line.entry?.unit.symbol)
      definition.add(line.entry?.step ?? 0)
    }
    definition.add(plot.packets.count)
    guard known.objectives[plot.job.host] != nil else { return definition }
    for limit in limits(on: plot) { definition.add(limit.value) }
    // A breach is to be seen as soon as it is known.
    let end = end(step: plot.step)
    for band in bands(on: plot, over: Span(from: end - 86_400, to: end)) {
      definition.add(band.label.hasPrefix("breach") ? band.label : "\(band.span.to)")
    }
    return definition
  }

  /// A graph of the day beside week, 4 weeks and year, for `plot.mustache`.
  ///
  /// - Parameter isSecond: Another one of the same thing comes before it; it is drawn less often.
  mutating func plotView(_ plot: Plot, host: String, page: String, isSecond: Bool = false) -> View {
    let folder = "g/\(fileName(plot.job.host))/\(plot.name)"
    let root = Press.root(of: page)
    let definition = definition(of: plot, host: host)
    let subject = "\(plot.instance.map { "\(plot.title), \($0)" } ?? plot.title) on \(host)"
    let set = PictureSet(base: "\(folder)-day", formats: [.large, .narrow])
    let making = draw(
      set, definition.value, slot: slot(of: plot.job), every: isSecond ? 900 : Period.day.renewal,
      isFresh: isFresh(plot.entries)
    ) { $0.chart(plot, host: host, .day) }
    var more: [String] = []
    for period in Period.allCases.dropFirst() {
      more.append(smaller(plot, period, host: host, definition, folder, root, subject))
    }
    return [
      "id": plot.name,
      "heading": plot.instance ?? plot.title,
      "note": note(on: plot).orFalse,
      "day": picture(set, making, root: root), "more": more,
    ]
  }

  /// A small graph of the day with its name and value.
  mutating func helperView(_ plot: Plot, host: String, page: String) -> View {
    let set = PictureSet(base: "g/\(fileName(plot.job.host))/\(plot.name)-day", formats: [.small])
    let making = draw(
      set, definition(of: plot, host: host).value, slot: slot(of: plot.job), every: 900, isFresh: isFresh(plot.entries)
    ) {
      $0.chart(plot, host: host, .day)
    }
    let name = plot.instance.map { "\(plot.title), \($0)" } ?? plot.title
    let value = plot.entries.first.map { valueText(latest($0), $0.unit) } ?? noNumber
    let alt = "\(name) on \(host), 24 hours, now \(value)"
    return [
      "picture": picture(set, making, root: Press.root(of: page), alt: alt, isLazy: true),
      "name": "\(plot.job.job): \(name)", "value": value,
    ]
  }

  private mutating func smaller(
    _ plot: Plot, _ period: Period, host: String, _ plain: Definition, _ folder: String, _ root: String,
    _ subject: String
  ) -> String {
    let set = PictureSet(base: "\(folder)-\(period.rawValue)", formats: [.small])
    var definition = plain
    definition.add(period.rawValue)
    let isYoung = plot.entries.contains { input.now - $0.since < 2 * period.renewal }
    let making = draw(
      set, definition.value, slot: slot(of: plot.job), every: period.renewal, point: period.resolution ?? 0,
      isFresh: isFresh(plot.entries)
    ) { press in
      let chart = press.chart(plot, host: host, period)
      if chart.hasPoints || plot.entries.isEmpty { return chart }
      return chart.blank(period, press.emptyText(plot.entries, period, isYoung: isYoung))
    }
    let alt = "\(subject), \(period.words) to \(words.longDay(end(step: plot.step)))"
    return picture(set, making, root: root, alt: alt, isLazy: true)
  }

  /// Whether a series came up in the last hour.
  func isFresh(_ entries: [CatalogueEntry]) -> Bool { entries.contains { input.now - $0.since < 3_600 } }

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

/// A picture without a series.
struct Blank: Hashable {
  var chart: Chart
  var variants: UInt16
}

extension Chart {
  /// Whether a line can hardly be drawn yet.
  fileprivate var isYoung: Bool {
    series.isEmpty || series.contains { one in one.samples.lazy.filter { $0.value != nil }.prefix(2).count < 2 }
  }

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
