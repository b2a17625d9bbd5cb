import Model

/// The stretches of time a picture is drawn over.
enum Period: String, CaseIterable {
  case day
  case week
  case month
  case year

  var seconds: Int {
    switch self {
    case .day: 86_400
    case .week: 7 * 86_400
    case .month: 28 * 86_400
    case .year: 365 * 86_400
    }
  }

  /// Seconds between samples; the day has every slot.
  var resolution: Int? {
    switch self {
    case .day: nil
    case .week: 300
    case .month: 1_800
    case .year: 21_600
    }
  }

  /// Seconds between two drawings. A column stands for 128 s of a day, half an hour of a week, two hours of four weeks
  /// and a day of a year: drawn more often it would look the same.
  var renewal: Int {
    switch self {
    case .day: 300
    case .week: 1_800
    case .month: 7_200
    case .year: 86_400
    }
  }

  var title: String {
    switch self {
    case .day: "Day"
    case .week: "Week"
    case .month: "4 weeks"
    case .year: "Year"
    }
  }

  var words: String {
    switch self {
    case .day: "24 hours"
    case .week: "7 days"
    case .month: "4 weeks"
    case .year: "12 months"
    }
  }
}

/// Whether a file that is renewed once in `period` seconds is due, with its turn spread over the period by its path.
///
/// It is due where a turn lies in `(last, now]`; before the first run everything is.
func isDue(_ path: String, every period: Int, last: Instant?, now: Instant) -> Bool {
  guard period > 0, let last else { return true }
  let offset = Int(hash(path) % UInt64(period))
  return (now - offset).slot(step: period) > last - offset
}

/// When a file that is renewed once in `period` seconds has its next turn.
func nextTurn(_ path: String, every period: Int, after now: Instant) -> Instant {
  let offset = Int(hash(path) % UInt64(max(period, 1)))
  return (now - offset).slot(step: period) + offset + period
}
