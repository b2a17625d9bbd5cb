internal import Alert
internal import Config
internal import Model
internal import SLA
internal import Transfer

/// What notices say, in words.
struct Letter {
  /// How many notices of a message are told in full, and how many more in a line each.
  private static let detailed = 10
  private static let listed = 100
  /// How many threads one message is put into.
  private static let threads = 20

  var plan: Plan
  var now: Instant
  var siteURL: String?

  /// - Parameter all: Every notice of the run, to say who else is told.
  func message(_ own: [Notice], of all: [Notice], to mailbox: Mailbox, _ figures: [String: Figure]) -> Message {
    let incidents = own.map(\.incident.number).unique
    return Message(
      id: id(own, mailbox.contact), from: plan.sender, name: mailbox.title, recipient: mailbox.address,
      subject: subject(own), date: now, zone: plan.settings.zone,
      threads: Array(own.map { thread($0.incident) }.unique.prefix(Letter.threads)),
      incidents: incidents, body: body(own, all, figures))
  }

  /// The same for the same incident, reason, step and contact, so that a message sent twice can be known as one; the
  /// number of times somebody was told of it sets repeated notices apart.
  private func id(_ notices: [Notice], _ contact: String) -> MessageID {
    let names = notices.map { notice in
      let incident = notice.incident
      let times = incident.events.count { $0.kind == .notified || $0.kind == .escalated }
      return [
        "\(incident.number)-\(incident.openedAt.seconds)", notice.reason.rawValue, "\(incident.ladder.step)",
        "\(times)",
      ]
    }
    guard names.count > 1 else { return MessageID(["incident"] + (names.first ?? []) + [contact], from: plan.sender) }
    let joined = names.map { $0.joined(separator: ".") }.joined(separator: " ")
    return MessageID(["incidents", hexadecimal(fingerprint(joined)), contact], from: plan.sender)
  }

  /// No message bears it: everything of the incident answers it, whoever was told first.
  ///
  /// When it opened is part of it, so that a number that is used again after a lost state begins a thread of its own.
  private func thread(_ incident: Incident) -> MessageID {
    MessageID(["incident", "\(incident.number)-\(incident.openedAt.seconds)"], from: plan.sender)
  }

  private func subject(_ notices: [Notice]) -> String {
    if let only = notices.first, notices.count == 1 { return "[redeye] \(title(only))" }
    let counts = Notice.Reason.inOrder.compactMap { reason in
      let count = notices.count { $0.reason == reason }
      return count > 0 ? "\(count) \(reason.word)" : nil
    }
    return "[redeye] \(notices.count) incidents: \(counts.joined(separator: ", "))"
  }

  private func title(_ notice: Notice) -> String {
    let host = notice.incident.host.map { " (\($0.printable(limit: 60)))" } ?? ""
    return "\(notice.reason.word): \(notice.incident.title.printable(limit: 100))\(host)"
  }

  private func body(_ own: [Notice], _ all: [Notice], _ figures: [String: Figure]) -> [Block] {
    let whole = own.prefix(Letter.detailed).flatMap { notice -> [Block] in
      let facts = facts(notice, all, figures[notice.incident.objective])
      return [.heading(title(notice)), .facts(facts)] + (notice.acknowledgement.map { [.paragraph($0)] } ?? [])
    }
    return whole + short(own.dropFirst(Letter.detailed)) + [.paragraph(reports(own))]
  }

  /// A storm of notices stays one message of a size that can be read.
  private func short(_ notices: ArraySlice<Notice>) -> [Block] {
    guard !notices.isEmpty else { return [] }
    let rows = notices.prefix(Letter.listed).map { notice in
      [
        "\(notice.incident.number)", title(notice), moment(notice.incident.since),
        notice.incident.cause.printable(limit: 80),
      ]
    }
    let columns = [
      Table.Column(name: "No", isNumber: true), Table.Column(name: "What"), Table.Column(name: "Since"),
      Table.Column(name: "Cause"),
    ]
    let more = notices.count - rows.count
    return [.heading("Also"), .table(Table(columns: columns, rows: rows))]
      + (more > 0 ? [.paragraph("and \(more) more; the report has them all")] : [])
  }

  /// Where the site lies, with the slash at its end.
  private var site: String {
    let site = siteURL ?? plan.settings.reports
    return site.hasSuffix("/") ? site : "\(site)/"
  }

  /// The page of the only incident; of several, each has its page with its facts.
  private func reports(_ notices: [Notice]) -> String {
    let incidents = notices.map(\.incident)
    guard let only = incidents.first, incidents.allSatisfy({ $0.number == only.number }) else {
      return "All incidents: \(site)incidents/index.html"
    }
    return "Report: \(site)\(only.page)"
  }

