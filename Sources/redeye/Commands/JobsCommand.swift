import ArgumentParser
import Collect
import Config
import Foundation
import Model
import Platform
import State

struct JobsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "Jobs: list them, run one now, switch them off and on, forget them.",
    discussion: """
      Jobs are named HOST/JOB, with “*” for any run of characters: “router1/*” or “router1” for all of a host, “*/ping”.
      """,
    subcommands: [
      JobsListCommand.self, JobsRunCommand.self, JobsDisableCommand.self, JobsEnableCommand.self,
      JobsForgetCommand.self,
    ],
    defaultSubcommand: JobsListCommand.self)
}

struct JobsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print jobs with their schedule, last result, duration and when they are next due.")

  @Argument(help: "Which jobs; all of them if not given.") var selector: String?
  @Flag(help: "One JSON object a line for each job.") var json = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let office = try JobsOffice(configuration)
    let jobs = try selector.map { try office.jobs(matching: $0) } ?? office.plan.jobs.sorted { $0.id < $1.id }
    guard !jobs.isEmpty else { return StandardStreams.output("The configuration has no jobs.") }
    let rows = try office.rows(jobs, at: Process.now)
    if json {
      for row in rows { StandardStreams.output(row.json) }
    } else {
      StandardStreams.output(table([JobRow.head] + rows.map { $0.columns(office.plan.settings.zone) }))
    }
  }
}

struct JobsDisableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Switch jobs off: their slots are unknown, and nobody is asked.",
    discussion: "A job that is done once, “at”, waits until it is switched on, as long as it is not too late.")

  @Argument(help: "HOST/JOB, with “*” for several.") var selectors: [String]
  @Option(
    parsing: .unconditional, help: ArgumentHelp("For how long: 30m, 2h, 1d.", valueName: "duration"),
    transform: DurationArgument.parse)
  var `for`: DurationArgument?
  @Option(help: ArgumentHelp("Until when: “2026-12-24 18:00”, in the timezone of the settings.", valueName: "time"))
  var until: String?
  @Option(help: "Why; the site shows it.") var why = ""
  @Option(help: "Who does it; without it, your login.") var by = NSUserName()
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let office = try JobsOffice(configuration)
    let now = Process.now
    let end = try end(office.plan.settings.zone, now)
    let jobs = try office.jobs(matching: selectors)
    let all = jobs.map { Disabled(job: $0.id, since: now, until: end, by: by, why: why) }
    try office.attempt { try $0.disable(all) }
    let what = jobs.count == 1 ? "\(jobs[0].id) is" : "\(jobs.count) jobs are"
    let until = end.map { " until \(stampText($0, office.plan.settings.zone))" } ?? ", until “redeye jobs enable”"
    StandardStreams.output("\(what) disabled\(until).")
  }

  private func end(_ zone: Zone, _ now: Instant) throws -> Instant? {
    if self.for != nil, until != nil { throw Ending(.refused, "--for and --until exclude each other") }
    if let duration = self.for { return now + duration.seconds }
    guard let until else { return nil }
    let end = try MomentArgument.instant(until, in: zone)
    let shown = until.printable(limit: 60)
    guard end > now else { throw Ending(.refused, "\(shown) is over") }
    return end
  }
}

struct JobsEnableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "enable", abstract: "Switch jobs on again.")

  @Argument(help: "HOST/JOB, with “*” for several.") var selectors: [String]
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let office = try JobsOffice(configuration)
    let jobs = try office.jobs(matching: selectors)
    let off = try office.store?.disabled() ?? [:]
    let found = jobs.map(\.id).filter { off[$0] != nil }
    try office.attempt { try $0.enable(found) }
    StandardStreams.output(
      found.isEmpty
        ? "None of \(jobs.count == 1 ? "\(jobs[0].id)" : "\(jobs.count) jobs") was disabled."
        : found.count == 1 ? "\(found[0]) is enabled." : "\(found.count) jobs are enabled.")
  }
}
