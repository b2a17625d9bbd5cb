internal import Alert
package import Config
package import Model

/// Tells the administrator that the configuration cannot be used and the last good one runs on.
///
/// The identifier is the same for the same problems, so that the outbox takes it once, however many runs meet them.
///
/// - Parameters:
///   - problems: As `check` prints them.
///   - plan: The last good one.
package func composeConfigurationBroken(problems: String, plan: Plan, now: Instant) -> Composed {
  guard let contact = plan.administrator(at: now) else {
    return Composed(problems: ["nobody is told that the configuration is broken; name an `administrator:` of `mail:`"])
  }
  switch plan.mailbox(of: contact) {
  case .failure(let problem): return Composed(problems: [problem.text])
  case .success(let mailbox):
    let message = Message(
      id: MessageID(["configuration", plan.hash, hexadecimal(fingerprint(problems)), contact], from: plan.sender),
      from: plan.sender, name: mailbox.title, recipient: mailbox.address,
      subject: "[redeye] the configuration is broken: \(plan.path)", date: now, zone: plan.settings.zone,
      body: [
        .paragraph("\(plan.path) cannot be used. redeye goes on with the last configuration that was good."),
        .listing(problems), .paragraph("To see all of it: redeye check -c \(plan.path)"),
      ])
    return Composed(messages: [message.outbox()])
  }
}

extension Plan {
  /// The contact of this name, or who is on duty for the role of this name.
  fileprivate func administrator(at now: Instant) -> String? {
    guard let name = settings.mail.administrator else { return nil }
    guard contacts[name] == nil, let role = roles[name] else { return name }
    return onCall(role, at: now).contact
  }
}
