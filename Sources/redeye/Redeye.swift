import ArgumentParser
import Glibc
import Platform

/// The program: one line for each command.
@main
struct Redeye: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "redeye",
    abstract: "Measures networks and servers, judges service levels, tells the person on call, writes the site.",
    discussion:
      "Cron starts it: `redeye cron print` shows the line. `redeye init DIR` makes a configuration to begin with.",
    version: version,
    subcommands: [
      InitCommand.self, DemoCommand.self, CheckCommand.self, PlanCommand.self, DiscoverCommand.self, ConfigCommand.self,
      WhichCommand.self,
      RunCommand.self,
      CollectCommand.self, JudgeCommand.self, AlertCommand.self, NoteCommand.self, ReportCommand.self, MailCommand.self,
      QueryCommand.self, GraphCommand.self, SLACommand.self, OnCallCommand.self, JobsCommand.self, CronCommand.self,
    ])

  /// Maps every way to end to the exit status of the manual: 0, 1 degraded, 2 usage or configuration, 3 locked,
  /// 4 could not run.
  static func main() {
    Signals.becomeErrors()
    Memory.giveBack()
    Limits.raiseDescriptors()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      try Usage.check(arguments, of: Redeye.self)
      var command = try parseAsRoot()
      try command.run()
    } catch let ending as Ending {
      ending.leave()
    } catch {
      guard exitCode(for: error) == .success else {
        let message = fullMessage(for: error)
        StandardStreams.error(
          [message, Usage.advice(on: message, arguments)].compactMap { $0 }.joined(separator: "\n"))
        Glibc.exit(2)
      }
      StandardStreams.output(fullMessage(for: error))
    }
  }
}

/// How a command ends when it does not end well: the status and the last line.
struct Ending: Error {
  enum Status: Int32 {
    case degraded = 1
    case refused = 2
    case locked = 3
    case unable = 4
  }

  var status: Status
  /// One line or several, for the standard error; empty says nothing.
  var message: String

  init(_ status: Status, _ message: String = "") {
    self.status = status
    self.message = message
  }

  func leave() -> Never {
    if !message.isEmpty { StandardStreams.error("redeye: \(message)") }
    Glibc.exit(status.rawValue)
  }
}
