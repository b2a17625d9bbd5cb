/// A point in time as people write it: `2026-12-24 18:00`, with `T` for the blank, with seconds, and with `Z` or an
/// offset such as `+01:00` (RFC 3339); without one it is by the wall clock of a zone.
package struct Moment: Hashable, Sendable {
  package let civil: Civil
  /// Seconds east of UTC, where it is said.
  package let offset: Int?

  /// `nil` where the text is none, or the date is not in the calendar.
  package init?(_ text: String) {
    var rest = text.utf8[...]
    guard let year = rest.number(of: 4), rest.take("-"), let month = rest.number(of: 2), rest.take("-"),
      let day = rest.number(of: 2), rest.take(" ") || rest.take("T"), let hour = rest.number(of: 2), rest.take(":"),
      let minute = rest.number(of: 2)
    else { return nil }
    var second = 0
    if rest.take(":") {
      guard let given = rest.number(of: 2) else { return nil }
      second = given
    }
    civil = Civil(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    guard civil.normalised == civil, let offset = Moment.offset(&rest), rest.isEmpty else { return nil }
    self.offset = offset
  }

  /// What follows the time, if anything does; the outer `nil` where it is no offset.
  private static func offset(_ rest: inout Substring.UTF8View) -> Int?? {
    if rest.isEmpty { return .some(nil) }
    _ = rest.take(" ")
    if rest.take("Z") { return 0 }
    let sign = rest.take("+") ? 1 : rest.take("-") ? -1 : 0
    guard sign != 0, let hours = rest.number(of: 2), hours < 15 else { return nil }
    _ = rest.take(":")
    guard let minutes = rest.number(of: 2), minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }

  /// The instant; `nil` where the zone's clock skips this time.
  package func instant(in zone: Zone) -> Instant? {
    if let offset { return Instant(civil.secondsFromEpoch - offset) }
    let instant = zone.instant(civil)
    return zone.civil(instant) == civil ? instant : nil
  }
}

extension Substring.UTF8View {
  /// A number of so many digits.
  fileprivate mutating func number(of digits: Int) -> Int? {
    let head = prefix(digits)
    guard head.count == digits, head.allSatisfy({ (48...57).contains($0) }) else { return nil }
    removeFirst(digits)
    return head.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  fileprivate mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard first == UInt8(ascii: sign) else { return false }
    removeFirst()
    return true
  }
}
