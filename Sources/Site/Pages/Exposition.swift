import Config
import Model
import SLA

/// The text that Prometheus reads: families of samples, each with what it is and of which type.
///
/// Names are letters, digits and `_`; values of labels are text from outside, and escaped.
struct Exposition {
  private(set) var text = ""

  /// A family of gauges; one without samples is left out.
  mutating func gauge(_ name: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double?)]) {
    let known = samples.compactMap { sample in sample.value.map { (sample.labels, $0) } }
    guard !known.isEmpty else { return }
    text += "# HELP redeye_\(name) \(Exposition.escaped(help, quotes: false))\n# TYPE redeye_\(name) gauge\n"
    for (labels, value) in known { text += "redeye_\(name)\(Exposition.list(labels)) \(Exposition.number(value))\n" }
  }

  mutating func gauge(_ name: String, _ help: String, _ value: Double?) { gauge(name, help, [([], value)]) }

  mutating func gauge(_ name: String, _ help: String, _ value: Int?) { gauge(name, help, value.map(Double.init)) }

  private static func list(_ labels: [(String, String)]) -> String {
    guard !labels.isEmpty else { return "" }
    return "{" + labels.map { "\($0.0)=\"\(escaped($0.1, quotes: true))\"" }.joined(separator: ",") + "}"
  }

  /// Backslashes and line breaks, and in labels quotation marks.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.printable(limit: 200).unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\"" where quotes: result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    return value == value.rounded() && value.magnitude < 1e15 ? "\(Int(value))" : "\(value)"
  }
}

extension Press {
  /// `metrics.prom`: how the site and what it watches stand, for the textfile collector of Prometheus' node exporter.
  mutating func exposition() {
    var page = Exposition()
    addSite(to: &page)
    addRun(to: &page)
    addObjectives(to: &page)
    addHosts(to: &page)
    put("metrics.prom", page.text)
  }

  private func addSite(to page: inout Exposition) {
    page.gauge(
      "up", "1 where the newest sample is younger than two intervals, else 0.",
      staleness == nil && input.dataUntil != nil ? 1 : 0)
    page.gauge(
      "info", "Always 1; the version of redeye and the hash of its configuration.",
      [([("site", input.plan.title), ("version", input.version), ("configuration", input.plan.hash)], 1)])
    page.gauge("built_timestamp_seconds", "When this file was written.", input.builtAt.seconds)
    page.gauge("data_timestamp_seconds", "The time of the newest sample.", input.dataUntil?.seconds)
    page.gauge(
      "data_age_seconds", "How old the newest sample was when this file was written.",
      input.dataUntil.map { input.now - $0 })
    page.gauge("next_expected_timestamp_seconds", "When the next run is expected.", input.nextExpected?.seconds)
    page.gauge(
      "configuration_broken", "1 while the last good configuration runs in place of a broken one.",
      input.configurationProblem == nil ? 0 : 1)
    page.gauge("incidents_open", "Open incidents.", input.openIncidents.count)
    page.gauge(
      "incidents_unacknowledged", "Open incidents nobody has acknowledged.",
      input.openIncidents.count { $0.acknowledgement == nil })
    page.gauge("messages_queued", "Messages that wait to be handed over.", input.outbox.queued)
  }

  private func addRun(to page: inout Exposition) {
    let run = input.run ?? input.runs.first
    page.gauge("run_number", "The number of the last run.", run?.number)
    page.gauge("jobs_collected", "Jobs of the last run that were collected.", run?.collected)
    page.gauge("jobs_failed", "Jobs of the last run that failed.", run?.failed)
    page.gauge("jobs_skipped", "Jobs of the last run that were left out or not due.", run?.skipped)
    page.gauge("run_samples", "Samples of the last run.", run?.samples)
    // This run is not over while it writes this.
    page.gauge(
      "run_duration_seconds", "How long the last finished run took.",
      input.runs.first.map { Double($0.milliseconds) / 1_000 })
  }

  private func addObjectives(to page: inout Exposition) {
    func each(_ value: (ObjectiveStatus) -> Double?) -> [(labels: [(String, String)], value: Double?)] {
      input.objectives.map { ([("objective", $0.objective.name)], value($0)) }
    }
    page.gauge(
      "objective_info", "Always 1; what an objective is called and counted over.",
      input.objectives.map {
        (
          [("objective", $0.objective.name), ("title", $0.objective.title), ("window", $0.figure?.windowLabel ?? "")], 1
        )
      })
    page.gauge(
      "objective_state", "0 met, 1 at risk, 2 broken, 3 not enough data.",
      each { $0.figure.map { Press.number($0.standing) } ?? 3 })
    page.gauge("objective_target_ratio", "The agreed share of good time, 0 to 1.", each { $0.objective.target })
    page.gauge(
      "objective_availability_ratio", "The share of good time in the window so far, 0 to 1.",
      each { $0.figure?.availability })
    page.gauge(
      "objective_coverage_ratio", "The measured share of the service time so far, 0 to 1.", each { $0.figure?.coverage }
    )
    page.gauge(
      "objective_budget_seconds", "Bad time the window allows.", each { ($0.figure?.budget).map(Double.init) })
    page.gauge(
      "objective_budget_left_seconds", "Allowed bad time that is left; negative where it is overdrawn.",
      each { ($0.figure?.left).map(Double.init) })
    page.gauge("objective_bad_seconds", "Bad time in the window so far.", each { ($0.figure?.bad).map(Double.init) })
  }

  private func addHosts(to page: inout Exposition) {
    page.gauge(
      "host_state", "0 ok, 1 degraded, 2 down, 3 unknown, 4 planned work, 5 not measured.",
      input.plan.hosts.map { ([("host", $0.name)], Press.number(state(of: $0).mark.shape)) })
  }

  private static func number(_ standing: Figure.Standing) -> Double {
    switch standing {
    case .met: 0
    case .atRisk: 1
    case .broken: 2
    case .notEnoughData: 3
    }
  }

  private static func number(_ shape: StateMark.Shape) -> Double {
    switch shape {
    case .good: 0
    case .warning: 1
    case .bad: 2
    case .unknown: 3
    case .planned: 4
    case .off: 5
    }
  }
}
