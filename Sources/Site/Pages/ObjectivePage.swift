import Config
import Graph
import Model
import SLA

extension Press {
  /// `objectives/index.html`
  mutating func objectiveList() {
    let head = PageHead(
      path: "objectives/index.html", title: "Objectives", section: .objectives, template: "objectives",
      data: "index")
    page(
      head,
      [
        "objectives": objectiveRows(input.objectives).orFalse, "striptitle": stripTitle,
        "removed": removedLinks(.objective).orFalse,
      ])
  }

  /// `objectives/NAME.html`
  mutating func objectivePages() {
    for status in input.objectives { objectivePage(status) }
  }

  private mutating func objectivePage(_ status: ObjectiveStatus) {
    let objective = status.objective
    let path = objectivePath(objective)
    let definition = definition(of: status)
    let base = pictures(of: objective).base
    if !turns.isWaiting(base), keeps(path, definition), keepsData(dataBase(of: objective), definition) {
      return keepPicture(base)
    }
    putData(of: status, definition)
    let mark = StateMark(status.figure?.standing)
    let head = PageHead(
      path: path, title: "\(objective.title) \(mark.word)", section: .objectives, template: "objective",
      data: fileName(objective.name))
    let strip = DayStrip(status, now: input.now, zone: words.zone)
    page(
      head,
      [
        "name": objective.title, "label": (status.figure?.windowLabel).orFalse,
        "meta": meta(status), "state": mark.view, "verdict": mark.word.prefix(1).uppercased() + mark.word.dropFirst(),
        "target": targetText(objective),
        "number": status.figure.flatMap { $0.isVoid ? nil : $0.availabilityText } ?? noNumber,
        "plain": plainWords(status),
        "incident": openIncident(objective).orFalse,
        "sum": status.figure.map { sum($0, objective) }.orFalse,
        "strip": strip.view, "striptitle": stripTitle, "days": strip.text,
        "striptext": "\(objective.title), last 30 days to \(words.shortDay(input.now)): \(strip.text)",
        "graph": graph(of: status, page: path).orFalse,
        "stretches": stretchRows(status).orFalse, "stretchnote": stretchNote(status).orFalse,
        "policy": policy(objective), "previous": previous(status).orFalse,
        "hash": input.plan.hash, "badge": badgePath(objective),
      ].merging(noteList(notes(on: .objective, objective.name))) { first, _ in first }, definition: definition)
  }

