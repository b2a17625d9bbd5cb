import Config
import DNS
import Model
import Platform

/// Asks every name server of every job at once and judges the answers: each server is an instance, and the job is up
/// where all of them gave an answer that is expected, and, unless told otherwise, the same one.
@Sendable
package func measureDNS(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  let inquiries = concurrently(assignments.count, workers: max(context.workers, 16)) { index in
    Inquiry(assignments[index], context)
  }
  var replies = ask(
    inquiries.flatMap(\.questions), deadline: context.deadline, clock: Clock.monotonic)[...]
  context.measured.add(assignments.count)
  return inquiries.map { inquiry in
    let own = replies.prefix(inquiry.questions.count)
    replies = replies.dropFirst(own.count)
    return inquiry.outcome(Array(own), context)
  }
}

/// What a server said, and what is wrong with it.
private struct Judged {
  var server: String
  var reply = DNSReply()
  var failure: Failure?
}

/// A job with the servers it asks.
private struct Inquiry: Sendable {
  let assignment: Assignment
  let probe: DNSProbe
  /// By instance, its address or why it has none.
  var servers: [(name: String, address: Result<String, Failure>, port: Int)]

  init(_ assignment: Assignment, _ context: MeasureContext) {
    self.assignment = assignment
    // A job of another kind would be an error of the orchestrator; it asks nobody.
    if case .dns(let probe) = assignment.job.probe { self.probe = probe } else { probe = DNSProbe(query: "") }
    let own = probe.servers.isEmpty ? systemNameServers().map { DNSProbe.Server(name: $0, host: $0) } : probe.servers
    let patience = min(assignment.job.timeout, context.remaining)
    servers = own.map { server in
      switch within(seconds: patience, { Network.address(of: server.host) }) {
      case .success(let address): (server.name, .success(address), server.port)
      case .failure(let error):
        (
          server.name, .failure(Failure(.resolve, "the server \(server.name): \(error.reason)".printable())),
          server.port
        )
      case nil:
        (server.name, .failure(Failure(.resolve, "the server \(server.name) was not resolved in time")), server.port)
      }
    }
  }

  var questions: [DNSQuestion] {
    let type = DNSType(name: probe.type.rawValue) ?? .a
    let name = type == .ptr ? DNSQuestion.reverse(probe.query) : probe.query
    return servers.compactMap { server in
      guard let address = try? server.address.get() else { return nil }
      return DNSQuestion(
        server: address, port: server.port, name: name, type: type, timeout: assignment.job.timeout,
        isRecursive: probe.recursive)
    }
  }

  func outcome(_ replies: [DNSReply], _ context: MeasureContext) -> Outcome {
    guard !servers.isEmpty else {
      return assignment.failed(.local, "this machine has no name server to ask; give servers, or see /etc/resolv.conf")
    }
    let judged = judged(replies)
    let failures = judged.compactMap { $0.failure }
    // What is bad for sure comes before what is not known.
    let failure = failures.first { $0.kind.isOfThePeer } ?? failures.first ?? disagreement(judged)
    let up = judged.filter { $0.failure == nil }.count
    let isKnown = !failures.contains { !$0.kind.isOfThePeer }
    let plain = [Measurement.up(failure), Measurement("servers-up", isKnown ? Double(up) : nil, .count)]
    return assignment.outcome(
      plain + judged.flatMap(measurements), failure: failure,
      facts: judged.flatMap(facts), cost: cost(replies, context))
  }

  private func judged(_ replies: [DNSReply]) -> [Judged] {
    var rest = replies[...]
    return servers.map { server in
      if case .failure(let failure) = server.address { return Judged(server: server.name, failure: failure) }
      guard let reply = rest.popFirst() else {
        return Judged(server: server.name, failure: Failure(.local, "the question got lost; please report this"))
      }
      return Judged(server: server.name, reply: reply, failure: failure(of: reply, server.name))
    }
  }

  private func failure(of reply: DNSReply, _ server: String) -> Failure? {
    if let failure = reply.failure {
      return Failure(Failure.Class(rawValue: failure.kind.rawValue) ?? .local, failure.message.printable())
    }
    let records = reply.answer?.records ?? []
    guard !records.isEmpty else {
      return Failure(.mismatch, "\(server) has no \(probe.type.rawValue) record of \(probe.query)".printable())
    }
    let found = Set(records.map(folded))
    let wanted = Set(probe.answers.map(folded))
    let shown = records.joined(separator: ", ").printable(limit: 200)
    if !wanted.isEmpty, found != wanted {
      let expected = probe.answers.joined(separator: ", ").printable(limit: 200)
      return Failure(.mismatch, "\(server) answers \(shown), expected \(expected)")
    }
    guard let missing = probe.includes.first(where: { !found.contains(folded($0)) }) else { return nil }
    return Failure(.mismatch, "\(server) answers \(shown), without \(missing.printable(limit: 100))")
  }

  /// For comparing: names count whatever their case and last dot, texts as they are.
  private func folded(_ text: String) -> String {
    switch probe.type {
    case .txt: text
    case .a, .aaaa: Network.numericAddress(text) ?? text
    default: String((text.hasSuffix(".") ? text.dropLast() : text[...]).lowercased())
    }
  }

  /// Which servers differ, where they must not.
  private func disagreement(_ all: [Judged]) -> Failure? {
    guard probe.agree else { return nil }
    func said(_ reply: DNSReply) -> String {
      reply.answer?.serial.map { "serial \($0)" } ?? (reply.answer?.records ?? []).joined(separator: ", ")
    }
    guard Set(all.map { said($0.reply) }).count > 1 else { return nil }
    let list = all.map { "\($0.server) says \(said($0.reply))" }.joined(separator: "; ")
    return Failure(.mismatch, "the servers do not agree: \(list)".printable())
  }

  private func measurements(_ judged: Judged) -> [Measurement] {
    let (server, reply, answer) = (judged.server, judged.reply, judged.reply.answer)
    // An answer that says no took its time as well; none did not.
    let hasAnswer = answer != nil || [.nxdomain, .servfail, .denied].contains(reply.failure?.kind)
    var all = [
      Measurement.up(judged.failure, instance: server),
      Measurement("time", hasAnswer ? reply.seconds : nil, .seconds, instance: server),
      Measurement("answers", answer.map { Double($0.records.count) }, .count, instance: server),
      Measurement("ttl", answer?.timeToLive.map(Double.init), .seconds, instance: server),
    ]
    if probe.type == .soa {
      all.append(Measurement("serial", answer?.serial.map(Double.init), .none, instance: server))
    }
    return all
  }

  private func facts(_ judged: Judged) -> [Fact] {
    guard let answer = judged.reply.answer else { return [] }
    let records = answer.records.joined(separator: ", ").printable(limit: 300)
    return [Fact(judged.server, answer.isAuthoritative ? "\(records) (authoritative)" : records)]
  }

  private func cost(_ replies: [DNSReply], _ context: MeasureContext) -> Cost {
    let begin = replies.compactMap(\.startedAt).min() ?? context.runStarted
    return Cost(
      startedAfter: Int(max(0, begin - context.runStarted) * 1_000),
      milliseconds: Int((replies.map(\.seconds).max() ?? 0) * 1_000), retries: replies.map(\.retries).reduce(0, +))
  }
}
