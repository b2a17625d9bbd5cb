import Collect
import Config
import Model
import Platform
import State

/// The jobs of a configuration, and what is known of them.
struct JobsOffice {
  let plan: Plan
  let installation: Installation
  /// `nil` before the first run.
  let store: StateStore?

  init(_ option: ConfigurationOption) throws {
    plan = try RunningConfiguration.load(try option.path()).plan
    installation = Installation(plan.settings)
    store = Files.exists(installation.stateFile) ? try installation.sharedState() : nil
  }

  func jobs(matching selector: String) throws -> [Job] {
    let byName = Dictionary(plan.jobs.map { ($0.id, $0) }) { first, _ in first }
    return try JobSelector(selector).found(among: byName.keys).compactMap { byName[$0] }
  }

  /// Each once, in order.
  func jobs(matching selectors: [String]) throws -> [Job] {
    var seen: Set<JobID> = []
    return try selectors.flatMap(jobs).filter { seen.insert($0.id).inserted }
  }

  /// Changes the state, beside a run.
  func attempt(_ change: (StateStore) throws -> Void) throws {
    do {
      try change(try store ?? installation.sharedState())
    } catch let error as StateError {
      throw Ending(.unable, "\(error)")
    }
  }

  func rows(_ jobs: [Job], at now: Instant) throws -> [JobRow] {
    let records = try store?.jobRecords() ?? [:]
    let disabled = try store?.disabled().filter { $0.value.holds(at: now) } ?? [:]
    return jobs.map { job in
      let next = nextTurn(of: job, after: now, baseStep: plan.settings.step, lastSlot: records[job.id]?.lastSlot)
      return JobRow(job: job, record: records[job.id], disabled: disabled[job.id], next: next)
    }
  }
}

/// Which jobs are meant: `host/job`, with `*` and `?`; a host alone means all of its jobs.
struct JobSelector {
  let text: String

  init(_ text: String) { self.text = text }

  func matches(_ job: JobID) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    return glob(parts[0], job.host) && (parts.count == 1 || parts[1] == "**" || glob(parts[1], job.job))
  }

  /// In order; an error with the nearest name where there is none.
  func found(among jobs: some Sequence<JobID>) throws -> [JobID] {
    let found = jobs.filter(matches).sorted()
    guard found.isEmpty else { return found }
    let names = Set(jobs.flatMap { [$0.description, $0.host] }).sorted()
    let near = Nearest.candidate(to: text, in: names).map { "; did you mean “\($0)”?" }
    throw Ending(
      .refused,
      "there is no job “\(text.printable(limit: 200))”" + (near ?? (names.isEmpty ? "" : "; “redeye jobs” lists them")))
  }
}

/// A job as `redeye jobs` shows it.
struct JobRow {
  let job: Job
  let record: JobRecord?
  let disabled: Disabled?
  let next: Instant?

  static let head = ["JOB", "KIND", "SCHEDULE", "LAST", "RESULT", "TOOK", "NEXT"]

  func columns(_ zone: Zone) -> [String] {
    [
      job.id.description, job.probe.kind, job.scheduleText(zone),
      record.map { stampText($0.lastSlot, zone) } ?? "never",
      result(zone), record.map { durationText(milliseconds: $0.cost.milliseconds) } ?? "–",
      disabled != nil ? "–" : next.map { stampText($0, zone) } ?? "done",
    ]
  }

  /// What it last came to, on one line; what a device says is data here too.
  private func result(_ zone: Zone) -> String {
    if let disabled { return "disabled " + disabled.text(zone).printable(limit: 120) }
    guard let record else { return "–" }
    guard let failure = record.failure else { return record.learned.silent > 0 ? "no answer" : "ok" }
    let row = record.failuresInARow > 1 ? ", \(record.failuresInARow) in a row" : ""
    return failure.description.printable(limit: 100) + row
  }

  private var kind: String {
    switch job.schedule {
    case .grid: "every"
    case .cron: "cron"
    case .once: "at"
    }
  }

  /// Times are seconds since 1970.
  var json: String {
    let fields: [(String, String)] = [
      ("job", jsonString(job.id.description)), ("kind", jsonString(job.probe.kind)), ("schedule", jsonString(kind)),
      ("step", "\(job.step)"), ("priority", jsonString(job.priority.rawValue)),
      ("last", number(record?.lastSlot.seconds)), ("lastSuccess", number(record?.lastSuccess?.seconds)),
      ("class", record?.failure.map { jsonString($0.kind.rawValue) } ?? "null"),
      ("message", record?.failure.map { jsonString($0.message) } ?? "null"),
      ("failuresInARow", number(record?.failuresInARow)), ("milliseconds", number(record?.cost.milliseconds)),
      ("usualMilliseconds", number(record?.learned.milliseconds)), ("silent", number(record?.learned.silent)),
      ("leftOut", number(record?.learned.leftOut)), ("next", disabled != nil ? "null" : number(next?.seconds)),
      ("disabled", disabled.map(json) ?? "null"),
    ]
    return "{\(fields.map { "\(jsonString($0.0)): \($0.1)" }.joined(separator: ", "))}"
  }

  private func number(_ value: Int?) -> String { value.map(String.init) ?? "null" }

  private func json(_ disabled: Disabled) -> String {
    "{\"since\": \(disabled.since.seconds), \"until\": \(number(disabled.until?.seconds)), "
      + "\"by\": \(jsonString(disabled.by)), \"why\": \(jsonString(disabled.why))}"
  }
}

extension Job {
  /// `every 5 min`, `cron 0 3 * * *`, `at 2026-12-24 18:00:00 CET`.
  func scheduleText(_ zone: Zone) -> String {
    switch schedule {
    case .grid: "every \(durationText(step))"
    case .cron(let cron, _): "cron \(cron)"
    case .once(let time, _): "at \(stampText(time, zone))"
    }
  }
}
