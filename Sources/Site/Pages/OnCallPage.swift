import Alert
import Config
import Model

extension Press {
  /// `oncall.html`: who answers now, who in the week, and who is told after whom.
  mutating func onCallPage() {
    let head = PageHead(path: "oncall.html", title: onCallTitle, section: .onCall, template: "oncall", data: "oncall")
    let week = weekView
    page(
      head,
      [
        "duties": input.onCall.map(dutyRow).orFalse, "at": words.fullMoment(input.now),
        "days": week.days, "roles": week.roles.orFalse, "weeknote": week.note,
        "gaps": week.gaps.orFalse, "ladders": ladders.orFalse, "contacts": contacts.orFalse,
      ])
  }

  private var onCallTitle: String {
    input.onCall.contains { $0.contact == nil } ? "nobody on duty" : "On call"
  }

  private func dutyRow(_ duty: OnDuty) -> View {
    let left = duty.until.map { durationText($0 - input.now) }
    return [
      "role": roleTitle(duty.role), "person": duty.contact ?? "nobody", "gap": duty.contact == nil,
      "until": duty.until.map(words.moment) ?? noNumber, "left": left.orFalse, "next": duty.next ?? noNumber,
      "waiting": waiting(duty.role).orFalse, "shifts": shiftPath(role: duty.role),
    ]
  }

  /// Open incidents that the role is told of.
  private func waiting(_ role: String) -> [View] {
    input.openIncidents.filter { objective(of: $0).map { tells($0.objective, role) } ?? false }.map {
      ["number": "\($0.number)", "path": incidentPath($0), "answered": $0.acknowledgement != nil]
    }
  }

  private func tells(_ objective: Objective, _ role: String) -> Bool {
    if objective.notify == role { return true }
    let steps = objective.escalation.flatMap { input.plan.escalations[$0] }?.steps ?? []
    return steps.contains { if case .notify(role, _) = $0 { true } else { false } }
  }
}

extension Press {
  private struct Week {
    var days: [View]
    var roles: [View]
    var gaps: [View]
    var note: String
  }

  private var weekView: Week {
    let today = words.zone.civil(input.now)
    let monday = Civil(year: today.year, month: today.month, day: today.day - today.weekday).normalised
    let days = (0..<7).map { Civil(year: monday.year, month: monday.month, day: monday.day + $0).normalised }
    let heads = days.map { day -> View in
      let isToday = day.daysFromEpoch == Civil(year: today.year, month: today.month, day: today.day).daysFromEpoch
      return [
        "name": "\(weekdayNames[day.weekday]) \(day.day)", "today": isToday, "past": day.weekday < today.weekday,
      ]
    }
    let roles = input.plan.roles.values.sorted { $0.name < $1.name }
    let gaps = roles.compactMap(gap)
    return Week(
      days: heads, roles: roles.map { role in roleRow(role, days) }, gaps: gaps,
      note: "times of each role; today is shaded, the shift on duty is bold")
  }

  private func roleRow(_ role: Role, _ days: [Civil]) -> View {
    let today = role.zone.civil(input.now).daysFromEpoch
    let cells = days.map { day -> View in
      let span = Span(
        from: role.zone.startOfDay(day),
        to: role.zone.startOfDay(Civil(year: day.year, month: day.month, day: day.day + 1).normalised))
      return [
        "today": day.daysFromEpoch == today, "past": day.daysFromEpoch < today,
        "watches": duties(role, in: span).map { watch($0, role, over: span) },
      ]
    }
    return ["role": role.title, "zone": role.zone.identifier, "cells": cells]
  }

  private func watch(_ duty: Duty, _ role: Role, over day: Span) -> View {
    let contact = duty.shift?.contacts.first ?? role.fallback.first
    let scale = 1_000 / Double(max(day.seconds, 1))
    let end = duty.span.to == day.to ? "24" : hourText(duty.span.to, role.zone)
    return [
      "hours": "\(hourText(duty.span.from, role.zone))–\(end)",
      "person": contact.map(contactTitle) ?? "nobody", "gap": contact == nil,
      "now": duty.span.contains(input.now),
      "x": pixels(Double(duty.span.from - day.from) * scale),
      "width": pixels(max(Double(duty.span.seconds) * scale - 8, 2)),
    ]
  }

  /// `08` on the hour, else `08:30`.
  private func hourText(_ instant: Instant, _ zone: Zone) -> String {
    let civil = zone.civil(instant)
    return civil.minute == 0 ? padded(civil.hour, to: 2) : timeText(instant, zone: zone)
  }

  /// The hours of the next seven days nobody answers in.
  private func gap(_ role: Role) -> View? {
    guard role.fallback.isEmpty else { return nil }
    let open = uncovered(role, from: input.now, days: 7).prefix(7).map(words.stretch)
    return open.isEmpty ? nil : ["role": role.title, "hours": listed(Array(open))]
  }

  private var ladders: [View] {
    input.plan.escalations.values.sorted { $0.name < $1.name }.map { ladder in
      let users = input.plan.objectives.filter { $0.escalation == ladder.name }.map(\.title)
      return ["name": ladder.name, "used": listed(Array(users.prefix(6))).orFalse, "steps": steps(ladder)]
    }
  }

  private func steps(_ ladder: Escalation) -> [View] {
    var after = 0
    return ladder.steps.compactMap { step in
      switch step {
      case .wait(let seconds):
        after += seconds
        return nil
      case .notify(let name, let next):
        let person = input.plan.contacts[name]?.title ?? input.onCall.first { $0.role == name }?.contact
        let who = input.plan.roles[name].map { "\($0.title)\(next ? ", the next in line" : "")" }
        let text = [who, next ? nil : person].compactMap { $0 }.joined(separator: ": ")
        return ["after": after == 0 ? "at once" : ruleText(after), "text": text.isEmpty ? name : text]
      case .repeating(let seconds):
        return ["after": "then", "text": "told again every \(ruleText(seconds)) while it is open"]
      }
    }
  }

  private var contacts: [View] {
    let isFirst = Set(callable.map(\.name))
    return input.plan.contacts.values.sorted { $0.title < $1.title }.map { contact in
      let roles = input.plan.roles.values.filter { role in
        role.fallback.contains(contact.name) || role.shifts.contains { $0.contacts.contains(contact.name) }
      }
      return [
        "name": contact.title, "mail": contact.email.orFalse,
        "roles": listed(roles.map(\.title).sorted()).orFalse,
        "shifts": isFirst.contains(contact.name) ? shiftPath(contact: contact.name) : false,
      ]
    }
  }
}
