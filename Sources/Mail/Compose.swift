package import Alert
package import Config
package import Model
package import SLA

/// Messages ready for the outbox, and what kept others from being written.
package struct Composed: Hashable, Sendable {
  package var messages: [OutboxMessage]
  /// One line for each person who cannot be told, and why.
  package var problems: [String]

  package init(messages: [OutboxMessage] = [], problems: [String] = []) {
    self.messages = messages
    self.problems = problems
  }
}

/// One message for each contact, however many notices it has for them.
///
/// - Parameters:
///   - figures: How the objectives stand, by name; told where known.
///   - siteURL: Where the reports can be read; without it their folder is named.
package func compose(
  notices: [Notice], plan: Plan, now: Instant, figures: [String: Figure] = [:], siteURL: String? = nil
) -> Composed {
  let letter = Letter(plan: plan, now: now, siteURL: siteURL)
  var composed = Composed(problems: plan.senderProblem.map { [$0] } ?? [])
  for contact in notices.map(\.contact).unique {
    switch plan.mailbox(of: contact) {
    case .failure(let problem): composed.problems.append(problem.text)
    case .success(let mailbox):
      let own = notices.filter { $0.contact == contact }
      composed.messages.append(letter.message(own, of: notices, to: mailbox, figures).outbox())
    }
  }
  return composed
}

/// A person who can be written to.
struct Mailbox {
  /// The contact's name in the plan.
  var contact: String
  var title: String
  var address: String
}

struct MailboxProblem: Error {
  var text: String
}

extension Plan {
  func mailbox(of contact: String) -> Result<Mailbox, MailboxProblem> {
    let shown = contact.printable(limit: 100)
    guard let found = contacts[contact] else {
      return .failure(MailboxProblem(text: "'\(shown)' is no contact; add it under `contacts:`"))
    }
    guard let address = found.email, !address.isEmpty else {
      return .failure(MailboxProblem(text: "the contact '\(shown)' has no `email:`"))
    }
    guard address.isAddress else {
      let text = "the contact '\(shown)' has the address '\(address.printable(limit: 100))', which is none"
      return .failure(MailboxProblem(text: text))
    }
    return .success(Mailbox(contact: contact, title: found.title, address: address))
  }

  /// The address messages come from.
  var sender: String { settings.mail.from.isAddress ? settings.mail.from : "redeye@localhost" }

  fileprivate var senderProblem: String? {
    settings.mail.from.isAddress
      ? nil : "mail comes from '\(settings.mail.from.printable(limit: 100))', which is no address; mend `from:`"
  }
}

extension Sequence where Element: Hashable {
  /// Each once, where it came first.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
