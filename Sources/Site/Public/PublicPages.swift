package import Config
import Model
import SLA

/// Every file of a tree for the public that is not as it was made before.
package func render(
  _ site: PublicSite, of input: SiteInput, memory: SiteMemory, into sink: @escaping SiteSink
) throws -> Rendering {
  let reduced = input.reduced(to: site, memory: memory)
  // What packages put in the place of built-in templates is told by the rendering of the whole site.
  let templates = try Templates(Look(reduced.plan.site), only: publicTemplates)
  var press = Press(reduced, templates: templates, sink: sink)
  press.chapter(Press.generalChapter, Press.always) { press in
    for part in publicParts { part(&press) }
  }
  press.closeBook()
  if let failure = press.failure { throw failure }
  return Rendering(problems: press.problems, chapters: press.chapters)
}

private let publicTemplates: Set<String> = [
  "publiclayout", "publicoverview", "publicobjective", "publicincidents", "publicincidenttable", "objectivetable",
  "key",
  "atom",
]

/// All that the public gets. A further page is for it only where it stands in here.
private let publicParts: [@Sendable (inout Press) -> Void] = [
  { $0.fixedFiles() },
  { $0.publicOverview() },
  { $0.publicObjectives() },
  { $0.publicIncidents() },
  { $0.publicFeed() },
  { $0.publicData() },
]

extension Press {
  /// `index.html`
  mutating func publicOverview() {
    let open = input.openIncidents.count
    let head = PageHead(
      path: "index.html", title: open > 0 ? "\(open) open" : input.dataUntil == nil ? "no data yet" : "all well",
      section: .overview, template: "publicoverview")
    let closed = recentlyClosed
    page(
      head,
      [
        "note": publicNote.orFalse,
        "hasopen": open > 0, "opentable": publicTable(openIncidents), "hasclosed": !closed.isEmpty,
        "closedtable": publicTable(closed.prefix(10)),
        "objectives": objectiveRows(input.objectives).orFalse, "striptitle": stripTitle,
        "objectivenote": publicWindowNote,
      ])
  }

  /// How it stands, in a sentence and a colour.
  private var publicNote: View? {
    guard input.dataUntil != nil else { return ["tone": "", "text": "Nothing has been measured yet."] }
    if let until = input.dataUntil, staleness != nil {
      return [
        "tone": "bad",
        "text": "Nothing has been measured since \(words.moment(until)); what is shown is the state at that time.",
      ]
    }
    let open = Set(input.openIncidents.map(\.objective)).count
    if open == 0 { return nil }
    return [
      "tone": "warn",
      "text":
        "\(counted(open, "objective")) of \(input.objectives.count) \(open == 1 ? "has" : "have") an open incident.",
    ]
  }

  private var publicWindowNote: String {
    let labels = Set(input.objectives.compactMap { $0.figure?.windowLabel })
    return labels.count == 1 ? "\(labels.first ?? "") so far" : "each in its own window"
  }

  private var openIncidents: [Incident] { input.openIncidents.sorted { $0.since < $1.since } }

  /// Newest first.
  private var recentlyClosed: [Incident] { input.closedIncidents.sorted { $0.number > $1.number } }

  /// What `publicincidenttable.mustache` shows; on the list of all an incident has an address of its own.
  func publicTable(_ incidents: some Collection<Incident>, hasAddresses: Bool = false) -> View {
    ["anchor": hasAddresses, "rows": incidents.map(publicRow)]
  }

  private func publicRow(_ incident: Incident) -> View {
    let isOpen = incident.phase == .open
    return [
      "number": "\(incident.number)", "title": incident.title,
      "path": known.objectiveNames[incident.objective].map { objectivePath($0.objective) }.orFalse,
      "state": StateMark(isOpen ? .bad : .good, isOpen ? "open" : "closed").view,
      "since": time(incident.since), "until": incident.until.map(time).orFalse,
      "lasted": incident.lasted(at: input.now),
    ]
  }

  /// `incidents.html`
  mutating func publicIncidents() {
    dated { press in
      let head = PageHead(path: "incidents.html", title: "Incidents", section: .incidents, template: "publicincidents")
      press.page(
        head,
        [
          "hasopen": !press.openIncidents.isEmpty,
          "opentable": press.publicTable(press.openIncidents, hasAddresses: true),
          "hasclosed": !press.recentlyClosed.isEmpty, "zonename": press.words.zone.identifier,
          "closedtable": press.publicTable(press.recentlyClosed.prefix(200), hasAddresses: true),
        ])
    }
  }
}
