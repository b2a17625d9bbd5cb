import Glibc

/// Holds all conversations at once on the calling thread until the `deadline` in monotonic seconds; one transcript
/// for each, in their order. `inFlight` of them speak at a time, and as many more may be silent as there are
/// descriptors for: an agent that hangs costs only its own conversation.
///
/// Of calls with agents of version 3 only one runs at a time in a process: net-snmp has no locks (`Library`).
package func converse(
  _ conversations: [Conversation], deadline: Double, inFlight: Int = 128
) -> [Transcript] {
  var transcripts: [Transcript?] = conversations.map { _ in nil }
  converse(conversations, deadline: deadline, inFlight: inFlight) { transcripts[$0] = $1 }
  return transcripts.compactMap { $0 }
}

/// The same, but hands each transcript over when its conversation has ended, with its place, and keeps none: what a
/// thousand tables hold is more than what is made of them. `each` is called once for every conversation.
package func converse(
  _ conversations: [Conversation], deadline: Double, inFlight: Int = 128,
  each: @escaping (Int, Transcript) -> Void
) {
  let talks = conversations.enumerated().map { Talk($0.element, place: $0.offset, now: monotonic()) }
  let run = {
    do throws(SNMPError) {
      let loop = try Loop(talks, deadline: deadline, inFlight: inFlight, each: each)
      try loop.run()
    } catch {
      for talk in talks { talk.fail(error, monotonic()) }
    }
  }
  if talks.contains(where: { $0.user != nil }) { Library.exclusively(run) } else { run() }
  for talk in talks { talk.handOver(to: each) }
}

