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
    let count = figures.count { $0.standing == standing }
    return count > 0 ? "\(count) \(standing.words)" : nil
  }
  return "SLA \(label): \(counts.isEmpty ? "no objectives" : counts.joined(separator: ", "))"
}

private func body(
  _ figures: [(objective: Objective, figure: Figure)], _ incidents: [Incident], _ plan: Plan, _ now: Instant
) -> [Block] {
  var body: [Block] = [.paragraph("\(plan.title), counted until \(mailMoment(until(figures, now), plan)).")]
  body.append(.table(table(figures)))
  if figures.contains(where: \.figure.isVoid) {
    body.append(.paragraph("Not enough data: less was measured than the objective asks for, so there is no figure."))
  }
  body.append(.heading("Incidents"))
  body.append(incidents.isEmpty ? .paragraph("None.") : .table(table(incidents, plan, now)))
  let report = "\(plan.settings.reports)/objectives/index.html"
  return body + [.paragraph("Availability is cut, never rounded. Report: \(report)")]
}

private func until(_ figures: [(objective: Objective, figure: Figure)], _ now: Instant) -> Instant {
  figures.map(\.figure.until).max() ?? now
}

/// The window is a column of its own only where it is not the same for all.
private func table(_ figures: [(objective: Objective, figure: Figure)]) -> Table {
  let isMixed = Set(figures.map(\.figure.windowLabel)).count > 1
  return Table(
    columns: [
      Table.Column(name: "Objective"), Table.Column(name: "Standing"), Table.Column(name: "Target", isNumber: true),
      Table.Column(name: "So far", isNumber: true), Table.Column(name: "Budget left", isNumber: true),
      Table.Column(name: "Coverage", isNumber: true),
    ] + (isMixed ? [Table.Column(name: "Window")] : []),
    rows: figures.map { objective, figure in
      [
        objective.title.printable(limit: 80), figure.standing.words, objective.targetText, figure.usableText,
        figure.usableBudgetText, figure.coverageText,
      ] + (isMixed ? [figure.windowLabel] : [])
    })
}

private func table(_ incidents: [Incident], _ plan: Plan, _ now: Instant) -> Table {
  Table(
    columns: [
      Table.Column(name: "No", isNumber: true), Table.Column(name: "What"), Table.Column(name: "Since"),
      Table.Column(name: "Lasted", isNumber: true), Table.Column(name: "Cause"),
    ],
    rows: incidents.map { incident in
      let lasted = incident.lasted(at: now)
      let civil = plan.settings.zone.civil(incident.since)
      return [
        "\(incident.number)", incident.title.printable(limit: 80),
        "\(mailDay(civil)) \(timeText(incident.since, zone: plan.settings.zone))",
        incident.phase == .open ? "open, \(lasted)" : lasted, incident.cause.printable(limit: 80),
      ]
    })
}
