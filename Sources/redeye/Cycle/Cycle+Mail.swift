import Collect
import Config
import Mail
import Model
import Platform
import State

extension Cycle {
  /// How often a message is refused before what came after it for the same recipient waits no longer: it may be the
  /// message itself that is not liked.
  private static let patience = 5

  /// Hands over every message that is due, to each recipient in their order; what is refused for now is tried again by
  /// a later run.
  mutating func mail() throws {
    let due = try store.outbox(dueAt: now)
    guard !due.isEmpty else { return }
    guard let transport = plan.settings.mail.transport else {
      record.degraded.append(
        "\(due.count) messages wait and “settings: mail:” names no way to send them: set smtp, sendmail or folder")
      return
    }
    let courier = Courier(transport: transport, settings: plan.settings.mail)
    var failures: [String] = []
    var waiting: Set<String> = []
    progress.begin("mail", of: due.count, "messages", until: mailEnd)
    for (place, message) in due.enumerated() where !waiting.contains(message.recipient) {
      let rest = mailEnd - Clock.monotonic()
      // One each run, however late: else a run that is always late would tell nobody.
      guard place == 0 || rest > 0 else {
        record.degraded.append("the run's time was over before all messages were handed over; the next run goes on")
        break
      }
      if let refusal = try courier.deliver(message, store: store, now: now, within: max(2, rest)) {
        failures.append(refusal.text)
        if !refusal.isFinal, message.attempts < Self.patience { waiting.insert(message.recipient) }
      }
      progress.tally.add()
    }
    if let first = failures.first {
      record.degraded.append("\(failures.count) of \(due.count) messages were not accepted: \(first)")
    }
  }
}

/// Why a message was not accepted.
struct Refusal {
  var text: String
  /// False where it is tried again.
  var isFinal: Bool
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
  ///
  /// - Parameter seconds: How long it may take; never more than what a transport has anyway.
  func deliver(
    _ message: OutboxMessage, store: StateStore, now: Instant, within seconds: Double = .infinity
  ) throws -> Refusal? {
    let after = message.after(handOver(message, within: seconds), at: now)
    guard after.sentAt == nil else {
      try store.markSent(message.id, at: now)
      return nil
    }
    let error = after.lastError ?? "it was not accepted"
    try store.markFailed(message.id, error: error, at: now, next: after.failedAt == nil ? after.nextAttempt : nil)
    return Refusal(text: "to \(message.recipient): \(error)", isFinal: after.failedAt != nil)
  }

  private func handOver(_ message: OutboxMessage, within seconds: Double) -> Delivery {
    var password: Secret?
    if case .smtp(_, _, _, let reference?) = transport {
      switch secrets.resolve(reference) {
      case .success(let secret): password = secret
      case .failure(let failure): return .later(failure.message)
      }
    }
    return Mail.deliver(
      message, settings: settings, password: password, timeout: min(20, seconds),
      sendmail: { sendmail($0, $1, within: min(30, seconds)) }, file: write)
  }

  /// Mail is for whom it is addressed to: nobody outside the group reads it.
  private func write(_ folder: String, _ name: String, _ bytes: [UInt8]) -> String? {
    do {
      try Files.makeFolder(folder, mode: 0o750)
      try Files.replace("\(folder)/\(name)", with: bytes, mode: 0o640)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Runs a sendmail program on a message.
  private func sendmail(_ arguments: [String], _ bytes: [UInt8], within seconds: Double) -> SendmailOutcome {
    let result = Child.run(
      ChildRequest(
        arguments: arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"], input: bytes,
        deadline: seconds))
    let said = String(decoding: result.errorOutput + result.output, as: UTF8.self).printable(limit: 200)
    switch result.status {
    case .exited(let status): return .exited(status, said)
    case .signalled(let number): return .failed("it died of signal \(number); \(said)")
    case .timedOut: return .failed("it took longer than \(Int(seconds)) s")
    case .notStarted(let reason): return .failed(reason)
    }
  }
}
