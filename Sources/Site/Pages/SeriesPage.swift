import Config
import Model
import SLA

/// A page for each picture of a host: all its views, what its series have been, who judges them and where they come from.
extension Press {
  /// Seconds between two makings of such a page; its pictures are renewed on their own.
  private static let seriesPace = 21_600

  /// `series/HOST/PLOT.html`, from the site's root.
  func seriesPath(_ plot: Plot) -> String { seriesBase(plot) + ".html" }

  private func seriesBase(_ plot: Plot) -> String { "series/\(fileName(plot.job.host))/\(plot.name)" }

  /// Sees to the page; gives its path. It is there in any case: where there is no time, one without figures.
  ///
  /// - Parameter page: The page of the host or the instance that shows the plot.
  mutating func seriesPage(_ plot: Plot, _ pictures: PlotPictures, host: String, shownOn page: String) -> String {
    let base = seriesBase(plot)
    let judges = statuses(of: plot.entries + [plot.loss].compactMap { $0 })
    var definition = definition(of: plot, pictures, judges)
    definition.add(page)
    for note in notes(on: plot.job.host) { definition.add(note) }
    definition.add(isYoung(plot, base) ? 1 : 0)
    if !hasToMake(base, definition.value, every: Press.seriesPace) || (making(base) != nil && !hasTime) {
      keepDataPage(base)
      return base + ".html"
    }
    let subject = SeriesSubject(plot: plot, host: host, page: page, judges: judges)
    putSeriesPage(subject, pictures, definition.value)
    return base + ".html"
  }

  private var hasTime: Bool { input.remaining() > 0 }

  /// What the page shows beside samples; a new breach is in the definition of the pictures.
  private func definition(
    of plot: Plot, _ pictures: PlotPictures, _ judges: [ObjectiveStatus]
  ) -> Definition {
    var definition = pictures.definition
    definition.add(Int(bitPattern: UInt(skin)))
    definition.add(pictures.day.making.heights.first ?? 0)
    if let job = known.jobNames[plot.job] {
      definition.add(job.title)
      definition.add(job.location.file)
      definition.add(job.location.line)
    }
    // Where a series lies is another place only where it began anew.
    for line in plot.lines { definition.add(line.entry?.since) }
    add(judges, on: plot.job.host, to: &definition)
    return definition
  }

  /// What a series of some minutes shows is not to stand for hours; and not all that began together come together.
  private func isYoung(_ plot: Plot, _ base: String) -> Bool {
    let youngest = plot.lines.lazy.compactMap { $0.entry?.since }.max()
    guard let age = youngest.map({ input.now - $0 }), age < 7_200 else { return false }
    return age < 3_600 + Int(hash(base) % 3_600)
  }

  private func add(_ judges: [ObjectiveStatus], on host: String, to definition: inout Definition) {
    guard !judges.isEmpty else { return }
    for status in judges {
      definition.add(status.objective.name)
      definition.add(status.objective.title)
      definition.add(status.objective.targetText)
      definition.add(status.figure?.standing.rawValue)
    }
    let names = Set(judges.map(\.objective.name))
    for incident in known.incidents[host] ?? [] where names.contains(incident.objective) {
      definition.add(incident.number)
      definition.add(incident.events.count)
    }
  }

  private mutating func putSeriesPage(_ subject: SeriesSubject, _ pictures: PlotPictures, _ definition: UInt64) {
    let plot = subject.plot
    let base = seriesBase(plot)
    let isCounted = hasTime
    let figures = isCounted ? entries(of: plot).map { self.figures($0.label, $0.entry) } : []
    let title = plot.instance.map { "\(plot.title), \($0)" } ?? plot.title
    let slot = slot(of: plot.job)
    let head = PageHead(
      path: base + ".html", title: "\(title) on \(subject.host)", section: .hosts, template: "series",
      until: slot > Instant(0) ? slot : nil, next: nextTurn(base, every: Press.seriesPace, after: input.now))
    var shown: View = [:]
    dated { shown = $0.view(subject, pictures, figures, isCounted) }
    guard let text = text(of: head, shown) else { return }
    // One without figures is made again as soon as there is time.
    putDataPage(
      base, isCounted ? definition : ~definition, page: text, json: json(data(subject, figures)),
      csv: table(of: figures))
  }

