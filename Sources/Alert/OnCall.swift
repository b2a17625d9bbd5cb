package import Config
package import Model
import SLA

/// A stretch of one shift on duty, or of none.
package struct Duty: Hashable, Sendable {
  package var span: Span
  /// `nil` where no shift with a contact covers.
  package var shift: Role.Shift?

  package init(span: Span, shift: Role.Shift?) {
    self.span = span
    self.shift = shift
  }
}

/// Who answers for a role.
package struct OnCall: Hashable, Sendable {
  /// The contact's name: the shift's first, or the fallback's; `nil` where there is neither.
  package var contact: String?
  package var shift: Role.Shift?
  /// `network-oncall, first of shift mon-fri 08:00-18:00`.
  package var why: String
  /// When it is somebody else's turn; `nil` where it never is.
  package var until: Instant?
  /// Whose turn it is then.
  package var next: String?

  package init(contact: String?, shift: Role.Shift?, why: String, until: Instant?, next: String?) {
    self.contact = contact
    self.shift = shift
    self.why = why
    self.until = until
    self.next = next
  }
}

/// Who is on duty when, without gaps, oldest first: the first shift of the role that has a contact and covers the
/// time, in the role's own zone. Shifts across midnight belong to the day they start on.
package func duties(_ role: Role, in span: Span) -> [Duty] {
  let shifts = role.shifts.filter { !$0.contacts.isEmpty }
  let stretches = shifts.map { occurrences(of: $0.hours, in: span, zone: role.zone) }
  let edges = Set(stretches.joined().flatMap { [$0.from, $0.to] } + [span.from, span.to])
  let cuts = edges.filter { span.from <= $0 && $0 <= span.to }.sorted()
  var result: [Duty] = []
  for (from, to) in zip(cuts, cuts.dropFirst()) {
    let index = stretches.firstIndex { $0.contains { $0.contains(from) } }
    let shift = index.map { shifts[$0] }
    if let last = result.last, last.shift == shift {
      result[result.count - 1].span.to = to
    } else {
      result.append(Duty(span: Span(from: from, to: to), shift: shift))
    }
  }
  return result
}

/// Who is on duty for a role at an instant, until when, and who is next.
package func onCall(_ role: Role, at instant: Instant) -> OnCall {
  let coming = duties(role, in: around(instant, role))[...].drop { $0.span.to <= instant }
  let shift = coming.first?.shift
  let contact = role.contact(shift)
  let change = coming.first { role.contact($0.shift) != contact }
  return OnCall(
    contact: contact, shift: shift, why: role.why(shift), until: change?.span.from,
    next: change.flatMap { role.contact($0.shift) })
}

/// The stretches of the next local days in which no shift with a contact covers; the fallback does not count.
package func uncovered(_ role: Role, from: Instant, days: Int) -> [Span] {
  duties(role, in: Span(from: from, to: later(from, days: days, role.zone))).filter { $0.shift == nil }.map(\.span)
}

/// The shift on duty with the whole of its present turn.
func duty(_ role: Role, at instant: Instant) -> Duty {
  duties(role, in: around(instant, role)).first { $0.span.contains(instant) }
    ?? Duty(span: Span(from: instant, to: instant + 1), shift: nil)
}

/// Shifts repeat each week, so this holds every change there can be next to an instant.
private func around(_ instant: Instant, _ role: Role) -> Span {
  Span(from: later(instant, days: -9, role.zone), to: later(instant, days: 9, role.zone))
}

private func later(_ instant: Instant, days: Int, _ zone: Zone) -> Instant {
  var civil = zone.civil(instant)
  civil.day += days
  return zone.instant(civil)
}

extension Role {
  fileprivate func contact(_ shift: Shift?) -> String? { shift?.contacts.first ?? fallback.first }

  fileprivate func why(_ shift: Shift?) -> String {
    if let shift { return "\(name), first of shift \(shift.hours.text)" }
    return fallback.isEmpty
      ? "\(name): no shift covers this time, and there is no fallback" : "\(name), fallback: no shift covers this time"
  }
}

extension WeeklyHours {
  /// As it is written in the configuration: `mon-fri 08:00-18:00`, `daily 18:00-08:00`, `mon,wed 09:00-12:00`.
  package var text: String { "\(daysText) \(clock(from))-\(clock(to))" }

  private var daysText: String {
    if days.count == 7 { return "daily" }
    let names = weekdayNames.map { $0.lowercased() }
    let ordered = days.filter(names.indices.contains).sorted()
    if let first = ordered.first, let last = ordered.last, ordered.count > 2, last - first == ordered.count - 1 {
      return "\(names[first])-\(names[last])"
    }
    return ordered.map { names[$0] }.joined(separator: ",")
  }

  private func clock(_ minutes: Int) -> String { "\(padded(minutes / 60, to: 2)):\(padded(minutes % 60, to: 2))" }
}
