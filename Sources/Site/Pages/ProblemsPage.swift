import Config
import Model
import SLA

/// A series, or all of a job, without a new sample.
private struct StaleRow {
  var host: String
  var name: String
  /// The picture that shows it.
  var path: String?
  var since: Instant
  var step: Int
}

private struct TroubledHost {
  var host: Host
  var state: HostState
}

/// Everything that is not as it should be.
private struct Trouble {
  var notes: [View]
  var incidents: [Incident]
  var hosts: [TroubledHost]
  var jobs: [JobRecord]
  var stale: [StaleRow]
  var objectives: [ObjectiveStatus]

  /// A note that only tells of what is to come is no problem.
  var count: Int {
    let notes = notes.count { $0["tone"] as? String != "" }
    return notes + incidents.count + hosts.count + jobs.count + stale.count + objectives.count
  }
}

extension Press {
  /// Rows of one table; the rest is counted.
  private static let mostTroubles = 200
  /// Slots without a sample after which a series is told of.
  private static let staleSlots = 3

  /// `problems.html`: all that is not well now, worst first; and the same as JSON.
  mutating func problemsPage() {
    let trouble = trouble
    let count = trouble.count
    let title = count > 0 ? counted(count, "problem") : input.dataUntil == nil ? "no data yet" : "nothing wrong"
    let head = PageHead(path: "problems.html", title: title, section: .problems, template: "problems")
    let most = Press.mostTroubles
    page(
      head,
      [
        "count": count == 0 ? false : counted(count, "problem") as Any,
        "fine": count == 0 && input.dataUntil != nil,
        "until": input.dataUntil.map(time).orFalse,
        "notes": trouble.notes,
        "incidents": incidentRows(trouble.incidents, root: "").orFalse,
        "hosts": trouble.hosts.prefix(most).map(hostRow).orFalse, "hostnote": rest(trouble.hosts.count).orFalse,
        "jobs": trouble.jobs.prefix(most).map(jobRow).orFalse, "jobnote": rest(trouble.jobs.count).orFalse,
        "stale": trouble.stale.prefix(most).map(staleRow).orFalse, "stalenote": rest(trouble.stale.count).orFalse,
        "objectives": objectiveRows(trouble.objectives).orFalse, "striptitle": stripTitle,
      ])
    put("problems.json", json(data(trouble)))
  }

  private var trouble: Trouble {
    Trouble(
      notes: problemNotes, incidents: worstFirst(input.openIncidents), hosts: troubledHosts,
      jobs: troubledJobs.sorted { ($1.failuresInARow, $0.job) < ($0.failuresInARow, $1.job) },
      stale: staleJobs + staleSeries,
      objectives: input.objectives.filter { status in
        status.figure.map { $0.standing != .met } ?? false
      })
  }

  /// `the worst 200 of 512`
  private func rest(_ count: Int) -> String? {
    count > Press.mostTroubles ? "the worst \(Press.mostTroubles) of \(countText(count))" : nil
  }

  private var troubledHosts: [TroubledHost] {
    let all = input.plan.hosts.map { TroubledHost(host: $0, state: state(of: $0)) }
    return all.filter { one in
      switch one.state.mark.shape {
      case .bad, .warning: true
      // Before its first data nothing is wrong with a host.
      case .unknown: one.state.since != nil
      case .planned, .off, .good: false
      }
    }.sorted { $0.state.order < $1.state.order }
  }

  private func hostRow(_ row: TroubledHost) -> View {
    let incident = row.state.incidents.first
    return [
      "host": row.host.title, "path": hostPath(row.host.name), "state": row.state.mark.view,
      "since": row.state.since.map(words.moment) ?? noNumber,
      "lasted": row.state.since.map { durationText(input.now - $0) } ?? noNumber,
      "what": row.state.sentence ?? incident?.cause ?? "",
      "incident": incident.map { ["number": "\($0.number)", "path": incidentPath($0)] as View }.orFalse,
    ]
  }

  private func jobRow(_ record: JobRecord) -> View {
    outcomeRow(record).merging(["class": (record.failure?.kind.rawValue).orFalse]) { _, new in new }
  }

  /// Jobs that gave nothing for some slots and say of no failure, such as those there was no time for.
  private var staleJobs: [StaleRow] {
    input.plan.jobs.filter { $0.schedule == .grid }.compactMap { job in
      guard let record = known.records[job.id], record.failure?.kind != .disabled else { return nil }
      guard record.failure == nil || record.failure?.kind == .leftOut, let last = record.lastSuccess else { return nil }
      guard input.now - last > (Press.staleSlots + 1) * job.step else { return nil }
      return StaleRow(
        host: job.id.host, name: job.id.job, path: nil, since: last + job.step, step: job.step)
    }
  }

  /// As the pages of metrics met them.
  private var staleSeries: [StaleRow] {
    stale.compactMap { one in
      guard let series = SeriesID(one.series), let entry = input.catalogue[series] else { return nil }
      return StaleRow(
        host: series.host, name: "\(place(series)) \(series.metric)", path: seriesPath(of: series),
        since: Instant(one.since), step: entry.step)
    }
  }

  private func staleRow(_ row: StaleRow) -> View {
    [
      "host": known.hostNames[row.host]?.title ?? row.host, "path": hostPath(row.host), "name": row.name,
      "way": row.path.orFalse, "since": words.moment(row.since), "lasted": durationText(max(input.now - row.since, 0)),
      "step": ruleText(row.step),
    ]
  }

  private func data(_ trouble: Trouble) -> some Encodable {
    ProblemsData(
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText), count: trouble.count,
      configuration: input.configurationProblem, messagesWaiting: input.outbox.queued,
      incidents: trouble.incidents.map {
        .init(
          number: $0.number, objective: $0.objective, title: $0.title, host: $0.host, since: stampText($0.since),
          cause: $0.cause, acknowledgedBy: $0.acknowledgement?.by)
      },
      hosts: trouble.hosts.map {
        .init(name: $0.host.name, state: $0.state.mark.word, since: $0.state.since.map(stampText))
      },
      jobs: trouble.jobs.map {
        .init(
          host: $0.job.host, job: $0.job.job, state: jobMark($0).word, failure: $0.failure?.kind.rawValue,
          message: message($0), failuresInARow: $0.failuresInARow, since: $0.failingSince.map(stampText))
      },
      stale: trouble.stale.map { .init(host: $0.host, name: $0.name, since: stampText($0.since)) },
      objectives: trouble.objectives.map {
        .init(name: $0.objective.name, standing: StateMark($0.figure?.standing).word)
      })
  }
}

private struct ProblemsData: Encodable {
  struct Incident: Encodable {
    var number: Int
    var objective: String
    var title: String
    var host: String?
    var since: String
    var cause: String
    var acknowledgedBy: String?
  }

  struct Host: Encodable {
    var name: String
    var state: String
    var since: String?
  }

  struct Job: Encodable {
    var host: String
    var job: String
    var state: String
    var failure: String?
    var message: String?
    var failuresInARow: Int
    var since: String?
  }

  struct Stale: Encodable {
    var host: String
    var name: String
    var since: String
  }

  struct Objective: Encodable {
    var name: String
    var standing: String
  }

  var schema = 1
  var generated: String
  var dataUntil: String?
  var count: Int
  var configuration: String?
  var messagesWaiting: Int
  var incidents: [Incident]
  var hosts: [Host]
  var jobs: [Job]
  var stale: [Stale]
  var objectives: [Objective]
}
