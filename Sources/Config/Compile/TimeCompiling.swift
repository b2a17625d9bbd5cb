internal import Model
internal import YAML

extension JobDraft {
  /// The fields that say when a job is due; it has one of them.
  static let schedules = ["every", "cron", "at"]

  /// Whoever says one of them most specifically settles all: `cron` on a host hides the `every` of its monitor.
  var withOneSchedule: JobDraft {
    func saysSchedule(_ pair: YAMLPair) -> Bool { JobDraft.schedules.contains(pair.key.text) }
    guard let first = layers.firstIndex(where: { $0.pairs.contains { saysSchedule($0) && !$0.value.isNull } }) else {
      return self
    }
    var draft = self
    for place in layers.indices.dropFirst(first + 1) { draft.layers[place].pairs.removeAll(where: saysSchedule) }
    return draft
  }
}

/// When a job is due, and the step of its series.
struct Timing {
  var step: Int
  var schedule: Schedule = .grid
}

extension Workshop {
  func timing(_ record: Record, _ settings: Settings) -> Timing {
    let said = JobDraft.schedules.filter(record.said.contains)
    if said.count > 1 {
      findings.error(
        "\(record.crumb.shown) has \(said.listed), and a job has one schedule", at: record.place(of: said[1]),
        in: record.crumb + [said[1]], help: "keep one of them")
    }
    if record.said.contains("late"), !said.contains("at") {
      findings.error(
        "“late” belongs to “at”", at: record.place(of: "late"), in: record.crumb + ["late"],
        help: "leave it out: a slot that was missed is made up for until it is over")
    }
    switch (record["cron"]?.value, record["at"]?.value) {
    case (.cron(let cron)?, _): return timing(cron, record, settings)
    case (_, .moment(let moment)?): return timing(moment, record, settings)
    default: return Timing(step: step(record, settings))
    }
  }

  private func step(_ record: Record, _ settings: Settings) -> Int {
    guard let every = seconds(record, "every") else { return settings.step }
    if every % settings.step != 0 {
      let step = DurationText.text(seconds: settings.step)
      let nearest = max(1, (every + settings.step / 2) / settings.step) * settings.step
      findings.error(
        "every \(DurationText.text(seconds: every)) is no multiple of the step \(step)", at: record.place(of: "every"),
        in: record.crumb + ["every"], help: "the nearest is \(DurationText.text(seconds: nearest))")
      return settings.step
    }
    return every
  }

  private func timing(_ cron: Cron, _ record: Record, _ settings: Settings) -> Timing {
    let timing = Timing(step: settings.step, schedule: .cron(cron, settings.zone))
    let (place, crumb) = (record.place(of: "cron"), record.crumb + ["cron"])
    guard let interval = interval(of: cron, settings.zone) else {
      findings.error(
        "the schedule “\(cron)” never comes", at: place, in: crumb,
        help: "no month it names has such a day")
      return timing
    }
    if interval < settings.step {
      let (own, step) = (DurationText.text(seconds: interval), DurationText.text(seconds: settings.step))
      findings.error(
        "the schedule “\(cron)” comes every \(own), and redeye runs every \(step)", at: place, in: crumb,
        help: "write a schedule of \(step) or more, or step: \(own) in settings")
      return timing
    }
    return Timing(step: Workshop.step(within: interval, of: settings.step), schedule: timing.schedule)
  }

  /// Searching a year takes a while, and thousands of hosts may share a monitor.
  private func interval(of cron: Cron, _ zone: Zone) -> Int? {
    if let known = shelf.intervals[cron] { return known }
    // Any year has both changes of the clock; this one makes the answer the same in every run.
    let interval = cron.smallestInterval(from: Instant(1_767_225_600), zone: zone)
    shelf.intervals[cron] = .some(interval)
    return interval
  }

  /// The longest step that divides a day and no two times of the schedule share.
  static func step(within interval: Int, of base: Int) -> Int {
    let minutes = [1_440, 720, 480, 360, 240, 180, 120, 60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1]
    return minutes.map { $0 * 60 }.first { $0 <= interval && $0 % base == 0 } ?? base
  }

  private func timing(_ moment: Moment, _ record: Record, _ settings: Settings) -> Timing {
    let late = seconds(record, "late") ?? 3_600
    guard let instant = moment.instant(in: settings.zone) else {
      let (after, zone) = (settings.zone.civil(settings.zone.instant(moment.civil)), settings.zone.identifier)
      findings.error(
        "the clock of \(zone) skips this time", at: record.place(of: "at"), in: record.crumb + ["at"],
        help: "write \(dateText(after)) \(padded(after.hour, to: 2)):\(padded(after.minute, to: 2))")
      return Timing(step: settings.step)
    }
    return Timing(step: settings.step, schedule: .once(instant, late: late))
  }

  func timeout(_ record: Record, _ settings: Settings) -> Double {
    // Sooner than the deadline: a peer that hangs is to be found silent, not given up for want of time.
    guard let milliseconds = record.milliseconds("timeout") else { return min(10, Double(settings.deadline) * 0.8) }
    if milliseconds >= settings.deadline * 1_000 {
      let longest = DurationText.text(milliseconds: settings.deadline * 800)
      findings.fault(
        "a timeout of \(DurationText.text(milliseconds: milliseconds)) is not less than the deadline of a run, \(DurationText.text(seconds: settings.deadline))",
        at: record.place(of: "timeout"), in: record.crumb + ["timeout"],
        help: "what hangs would be unknown instead of bad: write \(longest) or less, or a longer deadline in settings")
    }
    return Double(milliseconds) / 1_000
  }
}
