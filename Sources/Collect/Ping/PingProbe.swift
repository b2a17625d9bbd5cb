import Config
import Model
import Platform

/// Pings all targets, with one fping process for all that share their parameters unless they are very many.
@Sendable func measurePing(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  measurePing(assignments, context, program: "fping")
}

/// `program` is looked up in the clean environment's `PATH` unless it is absolute.
func measurePing(_ assignments: [Assignment], _ context: MeasureContext, program: String) -> [Outcome] {
  let pings = assignments.enumerated().flatMap { Ping.all(of: $0.element, number: $0.offset) }
  let targets = PingTargets(pings.map(\.probe), within: min(5, context.remaining / 2))
  let batches = Dictionary(grouping: pings) { PingBatch.Parameters($0.probe) }
    .flatMap { parameters, pings in
      parts(of: pings, atMost: parameters.interval)
        .map { PingBatch(parameters: parameters, pings: $0, program: program) }
    }
  let answers = concurrently(batches.count, workers: batches.count) { batches[$0].answers(targets, context) }
  let found = Dictionary(grouping: answers.joined(), by: \.ping.number)
  return assignments.indices.map { assignments[$0].outcome(of: found[$0] ?? []) }
}

/// fping leaves a millisecond between any two packets, so more targets than milliseconds between two packets to one of
/// them would stretch its round. They are shared out, but not to many: each process hears the answers of all.
private func parts(of pings: [Ping], atMost count: Int) -> [ArraySlice<Ping>] {
  let processes = min(4, (pings.count + count - 1) / count)
  let size = (pings.count + processes - 1) / processes
  return stride(from: 0, to: pings.count, by: size).map { pings[$0..<min($0 + size, pings.count)] }
}

/// One target of an assignment.
struct Ping {
  /// The place of its assignment.
  var number: Int
  var probe: PingProbe
  var instance: String?

  /// Two where both versions of IP are wanted, each an instance; else one.
  static func all(of assignment: Assignment, number: Int) -> [Ping] {
    guard case .ping(let probe) = assignment.job.probe else { return [] }
    guard probe.family == .both else { return [Ping(number: number, probe: probe)] }
    return [PingProbe.Family.ipv4, .ipv6].map { family in
      var one = probe
      one.family = family
      return Ping(number: number, probe: one, instance: family.rawValue)
    }
  }
}

/// What came of it: numbers always, and why they are unknown.
struct PingAnswer {
  var ping: Ping
  var measurements: [Measurement]
  var failure: Failure?
  var cost: Cost
}

extension Assignment {
  fileprivate func outcome(of answers: [PingAnswer]) -> Outcome {
    let measurements = answers.flatMap { answer in
      answer.measurements.map { Measurement($0.metric, $0.value, $0.unit, instance: answer.ping.instance) }
    }
    let failed = answers.first { $0.failure != nil }
    let failure = failed?.failure.map { failure in
      Failure(failure.kind, (failed?.ping.instance.map { "\($0): " } ?? "") + failure.message)
    }
    return outcome(measurements, failure: failure, cost: answers.first?.cost ?? Cost())
  }
}

/// The pings that one process can do.
struct PingBatch {
  struct Parameters: Hashable {
    var packets: Int
    var interval: Int
    var wait: Int
    var size: Int
    var source: String?
    var dscp: Int

    init(_ probe: PingProbe) {
      packets = max(1, probe.packets)
      interval = max(10, probe.interval)
      wait = max(1, probe.wait)
      size = max(0, probe.size)
      source = probe.source
      dscp = min(63, max(0, probe.dscp))
    }
  }

  let parameters: Parameters
  let pings: ArraySlice<Ping>
  let program: String

