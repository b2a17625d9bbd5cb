internal import Foundation

/// The names of the time zone database, for people who mistyped one.
enum Zones {
  static let names = TimeZone.knownTimeZoneIdentifiers.sorted() + ["UTC"]
}
