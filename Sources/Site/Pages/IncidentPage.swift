import Config
import Graph
import Model
import SLA

extension Press {
  /// Closed incidents that have a page; what is older stays in the state database.
  private static let closedPages = 200

  /// Closed incidents that have a page.
  var shownClosedIncidents: ArraySlice<Incident> { input.closedIncidents.prefix(Press.closedPages) }

  /// `incidents/index.html`
  mutating func incidentList() {
    let open = input.openIncidents.count
    let head = PageHead(
      path: "incidents/index.html", title: open > 0 ? "\(open) open" : "Incidents", section: .incidents,
      template: "incidents", data: "index")
    page(
      head,
      [
        "incidents": incidentRows(worstFirst(input.openIncidents), root: "../").orFalse,
        "lastclosed": lastClosed.orFalse,
        "closed": shownClosedIncidents.map(closedRow).orFalse,
        "closednote": input.closedIncidents.count > Press.closedPages
          ? "the newest \(Press.closedPages) of \(countText(input.closedIncidents.count))"
          : counted(shownClosedIncidents.count, "incident"),
      ])
  }

  private func closedRow(_ incident: Incident) -> View {
    [
      "number": "\(incident.number)", "title": incident.title, "path": incidentPath(incident),
      "since": words.moment(incident.since), "cause": incident.cause,
      "lasted": incident.lasted(at: input.now),
      "told": listed(incident.ladder.told.map(contactTitle)).orFalse,
      "by": incident.acknowledgement.map { contactTitle($0.by) }.orFalse,
    ]
  }

  /// `incidents/N.html`
  mutating func incidentPages() {
    for incident in input.openIncidents { incidentPage(incident, 0) }
    for incident in shownClosedIncidents {
      let definition = definition(of: incident)
      let base = incidentPictures(incident).base
      if isSettled(incident), !turns.isWaiting(base), keeps(incidentPath(incident), definition),
        keepsData(dataBase(of: incident), definition)
      {
        keepPicture(base)
      } else if isSettled(incident) {
        dated { $0.incidentPage(incident, definition) }
      } else {
        incidentPage(incident, 0)
      }
    }
  }

  private mutating func incidentPage(_ incident: Incident, _ definition: UInt64) {
    let path = incidentPath(incident)
    putData(of: incident, definition)
    let mark = mark(of: incident)
    let lasted = incident.lasted(at: input.now)
    let word = incident.phase == .open ? "\(mark.word), open" : "closed"
    let head = PageHead(
      path: path, title: "\(incident.number) \(word)", section: .incidents, template: "incident",
      isFinal: isSettled(incident), data: dataBase(of: incident).split(separator: "/").last.map(String.init))
    page(
      head,
      [
        "number": "\(incident.number)", "name": incident.title,
        "state": StateMark(
          mark.shape, incident.phase == .open ? "\(mark.word) for \(lasted)" : "closed after \(lasted)"
        ).view,
        "cause": incident.cause, "figures": figures(incident), "facts": facts(incident),
        "graph": graph(of: incident, page: path).orFalse,
        "timeline": timeline(incident), "told": notifications(incident).orFalse,
        "untold": incident.phase == .open ? "Nobody has been told yet." : "Nobody was told.",
      ], definition: definition)
  }

  private func figures(_ incident: Incident) -> [View] {
    let end = incident.end(at: input.now)
    let told = incident.events.first { $0.kind == .notified }
    let notified = told.map { durationText($0.at - incident.since) }
    let answer = incident.acknowledgement
    let waiting = incident.phase == .open ? "not acknowledged" : "never acknowledged"
    return [
      figure(
        incident.lasted(at: input.now), incident.phase == .open ? "bad time so far" : "bad time",
        incident.phase == .open
          ? "since \(words.momentOfSentence(incident.since))" : words.stretch(Span(from: incident.since, to: end))),
      figure(notified ?? noNumber, "until someone was told", "from the first bad slot to the first message"),
      figure(
        answer.map { durationText($0.at - incident.since) } ?? noNumber, "until acknowledged",
        answer.map { "by \(contactTitle($0.by))" } ?? waiting),
      budget(incident, end: end),
    ]
  }

  private func figure(_ number: String, _ label: String, _ detail: String) -> View {
    ["number": number, "label": label, "detail": detail]
  }

  private func budget(_ incident: Incident, end: Instant) -> View {
    guard let status = objective(of: incident), let figure = status.figure, figure.window.contains(incident.since)
    else { return self.figure(noNumber, "of the budget", "its window is over") }
    // Not all of its time counts: what was not measured and what lies outside service hours do not.
    let bad = stretches(status, in: Span(from: incident.since, to: end)).filter { $0.verdict == .bad }
    let share = budgetShare(bad.map(\.span.seconds).reduce(0, +), of: figure.budget)
    let left = isSettled(incident) ? "of the whole window" : "\(figure.budgetText) left"
    return self.figure(share, "of the budget, \(figure.windowLabel)", left)
  }

