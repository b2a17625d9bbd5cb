/// How long a conversation waits, and what it does when nothing comes.
extension Talk {
  /// True where the agent has not said a word in half a second: it only waits, and others may speak meanwhile.
  func isSilent(_ now: Double) -> Bool {
    !hasAnswered && (engine == nil || isEngineRemembered) && now - transcript.began > 0.5
  }

  /// Ends what has no time left.
  func checkTime(_ now: Double) {
    if phase == .queued { return }
    if now >= end {
      fail(hasHadAllTries ? silence : SNMPError(.timeout, "not finished in \(seconds(conversation.limit))"), now)
    } else if now >= patience {
      take(.timedOut, now)
    } else if phase == .working, now - sentAt >= impatience {
      lose(now)
    }
  }

  /// True where the limit left time for every try, and none had an answer.
  private var hasHadAllTries: Bool {
    !hasAnswered && conversation.limit >= agent.timeout * Double(agent.retries + 1)
  }

  /// Seconds after which a question that can be made smaller counts as lost, by how long the agent took for answers before: with the whole
  /// timeout spent on one that is too big, no time is left to ask for less.
  private var impatience: Double {
    guard hasAnswered, case .walk(let walker) = work, walker.canAskForLess else { return .infinity }
    // The tries of a GETNEXT are as short as they can be where the timeout is.
    return min(walker.repetitions > 0 ? agent.timeout : .infinity, max(1, 20 * slowest))
  }

  /// Asks the same once more, since any datagram may get lost; then for less.
  private func lose(_ now: Double) {
    losses += 1
    if losses <= agent.retries, losses < 2, isWorthRepeating, let work, let request = Talk.next(of: work) {
      transcript.retries += 1
      send(request, now)
    } else {
      losses = 0
      giveUp(now)
    }
  }

  private var isWorthRepeating: Bool { if case .walk(let walker) = work { walker.isWorthRepeating } else { true } }

  /// No answer to any try. An agent that did answer before gets a smaller question; then its other tables a chance.
  func giveUp(_ now: Double) {
    guard hasAnswered else { return fail(silence, now) }
    if case .walk(var walker) = work, walker.retreat(silence) {
      work = .walk(walker)
    } else {
      let silence = silence
      change {
        $0.stop(silence)
      } walk: {
        $0.stop(silence)
      }
    }
    advance(now)
  }
}
