/// One conversation on its way. It tells its session what to send and keeps what comes; the loop moves it on.
final class Talk {
  enum Phase {
    case waiting
    case discovering
    /// Another agent speaks with the same engine.
    case queued
    case working
    case done
  }

  /// An operation on its way.
  private enum Work {
    case get(Getter)
    case walk(Walker)
  }

  let conversation: Conversation
  private(set) var phase = Phase.waiting
  private(set) var transcript: Transcript
  /// Monotonic seconds after which it ends, whatever is missing.
  private(set) var end = Double.infinity
  private(set) var session: Session?
  private(set) var engine: [UInt8]?
  /// True from the moment it has its turn with the engine.
  private(set) var isSpeaker = false
  private var work: Work?
  /// True once the agent answered an operation: then it is alive and accepts the credentials.
  private var hasAnswered = false
  /// When a request must have had its answer even if the library forgot about it.
  private var patience = Double.infinity

  init(_ conversation: Conversation, now: Double) {
    self.conversation = conversation
    transcript = Transcript(answers: [], began: now, ended: now, bytes: 0, retries: 0)
  }

  private var agent: Agent { conversation.agent }

  var user: User? { if case .v3(let user) = agent.credentials { user } else { nil } }

  /// Opens the way to the agent and sends the first request.
  func start(at address: Address, keys: inout KeyCache, now: Double) {
    transcript.began = now
    end = now + conversation.limit
    do throws(SNMPError) {
      let session = try Session(
        agent, at: address, keys: user.map { user throws(SNMPError) in try keys.keys(for: user) })
      self.session = session
      guard user != nil else { return begin(now) }
      phase = .discovering
      try session.discover()
      wait(now)
    } catch {
      fail(error, now)
    }
  }

  /// Speaks with the engine that was discovered.
  func speak(_ now: Double) {
    isSpeaker = true
    do throws(SNMPError) {
      try session?.signIn()
      begin(now)
    } catch {
      fail(error, now)
    }
  }

  private func begin(_ now: Double) {
    phase = .working
    advance(now)
  }

  func queue() { phase = .queued }

  func take(_ event: Session.Event, _ now: Double) {
    switch (event, phase) {
    case (.resent, _): transcript.retries += 1
    case (.unreachable(let code), _): fail(Session.unreachable(code), now)
    case (.report, .discovering): learnEngine(now)
    case (.timedOut, .discovering): fail(silence, now)
    case (.report(let report), .working): if let user, let error = report.error(for: user) { fail(error, now) }
    case (.response(let response), .working): take(response, now)
    case (.timedOut, .working): giveUp(now)
    default: break
    }
  }

  /// True where the agent has not said a word in half a second: it only waits, and others may speak meanwhile.
  func isSilent(_ now: Double) -> Bool { !hasAnswered && engine == nil && now - transcript.began > 0.5 }

  /// Ends what has no time left.
  func checkTime(_ now: Double) {
    if now >= end {
      fail(SNMPError(.timeout, "not finished in \(seconds(conversation.limit))"), now)
    } else if now >= patience {
      take(.timedOut, now)
    }
  }

  private func learnEngine(_ now: Double) {
    engine = session?.engine
    if engine == nil { fail(SNMPError(.garbage, "the agent does not tell its engine"), now) }
  }

  private func take(_ response: Response, _ now: Double) {
    hasAnswered = true
    transcript.bytes += response.bytes
    change {
      $0.take(response)
    } walk: {
      $0.take(response)
    }
    advance(now)
  }

  private func change(_ get: (inout Getter) -> Void, walk: (inout Walker) -> Void) {
    switch work {
    case .get(var getter):
      get(&getter)
      work = .get(getter)
    case .walk(var walker):
      walk(&walker)
      work = .walk(walker)
    case nil: break
    }
  }

  /// Sends what comes next, from the next operation where this one has ended.
  private func advance(_ now: Double) {
    while phase == .working {
      if work == nil { take(upNext: transcript.answers.count, now) }
      guard let work else { return finish(now) }
      if let request = Talk.next(of: work) { return send(request, now) }
      close(work, now)
    }
  }

  private func take(upNext index: Int, _ now: Double) {
    guard conversation.operations.indices.contains(index) else { return }
    operationBegan = now
    switch conversation.operations[index] {
    case .get(let oids): work = .get(Getter(oids))
    case .walk(let columns): work = .walk(Walker(columns, repetitions: repetitions))
    }
  }
  private var operationBegan = 0.0

  /// Version 1 has no GETBULK; and what one table could not bear, the next is spared.
  private var repetitions: Int {
    if case .v1 = agent.credentials { return 0 }
    return min(agent.maxRepetitions, transcript.bearable ?? .max)
  }

  private static func next(of work: Work) -> Request? {
    switch work {
    case .get(let getter): getter.next()
    case .walk(let walker): walker.next()
    }
  }

  private func send(_ request: Request, _ now: Double) {
    do throws(SNMPError) {
      try session?.send(request)
      wait(now)
    } catch {
      fail(error, now)
    }
  }

  private func wait(_ now: Double) { patience = now + agent.timeout * Double(agent.retries + 1) + 1 }

  private func close(_ work: Work, _ now: Double) {
    self.work = nil
    switch work {
    case .get(let getter): answer(getter.bindings, getter.error, now)
    case .walk(let walker):
      if walker.hasRetreated { transcript.bearable = walker.repetitions }
      answer(walker.bindings, walker.error, now)
    }
  }

  private func answer(_ bindings: [VarBind], _ error: SNMPError?, _ now: Double) {
    transcript.answers.append(Answer(bindings: bindings, error: error, began: operationBegan, ended: now))
  }

  /// No answer to any try. An agent that did answer before gets a smaller question; then its other tables a chance.
  private func giveUp(_ now: Double) {
    guard hasAnswered else { return fail(silence, now) }
    if case .walk(var walker) = work, walker.retreat() {
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

  /// Ends the conversation: what was read stays, what is missing has the error.
  func fail(_ error: SNMPError, _ now: Double) {
    guard phase != .done else { return }
    change {
      $0.stop(error)
    } walk: {
      $0.stop(error)
    }
    if let work { close(work, now) }
    operationBegan = now
    while transcript.answers.count < conversation.operations.count { answer([], error, now) }
    finish(now)
  }

  private func finish(_ now: Double) {
    phase = .done
    transcript.ended = now
    session = nil
  }

  private func seconds(_ value: Double) -> String {
    value == value.rounded() ? "\(Int(value)) s" : "\((value * 100).rounded() / 100) s"
  }

  /// What the silence of the agent may mean.
  private var silence: SNMPError {
    if let session, session.unreadable > 0 {
      return SNMPError(
        .garbage, "\(session.unreadable) answers that cannot be read; is it an SNMP agent of this version?")
    }
    let tries = agent.retries == 0 ? "one try" : "\(agent.retries + 1) tries"
    let silent = "no answer in \(tries) of \(seconds(agent.timeout))"
    guard !hasAnswered else { return SNMPError(.timeout, silent) }
    return SNMPError(.timeout, "\(silent); \(suspicion)")
  }

  private var suspicion: String {
    switch (agent.credentials, phase) {
    case (.v1, _), (.v2c, _):
      "it is down, a firewall is between, or the community is wrong, to which agents keep silent"
    case (.v3, .discovering): "it is down, a firewall is between, or it does not speak version 3"
    case (.v3(let user), _) where user.privacy != nil:
      "it told its engine before, so the privacy password or method may be wrong"
    case (.v3, _): "it told its engine before, so the user may have no access"
    }
  }
}
