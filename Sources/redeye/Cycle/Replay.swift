import Config
import Model
import SLA

/// What readings say to the objectives of a plan.
struct Replay {
  let plan: Plan
  /// Series known before these readings; a failed job is asked for all it used to have.
  let catalogue: Catalogue

  /// Everything objectives can see in some readings.
  func observations(of readings: [Reading]) -> [String: [Observation]] {
    var found: [String: [Observation]] = [:]
    let index = ObjectiveIndex(plan.objectives)
    let known = Dictionary(grouping: catalogue.keys, by: \.row.job)
    var asked: [JobID: [(Watch, Set<SeriesID>)]] = [:]
    for reading in readings {
      if asked[reading.job] == nil {
        asked[reading.job] = index.objectives(of: reading.job).map { objective in
          let watch = Watch(objective)
          return (watch, Set((known[reading.job] ?? []).filter(watch.matches)))
        }
      }
      for (watch, series) in asked[reading.job] ?? [] {
        found[watch.objective.name, default: []] += observations(of: reading, for: watch, known: series)
      }
    }
    return found
  }

  private func observations(of reading: Reading, for watch: Watch, known: Set<SeriesID>) -> [Observation] {
    let objective = watch.objective
    var asked = known
    var result: [Observation] = []
    for measurement in reading.measurements where watch.mayMatch(measurement) {
      let series = SeriesID(row: RowID(job: reading.job, instance: measurement.instance), metric: measurement.metric)
      guard watch.matches(series) else { continue }
      asked.remove(series)
      result.append(
        Observation(
          slot: reading.slot, series: series, value: measurement.value, failure: reading.failure,
          unit: measurement.unit))
    }
    // What a job used to bring and did not this time is unknown with the job's failure, not silence.
    if result.isEmpty, asked.isEmpty { asked.insert(placeholder(reading.job, objective)) }
    let failure = reading.failure ?? Failure(.garbage, "\(reading.job) ran and did not say it")
    for series in asked.sorted() where reading.failure != nil || result.isEmpty {
      result.append(Observation(slot: reading.slot, series: series, value: nil, failure: failure))
    }
    return result
  }

  private func placeholder(_ job: JobID, _ objective: Objective) -> SeriesID {
    SeriesID(objective.series.text) ?? SeriesID(row: RowID(job: job), metric: "value")
  }

  /// The stretch to judge now: from where the last run stopped to the end of the newest slot that is decided.
  ///
  /// A slot is decided when it was observed, or when it is over.
  func span(of objective: Objective, judgedUntil: Instant?, observations: [Observation], now: Instant) -> Span? {
    let newest = observations.map(\.slot).max().map { $0 + objective.step }
    let over = now.slot(step: objective.step)
    guard let from = judgedUntil ?? observations.map(\.slot).min() else { return nil }
    let to = max(newest ?? over, over)
    return from < to ? Span(from: from, to: to) : nil
  }
}

/// An objective with its one series, where it has just one: readings are many, and comparing is quicker than matching.
private struct Watch {
  let objective: Objective
  private let only: SeriesID?

  init(_ objective: Objective) {
    self.objective = objective
    only = objective.series.isExact ? SeriesID(objective.series.text) : nil
  }

  func mayMatch(_ measurement: Measurement) -> Bool { only.map { $0.metric == measurement.metric } ?? true }

  func matches(_ series: SeriesID) -> Bool { only.map { $0 == series } ?? objective.series.matches(series) }
}

/// Objectives by the job their series belongs to, so that a run with thousands of both stays linear.
struct ObjectiveIndex {
  private var exact: [JobID: [Objective]] = [:]
  private var globs: [Objective] = []

  init(_ objectives: [Objective]) {
    for objective in objectives {
      if objective.series.isExact, let series = SeriesID(objective.series.text) {
        exact[series.row.job, default: []].append(objective)
      } else {
        globs.append(objective)
      }
    }
  }

  func objectives(of job: JobID) -> [Objective] {
    (exact[job] ?? []) + globs.filter { $0.series.mayMatch(job) }
  }
}

extension Selector {
  /// Whether any series of a job could be selected.
  fileprivate func mayMatch(_ job: JobID) -> Bool {
    if text == "**" { return true }
    let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard let host = parts.first, glob(host, job.host) else { return false }
    return parts.count < 2 || parts[1] == "**" || glob(parts[1], job.job)
  }
}
