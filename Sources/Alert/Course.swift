import Config
import Model

/// One incident on its way through one run: what becomes of it, who is told, and why.
struct Course {
  let plan: Plan
  let now: Instant
  var incident: Incident
  var notices: [Notice] = []
  var decisions: [Decision] = []

  init(_ incident: Incident, plan: Plan, now: Instant) {
    self.plan = plan
    self.now = now
    self.incident = incident
  }

  /// A new incident, with the first step of its ladder taken.
  init(opening objective: Objective, _ run: BadRun, number: Int, plan: Plan, now: Instant) {
    self.init(
      Incident(
        number: number, objective: objective.name, title: objective.title, host: objective.series.host,
        since: run.since, openedAt: now, cause: run.cause), plan: plan, now: now)
    let rule = objective.holdDown > 0 ? " (rule: for \(durationText(objective.holdDown)))" : ""
    let text = "\(run.cause); bad since \(clock(run.since))\(rule)."
    decide(.opened, text, event: .opened)
    climb(objective)
  }

  /// Each notice shows the incident as it stands at the end of the run.
  var finishedNotices: [Notice] {
    notices.map { Notice(reason: $0.reason, incident: incident, contact: $0.contact, why: $0.why) }
  }

  mutating func decide(_ reason: Decision.Reason, _ text: String, event: IncidentEvent.Kind? = nil) {
    decisions.append(Decision(reason, objective: incident.objective, incident: incident.number, text: text))
    if let event { incident.events.append(IncidentEvent(at: now, kind: event, text: text)) }
  }

  /// With its seconds where slots are shorter than a minute.
  func clock(_ instant: Instant) -> String {
    let settings = plan.settings
    return clockText(instant, zone: settings.zone, now: now, seconds: !settings.step.isMultiple(of: 60))
  }
}

extension Incident {
  /// - Parameter tail: The end of the objective's ledger; empty where nothing is known of it.
  func advanced(objective: Objective?, isPlanned: Bool, tail: [LedgerInterval], plan: Plan, now: Instant) -> Course {
    var course = Course(self, plan: plan, now: now)
    guard isPlanned, let objective else {
      course.withdraw()
      return course
    }
    if let until = recovery(tail, since: since) {
      course.close(until: until)
    } else {
      course.hold(tail)
      course.goOn(objective, tail)
    }
    return course
  }
}

extension Course {
  fileprivate mutating func close(until: Instant) {
    incident.until = until
    end(
      .closed, "Good again since \(clock(until)); it lasted \(durationText(until - incident.since)).", notice: .closed)
  }

  fileprivate mutating func withdraw() {
    let text = "“\(incident.objective)” is no longer in the configuration; whether the service works is not known."
    end(.withdrawn, text, notice: .withdrawn)
  }

  private mutating func end(_ reason: Decision.Reason, _ text: String, notice: Notice.Reason) {
    incident.phase = .closed
    incident.closedAt = now
    incident.ladder.dueAt = nil
    decide(reason, text, event: .closed)
    for contact in incident.ladder.told {
      if let obstacle = plan.obstacle(to: contact) {
        decide(.skipped, "\(contact) is not told that it is closed: \(obstacle).", event: .noted)
      } else {
        let why = "was told of incident \(incident.number)"
        notices.append(Notice(reason: notice, incident: incident, contact: contact, why: why))
        decide(.told, "\(plan.title(of: contact)) is told that it is closed.", event: .notified)
      }
    }
  }

  /// Outside service hours nobody is told anything. Afterwards the step that stood is due, and the steps after it
  /// count from there, so that a night's worth of them does not come all at once.
  fileprivate mutating func goOn(_ objective: Objective, _ tail: [LedgerInterval]) {
    let filled = tail.filter { !$0.span.isEmpty }
    guard filled.last?.verdict != .excluded else { return }
    if let pause = filled.last(where: { $0.verdict == .excluded && $0.span.to > incident.since }) {
      incident.ladder.dueAt = incident.ladder.dueAt.map { max($0, pause.span.to) }
    }
    climb(objective)
  }

  /// Says why an open incident stays open; changes nothing.
  fileprivate mutating func hold(_ tail: [LedgerInterval]) {
    guard let last = tail.last(where: { !$0.span.isEmpty }) else {
      return decide(.noWord, "the ledger has nothing of “\(incident.objective)”")
    }
    switch last.verdict {
    case .bad: decide(.stillBad, last.cause)
    case .unknown: decide(.heldUnknown, last.cause)
    case .excluded: decide(.heldExcluded, last.cause)
    // Good time before the first bad slot is all there is: the tail ends before the incident starts.
    case .good: decide(.noWord, "the ledger ends before the incident starts")
    }
  }
}

extension Selector {
  /// The host, where the selector names exactly one.
  fileprivate var host: String? {
    guard let host = text.split(separator: "/").first, !host.contains(where: { $0 == "*" || $0 == "?" }) else {
      return nil
    }
    return String(host)
  }
}
