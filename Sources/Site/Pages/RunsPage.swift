import Config
import Graph
import Model

extension Press {
  /// `runs/index.html`: what the last run did, what failed in it, and how long runs take.
  mutating func runJournal() {
    let run = input.run ?? input.runs.first
    let head = PageHead(
      path: "runs/index.html", title: run.map { $0.failed > 0 ? "\(countText($0.failed)) failed" : "Runs" } ?? "Runs",
      section: .runs, template: "runs")
    page(
      head,
      [
        "run": run.map(runView).orFalse, "outcomes": outcomes, "slowest": slowest.orFalse,
        "graph": durationGraph().orFalse, "runs": input.runs.prefix(60).map(runRow).orFalse,
      ])
  }

  private func runView(_ run: RunRecord) -> View {
    let total = max(run.stages.map(\.milliseconds).reduce(0, +), run.milliseconds, 1)
    return [
      "at": words.slot(run.slot), "number": countText(run.number), "state": mark(of: run).view,
      "took": durationText(milliseconds: total), "of": ruleText(interval),
      "started": words.exactClock(run.startedAt),
      "collected": countText(run.collected), "failed": run.failed > 0 ? countText(run.failed) as Any : false,
      "skipped": run.skipped > 0 ? countText(run.skipped) as Any : false,
      "asked":
        "of \(counted(run.collected + run.failed + run.skipped + run.leftOutCount + (run.disabled ?? 0), "job"))",
      "leftout": run.leftOutCount > 0 ? countText(run.leftOutCount) as Any : false,
      "disabled": run.disabled.map(countText).orFalse, "sacrificed": sacrificed(run).orFalse,
      "samples": countText(run.samples),
      "next": input.nextExpected.map(words.slot) ?? noNumber,
      "waiting": waiting.orFalse, "degraded": run.degraded.orFalse, "stages": stages(run, total: total).orFalse,
      "ongoing": input.run != nil,
    ].withFlags
  }

  /// What there was no time for, a line for each reason.
  private func sacrificed(_ run: RunRecord) -> [View] {
    (run.leftOut ?? []).map { group in
      let waits = group.examples.map { id in
        let slots = known.records[id]?.learned.leftOut ?? 0
        return slots > 1 ? "\(id) (for \(counted(slots, "slot")))" : "\(id)"
      }
      let more = group.count > waits.count ? ", and \(countText(group.count - waits.count)) more" : ""
      return ["count": countText(group.count), "reason": group.reason, "jobs": waits.joined(separator: ", ") + more]
    }
  }

  /// What failed, without how many: that stands beside it.
  private func withoutCount(_ text: String, _ run: RunRecord) -> String {
    text.dropping(prefix: failedCount(run) + ": ")
  }

  private var waiting: String? {
    let count = turns.waiting.count
    return count == 0 ? nil : "\(counted(count, "picture waits", "pictures wait")) for the next run: there was no time."
  }

  private func mark(of run: RunRecord) -> StateMark {
    if run.failed == 0, run.degraded.isEmpty { return .init(.good, "complete") }
    if run.failed == 0, run.leftOutCount > 0 { return .init(.warning, "\(countText(run.leftOutCount)) left out") }
    let failed = run.failed > 0 ? "\(counted(run.failed, "job")) failed" : "degraded"
    return .init(.warning, failed)
  }

  private func stages(_ run: RunRecord, total: Int) -> [View] {
    var start = 0
    return run.stages.map { stage in
      defer { start += stage.milliseconds }
      return bar(stage.milliseconds, from: start, of: total).merging(["name": stage.name]) { one, _ in one }
    }
  }

  /// A bar on a lane of 1000 units.
  private func bar(_ milliseconds: Int, from start: Int, of total: Int) -> View {
    let scale = 1_000 / Double(max(total, 1))
    return [
      "x": pixels(min(Double(start) * scale, 998)), "width": pixels(max(Double(milliseconds) * scale, 2)),
      "took": durationText(milliseconds: milliseconds),
    ]
  }

  /// Records of jobs that have something to say of their last slot.
  var troubledJobs: [JobRecord] {
    input.jobRecords.filter { ![.leftOut, .disabled].contains($0.failure?.kind) && message($0) != nil }
  }

