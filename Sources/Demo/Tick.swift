import Model

/// One run of the simulated life, with what the clock on the wall shows.
struct Tick: Sendable {
  let now: Instant
  /// Hours since local midnight, with fractions.
  let hour: Double
  /// 0 is Monday.
  let weekday: Int

  init(_ now: Instant, _ zone: Zone) {
    let civil = zone.civil(now)
    self.now = now
    hour = Double(civil.hour) + Double(civil.minute) / 60 + Double(civil.second) / 3_600
    weekday = civil.weekday
  }

  var seconds: Int { now.seconds }
  var isWeekend: Bool { weekday > 4 }

  /// How busy an office is: nearly nothing at night and on weekends, a dip at noon.
  var office: Double {
    let day = hump(10.5, 2.2) + hump(14.8, 2.4) * 0.95
    return 0.04 + min(1, day) * (isWeekend ? 0.07 : weekday == 4 ? 0.85 : 1)
  }

  /// How busy the public is: by day and more so in the evening, also on weekends.
  var evening: Double {
    let day = hump(11.5, 3) * 0.6 + hump(20.2, 2.3) + hump(24 + 20.2 - 24, 5) * 0.15
    return 0.07 + min(1.1, day) * (isWeekend ? 1.12 : 0.92)
  }

  /// Two shifts of a warehouse, from 6 to 22, half of it on Saturdays.
  var shifts: Double {
    let day = min(1, max(0, (hour - 5.6) * 1.6)) * min(1, max(0, (22.3 - hour) * 1.6))
    return 0.05 + day * (weekday == 6 ? 0.03 : weekday == 5 ? 0.5 : 1)
  }

  /// The nightly backup, from 01:00 to a little after 03:00; longer on the night to Sunday.
  var backup: Double {
    let end = weekday == 6 ? 4.6 : 3.2
    return hour > 1 && hour < end ? min(1, (hour - 1) * 8) * min(1, (end - hour) * 4) : 0
  }

  /// 1 at an hour of the day, falling off over about so many hours to each side.
  private func hump(_ at: Double, _ width: Double) -> Double {
    let away = abs(hour - at)
    let distance = min(away, 24 - away) / width
    return 1 / (1 + distance * distance * distance * distance)
  }
}
