package import Model

/// Something staged: what befalls a host, and when.
struct Happening: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// Nothing answers any more.
    case silent
    /// `amount` is the share of packets lost; round trips take three times as long.
    case brownOut
    /// Web: an answer of 503.
    case unavailable
    /// Web: answers take `amount` times as long.
    case slow
    /// Connections are refused.
    case refused
    /// A certificate ends with the beginning of the span, and a new one is there at its end.
    case expired
    /// A power supply runs on its battery.
    case onBattery
    /// The interface `part` goes down and up.
    case flapping
    /// Off for the span, and started anew at its end.
    case reboot
    /// A name server fails.
    case servfail
    /// A disk grows until the span begins, and is cleaned up at its end.
    case full
  }

  let kind: Kind
  let host: String
  let span: Span
  var amount = 1.0
  var part: String?
}

/// An answer somebody gives to an incident.
package struct StagedAnswer: Hashable, Sendable {
  package let objective: String
  /// Seconds after it opened.
  package let after: Int
  package let by: String
  /// Seconds it holds; `nil`: until the incident closes.
  package let lasts: Int?
  package let note: String
}

/// Everything that is staged for a stretch of simulated life.
package struct Story: Sendable {
  let happenings: [Happening]
  /// When the monitoring machine itself was off: nothing was measured.
  package let off: [Span]
  package let answers: [StagedAnswer]
  /// Jobs that are switched off for planned work.
  package let disabled: [Disabled]
  /// What people wrote down.
  package let notes: [Note]
  /// When the shop did not answer; empty where the life is too short for it.
  package let outages: [Span]

  /// What befalls one host.
  func happenings(to host: String) -> [Happening] { happenings.filter { $0.host == host } }
}

extension [Happening] {
  /// The first of a kind that lasts at an instant.
  func now(_ kind: Happening.Kind, _ instant: Instant) -> Happening? {
    first { $0.kind == kind && $0.span.contains(instant) }
  }

  func isSilent(_ instant: Instant) -> Bool {
    contains { ($0.kind == .silent || $0.kind == .reboot) && $0.span.contains(instant) }
  }

  /// When it was last started, as far as that was staged.
  func booted(before instant: Instant) -> Instant? {
    filter { $0.kind == .reboot && $0.span.to <= instant }.map(\.span.to).max()
  }
}