  /// Jobs that did not go well, as they last went: those nothing is known of, those that are bad, those that told a part.
  private var outcomes: [View] {
    let told = troubledJobs
    let bad = told.filter { badJobs.contains($0.job) }
    let parts = told.filter { !badJobs.contains($0.job) && $0.lastSuccess == $0.lastSlot }
    let failed = told.filter { !badJobs.contains($0.job) && $0.lastSuccess != $0.lastSlot }
    return [
      outcome("failing", "Failed jobs", "as they last went; what they measure is unknown for that time", failed),
      bad.isEmpty ? nil : outcome("bad", "Bad results", "measured, and not as it should be", bad),
      parts.isEmpty ? nil : outcome("parts", "Collected in part", "what is missing is unknown", parts),
    ].compactMap { $0 }
  }

  private func outcome(_ id: String, _ title: String, _ note: String, _ records: [JobRecord]) -> View {
    let rows = records.sorted { ($1.failuresInARow, $0.job) < ($0.failuresInARow, $1.job) }.prefix(200).map(outcomeRow)
    return ["id": id, "heading": title, "note": note, "rows": rows, "any": !rows.isEmpty]
  }

  func outcomeRow(_ record: JobRecord) -> View {
    let open = (known.incidents[record.job.host] ?? []).first { $0.phase == .open }
    return [
      "host": hostTitle(record.job.host), "path": known.hostNames[record.job.host].map { hostPath($0.name) }.orFalse,
      "job": record.job.job, "state": jobMark(record).view, "class": record.failure?.kind.rawValue ?? "",
      "message": message(record) ?? "",
      "row": record.failuresInARow > 0 ? countText(record.failuresInARow) : noNumber,
      "since": record.failingSince.map(words.moment) ?? noNumber,
      "incident": open.map { ["number": "\($0.number)", "path": incidentPath($0)] as View }.orFalse,
    ]
  }

  private func hostTitle(_ name: String) -> String { known.hostNames[name]?.title ?? name }

  private var slowest: [View] {
    let all = input.jobRecords.sorted { ($1.cost.milliseconds, $0.job) < ($0.cost.milliseconds, $1.job) }.prefix(10)
    let end = all.map { $0.cost.startedAfter + $0.cost.milliseconds }.max() ?? 1
    return all.map { record in
      bar(record.cost.milliseconds, from: record.cost.startedAfter, of: end).merging([
        "job": record.job.description, "failed": record.failure != nil,
        "path": known.hostNames[record.job.host].map { hostPath($0.name) }.orFalse,
        "bytes": record.cost.bytes > 0 ? numberText(Double(record.cost.bytes), Unit("B")) : noNumber,
        "retries": record.cost.retries > 0 ? countText(record.cost.retries) : noNumber,
      ]) { one, _ in one }
    }
  }

  private func runRow(_ run: RunRecord) -> View {
    [
      "at": words.moment(run.slot), "number": countText(run.number), "state": mark(of: run).view,
      "took": durationText(milliseconds: run.milliseconds), "collected": countText(run.collected),
      "failed": run.failed > 0 ? countText(run.failed) : noNumber, "samples": countText(run.samples),
      "degraded": run.degraded.first.map { withoutCount($0, run) }.orFalse,
    ]
  }

  private mutating func durationGraph() -> String? {
    guard !input.runs.isEmpty else { return nil }
    let step = input.plan.settings.step
    let end = end(step: step)
    let span = Span(from: end - 86_400, to: end)
    let took = Dictionary(input.runs.map { ($0.slot.slot(step: step), $0.milliseconds) }) { first, _ in first }
    let samples = stride(from: span.from.slot(step: step).seconds, to: span.to.seconds, by: step).map { second in
      Sample(slot: Instant(second), value: took[Instant(second)].map { Double($0) / 1_000 })
    }
    let set = PictureSet(base: "g/runs/duration", formats: [.large, .narrow])
    var definition = Definition()
    definition.add(input.version)
    definition.add(step)
    return drawLarge(set, definition.value, slot: input.now, every: 300, root: "../") { press in
      Chart(
        title: "redeye · run duration", unit: .seconds, series: [.init(label: "wall time", samples: samples)],
        span: span, step: step, zone: press.words.zone, emptyText: "No run in these 24 hours.")
    }
  }
}

extension RunRecord {
  /// Jobs there was no time for.
  fileprivate var leftOutCount: Int { (leftOut ?? []).reduce(0) { $0 + $1.count } }
}
