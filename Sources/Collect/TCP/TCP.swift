import Config
import Model
import Platform
import Transfer

/// Has every dialogue, many at once, and judges how it went; see `Failure.Class.isOfThePeer` for what is bad.
@Sendable
package func measureTCP(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  converse(assignments, context) { assignment in
    guard case .tcp(let probe) = assignment.job.probe else { return nil }
    return Talk(
      address: probe.address, port: probe.port, family: probe.family,
      steps: probe.steps.map { $0.transfer(until: context.deadline) }, limit: probe.limit, security: probe.security,
      isSecure: probe.steps.contains(where: \.isSecure), hasBanner: true)
  }
}

/// Agrees on TLS with every peer, and looks at its certificate.
@Sendable
package func measureTLS(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  converse(assignments, context) { assignment in
    guard case .tls(let probe) = assignment.job.probe else { return nil }
    let start = probe.start.flatMap { StartTLS(rawValue: $0.rawValue) }
    return Talk(
      address: probe.address, port: probe.port, family: probe.family,
      steps: [start.map(Dialogue.Step.startTLS) ?? .secure], limit: 65_536, security: probe.security, isSecure: true,
      hasBanner: false)
  }
}

/// A dialogue before its address is known.
private struct Talk {
  var address: String
  var port: Int
  var family: IPFamily
  var steps: [Dialogue.Step]
  var limit: Int
  var security: TLSSettings
  /// Whether TLS is part of it.
  var isSecure: Bool
  var hasBanner: Bool
}

/// A dialogue spends its time waiting, so many threads cost little; more at once would measure each other.
private let dialoguesAtOnce = 64

private func converse(
  _ assignments: [Assignment], _ context: MeasureContext, _ talk: @escaping @Sendable (Assignment) -> Talk?
) -> [Outcome] {
  concurrently(assignments.count, workers: max(context.workers, dialoguesAtOnce)) { index in
    let assignment = assignments[index]
    defer { context.measured.add() }
    guard let talk = talk(assignment) else { return assignment.failed(.local, "this is a job of another kind") }
    return talk.outcome(assignment, context)
  }
}

extension Talk {
  fileprivate func outcome(_ assignment: Assignment, _ context: MeasureContext) -> Outcome {
    let begin = Clock.monotonic()
    let patience = min(assignment.job.timeout, context.remaining)
    let found: String
    switch numeric(within: patience, isCutShort: patience < assignment.job.timeout) {
    case .success(let address): found = address
    case .failure(let failure): return outcome(assignment, DialogueResult(), failure, nil, begin, context, at: nil)
    }
    let resolved = Clock.monotonic() - begin
    let dialogue = Dialogue(
      address: found, port: port, name: security.serverName ?? address, steps: steps,
      timeout: max(0.001, assignment.job.timeout - resolved), limit: limit, verifies: security.verifies,
      authorities: security.authorities)
    let result = converse(dialogue, deadline: context.deadline, clock: Clock.monotonic)
    return outcome(assignment, result, result.failure.map { Failure($0) }, resolved, begin, context, at: found)
  }

  private func numeric(within seconds: Double, isCutShort: Bool) -> Result<String, Failure> {
    guard seconds > 0 else { return .failure(Failure(.deadline, "the run's time was over before the job's turn")) }
    let (name, family) = (address, family.network)
    switch within(seconds: seconds, { Network.address(of: name, family: family) }) {
    case .success(let address): return .success(address)
    case .failure(let error):
      return .failure(Failure(.resolve, "the name \(name) could not be resolved: \(error.reason)".printable()))
    case nil where isCutShort:
      return .failure(Failure(.deadline, "the name \(name) was not resolved when the run's time was over".printable()))
    case nil: return .failure(Failure(.resolve, "the name \(name) was not resolved in time".printable()))
    }
  }

  private func outcome(
    _ assignment: Assignment, _ result: DialogueResult, _ failure: Failure?, _ resolved: Double?, _ begin: Double,
    _ context: MeasureContext, at address: String?
  ) -> Outcome {
    // Of a dialogue that failed the total would tell how long it took to fail.
    let total = failure == nil ? result.total + (resolved ?? 0) : nil
    var measurements = [
      Measurement.up(failure), Measurement("time-resolve", resolved, .seconds),
      Measurement("time-connect", result.connect, .seconds), Measurement("time-total", total, .seconds),
      Measurement("size", result.connect == nil ? nil : Double(result.bytes), .bytes),
    ]
    if isSecure {
      measurements.append(Measurement("time-tls", result.tls, .seconds))
      measurements += result.report?.measurements(assignment.slot) ?? TLSReport.unknown
    }
    var facts = address.map { [Fact("Address", $0)] } ?? []
    if hasBanner, !result.banner.isEmpty {
      facts.append(Fact("Banner", String(decoding: result.banner, as: UTF8.self).printable(limit: 200)))
    }
    return assignment.outcome(
      measurements, failure: failure, facts: facts + (result.report?.facts ?? []),
      cost: context.cost(since: begin, bytes: result.bytes))
  }
}

extension TCPProbe.Step {
  fileprivate func transfer(until deadline: Double) -> Dialogue.Step {
    switch self {
    case .send(let text): return .send(Array(text.utf8))
    case .secure: return .secure
    case .startTLS(let start): return StartTLS(rawValue: start.rawValue).map(Dialogue.Step.startTLS) ?? .secure
    case .expect(let text):
      let wanted = Array(text.utf8)
      return .expect(Dialogue.Search(shown: "'\(text.printable(limit: 100))'") { $0.end(of: wanted) })
    case .matches(let pattern):
      let shown = "what '\(pattern.printable(limit: 100))' matches"
      return .expect(
        Dialogue.Search(shown: shown) { bytes throws(TransferFailure) in
          guard !bytes.isEmpty else { return nil }
          switch match(pattern, in: bytes, until: deadline, subject: "the answer") {
          case .found(let end): return end
          case .failed(let failure) where failure.kind == .mismatch: return nil
          case .failed(let failure):
            throw TransferFailure(TransferFailure.Kind(rawValue: failure.kind.rawValue) ?? .local, failure.message)
          }
        })
    }
  }
}

extension IPFamily {
  fileprivate var network: Network.Family {
    switch self {
    case .any: .any
    case .ipv4: .ipv4
    case .ipv6: .ipv6
    }
  }
}
