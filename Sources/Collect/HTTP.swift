import Config
import Model
import Platform
import Transfer

/// Asks every URL at once and judges the answers.
///
/// `up` is 1 where the answer meets every condition. It is 0 where the peer was asked and did not give such an answer:
/// refused, no answer in time, TLS that is not good, a wrong status or body, something that is not HTTP; the probe
/// defines what is bad, and each of these is what a visitor would have met. It is *unknown* where the peer was not
/// asked: the name could not be resolved, the run's time was over, or this machine lacked something. A resolver of ours
/// that is down must not count against everything we watch; watch the name itself with a job of its own.
@Sendable
package func measureHTTP(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  let requests = assignments.map(\.request)
  let results = fetch(
    requests, deadline: context.deadline, atOnce: max(1, context.workers), clock: Clock.monotonic)
  let all = Array(zip(assignments, results))
  return concurrently(all.count, workers: min(4, context.workers)) { index in
    let (assignment, result) = all[index]
    return assignment.outcome(of: result, context)
  }
}

extension Assignment {
  fileprivate var request: HTTPRequest {
    // A job of another kind would be an error of the orchestrator; an empty URL is refused with its own words.
    guard case .http(let probe) = job.probe else { return HTTPRequest(url: "") }
    return HTTPRequest(
      url: probe.url, method: probe.method, headers: probe.headers.map { ($0.name, $0.text) }, timeout: job.timeout,
      redirects: probe.redirects, verifyTLS: probe.verifyTLS, authorities: probe.authorities,
      bodyLimit: probe.bodyLimit, keepsBody: probe.contains != nil || probe.matches != nil)
  }

  fileprivate func outcome(of result: HTTPResult, _ context: MeasureContext) -> Outcome {
    let failure = failure(of: result, context)
    let measurements = result.measurements(up: Measurement.up(failure), slot: slot, isSecure: isSecure)
    return Outcome(
      reading: Reading(
        job: job.id, slot: slot, step: job.step, measurements: measurements, failure: failure,
        facts: result.facts(failure), cost: result.cost(runStarted: context.runStarted)))
  }

  private var isSecure: Bool {
    guard case .http(let probe) = job.probe else { return false }
    return probe.url.lowercased().hasPrefix("https:")
  }

  private func failure(of result: HTTPResult, _ context: MeasureContext) -> Failure? {
    if let failure = result.failure { return Failure(failure.kind.failureClass, failure.message.printable()) }
    guard case .http(let probe) = job.probe else { return nil }
    return probe.firstUnmet(result, until: context.deadline)
  }
}

extension TransferFailure.Kind {
  fileprivate var failureClass: Failure.Class {
    switch self {
    case .resolve: .resolve
    case .refused: .refused
    case .timeout: .timeout
    case .deadline: .deadline
    case .tls: .tls
    case .garbage: .garbage
    case .unwanted: .mismatch
    case .local: .local
    }
  }
}

extension Measurement {
  /// The rule of `measureHTTP`.
  fileprivate static func up(_ failure: Failure?) -> Double? {
    switch failure?.kind {
    case nil: 1
    case .resolve, .deadline, .local, .secret, .script, .cutOff: nil
    case .refused, .timeout, .garbage, .denied, .tls, .mismatch: 0
    }
  }
}

extension HTTPResult {
  /// Times are phases, each alone, but for the total; see `HTTPTimings`.
  fileprivate func measurements(up: Double?, slot: Instant, isSecure: Bool) -> [Measurement] {
    var all = [
      Measurement("up", up, .none), Measurement("status", status.map(Double.init), .none),
      Measurement("time-resolve", timings.resolve, .seconds), Measurement("time-connect", timings.connect, .seconds),
    ]
    if isSecure || timings.tls != nil { all.append(Measurement("time-tls", timings.tls, .seconds)) }
    all += [
      Measurement("time-first-byte", timings.firstByte, .seconds),
      // Of a failed request it would tell how long it took to fail, which is no response time.
      Measurement("time-total", status == nil ? nil : timings.total, .seconds),
      Measurement("size", status == nil ? nil : Double(size), .bytes),
    ]
    if isSecure || certificate != nil { all.append(Measurement("certificate-days", days(slot), .days)) }
    return all
  }

  /// Days from the slot until the first certificate of the chain expires; negative when it has.
  private func days(_ slot: Instant) -> Double? {
    certificate.map { Double($0.notAfter - slot.seconds) / 86_400 }
  }

  fileprivate func facts(_ failure: Failure?) -> [Fact] {
    var facts: [Fact] = []
    if let status { facts.append(Fact("Status", "\(status)")) }
    if let address { facts.append(Fact("Address", address)) }
    if let certificate {
      facts.append(Fact("Certificate", certificate.subject.printable(limit: 200)))
      facts.append(Fact("Certificate expires", stampText(Instant(certificate.notAfter))))
    }
    if let failure, failure.kind == .mismatch { facts.append(Fact("First failed condition", failure.message)) }
    return facts
  }

  fileprivate func cost(runStarted: Double) -> Cost {
    Cost(
      startedAfter: Int(((startedAt ?? runStarted) - runStarted) * 1_000), milliseconds: Int(timings.total * 1_000),
      bytes: size)
  }
}
