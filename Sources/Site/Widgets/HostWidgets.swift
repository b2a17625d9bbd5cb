import Config
import Model

extension Press {
  /// Hosts a widget names at most; the worst come first.
  private static let mostHosts = 200
  private static let mostProblems = 30

  func statusWidget(_ names: [String]) -> ShownWidget {
    var shown = ShownWidget("Hosts", link: "hosts/index.html")
    let hosts = statesWorstFirst(names)
    guard !hosts.isEmpty else {
      shown.problem = "There is no such host."
      return shown
    }
    shown.note = summary(hosts.map(\.state))
    shown.show(
      .hosts,
      [
        "hosts": hosts.prefix(Press.mostHosts).map { host, state in
          [
            "title": host.title, "path": hostPath(host.name), "state": state.mark.view,
            "calm": state.mark.shape == .good, "since": state.since.map { "since \(words.moment($0))" }.orFalse,
          ] as View
        },
        "rest": hosts.count > Press.mostHosts ? countText(hosts.count - Press.mostHosts) as Any : false,
      ],
      rows: hosts.map { host, state in
        PageData.Row(name: host.name, state: state.mark.word, text: state.sentence, page: hostPath(host.name))
      })
    return shown
  }

  private func statesWorstFirst(_ names: [String]) -> [(host: Host, state: HostState)] {
    names.compactMap { known.hostNames[$0] }.map { ($0, state(of: $0)) }.enumerated()
      .sorted { ($0.element.1.order, $0.offset) < ($1.element.1.order, $1.offset) }.map(\.element)
  }

  // MARK: Problems

  func problemsWidget(_ names: [String]) -> ShownWidget {
    var shown = ShownWidget("Problems", link: "incidents/index.html")
    let incidents = worstFirst(openIncidents(of: names))
    // A host with an incident is told of by it.
    let others = statesWorstFirst(names).filter { $0.state.mark.shape != .good && $0.state.incidents.isEmpty }
      .filter { $0.state.mark.shape != .off }
    if incidents.isEmpty, others.isEmpty { shown.note = allWell(names) }
    let views = incidents.map(view) + others.map(view)
    shown.show(
      .problems,
      [
        "rows": views.prefix(Press.mostProblems).map { $0 },
        "rest": views.count > Press.mostProblems ? countText(views.count - Press.mostProblems) as Any : false,
      ], rows: incidents.map(row) + others.map(row))
    return shown
  }

  func openIncidents(of names: [String]) -> [Incident] {
    names.flatMap { known.incidents[$0] ?? [] }.filter { $0.phase == .open }
  }

  private func allWell(_ names: [String]) -> String {
    names.count == 1 ? "none; the host is well" : "none; all \(countText(names.count)) hosts are well"
  }

  private func view(_ incident: Incident) -> View {
    [
      "state": mark(of: incident).view, "title": "\(incident.number) \(incident.title)", "path": incidentPath(incident),
      "text": incident.cause, "since": "since \(words.moment(incident.since))",
    ]
  }

  private func view(_ host: Host, _ state: HostState) -> View {
    [
      "state": state.mark.view, "title": host.title, "path": hostPath(host.name), "text": state.sentence.orFalse,
      "since": state.since.map { "since \(words.moment($0))" }.orFalse,
    ]
  }

  private func row(_ incident: Incident) -> PageData.Row {
    PageData.Row(
      name: incident.title, state: mark(of: incident).word, text: incident.cause, page: incidentPath(incident))
  }

  private func row(_ host: Host, _ state: HostState) -> PageData.Row {
    PageData.Row(name: host.name, state: state.mark.word, text: state.sentence, page: hostPath(host.name))
  }
}