  private func facts(_ incident: Incident) -> [View] {
    let objective = objective(of: incident)?.objective
    var all: [View] = []
    func add(_ name: String, _ text: String?, link: String? = nil, code: Bool = false) {
      if let text { all.append(["name": name, "text": text, "link": link.orFalse, "code": code]) }
    }
    let host = incident.host.flatMap { known.hostNames[$0] }
    add("Host", host?.title, link: host.map { hostPath($0.name) })
    add("Objective", objective?.title ?? incident.objective, link: objective.map(objectivePath))
    add("Series", objective?.series.text, code: true)
    add("Rule", objective.map { "\(toleranceText($0.tolerance)); for \(ruleText($0.holdDown))" })
    add("Opened", words.momentOfSentence(incident.openedAt))
    add("Closed", incident.closedAt.map(words.momentOfSentence))
    add("Told", objective.map { $0.escalation.map { "escalation “\($0)”" } ?? $0.notify.map(roleTitle) ?? "nobody" })
    add("Next step", incident.phase == .open ? incident.ladder.dueAt.map(words.momentOfSentence) : nil)
    add("Defined in", objective?.location.description, code: true)
    return all
  }

  private func timeline(_ incident: Incident) -> [View] {
    let first = IncidentEvent(at: incident.since, kind: .noted, text: "First bad slot. \(incident.cause)")
    let last = incident.until.map { IncidentEvent(at: $0, kind: .noted, text: "First good slot.") }
    let all =
      [("S", "b", first)] + (last.map { [("S", "o", $0)] } ?? [])
      + (incident.events + notes(of: incident).map(event)).map { (letter($0.kind).0, letter($0.kind).1, $0) }
    return all.enumerated().sorted { ($0.element.2.at, $0.offset) < ($1.element.2.at, $1.offset) }.map(\.element).map {
      letter, tone, event in
      [
        "time": words.isToday(event.at) ? words.exactClock(event.at) : words.moment(event.at),
        "stamp": words.stamp(event.at), "after": offset(event.at - incident.since), "letter": letter, "tone": tone,
        "text": event.text,
      ]
    }
  }

  /// `+2:06`, `+1:02:06`
  private func offset(_ seconds: Int) -> String {
    let tail = "\(padded(seconds / 60 % 60, to: seconds >= 3_600 ? 2 : 1)):\(padded(seconds % 60, to: 2))"
    return (seconds > 0 ? "+" : "") + (seconds >= 3_600 ? "\(seconds / 3_600):\(tail)" : tail)
  }

  private func letter(_ kind: IncidentEvent.Kind) -> (String, String) {
    switch kind {
    case .opened: ("R", "b")
    case .notified: ("N", "")
    case .escalated: ("E", "w")
    case .acknowledged: ("A", "o")
    case .noted: ("T", "")
    case .closed: ("C", "o")
    }
  }

  private func notifications(_ incident: Incident) -> [View] {
    incident.events.filter { $0.kind == .notified || $0.kind == .escalated }.map {
      ["at": words.moment($0.at), "delay": durationText($0.at - incident.since), "text": $0.text]
    }
  }
}

extension Press {
  /// What was judged, from some time before the incident to some time after it.
  private mutating func graph(of incident: Incident, page: String) -> String? {
    guard let entry = series(of: incident), let status = objective(of: incident) else { return nil }
    let span = around(incident, step: entry.step)
    // It goes on changing until the time after it has been seen as well.
    let slot = min(slot(of: entry.series.row.job), span.to + 2 * entry.step)
    let definition = pictureDefinition(of: incident, entry)
    return drawLarge(incidentPictures(incident), definition, slot: slot, every: 0, root: Press.root(of: page)) {
      $0.chart(of: incident, entry, status.objective, span)
    }
  }

  private func pictureDefinition(of incident: Incident, _ entry: CatalogueEntry) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(entry.series.description)
    definition.add(incident.phase.rawValue)
    definition.add(incident.until)
    for note in notes(of: incident) { definition.add(note) }
    return definition.value
  }

  private func chart(of incident: Incident, _ entry: CatalogueEntry, _ objective: Objective, _ span: Span) -> Chart {
    let resolution = span.seconds > 3 * 86_400 ? max(span.seconds / 1_000, entry.step) : nil
    let bad = Span(from: incident.since, to: incident.phase == .open ? span.to : incident.end(at: input.now))
    let label = incident.phase == .open ? "breach since \(words.moment(incident.since))" : durationText(bad.seconds)
    return Chart(
      title: entry.series.description, unit: entry.unit,
      series: [series(entry.series.metric, entry, span, resolution)], span: span,
      step: step(entry, span, resolution), zone: words.zone,
      bands: [.init(kind: .breach, span: bad.intersection(span), label: label)],
      limits: limits(of: objective.tolerance), marks: marks(of: notes(of: incident), over: span),
      top: entry.unit == .percent ? 100 : nil, emptyText: emptyText([entry], "this time"),
      isPast: span.to + 2 * entry.step < input.now)
  }

  func incidentPictures(_ incident: Incident) -> PictureSet {
    PictureSet(
      base: "g/incidents/\(incident.number)\(incident.phase == .open ? "-open" : "")", formats: [.large, .narrow])
  }

  private func around(_ incident: Incident, step: Int) -> Span {
    let end = incident.end(at: input.now)
    let margin = min(max((end - incident.since) / 2, 1_800), 43_200)
    // Where it ends now the newest slot is in it, or one missed before would seem the last.
    return Span(
      from: (incident.since - margin).slot(step: step),
      to: min((end + margin).slot(step: step), self.end(step: step)))
  }
}
