import Alert
import ArgumentParser
import Config
import Model
import Platform

struct OnCallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "oncall", abstract: "Print who is on call for each role, why, until when, and who is next.")

  @Argument(help: "A role; without it, every role.") var role: String?
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let roles = try role.map { [try plan.role(named: $0)] } ?? plan.roles.values.sorted { $0.name < $1.name }
    guard !roles.isEmpty else { throw Ending(.refused, "the configuration has no roles") }
    for role in roles { StandardStreams.output(describe(role, plan, at: Process.now)) }
  }

  private func describe(_ role: Role, _ plan: Plan, at now: Instant) -> String {
    let duty = onCall(role, at: now)
    let who = duty.contact.map { plan.contacts[$0]?.title ?? "\($0), whom no contact defines" } ?? "nobody"
    let next = duty.next.map { "; then \(plan.contacts[$0]?.title ?? $0)" } ?? ""
    let until = duty.until.map {
      ", until \(clockText($0, zone: role.zone, now: now)) \(role.zone.abbreviation(at: $0))"
    }
    return "\(role.name): \(who) (\(duty.why))\(until ?? "")\(next)"
  }
}

extension Plan {
  func role(named name: String) throws -> Role {
    if let role = roles[name] { return role }
    let near = Nearest.candidate(to: name, in: roles.keys.sorted()).map { "; did you mean “\($0)”?" }
    throw Ending(.refused, "there is no role “\(name.printable(limit: 100))”" + (near ?? ""))
  }
}
