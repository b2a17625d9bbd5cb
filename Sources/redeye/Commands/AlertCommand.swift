import Alert
import ArgumentParser
import Config
import Foundation
import Model
import Platform
import State

struct AlertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alert", abstract: "Incidents: list them, look at one, answer one.",
    subcommands: [AlertListCommand.self, AlertShowCommand.self, AlertAcknowledgeCommand.self])
}

struct AlertListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Print open incidents, or with --all the last hundred.")

  @Flag(help: "Closed ones too.") var all = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let store = try Installation(plan.settings).sharedState()
    let incidents = try all ? store.recentIncidents(limit: 100) : store.openIncidents()
    guard !incidents.isEmpty else { return StandardStreams.output(all ? "No incident yet." : "No open incident.") }
    let (zone, now) = (plan.settings.zone, Process.now)
    StandardStreams.output(
      table(
        incidents.map { incident in
          [
            "\(incident.number)", incident.state, stampText(incident.since, zone),
            incident.lasted(at: now), incident.title.printable(limit: 80),
            incident.cause.printable(limit: 120),
          ]
        }))
  }
}

struct AlertShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print what happened in an incident.")

  @Argument(help: "Its number.") var number: Int
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let incident = try Installation(plan.settings).sharedState().find(number)
    let zone = plan.settings.zone
    let events = incident.events.map { [stampText($0.at, zone), $0.kind.rawValue, $0.text.printable()] }
    StandardStreams.output(
      """
      \(incident.number) \(incident.title.printable()): \(incident.state), bad for \(incident.lasted(at: Process.now))
      since \(stampText(incident.since, zone)): \(incident.cause.printable())
      \(table(events))
      """)
  }
}

struct AlertAcknowledgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Answer an incident: its escalation stops until the answer expires.")

  @Argument(help: "Its number.") var number: Int
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How long the answer holds: 30m, 2h, 1d. Without it, until the incident closes.", valueName: "duration"),
    transform: DurationArgument.parse)
  var `for`: DurationArgument?
  @Option(help: "What you found or what you do about it.") var note = ""
  @Option(help: "Who answers; without it, your login.") var by = NSUserName()
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let store = try Installation(plan.settings).sharedState()
    let incident = try store.find(number)
    let now = Process.now
    let answer = Acknowledgement(by: by, at: now, until: self.for.map { now + $0.seconds }, note: note)
    if case .refused(let why) = acknowledge(incident, answer) { throw Ending(.refused, why) }
    // Without the run's lock: an answer has a row of its own, which a run that is busy takes in when it next reads.
    do {
      _ = try store.acknowledge(number, answer)
    } catch {
      throw Ending(.unable, "\(error)")
    }
    let until = answer.until.map { " until \(clockText($0, zone: plan.settings.zone, now: now))" } ?? ""
    StandardStreams.output("Incident \(number) is acknowledged by \(by.printable(limit: 80))\(until).")
  }
}

extension StateStore {
  func find(_ number: Int) throws -> Incident {
    do {
      if let incident = try incident(number) { return incident }
    } catch {
      throw Ending(.unable, "\(error)")
    }
    throw Ending(.refused, "there is no incident \(number); “redeye alert list --all” lists them")
  }
}

extension Incident {
  /// The words of the pages.
  var state: String {
    if phase == .closed { return "closed" }
    return acknowledgement == nil ? "open" : "acknowledged"
  }
}
