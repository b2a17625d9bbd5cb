import Collect
import Config
import Model
import Platform

/// What the tests of this suite build their assignments from.
enum Making {
  static let place = SourceLocation(file: "redeye.yaml", line: 1, column: 1)

  static func job(_ probe: Probe, id: String = "job", step: Int = 60, timeout: Double = 10) -> Job {
    Job(
      id: JobID(host: "localhost", job: id), title: id, group: [], step: step, timeout: timeout, probe: probe,
      location: place)
  }

  static func assignment(
    _ probe: Probe, id: String = "job", step: Int = 60, timeout: Double = 10, memory: JobMemory? = nil
  ) -> Assignment {
    Assignment(
      job: job(probe, id: id, step: step, timeout: timeout), slot: Instant(1_700_000_040), memory: memory)
  }

  static func context(seconds: Double = 20, workers: Int = 8, environment: [String: String] = [:]) -> MeasureContext {
    let now = Clock.monotonic()
    return MeasureContext(
      runStarted: now, deadline: now + seconds, workers: workers, secrets: SecretStore(environment: environment))
  }
}

extension Reading {
  /// The value of a metric; the outer `nil` where there is no such metric.
  func value(_ metric: String, _ instance: String? = nil) -> Double?? {
    measurement(metric, instance).map(\.value)
  }

  func measurement(_ metric: String, _ instance: String? = nil) -> Measurement? {
    measurements.first { $0.metric == metric && $0.instance == instance }
  }

  func text(ofFact name: String) -> String? { facts.first { $0.name == name }?.text }
}