private func monotonic() -> Double {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The event loop: admits talks whose host has an address, reads what arrives, sends again what got lost.
private final class Loop {
  private let talks: [Talk]
  private let deadline: Double
  private let inFlight: Int
  private let each: (Int, Transcript) -> Void
  private let poll: Poll
  private let inbox = Inbox()
  private var keys = KeyCache()
  private var engines = Engines()
  private var resolver: Resolver?
  /// Talks whose address is not known yet.
  private var nameless: [Resolver.Name: [Talk]] = [:]
  /// Talks to be admitted, the next one last.
  private var ready: [(Talk, Address)] = []
  private var active: [Int32: (talk: Talk, address: Address)] = [:]
  private var lastCheck = 0.0
  /// Conversations that only wait, as of the last look, and how many may.
  private var silent = 0
  private let mostSilent: Int
  /// Seconds between looks at timeouts, and so how late one may be.
  private static let tick = 0.03
  /// Silent conversations at once: each holds a descriptor, and with ten thousand dead hosts few of them would take
  /// longer than a run.
  private static let silentMost = 4096
  /// Conversations begun in one go: more first requests at once overflow the receive buffer of a common proxy.
  private static let burst = 32

  init(
    _ talks: [Talk], deadline: Double, inFlight: Int, each: @escaping (Int, Transcript) -> Void
  ) throws(SNMPError) {
    self.talks = talks
    self.each = each
    self.deadline = deadline
    self.inFlight = max(1, inFlight)
    let spare = descriptorLimit(atLeast: Loop.silentMost * 2) / 2 - self.inFlight
    mostSilent = min(Loop.silentMost, max(self.inFlight * 3, spare))
    poll = try Poll()
    try resolve()
  }

  func run() throws(SNMPError) {
    while monotonic() < deadline {
      admit()
      guard !active.isEmpty || !nameless.isEmpty || !ready.isEmpty else { break }
      receive()
      checkTimeouts()
    }
    for talk in talks {
      let reason =
        talk.phase == .queued
        ? "its turn did not come in this run: other agents have the same engine ID, or another password for the user"
        : "the run ended before the answer"
      talk.fail(SNMPError(.deadline, reason), monotonic())
    }
    active = [:]
    engines.forgetAll()
  }

  /// Addresses are ready at once; names are looked up aside.
  private func resolve() throws(SNMPError) {
    for talk in talks.reversed() {
      let agent = talk.conversation.agent
      switch Address.find(agent.host, port: agent.port, numericOnly: true) {
      case .success(let address): ready.append((talk, address))
      case .failure(let error) where error.kind == .resolve:
        nameless[Resolver.Name(host: agent.host, port: agent.port), default: []].append(talk)
      case .failure(let error): talk.fail(error, monotonic())
      }
    }
    guard !nameless.isEmpty else { return }
    let resolver = try Resolver(Set(nameless.keys))
    try poll.watch(resolver.descriptor)
    self.resolver = resolver
  }

  private func admit() {
    for _ in 0..<room {
      guard let (talk, address) = ready.popLast() else { break }
      talk.start(at: address, keys: &keys, now: monotonic())
      guard let session = talk.session else { continue }
      active[session.descriptor] = (talk, address)
      do throws(SNMPError) { try poll.watch(session.descriptor) } catch { talk.fail(error, monotonic()) }
      settle(session.descriptor)
    }
  }

  /// How many conversations may begin now.
  private var room: Int {
    guard !ready.isEmpty else { return 0 }
    return max(0, min(Loop.burst, inFlight - active.count + min(silent, mostSilent)))
  }

  private func receive() {
    let patience = room == 0 ? Loop.tick : 0.001
    for descriptor in poll.wait(min(patience, deadline - monotonic())) {
      if descriptor == resolver?.descriptor {
        collectNames()
      } else if let talk = active[descriptor]?.talk, let session = talk.session {
        handle(session.read(inbox, now: monotonic()), descriptor)
      }
    }
  }

  private func collectNames() {
    for (name, result) in resolver?.collect() ?? [:] {
      for talk in nameless.removeValue(forKey: name) ?? [] {
        switch result {
        case .success(let address): ready.append((talk, address))
        case .failure(let error): talk.fail(error, monotonic())
        }
      }
    }
  }

  private func checkTimeouts() {
    let now = monotonic()
    guard now - lastCheck >= Loop.tick else { return }
    lastCheck = now
    for (descriptor, entry) in active {
      handle(entry.talk.session?.checkTimeouts(now: now) ?? [], descriptor)
      guard active[descriptor] != nil else { continue }
      entry.talk.checkTime(now)
      settle(descriptor)
    }
    endMuteTurns(now)
    silent = active.values.count { $0.talk.isSilent(now) }
  }

  /// Whoever is silent does not keep those waiting who want the same engine.
  private func endMuteTurns(_ now: Double) {
    let wanted = Set(active.values.lazy.filter { $0.talk.phase == .queued }.compactMap(\.talk.engine))
    guard !wanted.isEmpty else { return }
    for (descriptor, entry) in active where entry.talk.isMute(now) {
      guard let engine = entry.talk.engine, wanted.contains(engine) else { continue }
      entry.talk.yield(now)
      settle(descriptor)
    }
  }

  private func handle(_ events: [SessionEvent], _ descriptor: Int32) {
    guard let talk = active[descriptor]?.talk else { return }
    for event in events { talk.take(event, monotonic()) }
    settle(descriptor)
  }

  /// Moves on a talk that learned its engine, and lets go of one that is done.
  private func settle(_ descriptor: Int32) {
    guard let (talk, address) = active[descriptor] else { return }
    if let engine = talk.engineLeft {
      talk.engineLeft = nil
      leave(engine)
    }
    if talk.phase == .discovering, let engine = talk.engine, let user = talk.user {
      enter(talk, engine, Engines.Owner(address: address, user: user))
    }
    guard talk.phase == .done else { return }
    active[descriptor] = nil
    talk.handOver(to: each)
    if talk.isSpeaker, let engine = talk.engine { leave(engine) }
  }

  private func enter(_ talk: Talk, _ engine: [UInt8], _ owner: Engines.Owner) {
    guard engines.enter(engine, as: owner) else { return talk.queue(monotonic()) }
    talk.speak(monotonic())
  }

  /// Whoever queued for the engine may now have it.
  private func leave(_ engine: [UInt8]) {
    engines.leave(engine)
    for (descriptor, entry) in active where entry.talk.phase == .queued && entry.talk.engine == engine {
      guard let user = entry.talk.user else { continue }
      enter(entry.talk, engine, Engines.Owner(address: entry.address, user: user))
      settle(descriptor)
    }
  }
}
