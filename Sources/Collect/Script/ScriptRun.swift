import Config
import Model
import Platform

/// One start of a script: for the job as a whole, or for one of its `each`.
struct ScriptRun: Sendable {
  let probe: ScriptProbe
  let timeout: Double
  /// Given as a last argument, and the instance of what comes back.
  let item: String?

  /// What came back, or why nothing did; `facts` are kept in either case.
  struct Answer: Sendable {
    var reading: Result<ScriptReading, Failure>
    var facts: [Fact] = []
    var bytes = 0
    /// When the numbers were read, in seconds since 1970.
    var readAt = 0.0
  }

  func answer(_ context: MeasureContext) -> Answer {
    let rest = context.remaining
    guard rest > 0 else { return Answer(reading: .failure(Failure(.deadline, "the run ended before its turn"))) }
    if let refusal = ScriptRun.refusal(of: probe.arguments.first ?? "") { return Answer(reading: .failure(refusal)) }
    let grace = min(3, max(0.1, rest / 10))
    let result = Child.run(request(seconds: min(timeout, rest - grace), grace: grace))
    var answer = Answer(reading: reading(of: result, isCut: timeout > rest - grace))
    answer.readAt = Clock.now()
    answer.bytes = result.output.count + result.errorOutput.count
    if case .failure = answer.reading, let line = ScriptOutput.firstLine(of: result.text) {
      answer.facts = [Fact("Output", line.printable())]
    }
    return answer
  }

  /// A program that others can change runs with this user's rights: cron refuses such a file for the same reason.
  private static func refusal(of program: String) -> Failure? {
    guard program.hasPrefix("/"), let isOpen = try? Files.isWritableByAnybody(program), isOpen else { return nil }
    return Failure(
      .script, "anybody can change \(program) or its folder; refused (chmod o-w on both)".printable())
  }

  private func request(seconds: Double, grace: Double) -> ChildRequest {
    let program = probe.arguments.first ?? ""
    let folder = program.lastIndex(of: "/").map { program[..<$0] } ?? ""
    return ChildRequest(
      arguments: probe.arguments + (item.map { [$0] } ?? []),
      environment: Child.cleanEnvironment.merging(probe.environment) { $1 },
      folder: folder.isEmpty ? "/" : String(folder), deadline: max(0, seconds), grace: grace)
  }

  private func reading(of result: ChildResult, isCut: Bool) -> Result<ScriptReading, Failure> {
    switch result.status {
    case .exited(let status):
      return reading(
        of: ScriptOutput(
          text: result.text, errorText: result.errorText, status: status, truncated: result.truncated))
    case .signalled(let signal): return .failure(Failure(.script, "it was killed by signal \(signal)\(result.remark)"))
    case .timedOut where isCut: return .failure(Failure(.deadline, "the run ended before it did\(result.remark)"))
    case .timedOut: return .failure(Failure(.timeout, "it took longer than \(timeout.short) s\(result.remark)"))
    case .notStarted(let reason): return .failure(Failure(.script, reason.printable()))
    }
  }

  /// Nagios alone says something with its exit status; of all others, one that is not 0 leaves no number.
  private func reading(of output: ScriptOutput) -> Result<ScriptReading, Failure> {
    let mayBeNagios = probe.format == .nagios || (probe.format == .auto && (1...3).contains(output.status))
    guard output.status == 0 || (mayBeNagios && (probe.format == .nagios || !output.trimmed.isEmpty)) else {
      let said = ScriptOutput.firstLine(of: output.errorText).map { ": \($0.printable(limit: 200))" } ?? ""
      return .failure(Failure(.script, "it exited with status \(output.status)\(said)"))
    }
    guard let read = scriptFormats[probe.format] else {
      return .failure(Failure(.local, "this redeye cannot read format: \(probe.format.rawValue)"))
    }
    return read(output, probe)
  }
}

extension ChildResult {
  fileprivate var text: String { String(decoding: output, as: UTF8.self) }
  fileprivate var errorText: String { String(decoding: errorOutput, as: UTF8.self) }

  /// The first line of its complaints, for the end of a message.
  fileprivate var remark: String {
    ScriptOutput.firstLine(of: errorText).map { ": \($0.printable(limit: 200))" } ?? ""
  }
}

extension Double {
  /// `10`, `2.5`.
  fileprivate var short: String { self == rounded() && magnitude < 1e9 ? String(Int(self)) : String(self) }
}
