import Alert
import Config
import Foundation
import Mail
import Model
import SLA
import State

/// The SLA summary of a window, as messages.
struct Summary {
  let plan: Plan
  let store: StateStore
  /// As `namedWindow` reads it.
  let window: String

  func messages(to contacts: [Contact], now: Instant = Process.now) throws -> [OutboxMessage] {
    guard !plan.objectives.isEmpty else { throw Ending(.refused, "the configuration has no objectives (“slas:”)") }
    let figures = Figures(plan, store)
    var rows: [(objective: Objective, figure: Figure)] = []
    var title = window
    for objective in plan.objectives {
      let named = try named(objective, now)
      title = named.label
      if let figure = try figures.figure(objective, named, at: now).figure { rows.append((objective, figure)) }
    }
    guard !rows.isEmpty else { throw Ending(.refused, "nothing was judged in \(title)") }
    let incidents = try store.recentIncidents(limit: 1_000).filter { incident in
      rows.contains { $0.objective.name == incident.objective && $0.figure.window.touches(incident, now) }
    }
    var plan = plan
    for contact in contacts { plan.contacts[contact.name] = contact }
    return try contacts.flatMap { contact in
      let composed = composeSummary(
        figures: rows, incidents: incidents, plan: plan, label: title, now: now, to: contact.name)
      if let problem = composed.problems.first { throw Ending(.refused, problem) }
      return composed.messages
    }
  }

  private func named(_ objective: Objective, _ now: Instant) throws -> NamedWindow {
    do {
      return try namedWindow(window, of: objective.window, now: now, zone: plan.settings.zone)
    } catch {
      throw Ending(.refused, "\(error)")
    }
  }
}

extension Span {
  fileprivate func touches(_ incident: Incident, _ now: Instant) -> Bool {
    incident.since < to && incident.end(at: now) > from
  }
}

extension Plan {
  /// A contact, the person on duty for a role, or somebody by address.
  func recipient(_ name: String, at now: Instant) throws -> Contact {
    if let contact = contacts[name] { return contact }
    if let role = roles[name] {
      if let person = onCall(role, at: now).contact.flatMap({ contacts[$0] }) { return person }
      throw Ending(.refused, "nobody who could be told is on duty for \(name)")
    }
    guard name.contains("@") else {
      let near = Nearest.candidate(to: name, in: contacts.keys.sorted() + roles.keys.sorted()).map {
        "; did you mean “\($0)”?"
      }
      throw Ending(.refused, "“\(name.printable(limit: 100))” is neither a contact nor a role" + (near ?? ""))
    }
    return Contact(name: name, title: name, email: name)
  }
}
