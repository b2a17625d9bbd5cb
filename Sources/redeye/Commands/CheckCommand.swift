import ArgumentParser
import Config
import Platform

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the configuration and print every problem in it.",
    discussion: "Status 2 if there is an error; warnings alone leave status 0.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let path = try configuration.path()
    let loaded = Config.load(path: path)
    if !loaded.problems.isEmpty { StandardStreams.error(render(loaded.problems)) }
    guard let plan = loaded.plan else { throw Ending(.refused) }
    StandardStreams.output(
      "\(path): \(plan.hosts.count) hosts, \(plan.jobs.count) jobs, \(plan.objectives.count) objectives, "
        + "\(plan.roles.count) roles; configuration \(plan.hash)")
  }
}
