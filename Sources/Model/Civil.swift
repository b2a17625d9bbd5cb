/// A date and time of day on the proleptic Gregorian calendar, without a zone.
///
/// The conversions follow Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
package struct Civil: Hashable, Comparable, Sendable {
  package var year: Int
  package var month: Int
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int

  package init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  package init(secondsFromEpoch wall: Int) {
    let days = wall >= 0 ? wall / 86_400 : -((86_399 - wall) / 86_400)
    let seconds = wall - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, hour: seconds / 3_600, minute: seconds / 60 % 60,
      second: seconds % 60)
  }

  /// Days since 1970-01-01; a day or month out of range carries over (`month: 13` is January of the next year).
  package var daysFromEpoch: Int {
    let months = year * 12 + month - 1
    let wholeYear = months >= 0 ? months / 12 : -((11 - months) / 12)
    let monthOfYear = months - wholeYear * 12 + 1
    let shiftedYear = monthOfYear <= 2 ? wholeYear - 1 : wholeYear
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (monthOfYear > 2 ? monthOfYear - 3 : monthOfYear + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  package var secondsFromEpoch: Int { daysFromEpoch * 86_400 + hour * 3_600 + minute * 60 + second }

  /// The same value with every field in its range.
  package var normalised: Civil { Civil(secondsFromEpoch: secondsFromEpoch) }

  /// 0 is Monday, 6 is Sunday (ISO 8601 order).
  package var weekday: Int {
    let days = daysFromEpoch + 3
    return days >= 0 ? days % 7 : (days % 7 + 7) % 7
  }

  package static func < (left: Civil, right: Civil) -> Bool { left.secondsFromEpoch < right.secondsFromEpoch }
}
