import Config
import Graph
import Model
import SLA

/// What a page of widgets depends on: when it has to be made again, and up to when it tells.
struct PageNeeds {
  var definition: UInt64
  var until: Instant?
  var next: Instant?

  /// Series that are read for one page in each run.
  static let fewSeries = 100
  private static let manySeries = 1_000

  /// Seconds between two makings of a page that reads so many series; 0 for each run that brings something.
  static func pace(_ series: Int) -> Int { series <= fewSeries ? 0 : series <= manySeries ? 900 : 3_600 }
}

extension Press {
  func needs(of page: OwnPage) -> PageNeeds {
    var gathering = Gathering(edition)
    gathering.definition.add(Int(input.plan.settings.pictures.rawValue))
    gathering.definition.add(staleness == nil ? nil : input.now)
    for widget in page.widgets { add(widget, to: &gathering) }
    let pace = PageNeeds.pace(gathering.series)
    let slots = gathering.jobs.map { slot(of: $0) }
    if pace == 0 {
      for slot in slots.sorted() { gathering.definition.add(slot) }
    } else {
      gathering.definition.add((input.now - offset(page, pace)).slot(step: pace))
    }
    return PageNeeds(
      definition: gathering.definition.value, until: slots.filter { $0 > Instant(0) }.max(),
      next: next(gathering.jobs, pace, page))
  }

  /// Pages of the same pace have their turns at different times.
  private func offset(_ page: OwnPage, _ pace: Int) -> Int { Int(hash(page.name) % UInt64(max(pace, 1))) }

  private func next(_ jobs: Set<JobID>, _ pace: Int, _ page: OwnPage) -> Instant? {
    guard pace == 0 else {
      let turn = (input.now - offset(page, pace)).slot(step: pace) + pace + offset(page, pace)
      return max(turn, input.nextExpected ?? turn)
    }
    let next = jobs.compactMap { id in
      known.jobNames[id].flatMap { job in known.records[id].map { $0.lastSlot + job.step } }
    }.min()
    return next.map { max($0, input.nextExpected ?? $0) }
  }

  /// What the widgets of a page depend on, as it is gathered.
  private struct Gathering {
    var definition = Definition()
    var jobs: Set<JobID> = []
    /// Series that are read.
    var series = 0

    init(_ edition: UInt64) { definition.add(Int(bitPattern: UInt(edition))) }

    mutating func read(_ entries: [CatalogueEntry]) {
      series += entries.count
      definition.add(entries.count)
      for entry in entries { jobs.insert(entry.series.row.job) }
      guard entries.count <= PageNeeds.fewSeries else { return }
      for entry in entries { definition.add(entry.series.description) }
    }
  }

  private func add(_ widget: Widget, to gathering: inout Gathering) {
    switch widget.content {
    case .text: break
    case .value(let series, _): gathering.read(input.catalogue[series].map { [$0] } ?? [])
    case .formula(let formula, _, _): gathering.read(entries(of: formula))
    case .table(let selector, _, _), .top(let selector, _):
      gathering.read(known.series(of: selector, in: input.catalogue))
    case .graph(let name, let period): add(name, period, to: &gathering)
    case .status(let hosts), .problems(let hosts): add(hosts, to: &gathering)
    case .objectives(let names): for name in names { add(known.objectiveNames[name], to: &gathering) }
    case .calendar(let name, _):
      add(known.objectiveNames[name], to: &gathering)
      gathering.definition.add(known.objectiveNames[name]?.ledger.last?.span.to.slot(step: 900))
    }
  }

  /// A picture is drawn by others, or at its own pace.
  private func add(_ name: Widget.GraphName, _ period: Widget.Period, to gathering: inout Gathering) {
    let renewal = Period(rawValue: period.rawValue)?.renewal ?? 300
    let (slot, count): (Instant, Int)
    switch name {
    case .ofJob(let row, _): (slot, count) = (self.slot(of: row.job), known.entries[row.job.host]?.count ?? 0)
    case .own(let name):
      let entries = input.plan.ownGraphs.first { $0.name == name }.map { self.entries(of: $0) } ?? []
      (slot, count) = (newest(entries), entries.count)
    }
    gathering.definition.add(count)
    gathering.definition.add(slot.slot(step: renewal))
  }

  /// Not their slots: a page is made again where something happened to them.
  private func add(_ hosts: [String], to gathering: inout Gathering) {
    for host in hosts.compactMap({ known.hostNames[$0] }) {
      let state = state(of: host)
      gathering.definition.add(state.mark.word)
      gathering.definition.add(state.since)
      gathering.definition.add(state.sentence)
      for incident in state.incidents {
        gathering.definition.add(incident.number)
        gathering.definition.add(incident.cause)
      }
    }
  }

  private func add(_ status: ObjectiveStatus?, to gathering: inout Gathering) {
    gathering.definition.add(status?.figure?.standing.rawValue)
    gathering.definition.add(status?.figure?.availabilityText)
    gathering.definition.add(status?.figure?.budgetText)
    gathering.definition.add(status?.figure?.coverageText)
  }
}
