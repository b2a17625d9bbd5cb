import Alert
import Config
import Model

extension Press {
  /// Days the calendars of shifts reach ahead, and those of turns that began before.
  private static let (daysAhead, daysBack) = (56, 8)

  /// `oncall/ROLE.ics` and `oncall/contact-NAME.ics`: who is on duty in the next eight weeks, for programs that show
  /// calendars. They are made once a day.
  mutating func shiftCalendars() {
    let roles = input.plan.roles.values.sorted { $0.name < $1.name }
    let turns = roles.flatMap(turns)
    for role in roles {
      putShifts(of: role.title, shiftPath(role: role.name)) { press in
        turns.filter { $0.role.name == role.name }.map(press.eventOfRole)
      }
    }
    for contact in callable(turns) {
      putShifts(of: contact.title, shiftPath(contact: contact.name)) { press in
        turns.filter { $0.contact == contact.name }.map(press.eventOfContact)
      }
    }
  }

  private mutating func putShifts(of title: String, _ path: String, _ events: (Press) -> [CalendarEvent]) {
    if keeps(path, edition) { return }
    put(path, calendarText("On call: \(title)", events(self), version: input.version), edition)
  }

  func shiftPath(role: String) -> String {
    // A role may be called “contact-jana”, and a contact “jana”.
    "oncall/\(fileName(role.hasPrefix(Press.contactCalendar) ? "/" + role : role)).ics"
  }

  func shiftPath(contact: String) -> String { "oncall/\(Press.contactCalendar)\(fileName(contact)).ics" }

  private static let contactCalendar = "contact-"

  /// Contacts with a turn, who have a calendar: one without an event is none.
  var callable: [Contact] { callable(input.plan.roles.values.flatMap(turns)) }

  private func callable(_ turns: [Turn]) -> [Contact] {
    let names = Set(turns.compactMap(\.contact))
    return input.plan.contacts.values.filter { names.contains($0.name) }.sorted { $0.name < $1.name }
  }

  // MARK: Turns

  /// A stretch of somebody's duty within one day, or across one midnight.
  private struct Turn {
    var role: Role
    var shift: Role.Shift?
    var contact: String?
    var span: Span
  }

  private func turns(of role: Role) -> [Turn] {
    let today = role.zone.civil(input.now)
    func day(_ days: Int) -> Instant {
      role.zone.startOfDay(Civil(year: today.year, month: today.month, day: today.day + days).normalised)
    }
    return duties(role, in: Span(from: day(-Press.daysBack), to: day(Press.daysAhead)))
      .flatMap { duty in
        pieces(of: duty.span, role.zone).map { span in
          Turn(role: role, shift: duty.shift, contact: duty.shift?.contacts.first ?? role.fallback.first, span: span)
        }
      }
      .filter { $0.span.to > day(0) }
  }

  /// What is longer than a day is cut at midnight: a duty that never changes has no beginning.
  private func pieces(of span: Span, _ zone: Zone) -> [Span] {
    guard span.seconds > 90_000 else { return [span] }
    var pieces: [Span] = []
    var start = span.from
    while start < span.to {
      let civil = zone.civil(start)
      let midnight = zone.startOfDay(Civil(year: civil.year, month: civil.month, day: civil.day + 1).normalised)
      pieces.append(Span(from: start, to: min(midnight, span.to)))
      start = midnight
    }
    return pieces
  }

  // MARK: Events

  private func eventOfRole(_ turn: Turn) -> CalendarEvent {
    event(turn, "\(turn.contact.map(contactTitle) ?? "Nobody"), \(turn.role.title)")
  }

  private func eventOfContact(_ turn: Turn) -> CalendarEvent { event(turn, "On call: \(turn.role.title)") }

  private func event(_ turn: Turn, _ summary: String) -> CalendarEvent {
    let others = (turn.shift?.contacts ?? turn.role.fallback).dropFirst().map(contactTitle)
    let why = turn.shift.map { "Shift \($0.hours.text), \(turn.role.zone.identifier)" } ?? "No shift covers this time"
    let next = others.isEmpty ? nil : "If there is no answer: \(listed(Array(others)))"
    // The same turn is the same event, whoever made the calendar and whenever.
    let name = "\(input.plan.package)\n\(turn.role.name)\n\(turn.span.from.seconds)"
    return CalendarEvent(
      uid: "\(digest(name))@redeye", span: turn.span, madeAt: input.now.slot(step: 86_400), summary: summary,
      description: [why, next].compactMap { $0 }.joined(separator: "\n"))
  }
}