  /// The lines of the picture, and the loss that colours one of round trips.
  private func entries(of plot: Plot) -> [(label: String, entry: CatalogueEntry)] {
    let lines = plot.lines.compactMap { line in line.entry.map { (line.label, $0) } }
    return lines + (plot.loss.map { [("Loss", $0)] } ?? [])
  }

  // MARK: What it shows

  private mutating func view(
    _ subject: SeriesSubject, _ pictures: PlotPictures, _ figures: [SeriesFigures], _ isCounted: Bool
  ) -> View {
    let plot = subject.plot
    let root = Press.root(of: seriesPath(plot))
    let day = picture(
      pictures.day.set, pictures.day.making, root: root, alt: pictures.day.alt, isLazy: false)
    return [
      "crumbs": crumbs(subject), "name": plot.title, "of": place(subject),
      "picturenote": note(on: plot).orFalse,
      "plot": ["day": day, "more": smaller(pictures, root: root)] as View,
      "figures": figures.map(figureView).orFalse, "uncounted": !isCounted,
      "objectives": objectiveRows(subject.judges).orFalse, "striptitle": stripTitle,
      "events": events(of: subject).orFalse, "judged": !subject.judges.isEmpty,
      "sources": entries(of: plot).map { source($0.label, $0.entry) }.orFalse,
      "job": known.jobNames[plot.job].map(jobView).orFalse,
      "file": plot.name,
    ].merging(noteList(notes(on: plot.job.host), ofHost: plot.job.host)) { first, _ in first }
  }

  private func place(_ subject: SeriesSubject) -> String {
    subject.plot.instance.map { "\($0) on \(subject.host)" } ?? "on \(subject.host)"
  }

  private func crumbs(_ subject: SeriesSubject) -> [View] {
    let plot = subject.plot
    let host = plot.job.host
    let way = [
      (fileNameOfConfiguration, "index.html"), ("hosts", "hosts/index.html"), (host, hostPath(host)),
      plot.instance.map { ($0, subject.page) }, (plot.title, nil),
    ].compactMap { $0 }
    return way.enumerated().map { place, step in
      ["text": step.0, "link": step.1.orFalse, "first": place == 0]
    }
  }

  private func figureView(_ figures: SeriesFigures) -> View {
    let unit = figures.entry.unit
    let rows = figures.rows.enumerated().map { place, row -> View in
      [
        "first": place == 0, "period": row.period.words,
        "lowest": valueText(row.lowest, unit), "average": valueText(row.average, unit),
        "high": valueText(row.percentile95, unit), "highest": valueText(row.highest, unit),
        "at": row.highestAt.map(words.moment) ?? noNumber,
        "samples": "\(countText(row.count)) of \(countText(row.expected))", "each": ruleText(row.step),
        "coverage": row.coverageText,
      ]
    }
    return [
      "label": figures.label, "now": valueText(figures.now, unit), "rows": rows,
    ]
  }

  /// Of the objectives that judge the series; what a glob judges elsewhere is not told here.
  private func events(of subject: SeriesSubject) -> [View] {
    let names = entries(of: subject.plot).map { "\($0.entry.series) " }
    let all = subject.judges.flatMap { status in
      status.ledger.filter { interval in
        status.objective.series.isExact || interval.verdict != .bad || names.contains { interval.cause.hasPrefix($0) }
      }.map { (status.objective, $0) }
    }
    return events(all, on: subject.plot.job.host, days: 30, limit: 50)
  }

  private func source(_ label: String, _ entry: CatalogueEntry) -> View {
    [
      "label": label, "series": entry.series.description,
      "unit": entry.unit.symbol.isEmpty ? noNumber : entry.unit.symbol,
      "place": entry.file, "source": entry.source, "step": ruleText(entry.step), "since": words.moment(entry.since),
      "earlier": entry.earlier.map {
        ["place": $0.file, "source": $0.source, "step": ruleText($0.step)] as View
      }.orFalse,
    ]
  }

  private func jobView(_ job: Job) -> View {
    ["title": job.title, "kind": kindTitle(job), "schedule": scheduleText(job), "where": job.location.description]
  }
}

/// What a page of series is about.
struct SeriesSubject {
  var plot: Plot
  /// The host's title.
  var host: String
  /// The page that shows the plot among others.
  var page: String
  var judges: [ObjectiveStatus]
}