  /// One answer for each ping.
  func answers(_ targets: PingTargets, _ context: MeasureContext) -> [PingAnswer] {
    let start = Clock.monotonic()
    let addresses = Set(pings.compactMap { try? targets.address(of: $0.probe).get() })
    let answer = addresses.isEmpty ? .success(nothing) : run(addresses.sorted(), context)
    let cost = context.cost(since: start, bytes: 0)
    context.measured.add(Set(pings.map(\.number)).count)
    return pings.map { ping in
      let reading = targets.address(of: ping.probe).flatMap { address in
        answer.flatMap { measurements(of: address, in: $0) }
      }
      switch reading {
      case .success(let measurements): return PingAnswer(ping: ping, measurements: measurements, cost: cost)
      case .failure(let failure):
        return PingAnswer(
          ping: ping, measurements: unknownPing(packets: parameters.packets), failure: failure, cost: cost)
      }
    }
  }

  private var nothing: PingReport { PingReport("", targets: [], packets: parameters.packets) }

  /// Arguments, never a line for a shell; the addresses are numeric and come after `--`.
  func arguments(_ addresses: [String]) -> [String] {
    [
      program, "-q", "-C", String(parameters.packets), "-p", String(parameters.interval), "-i", "1",
      "-t", String(parameters.wait), "-b", String(parameters.size),
    ] + origin + ["--"] + addresses
  }

  /// The traffic class is the code point and two bits for congestion, which are not ours (RFC 3168).
  private var origin: [String] {
    (parameters.source.map { ["-S", $0] } ?? [])
      + (parameters.dscp == 0 ? [] : ["-O", String(parameters.dscp << 2)])
  }

  private func run(_ addresses: [String], _ context: MeasureContext) -> Result<PingReport, Failure> {
    // fping that is stopped prints nothing, so it may run to the very deadline.
    let result = Child.run(
      ChildRequest(
        arguments: arguments(addresses), environment: Child.cleanEnvironment,
        deadline: max(0, context.remaining - 0.2), outputLimit: 1 << 24, grace: 0.1))
    let said = String(decoding: result.errorOutput, as: UTF8.self)
    switch result.status {
    case .exited(0...2): return .success(PingReport(said, targets: Set(addresses), packets: parameters.packets))
    case .exited(let status): return .failure(PingBatch.explained(said, status: status))
    case .signalled(let signal): return .failure(Failure(.local, "fping was killed by signal \(signal)"))
    case .timedOut:
      return .failure(
        Failure(.deadline, "the run ended before fping did; fewer packets or a shorter wait would help"))
    case .notStarted(let reason): return .failure(notStarted(reason))
    }
  }

  private func notStarted(_ reason: String) -> Failure {
    if reason.contains("not found") { return Failure(.local, "fping is not installed: apt install fping") }
    return Failure(.local, "fping cannot run: \(reason); it needs cap_net_raw on its file".printable())
  }

  /// 3 is a wrong argument, 4 a system call that failed; anything else is not fping's.
  private static func explained(_ said: String, status: Int) -> Failure {
    var line = said.split(whereSeparator: \.isNewline).first.map(String.init) ?? "exit status \(status)"
    while line.hasPrefix("fping: ") { line.removeFirst(7) }
    let hint =
      if line.contains("bind source address") {
        "; “source” has to be an address of this machine"
      } else {
        status == 4 ? "; this user may not ping: setcap cap_net_raw+ep on the fping program, or run as root" : ""
      }
    return Failure(.local, "fping: \(line.printable(limit: 200))\(hint)")
  }

  /// All lost is loss, unless this machine has no way to the target: then nothing is known of it.
  private func measurements(of address: String, in report: PingReport) -> Result<[Measurement], Failure> {
    guard let times = report.times[address] else {
      let remark = report.remarks.first { $0.contains(address) } ?? report.remarks.first ?? "no line for \(address)"
      return .failure(Failure(.garbage, "fping: \(remark.printable(limit: 200))"))
    }
    if !times.contains(where: { $0 != nil }), let obstacle = Network.obstacle(to: address) {
      return .failure(Failure(.local, "this machine cannot send to \(address): \(obstacle)"))
    }
    return .success(pingMeasurements(times))
  }
}
