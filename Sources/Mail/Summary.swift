package import Config
package import Model
package import SLA

/// How the objectives stood over a window, as one message to one contact.
///
/// - Parameters:
///   - incidents: Those that touched the window.
///   - label: `November 2026`, as the figures' window is called.
package func composeSummary(
  figures: [(objective: Objective, figure: Figure)], incidents: [Incident], plan: Plan, label: String, now: Instant,
  to contact: String
) -> Composed {
  switch plan.mailbox(of: contact) {
  case .failure(let problem): return Composed(problems: [problem.text])
  case .success(let mailbox):
    let message = Message(
      id: MessageID(["sla", hexadecimal(fingerprint(label)), "\(now.seconds)", contact], from: plan.sender),
      from: plan.sender, name: mailbox.title, recipient: mailbox.address,
      subject: subject(figures.map(\.figure), label),
      date: now, zone: plan.settings.zone, body: body(figures, incidents, plan, now))
    return Composed(messages: [message.outbox()])
  }
}

private func subject(_ figures: [Figure], _ label: String) -> String {
  let counts = Figure.Standing.inOrder.compactMap { standing in
    let count = figures.count { $0.honestStanding == standing }
    return count > 0 ? "\(count) \(standing.word)" : nil
  }
  return "SLA \(label): \(counts.isEmpty ? "no objectives" : counts.joined(separator: ", "))"
}

private func body(
  _ figures: [(objective: Objective, figure: Figure)], _ incidents: [Incident], _ plan: Plan, _ now: Instant
) -> [Block] {
  let zone = plan.settings.zone
  var body: [Block] = [.paragraph("\(plan.title), counted until \(mailMoment(until(figures, now), zone)).")]
  body.append(.table(table(figures)))
  if figures.contains(where: \.figure.isVoid) {
    body.append(.paragraph("Not enough data: less was measured than the objective asks for, so there is no figure."))
  }
  body.append(.heading("Incidents"))
  body.append(incidents.isEmpty ? .paragraph("None.") : .table(table(incidents, zone, now)))
  return body + [.paragraph("Availability is cut, never rounded. Report: \(plan.settings.reports)/index.html")]
}

private func until(_ figures: [(objective: Objective, figure: Figure)], _ now: Instant) -> Instant {
  figures.map(\.figure.until).max() ?? now
}

private func table(_ figures: [(objective: Objective, figure: Figure)]) -> Table {
  Table(
    columns: [
      Table.Column(name: "Objective"), Table.Column(name: "Standing"), Table.Column(name: "Target", isNumber: true),
      Table.Column(name: "Availability", isNumber: true), Table.Column(name: "Budget left", isNumber: true),
      Table.Column(name: "Bad", isNumber: true), Table.Column(name: "Coverage", isNumber: true),
      Table.Column(name: "Window"),
    ],
    rows: figures.map { objective, figure in
      [
        objective.title.printable(limit: 40), figure.honestStanding.word, objective.targetText, figure.availabilityText,
        figure.leftText, exactDurationText(figure.bad), figure.coverageText, figure.windowLabel,
      ]
    })
}

private func table(_ incidents: [Incident], _ zone: Zone, _ now: Instant) -> Table {
  Table(
    columns: [
      Table.Column(name: "No", isNumber: true), Table.Column(name: "What"), Table.Column(name: "Since"),
      Table.Column(name: "Lasted", isNumber: true), Table.Column(name: "Cause"),
    ],
    rows: incidents.map { incident in
      let lasted = durationText(max(0, (incident.until ?? now) - incident.since))
      return [
        "\(incident.number)", incident.title.printable(limit: 40), mailMoment(incident.since, zone),
        incident.phase == .open ? "open, \(lasted)" : lasted, incident.cause.printable(limit: 80),
      ]
    })
}
