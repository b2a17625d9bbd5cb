import Model

/// A length of time as formulas write it: `90s`, `1h30m`, `1d`, `1w`.
///
/// Days and weeks go by the wall clock of a zone, so that a week before 09:00 is 09:00 also where the clocks changed in
/// between; hours, minutes and seconds are what they are: `24h` is not always `1d`.
package struct CalendarPeriod: Hashable, Sendable {
  package var days: Int
  package var seconds: Int

  package init(days: Int = 0, seconds: Int = 0) {
    self.days = days
    self.seconds = seconds
  }

  /// Seconds, a day being 24 hours.
  package var length: Int { days * 86_400 + seconds }

  /// What clock changes can add to or take from it.
  var slack: Int { days == 0 ? 0 : 86_400 }

  /// The longest there is: ten years.
  static let longest = 3_660 * 86_400

  /// `nil` where the text is none, a unit comes twice or after a smaller one, or it is longer than ten years.
  init?(_ text: some StringProtocol) {
    var (days, seconds, smallest) = (0, 0, Int.max)
    var rest = Substring(text)
    repeat {
      let digits = rest.prefix { "0"..."9" ~= $0 }
      let letter = rest.dropFirst(digits.count).first
      guard let number = Int(digits), number <= Self.longest, let letter, let unit = Self.units[letter],
        unit < smallest
      else { return nil }
      smallest = unit
      if unit >= 86_400 { days += number * unit / 86_400 } else { seconds += number * unit }
      rest = rest.dropFirst(digits.count + 1)
      guard days * 86_400 + seconds <= Self.longest else { return nil }
    } while !rest.isEmpty
    self.init(days: days, seconds: seconds)
  }

  private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
}

/// A zone's seconds east of UTC over a span, looked up without asking the zone again.
struct WallOffsets {
  private let zone: Zone
  private var changes: [(since: Int, offset: Int)] = []

  /// Asks for each day of the span, and looks for the second where two days differ.
  init(_ zone: Zone, _ span: Span) {
    self.zone = zone
    var time = span.from.seconds - 86_400
    var offset = zone.offset(at: Instant(time))
    changes = [(Int.min, offset)]
    while time < span.to.seconds + 86_400 {
      let next = zone.offset(at: Instant(time + 86_400))
      if next != offset { changes.append((change(after: time, before: time + 86_400, from: offset), next)) }
      (time, offset) = (time + 86_400, next)
    }
  }

  private func change(after start: Int, before end: Int, from offset: Int) -> Int {
    var (low, high) = (start, end)
    while high - low > 1 {
      let middle = (low + high) / 2
      if zone.offset(at: Instant(middle)) == offset { low = middle } else { high = middle }
    }
    return high
  }

  func offset(at instant: Instant) -> Int {
    changes.last { $0.since <= instant.seconds }?.offset ?? 0
  }

  /// Seconds of the wall clock since its 1970-01-01 00:00.
  func wall(_ instant: Instant) -> Int { instant.seconds + offset(at: instant) }

  /// The instant so much earlier.
  ///
  /// A time of day that was skipped then is moved forward by the gap; of one that came twice, the pass with the present
  /// offset is taken, or else the first.
  func instant(_ instant: Instant, before period: CalendarPeriod) -> Instant {
    guard period.days != 0 else { return instant - period.seconds }
    let offset = offset(at: instant)
    let earlier = instant - period.days * 86_400
    if self.offset(at: earlier) == offset { return earlier - period.seconds }
    let wall = instant.seconds + offset - period.days * 86_400
    return zone.instant(Civil(secondsFromEpoch: wall)) - period.seconds
  }
}
