import Model

extension Press {
  /// Notes a page lists.
  private static let mostNotes = 50
  /// Seconds a note stands at the top of its page.
  private static let freshness = 7 * 86_400

  /// For `notelist.mustache`, on a page of `host` or of something else.
  func noteList(_ notes: [Note], ofHost host: String? = nil) -> View {
    let shown = notes.prefix(Press.mostNotes)
    return [
      "written": shown.map { noteRow($0, host) }.orFalse,
      "writtennote": notes.count > shown.count
        ? "the newest \(shown.count) of \(countText(notes.count)); “redeye note list” prints all of them"
        : "written with “redeye note”",
    ]
  }

  /// What was written lately, for the top of a page.
  func freshNotes(_ notes: [Note]) -> [View] {
    notes.prefix { input.now - $0.at < Press.freshness }.prefix(3).map {
      ["when": words.moment($0.at), "by": $0.by, "text": $0.text]
    }
  }

  private func noteRow(_ note: Note, _ host: String?) -> View {
    [
      "number": "\(note.number)", "time": words.moment(note.at), "stamp": words.stamp(note.at), "by": note.by,
      "text": note.text, "incident": note.incident.flatMap { host == nil ? nil : link($0) }.orFalse,
    ]
  }

  private func link(_ number: Int) -> View? {
    let all = input.openIncidents + shownClosedIncidents
    return all.first { $0.number == number }.map { ["number": "\($0.number)", "path": incidentPath($0)] }
  }

  /// Notes on an incident, and those on its host from its time.
  func notes(of incident: Incident) -> [Note] {
    let end = incident.end(at: input.now)
    let around = incident.host.map { notes(on: .host, $0) } ?? []
    return notes(on: .incident, "\(incident.number)") + around.filter { incident.since <= $0.at && $0.at <= end }
  }

  /// What an incident's timeline says of a note.
  func event(_ note: Note) -> IncidentEvent {
    let on = note.subject.kind == .incident ? "" : " on \(note.subject.name)"
    return IncidentEvent(at: note.at, kind: .noted, text: "Note\(on) by \(note.by): \(note.text)")
  }
}

extension Note {
  /// The number of the incident it is on.
  fileprivate var incident: Int? { subject.kind == .incident ? Int(subject.name) : nil }
}
