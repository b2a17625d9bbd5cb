import ArgumentParser
import Config
import Mail
import Model
import Platform
import SLA
import State

struct MailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Send what waits, look at the queue, send a summary.",
    subcommands: [MailSendCommand.self, MailQueueCommand.self, MailSLACommand.self])
}

struct MailSendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "send", abstract: "Hand over every message that is due; a run does this as its last stage.")

  @OptionGroup var configuration: ConfigurationOption

  func run() throws { try Stages.mail.run(configuration) }
}

struct MailQueueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "Print messages that wait, with --all also those sent and given up.")

  @Flag(help: "Sent and given up too.") var all = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let messages = try Installation(plan.settings).sharedState().outbox()
      .filter { all || ($0.sentAt == nil && $0.failedAt == nil) }
    guard !messages.isEmpty else { return StandardStreams.output(all ? "No message yet." : "No message waits.") }
    let zone = plan.settings.zone
    StandardStreams.output(
      table(
        messages.map { message in
          [
            stampText(message.createdAt, zone), message.recipient.printable(limit: 80), message.state(zone),
            message.subject.printable(limit: 100), message.lastError?.printable(limit: 160) ?? "",
          ]
        }))
  }
}

struct MailSLACommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sla", abstract: "Send a summary of the objectives over a window.",
    discussion: "Text and HTML, to each contact named, or to the contact on duty of a role.")

  @Option(help: "now, last, month, last-month, 2026-10, 2026-Q4, 2026-W43, 2026-10-31, or a rolling 30d.")
  var window = "month"
  @Option(help: "A contact, a role or an address; may be given several times. Without it, the mail's administrator.")
  var to: [String] = []
  @Flag(help: "Print the message instead of sending it.") var print = false
  @OptionGroup var configuration: ConfigurationOption

  func run() throws {
    let plan = try RunningConfiguration.load(try configuration.path()).plan
    let installation = Installation(plan.settings)
    let store = try installation.sharedState()
    let messages = try Summary(plan: plan, store: store, window: window).messages(to: recipients(plan))
    if self.print {
      for message in messages { StandardStreams.output(message.readable) }
      return
    }
    guard plan.settings.mail.transport != nil else {
      throw Ending(.refused, "“settings: mail:” names no way to send: set smtp, sendmail or folder, or use --print")
    }
    let lock = try installation.patientLock(seconds: Double(plan.settings.deadline) + 20)
    defer { withExtendedLifetime(lock) {} }
    try send(messages, plan, store)
  }

  private func send(_ messages: [OutboxMessage], _ plan: Plan, _ store: StateStore) throws {
    guard let transport = plan.settings.mail.transport else { return }
    let courier = Courier(transport: transport, settings: plan.settings.mail)
    var failures: [String] = []
    for message in messages {
      try store.enqueue(message)
      if let refusal = try courier.deliver(message, store: store, now: Process.now) {
        failures.append(refusal.text)
      } else {
        StandardStreams.output("Sent “\(message.subject.printable(limit: 200))” to \(message.recipient.printable()).")
      }
    }
    guard failures.isEmpty else {
      throw Ending(.degraded, "not accepted yet, the next run tries again: \(failures.joined(separator: "; "))")
    }
  }

  private func recipients(_ plan: Plan) throws -> [Contact] {
    let names = to.isEmpty ? [plan.settings.mail.administrator].compactMap { $0 } : to
    guard !names.isEmpty else {
      throw Ending(.refused, "to whom? Give --to CONTACT, or name “administrator” under “settings: mail:”")
    }
    return try names.map { try plan.recipient($0, at: Process.now) }
  }
}

extension OutboxMessage {
  /// With the line ends of a terminal.
  fileprivate var readable: String {
    String(decoding: bytes.filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
  }

  fileprivate func state(_ zone: Zone) -> String {
    if let sentAt { return "sent \(stampText(sentAt, zone))" }
    if let failedAt { return "given up \(stampText(failedAt, zone))" }
    return attempts == 0 ? "waits" : "tried \(attempts)×, next \(stampText(nextAttempt, zone))"
  }
}
