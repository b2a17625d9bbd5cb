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
  enum Work {
    case get(Getter)
    case walk(Walker)
  }

  let conversation: Conversation
  private let place: Int
  private var isHandedOver = false
  private(set) var phase = Phase.waiting
  var transcript: Transcript
  /// Monotonic seconds after which it ends, whatever is missing.
  private(set) var end = Double.infinity
  private(set) var session: (any Session)?
  /// The same, of version 3.
  private var engineSession: EngineSession? { session as? EngineSession }
  private(set) var engine: [UInt8]?
  /// True from the moment it has its turn with the engine.
  private(set) var isSpeaker = false
  /// An engine it had its turn with and has no more.
  var engineLeft: [UInt8]?
  /// The engine was told by an earlier run, and the agent has not confirmed it.
  private(set) var isEngineRemembered = false
  /// When it began to wait for its turn, and when it had it.
  private var queuedAt: Double?
  private var spokeAt = 0.0
  var work: Work?
  /// True once the agent answered an operation: then it is alive and accepts the credentials.
  private(set) var hasAnswered = false
  /// When the last request was sent, how long the slowest answer took, and how often the same was lost.
  var sentAt = 0.0
  var slowest = 0.0
  var losses = 0
  /// When a request must have had its answer even if the library forgot about it.
  var patience = Double.infinity

  init(_ conversation: Conversation, place: Int, now: Double) {
    self.conversation = conversation
    self.place = place
    transcript = Transcript(answers: [], began: now, ended: now, bytes: 0, retries: 0)
  }

  var agent: Agent { conversation.agent }

  var user: User? { if case .v3(let user) = agent.credentials { user } else { nil } }

  /// Opens the way to the agent and sends the first request.
  func start(at address: Address, keys: inout KeyCache, now: Double) {
    transcript.began = now
    end = now + conversation.limit
    do throws(SNMPError) {
      session = try open(address, &keys)
      guard user != nil else { return begin(now) }
      phase = .discovering
      if let known = agent.engine {
        (engine, isEngineRemembered) = (known.id, true)
      } else {
        try discover(now)
      }
    } catch {
      fail(error, now)
    }
  }

  private func open(_ address: Address, _ keys: inout KeyCache) throws(SNMPError) -> any Session {
    switch agent.credentials {
    case .v1(let community): try CommunitySession(agent, community, version: 0, at: address)
    case .v2c(let community): try CommunitySession(agent, community, version: 1, at: address)
    case .v3(let user): try EngineSession(agent, user, at: address, keys: try keys.keys(for: user))
    }
  }

  private func discover(_ now: Double) throws(SNMPError) {
    try engineSession?.discover()
    wait(now)
  }

  /// Speaks with the engine that was discovered or remembered.
  func speak(_ now: Double) {
    isSpeaker = true
    // The time it queued was not its own.
    end += now - (queuedAt ?? now)
    (queuedAt, spokeAt) = (nil, now)
    do throws(SNMPError) {
      try engineSession?.signIn(isEngineRemembered ? agent.engine : nil)
      begin(now)
    } catch {
      fail(error, now)
    }
  }

  func begin(_ now: Double) {
    phase = .working
    advance(now)
  }

  func queue(_ now: Double) {
    phase = .queued
    queuedAt = queuedAt ?? now
  }

  /// True where its turn with the engine has brought no answer for a second.
  func isMute(_ now: Double) -> Bool { isSpeaker && phase == .working && !hasAnswered && now - spokeAt > 1 }

  /// Ends a turn that brought nothing and that others wait for.
  func yield(_ now: Double) {
    fail(SNMPError(.timeout, "no answer in 1 s, while others wait for the same engine ID; \(suspicion)"), now)
  }

  func take(_ event: SessionEvent, _ now: Double) {
    switch (event, phase) {
    case (.resent, _): transcript.retries += 1
    case (.unreachable(let code), _): fail(.unreachable(code), now)
    case (.report, .discovering): learnEngine(now)
    case (.timedOut, .discovering): fail(silence, now)
    // The library refuses a report of an engine, or of a time, that it does not expect.
    case (.unreadable, .working) where isEngineRemembered: discoverAnew(now)
    case (.report(.unknownEngine), .working) where isEngineRemembered: discoverAnew(now)
    // The library sends the request again by itself, with the time it was told.
    case (.report(.notInTimeWindow), .working): break
    case (.report(let report), .working): if let user { fail(report.error(for: user), now) }
    case (.refused, .working): if let user { fail(Report.notInTimeWindow.error(for: user), now) }
    case (.response(let response), .working): take(response, now)
    case (.timedOut, .working): giveUp(now)
    default: break
    }
  }

  /// Another machine answers at this address. The loop takes back the turn with the old engine.
  private func discoverAnew(_ now: Double) {
    isEngineRemembered = false
    phase = .discovering
    engineLeft = engine
    engine = nil
    isSpeaker = false
    engineSession?.forgetEngine()
    do throws(SNMPError) { try discover(now) } catch { fail(error, now) }
  }

  private func learnEngine(_ now: Double) {
    engine = engineSession?.engine
    if engine == nil { fail(SNMPError(.garbage, "the agent does not tell its engine"), now) }
  }

  private func take(_ response: Response, _ now: Double) {
    hasAnswered = true
    isEngineRemembered = false
    slowest = max(slowest, now - sentAt)
    losses = 0
    transcript.bytes += response.bytes
    change {
      $0.take(response)
    } walk: {
      $0.take(response, now: now)
    }
    advance(now)
  }

  /// The work is taken out while it changes: held twice, everything read so far would be copied.
  func change(_ get: (inout Getter) -> Void, walk: (inout Walker) -> Void) {
    let old = work.take()
    switch consume old {
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
  func advance(_ now: Double) {
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
    case .walk(let columns):
      work = .walk(
        Walker(
          columns, repetitions: repetitions, limits: conversation.walkLimits, silence: conversation.silence,
          now: now))
    }
  }
  private var operationBegan = 0.0

  /// Version 1 has no GETBULK; and what one table could not bear, the next is spared.
  private var repetitions: Int {
    if case .v1 = agent.credentials { return 0 }
    return min(agent.maxRepetitions, transcript.bearable ?? .max)
  }

  static func next(of work: Work) -> Request? {
    switch work {
    case .get(let getter): getter.next()
    case .walk(let walker): walker.next()
    }
  }

  func send(_ request: Request, _ now: Double) {
    do throws(SNMPError) {
      try session?.send(request, now: now)
      sentAt = now
      wait(now)
    } catch {
      fail(error, now)
    }
  }

  private func wait(_ now: Double) { patience = now + agent.timeout * Double(agent.retries + 1) + 1 }

  private func close(_ work: Work, _ now: Double) {
    self.work = nil
    switch work {
    case .get(let getter):
      answer([ReadColumn(getter.bindings, isComplete: getter.error == nil)], getter.error, now)
    case .walk(let walker):
      if let bearable = walker.bearable { transcript.bearable = bearable }
      answer(walker.columnsRead, walker.error, now)
    }
  }

  private func answer(_ columns: [ReadColumn], _ error: SNMPError?, _ now: Double) {
    transcript.answers.append(Answer(columns: columns, error: error, began: operationBegan, ended: now))
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
    while transcript.answers.count < conversation.operations.count {
      answer(conversation.operations[transcript.answers.count].unread, error, now)
    }
    finish(now)
  }

  /// Gives away what was said, once, when nothing follows.
  func handOver(to each: (Int, Transcript) -> Void) {
    guard !isHandedOver else { return }
    isHandedOver = true
    let whole = transcript
    transcript.answers = []
    each(place, whole)
  }

  private func finish(_ now: Double) {
    phase = .done
    transcript.ended = now
    if hasAnswered, user != nil { transcript.engine = engineSession?.knownEngine }
    session = nil
  }
}
