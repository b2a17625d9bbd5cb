internal import Model
internal import YAML

extension Workshop {
  /// The objectives of monitors and of `slas:`, each name once.
  func objectives(_ made: [Made], _ jobs: JobIndex, _ people: People) -> [Objective] {
    let own = items(of: "slas", noun: "objectives").filter { !$0.isBroken }.map {
      Made(name: $0.name, group: $0.groups, layers: $0.layers, crumb: $0.crumb, place: $0.place)
    }
    var places: [String: Place] = [:]
    return (own + made).compactMap { made in
      if let first = places.updateValue(made.place, forKey: made.name) {
        findings.error(
          "“\(made.name)” is the name of two objectives, first in \(findings.short(first))", at: made.place,
          in: made.crumb,
          help: "give one of them another name")
        places[made.name] = first
      }
      return objective(made, jobs, people)
    }
  }

  private func objective(_ made: Made, _ jobs: JobIndex, _ people: People) -> Objective? {
    let record = checker.record(made.fields, of: fields(of: "slas"), at: made.place, in: made.crumb)
    let tolerance = tolerance(record)
    checkAlerting(record, people)
    guard let series = record.text("series"), let (step, schedule) = timing(of: series, record, jobs),
      case .share(let target, let text)? = record["objective"]?.value
    else { return nil }
    var objective = Objective(
      name: made.name, title: record.text("title") ?? made.name, group: made.group, series: Selector(series),
      step: step,
      tolerance: tolerance, holdDown: seconds(record, "for") ?? 0, target: target, targetText: text,
      window: window(record), hours: hours(record), unknown: unknown(record), minimumCoverage: coverage(record),
      notify: record.text("notify"), escalation: record.text("escalation"),
      location: findings.location(made.place, in: made.crumb), schedule: schedule)
    objective.publicTitle = record.text("public title")
    Resolution(objective, record, findings).check()
    return objective
  }

  // MARK: Fields

  private func tolerance(_ record: Record) -> Tolerance {
    guard let given = record.record("tolerance") else { return Tolerance() }
    let tolerance = Tolerance(
      minimum: given.number("minimum"), maximum: given.number("maximum"), equals: given.number("equals"))
    if given.said.isEmpty {
      findings.error(
        "an empty tolerance, so every sample would be good", at: given.place, in: given.crumb,
        help: "write at least one of minimum, maximum and equals")
    }
    if let minimum = tolerance.minimum, let maximum = tolerance.maximum, minimum > maximum {
      findings.error(
        "the minimum is more than the maximum, so no sample would be good", at: given.place(of: "minimum"),
        in: given.crumb,
        help: "swap them, or leave one out")
    }
    return tolerance
  }

  private func window(_ record: Record) -> ObjectiveWindow {
    if case .window(let window)? = record["window"]?.value { window } else { .calendar(.month) }
  }

  private func hours(_ record: Record) -> ServiceHours {
    var stretches: [WeeklyHours] = []
    for checked in record.list("hours") {
      guard case .hours(.weekly(let hours)) = checked.value else { return .always }
      stretches += hours
    }
    return stretches.isEmpty ? .always : .weekly(stretches)
  }

  private func unknown(_ record: Record) -> UnknownPolicy {
    if case .unknown(let policy)? = record["unknown"]?.value { policy } else { .exclude }
  }

  private func coverage(_ record: Record) -> Double {
    if case .share(let share, _)? = record["minimum coverage"]?.value { share } else { 0.95 }
  }

  private func checkAlerting(_ record: Record, _ people: People) {
    let ladders = people.escalations.keys.sorted()
    if let name = record.text("escalation"), people.escalations[name] == nil {
      findings.missing(
        "there is no escalation “\(name.printable(limit: 80))”", at: record.place(of: "escalation"), in: record.crumb,
        help: Nearest.help(
          name, in: ladders, otherwise: ladders.isEmpty ? "add it to escalations" : "known are \(ladders.listed)"))
    }
    if let name = record.text("notify") {
      checkNotify(name, at: record.place(of: "notify"), people, and: ladders, in: record.crumb + ["notify"])
    }
  }

  // MARK: Its series

  /// The slots of the series a selector names; `nil` with an error told.
  private func timing(of series: String, _ record: Record, _ jobs: JobIndex) -> (step: Int, schedule: Schedule)? {
    let place = record.place(of: "series")
    let crumb = record.crumb + ["series"]
    guard let matched = matchedJobs(series, jobs, at: place, in: crumb), let first = matched.first else { return nil }
    if let other = matched.first(where: { $0.step != first.step }) {
      findings.error(
        "“\(series.printable(limit: 80))” has series of different steps: \(first.id) every \(DurationText.text(seconds: first.step)), \(other.id) every \(DurationText.text(seconds: other.step))",
        at: place, in: crumb, help: "write an objective for each")
    } else if let other = matched.first(where: { $0.schedule != first.schedule }) {
      findings.error(
        "“\(series.printable(limit: 80))” has series of different schedules: those of \(first.id) and \(other.id)",
        at: place, in: crumb, help: "write an objective for each")
    }
    if case .once = first.schedule {
      findings.error(
        "\(first.id) is measured once, and nothing can be promised of that", at: place, in: crumb,
        help: "give the job every or cron instead of at")
    }
    return (first.step, first.schedule)
  }
}
