internal import Alert
package import Config
package import Model

/// Tells the administrator that the configuration cannot be used and the last good one runs on.
///
/// - Parameters:
///   - problems: As `check` prints them.
///   - plan: The last good one.
///   - now: When it was found broken; that sets it apart from other times, also from those with the same problems.
package func composeConfigurationBroken(problems: String, plan: Plan, now: Instant) -> Composed {
  guard let contact = plan.administrator(at: now) else {
    return Composed(problems: ["nobody is told that the configuration is broken; name an `administrator:` of `mail:`"])
  }
  return compose(
    "broken", to: contact, plan, since: now, now: now,
    [
      .paragraph("\(plan.path) cannot be used. redeye goes on with the last configuration that was good."),
      .listing(problems), .paragraph("To see all of it: redeye check -c \(plan.path)"),
    ])
}

/// Tells the administrator that the configuration can be used again; where there is none, nobody.
///
/// - Parameters:
///   - plan: The one that is good.
///   - since: When it was found broken, as `composeConfigurationBroken` was told.
package func composeConfigurationMended(plan: Plan, since: Instant, now: Instant) -> Composed {
  guard let contact = plan.administrator(at: now) else { return Composed() }
  return compose(
    "good again", to: contact, plan, since: since, now: now, answering: [identifier("broken", since, contact, plan)],
    [
      .paragraph("\(plan.path) can be used again, and redeye goes by it."),
      .paragraph("The last good configuration was used from \(mailMoment(since, plan)) on."),
    ])
}

private func compose(
  _ state: String, to contact: String, _ plan: Plan, since: Instant, now: Instant, answering: [MessageID] = [],
  _ body: [Block]
) -> Composed {
  switch plan.mailbox(of: contact) {
  case .failure(let problem): return Composed(problems: [problem.text])
  case .success(let mailbox):
    let message = Message(
      id: identifier(state, since, contact, plan), from: plan.sender, name: mailbox.title, recipient: mailbox.address,
      subject: "[redeye] the configuration is \(state): \(plan.path)", date: now, zone: plan.settings.zone,
      threads: answering, body: body)
    return Composed(messages: [message.outbox()])
  }
}

private func identifier(_ state: String, _ since: Instant, _ contact: String, _ plan: Plan) -> MessageID {
  MessageID(["configuration", "\(since.seconds)", state, contact], from: plan.sender)
}

extension Plan {
  /// The contact of this name, or who is on duty for the role of this name.
  fileprivate func administrator(at now: Instant) -> String? {
    guard let name = settings.mail.administrator else { return nil }
    guard contacts[name] == nil, let role = roles[name] else { return name }
    return onCall(role, at: now).contact
  }
}
