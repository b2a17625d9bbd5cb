import Collect
import Config
import Model
import State

/// What the jobs of one kind brought in a run.
struct KindFigures {
  let kind: String
  private(set) var jobs = 0
  private(set) var failed = 0
  /// For want of time, or because they are switched off.
  private(set) var notAsked = 0
  private(set) var samples = 0
  private(set) var longest: (milliseconds: Int, job: JobID)?
  /// How many failures there were of each class.
  private(set) var classes: [Failure.Class: Int] = [:]

  private init(kind: String) { self.kind = kind }

  static func all(of readings: [Reading], by plan: Plan) -> [KindFigures] {
    let kinds = Dictionary(plan.jobs.map { ($0.id, $0.probe.kind) }) { first, _ in first }
    var figures: [String: KindFigures] = [:]
    for reading in readings {
      let kind = kinds[reading.job] ?? "?"
      figures[kind, default: KindFigures(kind: kind)].add(reading)
    }
    return figures.values.sorted { $0.kind < $1.kind }
  }

  private mutating func add(_ reading: Reading) {
    jobs += 1
    switch reading.failure?.kind {
    case .leftOut, .disabled: notAsked += 1
    default: failed += reading.isEmpty ? 1 : 0
    }
    samples += reading.measurements.count { $0.value != nil }
    if let failure = reading.failure { classes[failure.kind, default: 0] += 1 }
    if reading.cost.milliseconds > longest?.milliseconds ?? -1 { longest = (reading.cost.milliseconds, reading.job) }
  }
}

/// A line for each kind of job, one for the failures by class, one for the stages.
func runTable(_ kinds: [KindFigures], stages: [RunRecord.Stage]) -> String {
  let rows = kinds.map { kind in
    [
      kind.kind, countText(kind.jobs), countText(kind.jobs - kind.failed - kind.notAsked),
      countText(kind.failed), countText(kind.notAsked), countText(kind.samples),
      kind.longest.map { durationText(milliseconds: $0.milliseconds) } ?? "",
      kind.longest.map { "\($0.job)".printable(limit: 60) } ?? "",
    ]
  }
  let head = ["kind", "jobs", "measured", "failed", "not asked", "samples", "longest", ""]
  var lines = rows.isEmpty ? [] : (tableLines([head] + rows, numbers: [1, 2, 3, 4, 5, 6]) ?? []).joined().map(\.self)
  let classes = kinds.reduce(into: [:]) { $0.merge($1.classes, uniquingKeysWith: +) }
    .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
  if !classes.isEmpty {
    lines.append("failures: " + classes.map { "\($0.key.rawValue) \(countText($0.value))" }.joined(separator: ", "))
  }
  lines.append(stages.map { "\($0.name) \(durationText(milliseconds: $0.milliseconds))" }.joined(separator: ", "))
  return lines.joined(separator: "\n")
}
