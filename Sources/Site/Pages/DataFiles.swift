import Config
import Foundation
import Model
import SLA

extension Press {
  /// What does not depend on the input.
  mutating func fixedFiles() {
    let look = templates.look
    put("redeye.css", look.stylesheet)
    put("state.svg", look.icons[input.openIncidents.isEmpty ? "eye.svg" : "eye-open.svg"] ?? [])
    for file in look.further {
      let definition = Press.digest(of: file.bytes)
      if !keeps(file.name, definition) { put(file.name, file.bytes, definition) }
    }
  }

  private static func digest(of bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// `index.json`, `status.json` and `hosts/NAME.json`: the pages for programs; `schema` counts up when a key changes
  /// its meaning or goes.
  mutating func dataFiles() {
    put("status.json", json(status))
    let index = index
    put("index.json", json(index))
    listData(index)
  }

  /// `hosts/NAME.json` and `hosts/NAME.csv`.
  mutating func dataFiles(of host: Config.Host) {
    put("hosts/\(fileName(host.name)).json", json(data(of: host)))
    table(of: host)
  }

  func json(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A dictionary of strings and finite numbers always encodes.
    let bytes = (try? encoder.encode(value)).map { Array($0) + [UInt8(ascii: "\n")] }
    return bytes ?? Array("{}\n".utf8)
  }

  private var status: StatusData {
    StatusData(
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
      nextExpected: input.nextExpected.map(stampText), ageSeconds: input.dataUntil.map { input.now - $0 },
      stale: staleness != nil, intervalSeconds: interval, run: input.run?.number ?? input.runs.first?.number,
      openIncidents: input.openIncidents.count,
      unacknowledgedIncidents: input.openIncidents.count { $0.acknowledgement == nil },
      brokenObjectives: input.objectives.count { $0.figure?.standing == .broken },
      collectedJobs: input.run?.collected ?? input.runs.first?.collected ?? 0,
      failedJobs: input.run?.failed ?? input.runs.first?.failed ?? 0, queuedMessages: input.outbox.queued,
      version: input.version, configuration: input.plan.hash, configurationBroken: input.configurationProblem != nil)
  }

  var index: IndexData {
    IndexData(
      site: input.plan.title, version: input.version, configuration: input.plan.hash,
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
      nextExpected: input.nextExpected.map(stampText), zone: input.plan.settings.zone.identifier,
      objectives: input.objectives.map(data),
      incidents: (input.openIncidents + input.closedIncidents.prefix(50)).map(data),
      hosts: input.plan.hosts.map { host in
        let state = state(of: host)
        return IndexData.Host(
          name: host.name, title: host.title, group: host.group, state: state.mark.word,
          since: state.since.map(stampText), page: hostPath(host.name))
      },
      removed: shownRemoved.map { removed in
        IndexData.Removed(
          kind: removed.kind.rawValue, name: removed.name, title: removed.title, missed: stampText(removed.missedAt),
          lastMeasured: removed.lastMeasured.map(stampText), page: removedPath(removed))
      })
  }

  func data(_ status: ObjectiveStatus) -> IndexData.Objective {
    let figure = status.figure
    return IndexData.Objective(
      name: status.objective.name, title: status.objective.title, standing: StateMark(figure?.standing).word,
      target: status.objective.target, window: figure?.windowLabel, from: figure.map { stampText($0.window.from) },
      to: figure.map { stampText($0.window.to) }, until: figure.map { stampText($0.until) },
      availability: figure?.availability, coverage: figure?.coverage, goodSeconds: figure?.good,
      badSeconds: figure?.bad, unknownSeconds: figure?.unknown, budgetSeconds: figure?.budget,
      budgetLeftSeconds: figure?.left, page: objectivePath(status.objective))
  }

  func data(_ incident: Incident) -> IndexData.Incident {
    IndexData.Incident(
      number: incident.number, objective: incident.objective, title: incident.title, host: incident.host,
      state: incident.phase.rawValue, since: stampText(incident.since), until: incident.until.map(stampText),
      cause: incident.cause, acknowledgedBy: incident.acknowledgement?.by, page: incidentPath(incident))
  }

  private func data(of host: Config.Host) -> HostData {
    let state = state(of: host)
    let jobs = known.jobs[host.name] ?? []
    return HostData(
      name: host.name, title: host.title, state: state.mark.word, since: state.since.map(stampText),
      generated: stampText(input.builtAt), dataUntil: input.dataUntil.map(stampText),
      facts: facts(of: jobs), jobs: jobs.map(data), series: values(of: host),
      notes: notes(on: host.name).prefix(50).map {
        HostData.Note(number: $0.number, at: stampText($0.at), by: $0.by, text: $0.text)
      })
  }

  private func facts(of jobs: [Job]) -> [HostData.Fact] {
    jobs.compactMap { known.records[$0.id] }.flatMap { record in
      record.facts.map { HostData.Fact(job: record.job.job, name: $0.name, text: $0.text) }
    }
  }

  private func data(_ job: Job) -> HostData.Job {
    let record = known.records[job.id]
    return HostData.Job(
      name: job.id.job, kind: job.probe.kind, stepSeconds: job.step, lastSlot: record.map { stampText($0.lastSlot) },
      lastSuccess: record?.lastSuccess.map(stampText), failure: record?.failure?.kind.rawValue,
      message: record?.failure?.message, failuresInARow: record?.failuresInARow ?? 0)
  }

  private func values(of host: Config.Host) -> [HostData.Value] {
    shown(on: host).map { HostData.Value(series: $0.series.description, unit: $0.unit.symbol, now: latest($0)) }
  }

  /// The series of the host's pictures, without the single ranks of ping.
  private func shown(on host: Config.Host) -> [CatalogueEntry] {
    let gallery = gallery(of: host.name)
    let plots = gallery.plots + gallery.helpers + gallery.groups.flatMap(\.allPlots)
    return plots.flatMap { $0.entries + ($0.loss.map { [$0] } ?? []) }
  }
}

extension Press {
  /// `hosts/NAME.csv`: means over five minutes of the last 24 hours of the host's pictures, renewed every hour; an
  /// empty field is unknown. The five minutes that are not over yet have no row.
  private mutating func table(of host: Config.Host) {
    let path = "hosts/\(fileName(host.name)).csv"
    let entries = shown(on: host)
    var definition = Definition()
    for entry in entries { definition.add(entry.series.description) }
    if keeps(path, definition.value, every: 3_600) { return }
    let end = input.now.slot(step: Press.tableStep)
    let span = Span(from: end - 86_400, to: end)
    let columns = entries.map { means($0, span) }
    var lines = [(["time"] + entries.map { csvField($0.series.description.printable()) }).joined(separator: ",")]
    for second in stride(from: span.from.seconds, to: span.to.seconds, by: Press.tableStep) {
      let slot = Instant(second)
      let fields = columns.map { column in column[slot].map { "\($0)" } ?? "" }
      lines.append(([stampText(slot)] + fields).joined(separator: ","))
    }
    put(path, lines.joined(separator: "\r\n") + "\r\n", definition.value)
  }

