import Config
import Model

/// Whose turn it is at a step.
enum Turn: Hashable {
  /// The first who can be reached.
  case first
  /// The first who was not told yet.
  case next
  /// Who was told last, or as `next` if the shift has changed since.
  case again
}

/// Who gets a notice, and who was passed over on the way.
struct Choice: Hashable {
  enum Recipient: Hashable {
    case tell(String, why: String)
    /// One notice of an incident for each contact and run.
    case toldThisRun(String)
    case nobody(String)
  }

  var recipient: Recipient
  var passed: [String]
}

private struct Candidate {
  var contact: String
  var why: String
}

extension Course {
  /// - Parameter target: A role or a contact.
  func choice(_ target: String, _ turn: Turn, ladder: String) -> Choice {
    let all = candidates(target, ladder: ladder)
    let usable = all.filter { plan.obstacle(to: $0.contact) == nil }
    guard let chosen = pick(usable, turn, target) else {
      return Choice(recipient: .nobody(plan.nobody(target)), passed: passed(all, before: nil))
    }
    let passed = passed(all, before: chosen.contact)
    guard !notices.contains(where: { $0.contact == chosen.contact }) else {
      return Choice(recipient: .toldThisRun(chosen.contact), passed: passed)
    }
    return Choice(recipient: .tell(chosen.contact, why: chosen.why), passed: passed)
  }

  private func pick(_ usable: [Candidate], _ turn: Turn, _ target: String) -> Candidate? {
    let told = incident.ladder.told
    if turn == .first { return usable.first }
    if turn == .again, !hasShiftChanged(target), let last = usable.first(where: { $0.contact == told.last }) {
      return last
    }
    if let fresh = usable.first(where: { !told.contains($0.contact) }) { return fresh }
    // Everybody was told: from the top again, those of this run last.
    return usable.first { candidate in !notices.contains { $0.contact == candidate.contact } } ?? usable.first
  }

  private func passed(_ all: [Candidate], before chosen: String?) -> [String] {
    all.prefix { $0.contact != chosen }.compactMap { candidate in
      plan.obstacle(to: candidate.contact).map { "\(candidate.contact) is passed over: \($0)." }
    }
  }

  /// Of a role the shift's contacts, then its fallback.
  private func candidates(_ target: String, ladder: String) -> [Candidate] {
    guard let role = plan.roles[target] else {
      return plan.contacts[target] == nil ? [] : [Candidate(contact: target, why: "named by \(ladder)")]
    }
    let shift = duty(role, at: now).shift
    let onShift = (shift?.contacts ?? []).enumerated().map { index, contact in
      Candidate(contact: contact, why: "\(role.name), \(ordinal(index)) of shift \(shift.map(\.hours.text) ?? "")")
    }
    let reason = shift == nil ? "no shift covers this time" : "nobody else of the shift"
    let fallback = role.fallback.map { Candidate(contact: $0, why: "\(role.name), fallback: \(reason)") }
    return onShift + fallback.filter { spare in !onShift.contains { $0.contact == spare.contact } }
  }

  private func hasShiftChanged(_ target: String) -> Bool {
    let last = incident.events.last { $0.kind == .notified || $0.kind == .escalated }
    guard let role = plan.roles[target], let last else { return false }
    return !duty(role, at: now).span.contains(last.at)
  }
}

extension Plan {
  /// Why a contact cannot be told; `nil` where it can.
  func obstacle(to contact: String) -> String? {
    guard let contact = contacts[contact] else { return "there is no such contact" }
    return contact.email?.isEmpty ?? true ? "no e-mail address" : nil
  }

  func title(of contact: String) -> String {
    guard let title = contacts[contact]?.title, !title.isEmpty else { return contact }
    return title
  }

  fileprivate func nobody(_ target: String) -> String {
    if roles[target] != nil { return "\(target) has nobody on duty and no fallback who can be reached" }
    return contacts[target] == nil ? "there is no role or contact “\(target)”" : "\(target) cannot be reached"
  }
}

private func ordinal(_ index: Int) -> String {
  let words = ["first", "second", "third", "fourth", "fifth"]
  return index < words.count ? words[index] : "number \(index + 1)"
}
