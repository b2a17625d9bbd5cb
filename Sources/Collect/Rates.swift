package import Model

/// How much a counter grew for each second, or why that cannot be known.
package enum Rate: Hashable, Sendable {
  case known(Double)
  case unknown(Reason)

  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// Nothing was remembered to compare with.
    case firstReading = "first reading"
    /// The source restarted, or the counter fell without a wrap that fits.
    case reset
    /// The source says that the counter did not run on.
    case discontinuity
    /// The readings lie too far apart for the slot's value.
    case gapTooLong = "gap too long"
    /// More than the line could have carried.
    case impossible
    /// At this speed a 32-bit counter may have wrapped more than once.
    case ambiguous
    /// 32 bits before and 64 now, or the other way round.
    case widthChanged = "width changed"
    /// No time passed, or this machine's clock was set in between.
    case clock
  }

  package var value: Double? {
    if case .known(let value) = self { value } else { nil }
  }

  package var reason: Reason? {
    if case .unknown(let reason) = self { reason } else { nil }
  }
}

/// When counters were read, by this machine's clock and by what the source says of its own.
package struct ReadingTime: Hashable, Sendable {
  /// SNMP's engine clock: seconds since the engine's `boots`-th start; it does not wrap in practice.
  package struct Engine: Hashable, Sendable {
    package var boots: Int
    package var time: Double

    package init(boots: Int, time: Double) {
      self.boots = boots
      self.time = time
    }
  }

  /// Seconds since 1970, with fractions.
  package var readAt: Double
  /// Seconds the source has been up.
  package var uptime: Double?
  package var engine: Engine?

  package init(readAt: Double, uptime: Double? = nil, engine: Engine? = nil) {
    self.readAt = readAt
    self.uptime = uptime
    self.engine = engine
  }

  /// sysUpTime counts hundredths in 32 bits: back to 0 after 497 days.
  package static let sysUpTimeWraps = 42_949_672.96
}

/// What lies between two readings of one source.
package struct ReadingGap: Hashable, Sendable {
  package enum Continuity: Hashable, Sendable {
    /// The source's own clock shows that it ran on.
    case proven
    /// The source has no clock, so a fallen counter is never taken for a wrapped one.
    case assumed
    case broken(Rate.Reason)
  }

  /// Seconds from the first reading to the second.
  package var seconds: Double
  package var continuity: Continuity

  package init(seconds: Double, continuity: Continuity) {
    self.seconds = seconds
    self.continuity = continuity
  }

  /// Compares the two; `longest` is the gap in seconds over which a rate still speaks for its slot, and
  /// `uptimeWraps` where the source's uptime starts anew without a restart.
  package init(
    from before: ReadingTime?, to now: ReadingTime, longest: Double, uptimeWraps: Double? = nil
  ) {
    guard let before else {
      self.init(seconds: 0, continuity: .broken(.firstReading))
      return
    }
    let seconds = now.readAt - before.readAt
    let source = ReadingGap.source(from: before, to: now, seconds: seconds, uptimeWraps: uptimeWraps)
    let continuity: Continuity =
      if source == .broken(.reset) {
        source
      } else if !(seconds > 0) {
        .broken(.clock)
      } else if seconds > longest {
        .broken(.gapTooLong)
      } else {
        source
      }
    self.init(seconds: seconds, continuity: continuity)
  }

  /// The engine's clock is asked first, since it tells a restart from a wrapped uptime; one that stands still is
  /// not believed.
  private static func source(
    from before: ReadingTime, to now: ReadingTime, seconds: Double, uptimeWraps: Double?
  ) -> Continuity {
    if let old = before.engine, let new = now.engine {
      if new.boots != old.boots || new.time < old.time { return .broken(.reset) }
      if agreed(new.time - old.time, seconds) == .proven { return .proven }
    }
    guard let old = before.uptime, let new = now.uptime else { return .assumed }
    if new < old { return fallen(from: old, to: new, seconds: seconds, wraps: uptimeWraps) }
    // A restart since the last reading leaves an uptime shorter than the gap, even when it is longer than it was.
    if new < seconds + slack(seconds), new - old < seconds - slack(seconds) { return .broken(.reset) }
    return agreed(new - old, seconds)
  }

  private static func fallen(from old: Double, to new: Double, seconds: Double, wraps: Double?) -> Continuity {
    guard let wraps, abs(new + wraps - old - seconds) <= slack(seconds) else { return .broken(.reset) }
    return .proven
  }

  /// Where the source counted another time than this machine, one clock was set and no rate can be trusted.
  private static func agreed(_ counted: Double, _ seconds: Double) -> Continuity {
    abs(counted - seconds) <= slack(seconds) ? .proven : .broken(.clock)
  }

  /// Seconds by which two honest clocks may differ: answers under way, agents that refresh every few seconds.
  private static func slack(_ seconds: Double) -> Double { 5 + abs(seconds) * 0.1 }
}

/// The rate between two readings of a counter; unknown rather than guessed.
///
/// `ceiling` is the most that can be counted in a second, where it is known: then nothing above it (with a tenth to
/// spare) is believed, a wrap of 32 bits included. Without one, a wrap is believed below half the counter's range.
/// `isDiscontinuous` is the source's own word that this counter did not run on.
///
/// 4294967290 → 5 in 60 s of 32 bits grew by 11, which is 0.1833 a second.
package func rate(
  from before: CounterReading?, to now: CounterReading, over gap: ReadingGap, ceiling: Double? = nil,
  isDiscontinuous: Bool = false
) -> Rate {
  guard let before else { return .unknown(.firstReading) }
  if case .broken(let reason) = gap.continuity { return .unknown(reason) }
  guard gap.seconds > 0 else { return .unknown(.clock) }
  if isDiscontinuous { return .unknown(.discontinuity) }
  guard before.bits == now.bits else { return .unknown(.widthChanged) }
  return now.bits == 32
    ? narrowRate(from: before.value, to: now.value, over: gap, ceiling: ceiling)
    : wideRate(from: before.value, to: now.value, over: gap, ceiling: ceiling)
}

/// 64 bits do not wrap: at 100 Gbit/s it would take 46 years.
private func wideRate(from before: UInt64, to now: UInt64, over gap: ReadingGap, ceiling: Double?) -> Rate {
  guard now >= before else { return .unknown(.reset) }
  return bounded(now - before, over: gap, ceiling: ceiling)
}

private func narrowRate(from before: UInt64, to now: UInt64, over gap: ReadingGap, ceiling: Double?) -> Rate {
  let range: UInt64 = 1 << 32
  guard before < range, now < range else { return .unknown(.impossible) }
  if let ceiling, ceiling * gap.seconds >= Double(range) { return .unknown(.ambiguous) }
  if now >= before { return bounded(now - before, over: gap, ceiling: ceiling) }
  let delta = now + range - before
  guard gap.continuity == .proven, ceiling != nil || delta < range / 2 else { return .unknown(.reset) }
  guard case .known(let rate) = bounded(delta, over: gap, ceiling: ceiling) else { return .unknown(.reset) }
  return .known(rate)
}

private func bounded(_ delta: UInt64, over gap: ReadingGap, ceiling: Double?) -> Rate {
  if let ceiling, Double(delta) > ceiling * gap.seconds * 1.1 { return .unknown(.impossible) }
  return .known(Double(delta) / gap.seconds)
}
