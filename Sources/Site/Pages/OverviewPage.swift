import Config
import Model
import SLA

extension Press {
  /// `index.html`: is all well, and if not, what to look at first.
  mutating func overview() {
    let head = PageHead(path: "index.html", title: overviewTitle, section: .overview, template: "overview")
    let full = input.plan.hosts.count <= 60
    page(
      head,
      [
        "notes": notes,
        "open": openFigure, "standing": standingFigure, "collected": collectedFigure, "duty": dutyFigure,
        "incidents": incidentRows(worstFirst(input.openIncidents), root: "").orFalse,
        "lastclosed": lastClosed.orFalse,
        "objectives": objectiveRows(input.objectives).orFalse,
        "objectivenote": objectiveNote, "striptitle": stripTitle,
        "hostnote": hostNote,
        "groups": full ? hostGroups(input.plan.hosts, root: "") : false,
        "grouplist": full ? false : groupSummary,
      ])
  }

  private var overviewTitle: String {
    let open = input.openIncidents.count
    if open > 0 { return "\(open) open" }
    if input.configurationProblem != nil { return "configuration broken" }
    return input.dataUntil == nil ? "no data yet" : staleness == nil ? "all well" : "stale"
  }

  private var openFigure: View {
    let open = input.openIncidents.count
    let waiting = input.openIncidents.count { $0.acknowledgement == nil }
    let detail = open == 0 ? lastClosedSince : waiting == 0 ? "all acknowledged" : "\(waiting) not acknowledged"
    return [
      "number": input.dataUntil == nil && open == 0 ? noNumber : "\(open)", "alarm": open > 0,
      "label": open == 1 ? "open incident" : "open incidents", "detail": detail,
    ]
  }

  private var lastClosedSince: String {
    guard input.dataUntil != nil else { return "rules start with the first sample" }
    let last = input.closedIncidents.map { $0.end(at: input.now) }.max()
    return last.map { "none for \(durationText(input.now - $0))" } ?? "none so far"
  }

  private var standingFigure: View {
    let marks = input.objectives.map { StateMark($0.figure?.standing) }
    let order: [StateMark] = [
      .init(.good, "met"), .init(.warning, "at risk"), .init(.bad, "broken"), .init(.unknown, "not enough data"),
      .init(.unknown, "no data yet"),
    ]
    let counts = order.compactMap { mark -> View? in
      let number = marks.count { $0 == mark }
      return number == 0 ? nil : ["number": "\(number)", "state": mark.view]
    }
    let trouble = input.objectives.count { $0.figure.map { $0.standing != .met } ?? false }
    return [
      "counts": counts.orFalse, "trouble": trouble > 0 ? "\(trouble) not met" as Any : false,
      "detail": "of \(counted(input.objectives.count, "objective"))",
    ]
  }

  private var collectedFigure: View {
    guard let run = input.run ?? input.runs.first else {
      let next = input.nextExpected.map { "first run at \(words.moment($0))" } ?? "no run yet"
      return ["number": "0", "of": countText(input.plan.jobs.count), "failed": false, "detail": next]
    }
    return [
      "number": countText(run.collected), "of": countText(run.collected + run.failed),
      "failed": run.failed > 0 ? "\(countText(run.failed)) failed" as Any : false,
      "detail": "in the \(words.moment(run.slot)) run",
    ]
  }

  private var dutyFigure: Any {
    guard let duty = input.onCall.first else { return false }
    let others = input.onCall.count - 1
    let parts = [shift(duty), others > 0 ? counted(others, "more role") : nil]
    return [
      "person": duty.contact ?? "nobody", "gap": duty.contact == nil, "role": roleTitle(duty.role),
      "detail": parts.compactMap { $0 }.joined(separator: "; "),
    ] as View
  }

  private func shift(_ duty: OnDuty) -> String? {
    guard let until = duty.until else { return nil }
    return "until \(words.moment(until))" + (duty.next.map { ", then \($0)" } ?? "")
  }

  private var objectiveNote: String {
    let labels = Set(input.objectives.compactMap { $0.figure?.windowLabel })
    return labels.count == 1 ? "\(labels.first ?? "") so far" : "each in its own window"
  }

  private var hostNote: String {
    let groups = counted(Set(input.plan.hosts.map(\.group)).count, "group")
    return "\(counted(input.plan.hosts.count, "host")) in \(groups); small graphs show the last 24 hours"
  }
}

extension Press {
  var lastClosed: View? {
    guard let incident = input.closedIncidents.max(by: { $0.number < $1.number }) else { return nil }
    return [
      "path": incidentPath(incident), "title": "\(incident.number) \(incident.title)",
      "at": words.momentOfSentence(incident.since),
      "lasted": incident.lasted(at: input.now),
    ]
  }

  func roleTitle(_ role: String) -> String { input.plan.roles[role]?.title ?? role }
}
