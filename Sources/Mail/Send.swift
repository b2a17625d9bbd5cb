package import Config
package import Model
internal import Transfer

/// What came of handing a message over.
package enum Delivery: Hashable, Sendable {
  case accepted
  /// To be tried again.
  case later(String)
  /// Refused for good.
  case never(String)
}

/// What came of a sendmail program.
package enum SendmailOutcome: Hashable, Sendable {
  /// Its status, and what it printed.
  case exited(Int, String)
  /// It could not be started, or did not end.
  case failed(String)
}

/// Hands a message to the mail server or program of the settings, or puts it into their folder.
///
/// - Parameters:
///   - timeout: Seconds a mail server may take.
///   - authorities: A PEM file of authorities to trust besides the system's.
///   - sendmail: Runs a program with these arguments and this input.
///   - file: Writes a file of these bytes under a name in a folder; returns what went wrong.
package func deliver(
  _ message: OutboxMessage, settings: MailSettings, password: Secret?, timeout: Double = 20, authorities: String? = nil,
  sendmail: ([String], [UInt8]) -> SendmailOutcome,
  file: (_ folder: String, _ name: String, [UInt8]) -> String? = { _, _, _ in "no file can be written here" }
) -> Delivery {
  guard isMailAddress(message.recipient) else {
    return .never("'\(message.recipient.printable(limit: 100))' is no mail address")
  }
  // Mending the settings lets the message go out, so it is not given up.
  guard isMailAddress(settings.from) else {
    return .later("mail comes from '\(settings.from.printable(limit: 100))', which is no address; mend `from:`")
  }
  switch settings.transport {
  case nil: return .later("no way to send mail is configured; give `smtp:`, `sendmail:` or `folder:` under `mail:`")
  case .smtp(let url, let startTLS, let user, _):
    let delivery = SMTPDelivery(
      url: url, startTLS: startTLS, user: user, password: password?.reveal(), from: settings.from,
      recipient: message.recipient, bytes: message.bytes, timeout: timeout, authorities: authorities)
    return Delivery(deliver(delivery))
  case .sendmail(let program):
    let arguments = [program, "-i", "-f", settings.from, "--", message.recipient]
    return Delivery(sendmail(arguments, message.bytes.withLocalLineEnds), program)
  case .folder(let folder):
    return file(folder, message.fileName, message.bytes).map { .later($0.printable()) } ?? .accepted
  }
}

extension Delivery {
  fileprivate init(_ outcome: SMTPOutcome) {
    switch outcome {
    case .accepted: self = .accepted
    case .refusedForNow(let text): self = .later(text.printable())
    case .refusedForGood(let text): self = .never(text.printable())
    }
  }

  /// By sysexits.h: 65 EX_DATAERR, 67 EX_NOUSER and 68 EX_NOHOST are of the message; the rest may pass.
  fileprivate init(_ outcome: SendmailOutcome, _ program: String) {
    switch outcome {
    case .exited(0, _): self = .accepted
    case .exited(let status, let output):
      let text = "\(program) ended with status \(status)\(output.isEmpty ? "" : ": \(output)")".printable()
      self = [65, 67, 68].contains(status) ? .never(text) : .later(text)
    case .failed(let text): self = .later("\(program): \(text)".printable())
    }
  }
}

extension [UInt8] {
  /// LF alone, as programs on this machine expect it.
  fileprivate var withLocalLineEnds: [UInt8] { filter { $0 != UInt8(ascii: "\r") } }
}

extension OutboxMessage {
  /// `20260521T112000Z-incident-7-opened.eml`: by time and Message-ID, so that a message written twice is one file.
  var fileName: String {
    let time = Civil(secondsFromEpoch: createdAt.seconds)
    func two(_ number: Int) -> String { padded(number, to: 2) }
    let day = padded(time.year, to: 4) + two(time.month) + two(time.day)
    let safe = id.unicodeScalars.map {
      $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-".contains(Character($0))) ? Character($0) : "-"
    }
    let name = String(safe).split(separator: "-").joined(separator: "-").prefix(120)
    return "\(day)T\(two(time.hour))\(two(time.minute))\(two(time.second))Z-\(name).eml"
  }

  /// Seconds after creation when a message is given up (RFC 5321, section 4.5.4.1: four to five days).
  package static let lifetime = 4 * 86_400

  /// When to try again after so many attempts: 1, 2, 5, 15, 30 minutes, then every 30; `nil` when it is time to give up.
  package static func nextAttempt(after attempts: Int, createdAt: Instant, now: Instant) -> Instant? {
    guard now - createdAt < lifetime else { return nil }
    let minutes = [1, 2, 5, 15, 30]
    return now + 60 * minutes[min(max(1, attempts), minutes.count) - 1]
  }

  /// The message with what came of an attempt: sent, given up, or when it is tried next.
  package func after(_ delivery: Delivery, at now: Instant) -> OutboxMessage {
    var message = self
    message.attempts += 1
    switch delivery {
    case .accepted:
      message.sentAt = now
      message.lastError = nil
    case .never(let text):
      message.failedAt = now
      message.lastError = text
    case .later(let text):
      message.lastError = text
      if let next = OutboxMessage.nextAttempt(after: message.attempts, createdAt: createdAt, now: now) {
        message.nextAttempt = next
      } else {
        message.failedAt = now
        message.lastError = "given up after \(durationText(now - createdAt)): \(text)"
      }
    }
    return message
  }
}
