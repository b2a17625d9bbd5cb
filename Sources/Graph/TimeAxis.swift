import Model

/// A mark on the time axis.
struct Tick: Hashable {
  enum Kind: Hashable { case minor, label, day }

  var at: Instant
  var kind: Kind
  var text: String
}

/// The marks of a span in its zone: minutes and hours for up to two days, then days, weeks, months and years.
///
/// Marks stand where the wall clock shows round numbers, so a day on which the clock changes has 23 or 25 hours.
struct TimeAxis {
  let ticks: [Tick]
  /// Labels name the stretch that begins at their mark and stand in its middle.
  let isCentred: Bool

  init(_ span: Span, _ clock: WallClock, isWide: Bool) {
    let hours = Double(span.seconds) / 3_600
    isCentred = hours > 49
    ticks = isCentred ? Self.dates(span, clock, days: hours / 24) : Self.times(span, clock, hours: hours, isWide)
  }

  /// Minutes between marks and between labels.
  private static func steps(_ hours: Double, _ isWide: Bool) -> (mark: Int, label: Int) {
    switch hours {
    case ...0.26: (1, 5)
    case ...0.7: (5, 10)
    case ...2: (10, 30)
    case ...8: (30, 60)
    case ...16: (60, isWide ? 120 : 180)
    default: (60, isWide ? 180 : 360)
    }
  }

  private static func times(_ span: Span, _ clock: WallClock, hours: Double, _ isWide: Bool) -> [Tick] {
    let step = steps(hours, isWide)
    var ticks: [Tick] = []
    var day = clock.civil(span.from - 1).day
    var at = clock.round(span.from, minutes: step.mark)
    while at <= span.to, ticks.count < 500 {
      let civil = clock.civil(at)
      // The day may begin at 01:00 where a clock change swallows midnight.
      let kind: Tick.Kind = civil.day != day ? .day : civil.minuteOfDay % step.label == 0 ? .label : .minor
      ticks.append(Tick(at: at, kind: kind, text: kind == .minor ? "" : Words.time(civil)))
      day = civil.day
      at = clock.round(at + 60 * step.mark, minutes: step.mark)
    }
    return ticks
  }

  private static func dates(_ span: Span, _ clock: WallClock, days: Double) -> [Tick] {
    var civil = clock.civil(span.from)
    (civil.hour, civil.minute, civil.second) = (0, 0, 0)
    if days > 40 { civil.day = 1 }
    if days > 800 { civil.month = 1 }
    var ticks: [Tick] = []
    while ticks.count < 500 {
      let at = clock.zone.startOfDay(civil)
      if at >= span.to { break }
      if at >= span.from { ticks.append(tick(at, civil, days)) }
      civil = next(civil, days)
    }
    return ticks
  }

  private static func tick(_ at: Instant, _ civil: Civil, _ days: Double) -> Tick {
    switch days {
    case ...8: Tick(at: at, kind: .day, text: "\(weekdayNames[civil.weekday]) \(civil.day)")
    case ...40 where civil.weekday != 0: Tick(at: at, kind: .minor, text: "")
    case ...40: Tick(at: at, kind: .day, text: Words.date(civil))
    case ...800: Tick(at: at, kind: .day, text: Words.month(civil))
    default: Tick(at: at, kind: .day, text: "\(civil.year)")
    }
  }

  private static func next(_ civil: Civil, _ days: Double) -> Civil {
    if days <= 40 { return Civil(year: civil.year, month: civil.month, day: civil.day + 1).normalised }
    if days <= 800 { return Civil(year: civil.year, month: civil.month + 1, day: 1).normalised }
    return Civil(year: civil.year + max(1, Int(days / 4_000)), month: 1, day: 1)
  }
}

extension Civil {
  var minuteOfDay: Int { hour * 60 + minute }
}

/// The wall clock over a span. Most days have one offset, which is then asked for once.
struct WallClock {
  let zone: Zone
  private let offset: Int?

  init(_ zone: Zone, _ span: Span) {
    self.zone = zone
    let (start, end) = (zone.offset(at: span.from - 86_400), zone.offset(at: span.to + 86_400))
    // No zone changes its clock and back within days.
    offset = start == end && span.seconds <= 10 * 86_400 ? start : nil
  }

  func civil(_ instant: Instant) -> Civil {
    offset.map { Civil(secondsFromEpoch: instant.seconds + $0) } ?? zone.civil(instant)
  }

  /// The first instant from here on at which the wall clock shows a multiple of so many minutes.
  func round(_ instant: Instant, minutes: Int) -> Instant {
    let civil = civil(instant)
    let past = civil.minuteOfDay % minutes * 60 + civil.second
    return past == 0 ? instant : instant + (minutes * 60 - past)
  }
}
