/// A point in time: whole seconds since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX).
package struct Instant: Hashable, Comparable, Sendable {
  package var seconds: Int

  package init(_ seconds: Int) { self.seconds = seconds }

  package static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
  package static func + (left: Instant, seconds: Int) -> Instant { Instant(left.seconds + seconds) }
  package static func - (left: Instant, seconds: Int) -> Instant { Instant(left.seconds - seconds) }
  package static func - (left: Instant, right: Instant) -> Int { left.seconds - right.seconds }

  /// The slot this instant lies in: `floor(epoch / step) * step`.
  ///
  /// `Instant(119).slot(step: 60)` is `Instant(60)`.
  package func slot(step: Int) -> Instant {
    let remainder = seconds % step
    return Instant(seconds - (remainder < 0 ? remainder + step : remainder))
  }
}

extension Instant: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Int.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(seconds)
  }
}

/// A half-open stretch of time, `[from, to)`.
package struct Span: Hashable, Sendable, Codable {
  package var from: Instant
  package var to: Instant

  package init(from: Instant, to: Instant) {
    self.from = from
    self.to = to
  }

  /// Seconds in the span; never negative.
  package var seconds: Int { max(0, to - from) }
  package var isEmpty: Bool { to <= from }

  package func contains(_ instant: Instant) -> Bool { from <= instant && instant < to }

  /// What both spans share; empty where they do not touch.
  package func intersection(_ other: Span) -> Span {
    let start = max(from, other.from)
    return Span(from: start, to: max(start, min(to, other.to)))
  }
}
