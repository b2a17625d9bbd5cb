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
    if let refusal = ScriptRun.refusal(of: probe.arguments.first ?? "") { return Answer(reading: .failure(refusal)) }
    let until = Clock.monotonic() + timeout
    return probe.format == .munin ? muninAnswer(context, until) : plainAnswer(context, until)
  }

  private func plainAnswer(_ context: MeasureContext, _ until: Double) -> Answer {
    let call = call(nil, context, until)
    guard case .success(let output) = call.output, probe.format == .auto, output.status == 0,
      case .success(.munin) = detected(output, probe)
    else { return call.answer(call.output.flatMap(reading)) }
    // Whether a value counts stands in `config` alone. A script that knows no such argument is none of Munin's.
    let asked = self.call("config", context, until)
    var config: MuninText?
    if case .success(let text) = asked.output, text.status == 0 { config = MuninText(text) }
    return call.answer(muninReading(MuninText(output), config: config, probe).map { $0.cut(output) }, after: asked)
  }

  /// `config`, and the values, unless the plugin has printed them with it (`MUNIN_CAP_DIRTYCONFIG`).
  private func muninAnswer(_ context: MeasureContext, _ until: Double) -> Answer {
    let asked = call("config", context, until)
    switch asked.output.flatMap(succeeded) {
    case .failure(let failure): return asked.answer(.failure(failure))
    case .success(let output):
      let config = MuninText(output)
      guard config.values.isEmpty else {
        return asked.answer(muninReading(config, config: config, probe).map { $0.cut(output) })
      }
      let fetched = call(nil, context, until)
      let reading = fetched.output.flatMap(succeeded).flatMap { output in
        muninReading(MuninText(output), config: config, probe).map { $0.cut(output) }
      }
      return fetched.answer(reading, after: asked)
    }
  }

  /// One start of the program and what it left behind.
  private struct Call {
    let output: Result<ScriptOutput, Failure>
    let text: String
    let complaint: String
    let bytes: Int
    let readAt: Double

    /// Where there is no reading, what was printed is kept as text.
    func answer(_ reading: Result<ScriptReading, Failure>, after other: Call? = nil) -> Answer {
      var answer = Answer(reading: reading, bytes: bytes + (other?.bytes ?? 0), readAt: readAt)
      if case .failure = reading, let line = ScriptOutput.firstLine(of: text) {
        answer.facts = [Fact("Output", line.printable())]
      }
      // Also of a script that ended well: what it complains of may be why a number is missing.
      let complaint = [other?.complaint, complaint].compactMap { $0 }.joined(separator: "\n")
      let lines = complaint.split(whereSeparator: \.isNewline).map(\.trimmingSpaces).filter { !$0.isEmpty }
      if !lines.isEmpty { answer.facts.append(Fact("Errors", lines.joined(separator: " · ").printable(limit: 500))) }
      return answer
    }
  }

  /// Runs the program with one more argument, up to a moment in monotonic seconds.
  private func call(_ argument: String?, _ context: MeasureContext, _ until: Double) -> Call {
    let rest = context.remaining
    guard rest > 0 else {
      return Call(
        output: .failure(Failure(.leftOut, "there was no time for it in this run")), text: "", complaint: "", bytes: 0,
        readAt: 0)
    }
    let grace = min(3, max(0.1, rest / 10))
    let own = until - Clock.monotonic()
    let result = Child.run(request(argument, seconds: min(own, rest - grace), grace: grace))
    return Call(
      output: output(of: result, isCut: own > rest - grace), text: result.text,
      complaint: result.errorText, bytes: result.output.count + result.errorOutput.count, readAt: Clock.now())
  }

  /// A program that others can change runs with this user's rights: cron refuses such a file for the same reason.
  private static func refusal(of program: String) -> Failure? {
    guard program.hasPrefix("/"), let isOpen = try? Files.isWritableByAnybody(program), isOpen else { return nil }
    return Failure(
      .script, "anybody can change \(program) or its folder; refused (chmod o-w on both)".printable())
  }

  private func request(_ argument: String?, seconds: Double, grace: Double) -> ChildRequest {
    let program = probe.arguments.first ?? ""
    let folder = program.lastIndex(of: "/").map { program[..<$0] } ?? ""
    return ChildRequest(
      arguments: probe.arguments + [item, argument].compactMap { $0 },
      environment: Child.cleanEnvironment.merging([.munin, .auto].contains(probe.format) ? ScriptRun.munin : [:]) { $1 }
        .merging(probe.environment) { $1 },
      folder: folder.isEmpty ? "/" : String(folder), deadline: max(0, seconds), outputLimit: ScriptOutput.limit,
      grace: grace)
  }

  /// What Munin's node tells its plugins of itself, and where Debian has the library they read.
  private static let munin = [
    "MUNIN_CAP_DIRTYCONFIG": "1", "MUNIN_CAP_MULTIGRAPH": "1", "MUNIN_LIBDIR": "/usr/share/munin",
  ]

  private func output(of result: ChildResult, isCut: Bool) -> Result<ScriptOutput, Failure> {
    switch result.status {
    case .exited(let status):
      return .success(
        ScriptOutput(
          text: result.text, errorText: result.errorText, status: status,
          truncated: result.truncated && result.output.count >= ScriptOutput.limit
        ).whole)
    case .signalled(let signal): return .failure(Failure(.script, "it was killed by signal \(signal)\(result.remark)"))
    case .timedOut where result.truncated && result.output.count >= ScriptOutput.limit:
      return .failure(
        Failure(.tooLarge, "it printed more than 64 KiB and did not end in \(timeout.short) s\(result.remark)"))
    case .timedOut where isCut: return .failure(Failure(.deadline, "the run ended before it did\(result.remark)"))
    case .timedOut: return .failure(Failure(.timeout, "it took longer than \(timeout.short) s\(result.remark)"))
    case .notStarted(let reason): return .failure(Failure(.script, reason.printable()))
    }
  }

  /// Nagios alone says something with its exit status; of all others, one that is not 0 leaves no number.
  private func reading(of output: ScriptOutput) -> Result<ScriptReading, Failure> {
    let mayBeNagios =
      probe.format == .nagios || (probe.format == .auto && (1...3).contains(output.status) && !output.trimmed.isEmpty)
    let output = mayBeNagios ? .success(output) : succeeded(output)
    return output.flatMap { output in
      guard let format = scriptFormats[probe.format] else {
        return .failure(Failure(.local, "this redeye cannot read format: \(probe.format.rawValue)"))
      }
      return format.read(output, probe).map { $0.cut(output) }
    }
  }

  private func succeeded(_ output: ScriptOutput) -> Result<ScriptOutput, Failure> {
    guard output.status != 0 else { return .success(output) }
    let said = ScriptOutput.firstLine(of: output.errorText).map { ": \($0.printable(limit: 200))" } ?? ""
    return .failure(Failure(.script, "it exited with status \(output.status)\(said)"))
  }
}

extension ScriptOutput {
  /// Bytes that are kept of what a script prints.
  fileprivate static let limit = 65_536
}

extension ScriptReading {
  /// What was dropped is told, for nobody knows what stood there.
  fileprivate func cut(_ output: ScriptOutput) -> ScriptReading {
    guard output.truncated, failure == nil else { return self }
    var reading = self
    reading.failure = Failure(.garbage, "it printed more than 64 KiB; what came after was not read")
    return reading
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
