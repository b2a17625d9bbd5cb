import Foundation
import Synchronization

/// A time zone by its IANA name, with the civil-calendar arithmetic every stage shares.
///
/// Days are real: the day a clock change falls on has 23 or 25 hours, or none at all.
package struct Zone: Hashable, Sendable {
  package let identifier: String
  private let rules: TimeZone

  /// `nil` where the time zone database has no such name.
  package init?(_ identifier: String) {
    guard let rules = TimeZone(identifier: identifier) else { return nil }
    self.identifier = identifier
    self.rules = rules
  }

  package static let utc = Zone("UTC")!

  /// Seconds east of UTC at an instant.
  package func offset(at instant: Instant) -> Int {
    rules.secondsFromGMT(for: instant.date)
  }

  /// The zone's abbreviation at an instant, e.g. `CEST`, or its offset where it has none (`GMT+3`).
  package func abbreviation(at instant: Instant) -> String {
    if ["UTC", "Etc/UTC"].contains(identifier) { return "UTC" }
    let isSummer = rules.isDaylightSavingTime(for: instant.date)
    return Abbreviations.shared.text(
      of: rules, isSummer: isSummer, offset: rules.secondsFromGMT(for: instant.date), at: instant.date)
  }

  /// The wall clock at an instant.
  package func civil(_ instant: Instant) -> Civil {
    Civil(secondsFromEpoch: instant.seconds + offset(at: instant))
  }

  /// The instant of a wall-clock time.
  ///
  /// A time that does not exist (spring) moves forward by the gap. A time that exists twice (autumn) is its first
  /// pass, or its second with `later: true`.
  package func instant(_ civil: Civil, later: Bool = false) -> Instant {
    let wall = civil.secondsFromEpoch
    // The offsets a day either side bracket every transition that can touch this wall time.
    let before = offset(at: Instant(wall - 86_400))
    let after = offset(at: Instant(wall + 86_400))
    let passes = Set([before, after]).map { Instant(wall - $0) }.filter { $0.seconds + offset(at: $0) == wall }
    if let pass = later ? passes.max() : passes.min() { return pass }
    return Instant(wall - before)
  }

  /// The first instant of the civil day that `civil` lies in, even where local midnight does not exist.
  package func startOfDay(_ civil: Civil) -> Instant {
    instant(Civil(year: civil.year, month: civil.month, day: civil.day))
  }

  /// The version of the time zone rules in use.
  package static var rulesVersion: String { TimeZone.timeZoneDataVersion }
}

extension Instant {
  fileprivate var date: Date { Date(timeIntervalSince1970: Double(seconds)) }
}

extension Zone: Codable {
  package init(from decoder: any Decoder) throws {
    let name = try decoder.singleValueContainer().decode(String.self)
    self = Zone(name) ?? .utc
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(identifier)
  }
}

/// What zones are called. The database of locales knows an abbreviation only where people use it, so several are
/// asked; each answer is kept, for a page asks hundreds of times.
private final class Abbreviations: Sendable {
  static let shared = Abbreviations()

  private struct Key: Hashable {
    var zone: String
    var isSummer: Bool
    var offset: Int
  }

  private static let locales = ["en_GB", "en_US", "en_AU", "en_NZ", "en_IN", "en_ZA", "en_CA"].map(Locale.init)
  private let known = Mutex<[Key: String]>([:])

  func text(of zone: TimeZone, isSummer: Bool, offset: Int, at date: Date) -> String {
    let key = Key(zone: zone.identifier, isSummer: isSummer, offset: offset)
    if let text = known.withLock({ $0[key] }) { return text }
    let style = isSummer ? TimeZone.NameStyle.shortDaylightSaving : .shortStandard
    let names = Self.locales.compactMap { zone.localizedName(for: style, locale: $0) }
    let text = names.first { $0.allSatisfy(\.isLetter) } ?? zone.abbreviation(for: date) ?? zone.identifier
    known.withLock { $0[key] = text }
    return text
  }
}
