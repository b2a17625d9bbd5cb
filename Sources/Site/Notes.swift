import Config
import Model

/// What is wrong with the picture as a whole, worst first.
extension Press {
  var notes: [View] {
    [brokenConfiguration, firstRun, staleNote, failedNote, outboxNote].compactMap { $0 } + degradedNotes
  }

  /// Those no other part of the page of problems tells of.
  var problemNotes: [View] {
    [brokenConfiguration, firstRun, staleNote, outboxNote].compactMap { $0 } + degradedNotes
  }

  private func note(_ tone: String, _ fact: String, _ rest: String, lines: [String] = []) -> View {
    ["tone": tone, "fact": fact, "rest": rest, "lines": lines.orFalse]
  }

  private var brokenConfiguration: View? {
    input.configurationProblem.map { text in
      note(
        "bad", "\(fileNameOfConfiguration) was changed and cannot be used.",
        "redeye goes on with the last good version (\(input.plan.hash.prefix(8))).",
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).prefix(60).map(String.init))
    }
  }

  private var firstRun: View? {
    guard input.dataUntil == nil else { return nil }
    let plan = input.plan
    let parts = [
      counted(plan.hosts.count, "host"), counted(plan.jobs.count, "job"), counted(plan.objectives.count, "objective"),
    ]
    let next = input.nextExpected.map {
      " The next run is expected at \(words.moment($0)); if this page still says so some minutes later, look at the crontab."
    }
    return note(
      "", "Nothing has been collected yet.",
      "redeye read \(fileNameOfConfiguration) (\(parts.joined(separator: ", "))) at \(words.exactClock(input.builtAt))."
        + (next ?? ""))
  }

  private var staleNote: View? {
    guard staleness != nil, let until = input.dataUntil else { return nil }
    let missing = max((input.now - until) / max(interval, 1), 1)
    return note(
      "bad", "No new data since \(words.moment(until)).",
      "Everything shows the state at that time; \(counted(missing, "interval is", "intervals are")) missing.")
  }

  private var failedNote: View? {
    guard let run = input.run ?? input.runs.first, run.failed > 0, input.dataUntil != nil else { return nil }
    let why = run.degraded.first { $0.hasPrefix(failedCount(run)) }?.dropping(prefix: failedCount(run) + ": ")
    return note(
      "warn",
      "\(countText(run.failed)) of \(counted(run.collected + run.failed, "job")) failed in the \(words.slot(run.slot)) run.",
      (why.map { "\($0). " } ?? "") + "What they measure is unknown for that time; more is under Runs.")
  }

  /// As a run itself says it in the list of what degraded it.
  func failedCount(_ run: RunRecord) -> String { "\(run.failed) of \(run.collected + run.failed) jobs failed" }

  private var outboxNote: View? {
    guard let oldest = input.outbox.oldest, input.now - oldest > 300 else { return nil }
    return note(
      "warn", "\(counted(input.outbox.queued, "message waits", "messages wait")) to be sent,",
      "the oldest since \(words.moment(oldest)).")
  }

  private var degradedNotes: [View] {
    guard let run = input.run else { return [] }
    return run.degraded.filter { run.failed == 0 || !$0.hasPrefix(failedCount(run)) }.prefix(5).map { text in
      guard let colon = text.firstRange(of: ": ") else { return note("warn", text, "") }
      return note("warn", String(text[..<colon.upperBound]), String(text[colon.upperBound...]))
    }
  }
}

extension String {
  func dropping(prefix: String) -> String { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self }
}
