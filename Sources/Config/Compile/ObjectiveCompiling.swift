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
    let objective = Objective(
      name: made.name, title: record.text("title") ?? made.name, group: made.group, series: Selector(series),
      step: step,
      tolerance: tolerance, holdDown: seconds(record, "for") ?? 0, target: target, targetText: text,
      window: window(record), hours: hours(record), unknown: unknown(record), minimumCoverage: coverage(record),
      notify: record.text("notify"), escalation: record.text("escalation"),
      location: findings.location(made.place, in: made.crumb), schedule: schedule)
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
    let matched: [Job]
    if Selector(series).isExact {
      guard let id = SeriesID(series).map({ JobID(host: $0.host, job: $0.job) }) else { return nil }
      guard let job = jobs.job(id) else {
        if !jobs.broken.contains(id) { jobs.missing(id, self, at: place, in: crumb) }
        return nil
      }
      matched = [job]
    } else {
      matched = jobs.fitting(series)
      if matched.isEmpty, jobs.broken.isEmpty, jobs.shakyHosts.isEmpty {
        findings.missing(
          "no job fits “\(series.printable(limit: 80))”", at: place, in: crumb,
          help: "“*” stands for any name: */ping/loss is the loss of every host")
      }
    }
    guard let first = matched.first else { return nil }
    checkMetric(series, matched, at: place, in: crumb)
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

  /// Told where every job the selector fits is of a kind whose metrics are known, and none has this one.
  private func checkMetric(_ series: String, _ jobs: [Job], at place: Place, in crumb: Crumb) {
    guard let pattern = SeriesID(series), !series.hasSuffix("**"),
      !jobs.contains(where: { shelf.faultyJobs.contains($0.id) })
    else { return }
    let isInstance = pattern.instance != nil
    var known: Set<String> = []
    var others: Set<String> = []
    for metrics in jobs.map({ KnownMetrics($0.probe) }) {
      guard let own = isInstance ? metrics.instanced : metrics.plain else { return }
      known.formUnion(own)
      others.formUnion((isInstance ? metrics.plain : metrics.instanced) ?? [])
    }
    if known.contains(where: { glob(pattern.metric, $0) }) { return }
    let kinds = Set(jobs.map(\.probe.kind)).sorted().listed
    let text = pattern.metric.printable(limit: 80)
    if others.contains(where: { glob(pattern.metric, $0) }) {
      let right =
        isInstance ? "\(pattern.host)/\(pattern.job)/\(text)" : "\(pattern.host)/\(pattern.job)/INSTANCE/\(text)"
      return findings.error(
        isInstance
          ? "“\(text)” of \(kinds) jobs has no instance" : "“\(text)” of \(kinds) jobs has a series for each instance",
        at: place, in: crumb, help: "write \(right)" + (isInstance ? "" : ", or * for every instance"))
    }
    findings.error(
      "\(kinds) jobs have no metric “\(text)”", at: place, in: crumb,
      help: Nearest.help(text, in: known.sorted(), otherwise: "they have \(known.sorted().listed)"))
  }
}

extension JobIndex {
  /// The jobs whose series a pattern can select.
  func fitting(_ series: String) -> [Job] {
    let parts = series.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let hostPattern = parts[0] == "**" ? "*" : parts[0]
    let jobPattern = parts.count < 2 || parts[1] == "**" ? "*" : parts[1]
    let isExact = !FileReader.isPattern(hostPattern)
    let fitting = isExact ? [hostPattern] : hostNames.filter { glob(hostPattern, $0) }
    return fitting.flatMap { host in
      jobs(of: host).filter { glob(jobPattern, $0.id.job) }.sorted { $0.id < $1.id }
    }
  }
}