  /// Seconds between the rows of a host's table.
  private static let tableStep = 300

  /// The mean of each row that has a number; a sample of a longer time stands in every row of it.
  private func means(_ entry: CatalogueEntry, _ span: Span) -> [Instant: Double] {
    let step = Press.tableStep
    let window = input.window(entry.series, Span(from: span.from.slot(step: entry.step), to: span.to), step)
    var sums: [Instant: (sum: Double, count: Double)] = [:]
    for sample in window.samples {
      guard let value = sample.value else { continue }
      let first = sample.slot.slot(step: step)
      for second in stride(from: first.seconds, to: (sample.slot + max(window.step, 1)).seconds, by: step) {
        let (sum, count) = sums[Instant(second)] ?? (0, 0)
        sums[Instant(second)] = (sum + value, count + 1)
      }
    }
    return sums.mapValues { $0.sum / $0.count }
  }
}

private struct StatusData: Encodable {
  var schema = 1
  var generated: String
  var dataUntil: String?
  var nextExpected: String?
  /// How old the newest sample was when this was written.
  var ageSeconds: Int?
  var stale: Bool
  /// How old the newest sample becomes while all is well; what is twice as old is stale.
  var intervalSeconds: Int
  var run: Int?
  var openIncidents: Int
  var unacknowledgedIncidents: Int
  var brokenObjectives: Int
  var collectedJobs: Int
  var failedJobs: Int
  var queuedMessages: Int
  var version: String
  var configuration: String
  var configurationBroken: Bool
}

struct IndexData: Encodable {
  struct Objective: Encodable {
    var name: String
    var title: String
    var standing: String
    var target: Double
    var window: String?
    var from: String?
    var to: String?
    var until: String?
    var availability: Double?
    var coverage: Double?
    var goodSeconds: Int?
    var badSeconds: Int?
    var unknownSeconds: Int?
    var budgetSeconds: Int?
    var budgetLeftSeconds: Int?
    var page: String
  }

  struct Incident: Encodable {
    var number: Int
    var objective: String
    var title: String
    var host: String?
    var state: String
    var since: String
    var until: String?
    var cause: String
    var acknowledgedBy: String?
    var page: String
  }

  struct Host: Encodable {
    var name: String
    var title: String
    var group: [String]
    var state: String
    var since: String?
    var page: String
  }

  struct Removed: Encodable {
    var kind: String
    var name: String
    var title: String
    /// By the first run that missed it.
    var missed: String
    var lastMeasured: String?
    var page: String
  }

  var schema = 1
  var site: String
  var version: String
  var configuration: String
  var generated: String
  var dataUntil: String?
  var nextExpected: String?
  var zone: String
  var objectives: [Objective]
  var incidents: [Incident]
  var hosts: [Host]
  var removed: [Removed]
}

private struct HostData: Encodable {
  struct Fact: Encodable {
    var job: String
    var name: String
    var text: String
  }

  struct Note: Encodable {
    var number: Int
    var at: String
    var by: String
    var text: String
  }

  struct Job: Encodable {
    var name: String
    var kind: String
    var stepSeconds: Int
    var lastSlot: String?
    var lastSuccess: String?
    var failure: String?
    var message: String?
    var failuresInARow: Int
  }

  struct Value: Encodable {
    var series: String
    var unit: String
    var now: Double?
  }

  var schema = 1
  var name: String
  var title: String
  var state: String
  var since: String?
  var generated: String
  var dataUntil: String?
  var facts: [Fact]
  var jobs: [Job]
  var series: [Value]
  var notes: [Note]
}
