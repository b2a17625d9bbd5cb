internal import Glibc

/// Has a dialogue to its end, on the calling thread; it ends by its timeout or by the deadline, a point of `clock` that
/// tells monotonic seconds.
package func converse(_ dialogue: Dialogue, deadline: Double, clock: @escaping () -> Double) -> DialogueResult {
  var conversation = Conversation(dialogue, deadline: deadline, clock: clock)
  return conversation.result()
}

/// A dialogue on its way.
struct Conversation {
  let dialogue: Dialogue
  private let clock: () -> Double
  private let started: Double
  private let end: Double
  private let isCutShort: Bool
  private var outcome = DialogueResult()
  private var wire: Wire?
  /// What came and no step has used.
  private var pending: [UInt8] = []
  private var isBannerOver = false

  init(_ dialogue: Dialogue, deadline: Double, clock: @escaping () -> Double) {
    self.dialogue = dialogue
    self.clock = clock
    started = clock()
    end = min(started + dialogue.timeout, deadline)
    isCutShort = deadline < started + dialogue.timeout
  }

  private var peer: String {
    let name = dialogue.name.isEmpty ? dialogue.address : dialogue.name
    return name.contains(":") ? "[\(name)]:\(dialogue.port)" : "\(name):\(dialogue.port)"
  }

  mutating func result() -> DialogueResult {
    do throws(TransferFailure) {
      try connect()
      for (number, step) in dialogue.steps.enumerated() { try take(step, number: number + 1) }
    } catch {
      outcome.failure = error
    }
    outcome.report = wire?.report.flatMap { $0.chain.isEmpty && $0.version.isEmpty ? nil : $0 }
    outcome.total = clock() - started
    return outcome
  }

  private mutating func connect() throws(TransferFailure) {
    do throws(Wire.Stop) {
      wire = try Wire(address: dialogue.address, port: dialogue.port, until: end, clock: clock)
    } catch {
      throw failure(error, "connecting")
    }
    outcome.connect = clock() - started
  }

  private mutating func take(_ step: Dialogue.Step, number: Int) throws(TransferFailure) {
    switch step {
    case .expect(let search): try wait(for: search, "step \(number), waiting for \(search.shown)")
    case .send(let bytes): try send(bytes, "step \(number), sending")
    case .secure: try secure()
    case .startTLS(let kind): try begin(kind)
    }
  }

  // MARK: What a step needs

  mutating func send(_ bytes: [UInt8], _ doing: String) throws(TransferFailure) {
    do throws(Wire.Stop) {
      try wire?.send(bytes, until: end)
    } catch {
      throw failure(error, doing)
    }
  }

  mutating func wait(for search: Dialogue.Search, _ doing: String) throws(TransferFailure) {
    while true {
      if let used = try search.end(pending) { return pending.removeFirst(min(used, pending.count)) }
      try receive(doing)
    }
  }

  /// The next line without its end.
  mutating func line(_ doing: String) throws(TransferFailure) -> [UInt8] {
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        defer { pending.removeFirst(end + 1) }
        let line = pending[..<end]
        return Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
      }
      try receive(doing)
    }
  }

  /// So many bytes, once they are there.
  mutating func bytes(_ count: Int, _ doing: String) throws(TransferFailure) -> [UInt8] {
    while pending.count < count { try receive(doing) }
    defer { pending.removeFirst(count) }
    return Array(pending.prefix(count))
  }

  private mutating func receive(_ doing: String) throws(TransferFailure) {
    let more: [UInt8]
    do throws(Wire.Stop) {
      more = try wire?.receive(until: end) ?? []
    } catch {
      throw failure(error, doing)
    }
    outcome.bytes += more.count
    pending += more
    addToBanner(more)
    guard outcome.bytes <= dialogue.limit else {
      throw TransferFailure(.tooLarge, "\(peer) sent more than \(dialogue.limit) bytes (\(doing))")
    }
  }

  private mutating func addToBanner(_ bytes: [UInt8]) {
    guard !isBannerOver else { return }
    let line = bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
    outcome.banner += line
    isBannerOver = line.count < bytes.count
  }

  mutating func secure() throws(TransferFailure) {
    guard pending.isEmpty else {
      // What came in the clear must not count as if it had come in TLS (CVE-2011-0411 and its kin).
      throw TransferFailure(.garbage, "\(peer) went on talking in the clear where TLS begins")
    }
    let begin = clock()
    let store = try TrustStore(authorities: dialogue.authorities)
    do throws(Wire.Stop) {
      let name = dialogue.name.isEmpty ? dialogue.address : dialogue.name
      try wire?.secure(name: name, trusting: store, until: end)
    } catch {
      throw failure(error, "agreeing on TLS")
    }
    outcome.tls = clock() - begin
    if dialogue.verifies, let worst = wire?.report?.faults.worst { throw TransferFailure(worst, of: peer) }
  }

  private func failure(_ stop: Wire.Stop, _ doing: String) -> TransferFailure {
    switch stop {
    case .closed: TransferFailure(.closed, "\(peer) closed the connection (\(doing))")
    case .late where isCutShort:
      TransferFailure(.deadline, "\(peer) was given up when the run's time was over (\(doing))")
    case .late: TransferFailure(.timeout, "\(peer) did not answer in \(dialogue.timeout.brief) s (\(doing))")
    case .failed(let error): TransferFailure(connecting: peer, error)
    case .tls(let reason): TransferFailure(.tls, "TLS with \(peer) failed: \(reason)")
    }
  }

  /// What is wrong with an answer.
  func unexpected(_ line: [UInt8], to question: String) -> TransferFailure {
    let text = String(decoding: line.prefix(200), as: UTF8.self)
    return TransferFailure(.mismatch, "\(peer) answered \(question) with '\(text)'")
  }
}