  private func facts(_ notice: Notice, _ all: [Notice], _ figure: Figure?) -> [(name: String, text: String)] {
    let incident = notice.incident
    let objective = plan.objectives.first { $0.name == incident.objective }
    var facts = [(name: "What", text: incident.title)]
    if let host = incident.host { facts.append(("Host", host)) }
    facts += course(incident, notice.reason)
    facts.append(("Cause", incident.cause))
    if let objective { facts.append(("Objective", text(objective))) }
    if let figure { facts.append(("So far", text(figure))) }
    if let acknowledgement = incident.acknowledgement { facts.append(("Acknowledged", text(acknowledgement))) }
    facts.append(("Why you", notice.why))
    facts.append(("Also told", others(notice, all)))
    facts.append(("Incident", "\(incident.number)"))
    if all.contains(where: { $0.contact == notice.contact && $0.incident.number != incident.number }) {
      facts.append(("Report", "\(site)\(incident.page)"))
    }
    return facts
  }

  /// Since when, for how long, and how it ended.
  private func course(_ incident: Incident, _ reason: Notice.Reason) -> [(name: String, text: String)] {
    let since = (name: "Since", text: moment(incident.since))
    switch reason {
    case .opened, .escalated, .repeated: return [since, ("For", incident.lasted(at: now))]
    case .closed:
      return [since, ("Good again", moment(incident.end(at: now))), ("Lasted", incident.lasted(at: now))]
    case .withdrawn:
      let end = "The objective is no longer in the configuration; whether the service works is not known"
      return [since, ("Withdrawn", end)]
    }
  }

  /// The whole date: nobody knows when a mail is read.
  func moment(_ instant: Instant) -> String { mailMoment(instant, plan) }

  private func text(_ objective: Objective) -> String {
    "\(objective.targetText) \(objective.window.phrase) (\(objective.name))"
  }

  private func text(_ figure: Figure) -> String {
    figure.isVoid
      ? "not enough data in \(figure.windowLabel): \(figure.coverageText) measured"
      : "\(figure.usableText) in \(figure.windowLabel), \(figure.standing.words), budget left "
        + exactDurationText(figure.left)
  }

  private func text(_ acknowledgement: Acknowledgement) -> String {
    let note = acknowledgement.note.isEmpty ? "" : ": \(acknowledgement.note)"
    return "by \(acknowledgement.by), \(moment(acknowledgement.at))\(note)"
  }

  private func others(_ notice: Notice, _ all: [Notice]) -> String {
    let now = all.filter { $0.incident.number == notice.incident.number }.map(\.contact)
    let others = (notice.incident.ladder.told + now).unique.filter { $0 != notice.contact }
    return others.isEmpty ? "nobody" : others.map { plan.contacts[$0]?.title ?? $0 }.joined(separator: ", ")
  }
}

/// `Sun 22 Nov 2026 13:35 GMT`; with its seconds where slots are shorter than a minute.
func mailMoment(_ instant: Instant, _ plan: Plan) -> String {
  let zone = plan.settings.zone
  let civil = zone.civil(instant)
  let isExact = !plan.settings.step.isMultiple(of: 60) && civil.second != 0
  let time = [civil.hour, civil.minute] + (isExact ? [civil.second] : [])
  return "\(weekdayNames[civil.weekday]) \(mailDay(civil)) \(time.map { padded($0, to: 2) }.joined(separator: ":")) "
    + zone.abbreviation(at: instant)
}

/// `22 Nov 2026`
func mailDay(_ civil: Civil) -> String { "\(civil.day) \(monthName(civil.month).prefix(3)) \(civil.year)" }

extension Notice.Reason {
  fileprivate static let inOrder: [Notice.Reason] = [.opened, .escalated, .repeated, .closed, .withdrawn]

  fileprivate var word: String {
    switch self {
    case .opened: "down"
    case .escalated: "escalated"
    case .repeated: "still down"
    case .closed: "closed"
    case .withdrawn: "withdrawn"
    }
  }
}

extension Notice {
  /// How to answer; `nil` where there is nothing left to answer to.
  fileprivate var acknowledgement: String? {
    reason == .closed || reason == .withdrawn ? nil : "To acknowledge: redeye alert ack \(incident.number)"
  }
}

extension ObjectiveWindow {
  fileprivate var phrase: String {
    switch self {
    case .calendar(let period): "of the \(period.rawValue)"
    case .rolling(let seconds): "of the last \(durationText(seconds))"
    }
  }
}

extension String {
  var isAddress: Bool { isMailAddress(self) }
}