  /// What the page shows, as far as it changes without anything being judged.
  private func definition(of status: ObjectiveStatus) -> UInt64 {
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(edition)))
    definition.add(status.ledger.count)
    definition.add(status.ledger.last?.span.to)
    definition.add(status.figure?.until)
    definition.add(status.figure?.left ?? 0)
    definition.add(Int(input.plan.settings.pictures.rawValue))
    definition.add(staleness == nil ? nil : input.now)
    for note in notes(on: .objective, status.objective.name) { definition.add(note) }
    for incident in input.openIncidents where incident.objective == status.objective.name {
      definition.add(incident.number)
      definition.add(incident.events.count)
    }
    return definition.value
  }

  private func pictures(of objective: Objective) -> PictureSet {
    PictureSet(base: "g/objectives/\(fileName(objective.name))", formats: [.large, .narrow])
  }

  private func meta(_ status: ObjectiveStatus) -> [View] {
    let objective = status.objective
    let figure = status.figure
    let period = figure.map {
      "\(words.longDay($0.window.from)) to \(words.longDay($0.window.to - 1)), \(words.zone.identifier)"
    }
    let all = [
      Fact("Measured", objective.series.text), Fact("Period", period ?? noNumber),
      Fact("Service hours", hoursText(objective.hours)), Fact("Objective", "\(targetText(objective)) good"),
      Fact("Told", toldText(objective)), Fact("Defined in", objective.location.description),
    ]
    return all.map { ["name": $0.name, "text": $0.text, "code": $0.name == "Defined in" || $0.name == "Measured"] }
  }

  private func toldText(_ objective: Objective) -> String {
    if let ladder = objective.escalation { return "escalation “\(ladder)”" }
    return objective.notify.map(roleTitle) ?? "nobody"
  }

  private func openIncident(_ objective: Objective) -> View? {
    input.openIncidents.first { $0.objective == objective.name }.map {
      [
        "number": "\($0.number)", "path": incidentPath($0), "since": words.moment($0.since),
        "cause": $0.cause,
      ]
    }
  }

  /// One paragraph that says the figure without jargon, with its lower bound.
  func plainWords(_ status: ObjectiveStatus) -> String {
    guard let figure = status.figure, figure.availability != nil else {
      return "Nothing has been judged yet; the first verdict follows the first sample."
    }
    let bad =
      figure.bad == 0
      ? "There was no bad time; \(exactDurationText(figure.budget)) are allowed."
      : "\(exactDurationText(figure.bad)) were bad; \(exactDurationText(figure.budget)) are allowed"
        + (figure.left < 0 && !figure.isVoid
          ? ", so the budget is overdrawn by \(exactDurationText(-figure.left))." : ".")
    let base = "The figure rests on \(figure.coverageText) of the service time so far"
    if figure.isVoid {
      let floor = percentText(Int(status.objective.minimumCoverage * 100_000), of: 100_000, decimals: 1)
      return "\(bad) \(base), and at least \(floor) are needed: it must not be used."
    }
    guard figure.unknown > 0 else { return "\(bad) \(base)." }
    let bound = figure.lowerBoundText
    let unknown = exactDurationText(figure.unknown)
    return "\(bad) \(base); \(unknown) were not measured. Had all of that been bad, the figure would be \(bound)."
  }

  /// How the figure comes about, line by line.
  func sum(_ figure: Figure, _ objective: Objective) -> [View] {
    let whole = figure.service + figure.excluded
    func row(_ name: String, _ value: String, inner: Bool = false, total: Bool = false) -> View {
      ["name": name, "value": value, "class": total ? "sum" : inner ? "in" : ""]
    }
    return [
      row("\(counted(figure)) up to \(words.moment(figure.until))", exactDurationText(whole)),
      row("less time outside service hours or excluded", exactDurationText(-figure.excluded), inner: true),
      row("Service time", exactDurationText(figure.service), total: true),
      row("of which good", exactDurationText(figure.good), inner: true),
      row("of which bad", exactDurationText(figure.bad), inner: true),
      row("of which unknown", exactDurationText(figure.unknown), inner: true),
      row("Availability = good ÷ (good + bad)", figure.availabilityText, total: true),
      row("Coverage = measured ÷ service time", figure.coverageText),
      row("Lower bound, all unknown time taken as bad", figure.lowerBoundText),
      row(
        "Service time of the whole window, what is to come included", exactDurationText(figure.wholeService)),
      row("Budget = \(allowedShare(objective.target)) of that", exactDurationText(figure.budget)),
      row("Budget left", exactDurationText(figure.left), total: true),
    ]
  }

  /// `November 2026`, `November 2026 from 22 Nov 13:35, the first slot judged,`
  private func counted(_ figure: Figure) -> String {
    guard let since = figure.inServiceSince else { return figure.windowLabel }
    return "\(figure.windowLabel) from \(words.moment(since)), the first slot judged,"
  }

  /// Bad and unknown stretches, newest first.
  private func stretchRows(_ status: ObjectiveStatus) -> [View] {
    told(status).reversed().prefix(100).map { stretch in
      let incident = (input.openIncidents + input.closedIncidents).first {
        $0.objective == status.objective.name && stretch.verdict == .bad && $0.since <= stretch.span.from
          && stretch.span.to <= ($0.until ?? input.now + 86_400)
      }
      return [
        "stretch": words.stretch(stretch.span), "lasted": exactDurationText(stretch.span.seconds),
        "state": verdictMark(stretch.verdict).view,
        "cause": stretch.cause + (stretch.isAssumed ? " (not measured; by the rule below)" : ""),
        "incident": incident.map { ["number": "\($0.number)", "path": incidentPath($0)] as View }.orFalse,
      ]
    }
  }

  /// Of the window, or of the ledger before there is a figure.
  func told(_ status: ObjectiveStatus) -> [Stretch] {
    let first = status.figure?.window.from ?? status.ledger.first?.span.from ?? input.now
    return stretches(status, in: Span(from: first, to: input.now)).filter {
      $0.verdict == .bad || $0.verdict == .unknown || $0.isAssumed
    }
  }

  private func stretchNote(_ status: ObjectiveStatus) -> String? {
    let all = told(status).count
    return all > 100 ? "the newest 100 of \(countText(all))" : nil
  }

  func previous(_ status: ObjectiveStatus) -> [View] {
    status.previous.prefix(13).map {
      ["label": $0.windowLabel, "value": $0.availabilityText, "state": StateMark($0.standing).view]
    }
  }
}

extension Press {
  /// The day of what is judged, with its limits and its bad time.
  private mutating func graph(of status: ObjectiveStatus, page: String) -> String? {
    let entries = known.series(of: status.objective.series, in: input.catalogue)
    guard let first = entries.first else { return nil }
    let lines = entries.prefix(6).map { entry in
      Plot.Line(label: entries.count == 1 ? entry.series.metric : entry.series.description, entry: entry)
    }
    let set = pictures(of: status.objective)
    let slot = entries.map { self.slot(of: $0.series.row.job) }.max() ?? Instant(0)
    let definition = definition(of: status, lines, first)
    return drawLarge(set, definition, slot: slot, every: 600, root: Press.root(of: page)) { press in
      let end = press.end(step: first.step)
      let span = Span(from: end - Period.week.seconds, to: end)
      let series = lines.map { press.series($0.label, $0.entry, span, Period.week.resolution) }
      return Chart(
        title: "\(status.objective.title) · \(first.series.metric)", unit: first.unit, series: series, span: span,
        step: press.step(first, span, Period.week.resolution), zone: press.words.zone,
        bands: press.breaches(status.ledger, over: span), limits: press.limits(of: status.objective.tolerance),
        marks: press.marks(of: press.notes(on: .objective, status.objective.name), over: span),
        top: first.unit == .percent ? 100 : nil,
        emptyText: press.emptyText(entries, .week, isYoung: entries.allSatisfy { press.input.now - $0.since < 3_600 }))
    }
  }

  /// A new breach is drawn at once.
  private func definition(of status: ObjectiveStatus, _ lines: [Plot.Line], _ first: CatalogueEntry) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(status.objective.title)
    for line in lines { definition.add(line.entry?.series.description) }
    definition.add(first.unit.symbol)
    for limit in limits(of: status.objective.tolerance) { definition.add(limit.value) }
    definition.add(status.ledger.last { $0.verdict == .bad }?.span.from)
    add(notes(on: .objective, status.objective.name), over: Period.week.seconds, to: &definition)
    return definition.value
  }
}
