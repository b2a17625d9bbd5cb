import Config
import Model

/// Pages of what is gone from the configuration: when it went, what remains of it, and where.
extension Press {
  /// Seconds such a page stays.
  private static let removedShown = 90 * 86_400
  /// Rows of what remains on one page; more is told by the command that lists them.
  private static let mostRemains = 500

  /// Those that have a page, newest first.
  var shownRemoved: [Removed] { input.removed.filter { input.now - $0.missedAt < Press.removedShown } }

  /// In the place of a host's pages, pictures and data.
  mutating func removedHosts() {
    for removed in shownRemoved where removed.kind == .host && known.hostNames[removed.name] == nil {
      let definition = definition(of: removed)
      chapter(removed.name, definition) { press in press.dated { $0.removedPage(removed) } }
    }
  }

  mutating func removedObjectives() {
    for removed in shownRemoved where removed.kind == .objective && known.objectiveNames[removed.name] == nil {
      let definition = definition(of: removed)
      if !keeps(removedPath(removed), definition) { dated { $0.removedPage(removed, definition) } }
    }
  }

  func removedPath(_ removed: Removed) -> String {
    switch removed.kind {
    case .host: hostPath(removed.name)
    case .objective: "objectives/\(fileName(removed.name)).html"
    }
  }

  /// For the end of a list: `Removed: db9 (21 May), …`
  func removedLinks(_ kind: Removed.Kind) -> [View] {
    shownRemoved.filter { $0.kind == kind }.prefix(Press.mostRemains).map {
      ["title": $0.title, "path": removedPath($0), "gone": words.shortDay($0.missedAt)]
    }
  }

  private func definition(of removed: Removed) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(input.plan.hash)
    definition.add(Int(bitPattern: UInt(templates.digest)))
    definition.add(removed.title)
    definition.add(removed.missedAt)
    definition.add(removed.lastMeasured)
    definition.add(removed.kind == .host ? known.entries[removed.name]?.count ?? 0 : 0)
    for incident in incidents(of: removed) {
      definition.add(incident.number)
      definition.add(incident.phase.rawValue)
    }
    for note in notes(of: removed) { definition.add(note) }
    return definition.value
  }

  private func incidents(of removed: Removed) -> [Incident] {
    let all = input.openIncidents + shownClosedIncidents
    return all.filter { removed.kind == .host ? $0.host == removed.name : $0.objective == removed.name }
  }

  private func notes(of removed: Removed) -> [Note] {
    removed.kind == .host ? notes(on: removed.name) : notes(on: .objective, removed.name)
  }

  private mutating func removedPage(_ removed: Removed, _ definition: UInt64 = 0) {
    let isHost = removed.kind == .host
    var head = PageHead(
      path: removedPath(removed), title: "\(removed.title) removed", section: isHost ? .hosts : .objectives,
      template: "removed")
    head.isTimeless = true
    page(
      head,
      [
        "list": isHost ? "hosts/index.html" : "objectives/index.html", "listname": isHost ? "Hosts" : "Objectives",
        "name": removed.title, "key": removed.name, "ishost": isHost,
        "missed": words.moment(removed.missedAt),
        "last": removed.lastMeasured.map(words.moment).orFalse,
        "group": removed.group.joined(separator: " › ").orFalse,
        "standing": removed.standing.map {
          ["window": $0.window, "figure": $0.figure, "target": $0.target, "standing": $0.words] as View
        }.orFalse,
        "incidents": incidents(of: removed).map(row).orFalse,
        "series": isHost ? seriesRows(removed.name).orFalse : false,
        "seriesnote": countText(known.entries[removed.name]?.count ?? 0),
        "folder": "\(input.plan.settings.data)/series",
        "until": words.longDay(removed.missedAt + Press.removedShown),
      ].merging(noteList(notes(of: removed))) { first, _ in first }, definition: definition)
  }

  private func row(_ incident: Incident) -> View {
    [
      "number": "\(incident.number)", "title": incident.title, "path": incidentPath(incident),
      "since": words.moment(incident.since),
      "lasted": incident.phase == .open ? "open" : incident.lasted(at: input.now), "cause": incident.cause,
    ]
  }

  /// Where its numbers are.
  private func seriesRows(_ host: String) -> [View] {
    (known.entries[host] ?? []).prefix(Press.mostRemains).map {
      ["series": $0.series.description, "file": $0.file, "source": $0.source, "unit": $0.unit.symbol]
    }
  }
}
