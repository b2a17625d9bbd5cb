package import Model

/// A service level: what counts as good, how much of it is promised, over which window.
package struct Objective: Sendable {
  package var name: String
  package var title: String
  /// What the public reads in place of the title.
  package var publicTitle: String?
  package var group: [String]
  /// One series, or a glob: then a slot is bad when any of its series is, unknown when none is bad and any unknown.
  package var series: Selector
  /// Seconds between the slots of its series.
  package var step: Int
  /// When its jobs are due; slots in which they are not do not count.
  package var schedule: Schedule
  package var tolerance: Tolerance
  /// Seconds out of tolerance before it is an incident.
  package var holdDown: Int
  /// The promised share of good time, 0 to 1; `99.9%` is 0.999.
  package var target: Double
  /// The target as it was written, for print.
  package var targetText: String
  package var window: ObjectiveWindow
  package var hours: ServiceHours
  package var unknown: UnknownPolicy
  /// Below this share of measured service time the figure is void; 0 to 1.
  package var minimumCoverage: Double
  /// The role told, one step; or the name of a ladder.
  package var notify: String?
  package var escalation: String?
  package var location: SourceLocation

  package init(
    name: String, title: String, group: [String] = [], series: Selector, step: Int, tolerance: Tolerance,
    holdDown: Int = 0, target: Double, targetText: String, window: ObjectiveWindow = .calendar(.month),
    hours: ServiceHours = .always, unknown: UnknownPolicy = .exclude, minimumCoverage: Double = 0.95,
    notify: String? = nil, escalation: String? = nil, location: SourceLocation, schedule: Schedule = .grid
  ) {
    self.name = name
    self.title = title
    self.group = group
    self.series = series
    self.step = step
    self.tolerance = tolerance
    self.holdDown = holdDown
    self.target = target
    self.targetText = targetText
    self.window = window
    self.hours = hours
    self.unknown = unknown
    self.minimumCoverage = minimumCoverage
    self.notify = notify
    self.escalation = escalation
    self.location = location
    self.schedule = schedule
  }
}

/// What a sample must satisfy to be good; every bound given must hold.
package struct Tolerance: Hashable, Sendable {
  package var minimum: Double?
  package var maximum: Double?
  package var equals: Double?

  package init(minimum: Double? = nil, maximum: Double? = nil, equals: Double? = nil) {
    self.minimum = minimum
    self.maximum = maximum
    self.equals = equals
  }
}

package enum ObjectiveWindow: Hashable, Sendable {
  package enum Period: String, Hashable, Sendable, CaseIterable { case day, week, month, quarter, year }

  /// A period of the calendar, in the time zone of the settings.
  case calendar(Period)
  /// The last so many seconds.
  case rolling(Int)
}

package enum UnknownPolicy: Hashable, Sendable {
  case exclude
  case bad
  case good
  /// The verdict before, for at most so many slots.
  case carry(Int)
}

/// When the service has to work, in local time; the rest is not counted.
package enum ServiceHours: Hashable, Sendable {
  case always
  case weekly([WeeklyHours])
}

/// A stretch of the week, e.g. `mon-fri 08:00-18:00`; one whose end is not after its start runs into the next day and
/// belongs to the day it starts on.
package struct WeeklyHours: Hashable, Sendable {
  /// 0 is Monday.
  package var days: Set<Int>
  /// Minutes since local midnight; `to` may be 1440.
  package var from: Int
  package var to: Int

  package init(days: Set<Int>, from: Int, to: Int) {
    self.days = days
    self.from = from
    self.to = to
  }
}
