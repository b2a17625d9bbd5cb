import ArgumentParser
import Config
import Platform
import Site

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the configuration and print every problem in it.",
    discussion: "Status 2 if there is an error; warnings alone leave status 0.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let path = try configuration.path()
    let loaded = Config.load(path: path)
    let problems = loaded.problems + Look(loaded.site).problems
    if !problems.isEmpty { StandardStreams.error(render(problems)) }
    guard let plan = loaded.plan, !problems.contains(where: { $0.severity == .error }) else { throw Ending(.refused) }
    StandardStreams.output(
      "\(path): \(plan.hosts.count) hosts, \(plan.jobs.count) jobs, \(plan.objectives.count) objectives, "
        + "\(plan.roles.count) roles; configuration \(plan.hash)")
  }
}
