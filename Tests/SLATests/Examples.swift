import Config
import Model
import SLA

/// An objective for tests: one minute, `up` of at least 1, everything else as it is by default.
func objective(
  series: String = "www/website/up", step: Int = 60, tolerance: Tolerance = Tolerance(minimum: 1),
  target: Double = 0.999, window: ObjectiveWindow = .calendar(.month), hours: ServiceHours = .always,
  unknown: UnknownPolicy = .exclude, minimumCoverage: Double = 0.95
) -> Objective {
  Objective(
    name: "www-answers", title: "The website answers", series: Selector(series), step: step, tolerance: tolerance,
    target: target, targetText: "", window: window, hours: hours, unknown: unknown,
    minimumCoverage: minimumCoverage, location: SourceLocation(file: "redeye.yaml", line: 1, column: 1))
}

func interval(_ from: Int, _ to: Int, _ verdict: Verdict, _ cause: String = "") -> LedgerInterval {
  LedgerInterval(
    objective: "www-answers", span: Span(from: Instant(from), to: Instant(to)), verdict: verdict, cause: cause,
    configuration: "c0ffee")
}

let officeHours = WeeklyHours(days: [0, 1, 2, 3, 4], from: 8 * 60, to: 18 * 60)
let nights = WeeklyHours(days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 6 * 60)
let berlin = Zone("Europe/Berlin") ?? .utc

func berlinTime(_ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0) -> Instant {
  berlin.instant(Civil(year: year, month: month, day: day, hour: hour, minute: minute))
}

/// Whether a wall clock in service hours shows this instant; slow and simple, for days without a clock change.
func isServiceTime(_ instant: Instant, _ hours: ServiceHours, _ zone: Zone) -> Bool {
  guard case .weekly(let weekly) = hours else { return true }
  let civil = zone.civil(instant)
  let minute = civil.hour * 60 + civil.minute
  let yesterday = (civil.weekday + 6) % 7
  return weekly.contains { entry in
    if entry.to > entry.from { return entry.days.contains(civil.weekday) && (entry.from..<entry.to).contains(minute) }
    return entry.days.contains(civil.weekday) && minute >= entry.from
      || entry.days.contains(yesterday) && minute < entry.to
  }
}
