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
    for reading in readings {
      for objective in index.objectives(of: reading.job) {
        found[objective.name, default: []] += observations(of: reading, for: objective, known: known[reading.job] ?? [])
      }
    }
    return found
  }

  private func observations(of reading: Reading, for objective: Objective, known: [SeriesID]) -> [Observation] {
    var asked = Set(known.filter(objective.series.matches))
    var result: [Observation] = []
    for measurement in reading.measurements {
      let series = SeriesID(row: RowID(job: reading.job, instance: measurement.instance), metric: measurement.metric)
      guard objective.series.matches(series) else { continue }
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
