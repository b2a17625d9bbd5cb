extension Talk {
  func seconds(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value)) s" : "\((value * 100).rounded() / 100) s"
  }

  /// What the silence of the agent may mean.
  var silence: SNMPError {
    if let session, session.unreadable > 0 {
      return SNMPError(
        .garbage, "\(session.unreadable) answers that cannot be read; is it an SNMP agent of this version?")
    }
    let tries = agent.retries == 0 ? "one try" : "\(agent.retries + 1) tries"
    let silent = "no answer in \(tries) of \(seconds(agent.timeout))"
    guard !hasAnswered else { return SNMPError(.timeout, silent) }
    return SNMPError(.timeout, "\(silent); \(suspicion)")
  }

  var suspicion: String {
    switch (agent.credentials, phase) {
    case (.v1, _), (.v2c, _):
      "it is down, a firewall is between, or the community is wrong, to which agents keep silent"
    case (.v3, _) where phase == .discovering || isEngineRemembered:
      "it is down, a firewall is between, or it does not speak version 3"
    case (.v3(let user), _) where !user.context.isEmpty:
      "it told its engine before, so it may not know the context"
        + (user.privacy == nil ? "" : ", or the privacy password or method is wrong")
    case (.v3(let user), _) where user.privacy != nil:
      "it told its engine before, so the privacy password or method may be wrong"
    case (.v3, _): "it told its engine before, so the user may have no access"
    }
  }
}
