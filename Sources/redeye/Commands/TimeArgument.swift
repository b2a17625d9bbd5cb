import ArgumentParser
import Model

/// A point in time as people write it on a command line; what it means depends on the zone and on now.
///
/// `2026-12-24 18:00`, `2026-12-24T18:00:00Z`, `2026-12-24` for its beginning, `18:00` for today's, `today`,
/// `yesterday`, `now`, and `2h` for so long before now.
struct TimeArgument {
  private enum Meaning {
    case moment(Moment)
    /// So many days before today, at a time of the wall clock.
    case today(back: Int, hour: Int, minute: Int)
    case ago(Int)
  }

  private static let form = "write it like 2026-12-24 18:00, 2026-12-24, 18:00, yesterday, or 2h for so long before now"

  private let text: String
  private let meaning: Meaning

  /// For the parser; throws what is wrong with the text.
  @Sendable static func parse(_ text: String) throws -> TimeArgument {
    guard let meaning = meaning(text) else {
      // What has a unit is a duration gone wrong, and told as one.
      if text.first?.isNumber == true, text.last?.isLetter == true, !text.contains(":") {
        return TimeArgument(text: text, meaning: .ago(try DurationArgument.parse(text).seconds))
      }
      throw ValidationError("it is no point in time; \(form)")
    }
    return TimeArgument(text: text.printable(limit: 60), meaning: meaning)
  }

  private static func meaning(_ text: String) -> Meaning? {
    switch text {
    case "now": return .ago(0)
    case "today": return .today(back: 0, hour: 0, minute: 0)
    case "yesterday": return .today(back: 1, hour: 0, minute: 0)
    default: break
    }
    if let moment = Moment(text) ?? Moment("\(text) 00:00") { return .moment(moment) }
    if let clock = Moment("2000-01-01 \(text)"), clock.offset == nil, clock.civil.second == 0 {
      return .today(back: 0, hour: clock.civil.hour, minute: clock.civil.minute)
    }
    return (try? DurationArgument.parse(text)).map { .ago($0.seconds) }
  }

  /// Ends with status 2 where the zone's clock skips this time.
  func instant(in zone: Zone, now: Instant) throws -> Instant {
    switch meaning {
    case .ago(let seconds): return now - seconds
    case .moment(let moment):
      // A day that begins an hour late begins all the same.
      return text.contains(":") ? try MomentArgument.instant(text, in: zone) : zone.startOfDay(moment.civil)
    case .today(let back, let hour, let minute):
      let today = zone.civil(now)
      let day = Civil(year: today.year, month: today.month, day: today.day - back).normalised
      guard hour > 0 || minute > 0 else { return zone.startOfDay(day) }
      return zone.instant(Civil(year: day.year, month: day.month, day: day.day, hour: hour, minute: minute, second: 0))
    }
  }
}
