import ArgumentParser
import Collect
import Config
import Model
import Platform
import State

struct JobsRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Measure one job now and print what came of it; nothing is stored.",
    discussion: """
      A slot has one sample, and that is the one of its run: what is measured here is shown and forgotten. Rates are \
      those since the last run. Status 1 where the job fails. A disabled job is measured, too; a job that is done once, \
      “at”, still has its turn.
      """)

  @Argument(help: "HOST/JOB.") var job: String
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let office = try JobsOffice(configuration)
    let found = try office.jobs(matching: job)
    guard found.count == 1, let job = found.first else {
      let some = found.prefix(3).map(\.id.description).joined(separator: ", ")
      throw Ending(.refused, "“\(job.printable(limit: 100))” is \(found.count) jobs: \(some), …; name one of them")
    }
    let reading = try measured(job, office)
    StandardStreams.output(reading.shown(of: job))
    if let failure = reading.failure { throw Ending(.degraded, "\(job.id) failed: \(failure.description.printable())") }
  }

  private func measured(_ job: Job, _ office: JobsOffice) throws -> Reading {
    let now = Process.now
    let started = Clock.monotonic()
    let settings = office.plan.settings
    let assignment = Assignment(
      job: job, slot: now.slot(step: job.step), memory: try office.store?.memories()[job.id])
    let context = MeasureContext(
      runStarted: started, deadline: started + Double(settings.deadline), workers: settings.workers,
      secrets: SecretStore(environment: Process.environment))
    return Collect.collect([assignment], context)[0].reading
  }
}

extension Reading {
  /// Samples, facts and what it cost, one a line. What devices say is data here too.
  fileprivate func shown(of job: Job) -> String {
    let samples = measurements.map { measurement in
      [
        "  " + (measurement.instance.map { "\($0.printable(limit: 60))/" } ?? "") + measurement.metric,
        measurement.value.map { numberText($0, measurement.unit) } ?? "unknown",
      ]
    }
    let texts = facts.map { ["  " + $0.name.printable(limit: 60), $0.text.printable(limit: 200)] }
    let tries = cost.retries > 0 ? ", tried again \(cost.retries) times" : ""
    let head =
      "\(job.id): \(measurements.count { $0.value != nil }) samples in \(durationText(milliseconds: cost.milliseconds))\(tries); nothing was stored"
    return [head, samples.isEmpty ? nil : table(samples), texts.isEmpty ? nil : table(texts)].compactMap { $0 }
      .joined(separator: "\n")
  }
}
