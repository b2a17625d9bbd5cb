import Collect
import Config
import Mail
import Model
import Platform
import State

extension Cycle {
  /// Hands over every message that is due; what is refused for now is tried again by a later run.
  mutating func mail() throws {
    let due = try store.outbox(dueAt: now)
    guard !due.isEmpty else { return }
    guard let transport = plan.settings.mail.transport else {
      record.degraded.append(
        "\(due.count) messages wait and “settings: mail:” names no way to send them: set smtp or sendmail")
      return
    }
    let courier = Courier(transport: transport, settings: plan.settings.mail)
    var failures: [String] = []
    for message in due {
      if let failure = try courier.deliver(message, store: store, now: now) { failures.append(failure) }
    }
    if let first = failures.first {
      record.degraded.append("\(failures.count) of \(due.count) messages were not accepted: \(first)")
    }
  }
}

/// Takes messages from the outbox to the transport and writes down what came of it.
struct Courier {
  let transport: MailSettings.Transport
  let settings: MailSettings
  private let secrets = SecretStore(environment: Process.environment)

  init(transport: MailSettings.Transport, settings: MailSettings) {
    self.transport = transport
    self.settings = settings
  }

  /// Returns why a message is still here, or `nil` when it was accepted.
  func deliver(_ message: OutboxMessage, store: StateStore, now: Instant) throws -> String? {
    let after = message.after(handOver(message), at: now)
    guard after.sentAt == nil else {
      try store.markSent(message.id, at: now)
      return nil
    }
    let error = after.lastError ?? "it was not accepted"
    try store.markFailed(message.id, error: error, at: now, next: after.failedAt == nil ? after.nextAttempt : nil)
    return "to \(message.recipient): \(error)"
  }

  private func handOver(_ message: OutboxMessage) -> Delivery {
    var password: Secret?
    if case .smtp(_, _, _, let reference?) = transport {
      switch secrets.resolve(reference) {
      case .success(let secret): password = secret
      case .failure(let failure): return .later(failure.message)
      }
    }
    return Mail.deliver(message, settings: settings, password: password, sendmail: sendmail)
  }

  /// Runs a sendmail program on a message.
  private func sendmail(_ arguments: [String], _ bytes: [UInt8]) -> SendmailOutcome {
    let result = Child.run(
      ChildRequest(
        arguments: arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"], input: bytes,
        deadline: 30))
    let said = String(decoding: result.errorOutput + result.output, as: UTF8.self).printable(limit: 200)
    switch result.status {
    case .exited(let status): return .exited(status, said)
    case .signalled(let number): return .failed("it died of signal \(number); \(said)")
    case .timedOut: return .failed("it took longer than 30 s")
    case .notStarted(let reason): return .failed(reason)
    }
  }
}
