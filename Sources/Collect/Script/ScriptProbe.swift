import Config
import Model
import Platform

/// Runs the scripts of all jobs, as many at once as the run may, and for each job as many of its `each` as it says.
@Sendable func measureScripts(_ assignments: [Assignment], _ context: MeasureContext) -> [Outcome] {
  concurrently(assignments.count, workers: context.workers) { index in
    let assignment = assignments[index]
    defer { context.measured.add() }
    guard case .script(let probe) = assignment.job.probe else {
      return assignment.failed(.local, "it is not a script; please report this")
    }
    return measure(assignment, probe, context)
  }
}

private func measure(_ assignment: Assignment, _ probe: ScriptProbe, _ context: MeasureContext) -> Outcome {
  let start = Clock.monotonic()
  let items: [String?] = probe.each.isEmpty ? [nil] : probe.each
  let answers = concurrently(items.count, workers: max(1, probe.workers)) { index in
    ScriptRun(probe: probe, timeout: assignment.job.timeout, item: items[index]).answer(context)
  }
  let isLeftOut = answers.map { answer in
    if case .failure(let failure) = answer.reading { failure.kind == .leftOut } else { false }
  }
  if isLeftOut.allSatisfy({ $0 }) {
    return assignment.failed(
      .leftOut, "there was no time for all script jobs, and others came first; see settings: deadline and workers")
  }
  var result = ScriptResult(before: assignment.memory, step: assignment.job.step)
  for (item, var answer) in zip(items, answers) {
    // Some of its own were asked, so the job was.
    if case .failure(let failure) = answer.reading, failure.kind == .leftOut {
      answer.reading = .failure(Failure(.deadline, failure.message))
    }
    result.add(answer, item: item)
  }
  return assignment.outcome(
    result.measurements, failure: result.failure(of: items.count), facts: result.facts,
    cost: context.cost(since: start, bytes: answers.reduce(0) { $0 + $1.bytes }),
    memory: result.memory)
}
