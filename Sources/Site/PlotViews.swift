import Config
import Graph
import Model

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

  /// A graph of the day beside week, 4 weeks and year, for `plot.mustache`, with the way to the page of its series.
  ///
  /// - Parameter isSecond: Another one of the same thing comes before it; it is drawn less often.
  mutating func plotView(_ plot: Plot, host: String, page: String, isSecond: Bool = false) -> View {
    let pictures = pictures(of: plot, host: host, isSecond: isSecond)
    let root = Press.root(of: page)
    return [
      "id": plot.name,
      "heading": plot.instance ?? plot.title,
      "note": note(on: plot).orFalse,
      "day": picture(pictures.day.set, pictures.day.making, root: root),
      "more": smaller(pictures, root: root),
      "way": seriesPage(plot, pictures, host: host, shownOn: page),
    ]
  }

  /// A small graph of the day with its name and value.
  mutating func helperView(_ plot: Plot, host: String, page: String) -> View {
    let set = PictureSet(base: "g/\(fileName(plot.job.host))/\(plot.name)-day", formats: [.small])
    var definition = definition(of: plot, host: host)
    add(notes(on: plot.job.host), over: Period.day.seconds, to: &definition)
    let making = draw(
      set, definition.value, slot: slot(of: plot.job), every: 900, isFresh: isFresh(plot.entries)
    ) {
      $0.chart(plot, host: host, .day)
    }
    let name = plot.instance.map { "\(plot.title), \($0)" } ?? plot.title
    let value = plot.entries.first.map { valueText(latest($0), $0.unit) } ?? noNumber
    let alt = "\(name) on \(host), 24 hours, now \(value)"
    let pictures = PlotPictures(definition: definition, day: (set, making, "\(name) on \(host), 24 hours"), more: [])
    return [
      "picture": picture(set, making, root: Press.root(of: page), alt: alt, isLazy: true),
      "name": "\(plot.job.job): \(name)", "value": value,
      "way": seriesPage(plot, pictures, host: host, shownOn: page),
    ]
  }

  private mutating func pictures(of plot: Plot, host: String, isSecond: Bool) -> PlotPictures {
    let folder = "g/\(fileName(plot.job.host))/\(plot.name)"
    let definition = definition(of: plot, host: host)
    let notes = notes(on: plot.job.host)
    var day = definition
    add(notes, over: Period.day.seconds, to: &day)
    let subject = "\(plot.instance.map { "\(plot.title), \($0)" } ?? plot.title) on \(host)"
    let set = PictureSet(base: "\(folder)-day", formats: [.large, .narrow])
    let making = draw(
      set, day.value, slot: slot(of: plot.job), every: isSecond ? 900 : Period.day.renewal,
      isFresh: isFresh(plot.entries)
    ) { $0.chart(plot, host: host, .day) }
    var result = PlotPictures(definition: day, day: (set, making, making.words), more: [])
    for period in Period.allCases.dropFirst() {
      result.more.append(smaller(plot, period, host: host, definition, folder, subject))
    }
    return result
  }

  private mutating func smaller(
    _ plot: Plot, _ period: Period, host: String, _ plain: Definition, _ folder: String, _ subject: String
  ) -> PlotPictures.One {
    let set = PictureSet(base: "\(folder)-\(period.rawValue)", formats: [.small])
    var definition = plain
    definition.add(period.rawValue)
    add(notes(on: plot.job.host), over: period.seconds, to: &definition)
    let isYoung = plot.entries.contains { input.now - $0.since < 2 * period.renewal }
    let making = draw(
      set, definition.value, slot: slot(of: plot.job), every: period.renewal, point: period.resolution ?? 0,
      isFresh: isFresh(plot.entries)
    ) { press in
      let chart = press.chart(plot, host: host, period)
      if chart.hasPoints || plot.entries.isEmpty { return chart }
      return chart.blank(period, press.emptyText(plot.entries, period, isYoung: isYoung))
    }
    return (set, making, "\(subject), \(period.words) to \(words.longDay(end(step: plot.step)))")
  }

  /// Week, 4 weeks and year as markup.
  mutating func smaller(_ pictures: PlotPictures, root: String) -> [String] {
    var result: [String] = []
    for one in pictures.more { result.append(picture(one.set, one.making, root: root, alt: one.alt, isLazy: true)) }
    return result
  }

  /// Whether a series came up in the last hour.
  func isFresh(_ entries: [CatalogueEntry]) -> Bool { entries.contains { input.now - $0.since < 3_600 } }

  func emptyText(_ entries: [CatalogueEntry], _ period: Period, isYoung: Bool) -> String {
    guard isYoung, !entries.isEmpty, let point = period.resolution else { return emptyText(entries, period.words) }
    return "No point yet; one stands for \(ruleText(point))."
  }

  func note(on plot: Plot) -> String? {
    switch plot.kind {
    case .latency:
      guard case .ping(let ping)? = known.jobNames[plot.job]?.probe else { return nil }
      return "\(counted(ping.packets, "ping")) every \(ruleText(plot.step)); the darker the grey, the more answers"
    case .lines, .stack: return plot.entries.isEmpty ? nil : "one sample every \(ruleText(plot.step))"
    }
  }
}

/// The pictures of a plot, seen to.
struct PlotPictures {
  typealias One = (set: PictureSet, making: Making, alt: String)

  /// What they show beside samples.
  var definition: Definition
  var day: One
  /// Week, 4 weeks and year; a helper has none.
  var more: [One]
}

/// A number for people: times from ten minutes on in minutes, hours and days.
func valueText(_ value: Double?, _ unit: Unit) -> String {
  guard let value, unit == .seconds, value >= 600, value < 1e15 else { return numberText(value, unit) }
  return durationText(Int(value))
}
