import Config
import Model
import Platform
import Transfer

/// Asks every URL at once and judges the answers.
///
/// `up` is 1 where the answer meets every condition. It is 0 where the peer was asked and did not give such an answer:
/// refused, no answer in time, TLS that is not good, a wrong status or body, something that is not HTTP; the probe
/// defines what is bad, and each of these is what a visitor would have met. It is *unknown* where the peer was not
/// asked; see `Failure.Class.isOfThePeer`.
@Sendable
package func measureHTTP(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  let prepared = assignments.map { $0.request(context) }
  let requests = prepared.compactMap { try? $0.get() }
  var results = fetch(
    requests, deadline: context.deadline, atOnce: max(1, context.workers), clock: Clock.monotonic,
    each: { context.measured.add() }
  )[...]
  let all = zip(assignments, prepared).map { assignment, request in
    (assignment, request.flatMap { _ in results.popFirst().map(Result.success) ?? .failure(lost) })
  }
  return concurrently(all.count, workers: min(4, context.workers)) { index in
    let (assignment, result) = all[index]
    return switch result {
    case .success(let result): assignment.outcome(of: result, context)
    case .failure(let failure): assignment.outcome(of: HTTPResult(), context, failure)
    }
  }
}

private let lost = Failure(.local, "the request got lost; please report this")

extension Assignment {
  private var probe: HTTPProbe {
    // A job of another kind would be an error of the orchestrator; an empty URL is refused with its own words.
    guard case .http(let probe) = job.probe else { return HTTPProbe(url: "") }
    return probe
  }

  private var isSecure: Bool { probe.url.lowercased().hasPrefix("https:") }

  /// What is sent; throws where a secret or the body cannot be had.
  fileprivate func request(_ context: MeasureContext) -> Result<HTTPRequest, Failure> {
    let probe = probe
    var request = HTTPRequest(
      url: probe.url, method: probe.method, headers: probe.headers.map { ($0.name, $0.text) }, timeout: job.timeout,
      redirects: probe.redirects, verifyTLS: probe.verifyTLS, authorities: probe.authorities,
      bodyLimit: probe.bodyLimit, headerLimit: probe.headerLimit, keepsBody: probe.readsBody,
      family: probe.family.transfer, resolve: probe.resolve, proxy: probe.proxy, versions: probe.versions)
    do throws(Failure) {
      request.body = try probe.body.map { body throws(Failure) in try body.bytes() }
      try log(in: &request, context)
    } catch {
      return .failure(error)
    }
    return .success(request)
  }

  private func log(in request: inout HTTPRequest, _ context: MeasureContext) throws(Failure) {
    for header in probe.secretHeaders {
      request.secretHeaders.append((header.name, try context.secrets.resolve(header.value).get().reveal()))
    }
    switch probe.authentication {
    case nil: break
    case .basic(let user, let password):
      request.user = user
      request.password = try context.secrets.resolve(password).get().reveal()
    case .bearer(let token):
      // libcurl sends this header to no other host.
      request.headers.append(("Authorization", "Bearer \(try context.secrets.resolve(token).get().reveal())"))
    }
  }

  fileprivate func outcome(of result: HTTPResult, _ context: MeasureContext, _ failure: Failure? = nil) -> Outcome {
    let answer = BodyJSON(result.body)
    let failure =
      failure ?? result.failure.map { Failure($0) } ?? probe.firstUnmet(result, answer, until: context.deadline)
    var measurements = [Measurement.up(failure)] + result.measurements(slot: slot, isSecure: isSecure)
    measurements += probe.numbers.map { number in
      let value = result.failure == nil ? answer.number(at: number.path) : nil
      return Measurement(number.metric, value, number.unit)
    }
    return outcome(
      measurements, failure: failure, facts: result.facts(failure), cost: result.cost(runStarted: context.runStarted))
  }
}

extension HTTPProbe {
  fileprivate var readsBody: Bool {
    !contains.isEmpty || !lacks.isEmpty || matches != nil || !json.isEmpty || !numbers.isEmpty
  }
}

extension IPFamily {
  fileprivate var transfer: HTTPRequest.Family {
    switch self {
    case .any: .any
    case .ipv4: .ipv4
    case .ipv6: .ipv6
    }
  }
}

extension HTTPProbe.Body {
  /// Bytes of a file that are sent at most.
  private static let limit = 16_777_216

  fileprivate func bytes() throws(Failure) -> [UInt8] {
    switch self {
    case .text(let text): return Array(text.utf8)
    case .file(let path):
      do {
        return try Files.read(path, limit: HTTPProbe.Body.limit)
      } catch {
        throw Failure(.local, "the body cannot be read: \(error)".printable())
      }
    }
  }
}

extension HTTPResult {
  /// Times are phases, each alone, but for the total; see `HTTPTimings`.
  fileprivate func measurements(slot: Instant, isSecure: Bool) -> [Measurement] {
    var all = [
      Measurement("status", status.map(Double.init), .none),
      Measurement("time-resolve", timings.resolve, .seconds), Measurement("time-connect", timings.connect, .seconds),
    ]
    if isSecure || timings.tls != nil { all.append(Measurement("time-tls", timings.tls, .seconds)) }
    // Of a failed request the rest would tell how long it took to fail, which is no response time.
    all += [
      Measurement("time-first-byte", timings.firstByte, .seconds),
      Measurement("time-transfer", status == nil ? nil : timings.transfer, .seconds),
      Measurement("time-total", status == nil ? nil : timings.total, .seconds),
      Measurement("size", status == nil ? nil : Double(size), .bytes),
    ]
    if isSecure || tls != nil { all += tls?.measurements(slot) ?? TLSReport.unknown }
    return all
  }

  fileprivate func facts(_ failure: Failure?) -> [Fact] {
    var facts: [Fact] = []
    if let status { facts.append(Fact("Status", "\(status)")) }
    if let version { facts.append(Fact("Protocol", "HTTP/\(version)")) }
    if let address { facts.append(Fact("Address", address)) }
    if let redirectedTo { facts.append(Fact("Redirected to", redirectedTo.printable(limit: 200))) }
    facts += tls?.facts ?? []
    if let failure, failure.kind == .mismatch { facts.append(Fact("First failed condition", failure.message)) }
    return facts
  }

  fileprivate func cost(runStarted: Double) -> Cost {
    Cost(
      startedAfter: Int(((startedAt ?? runStarted) - runStarted) * 1_000), milliseconds: Int(timings.total * 1_000),
      bytes: size)
  }
}
