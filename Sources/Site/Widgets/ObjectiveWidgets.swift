import Config
import Graph
import Model
import SLA

extension Press {
  mutating func objectivesWidget(_ names: [String], isWide: Bool) -> ShownWidget {
    var shown = ShownWidget("Objectives", link: "objectives/index.html")
    let statuses = names.compactMap { known.objectiveNames[$0] }
    guard !statuses.isEmpty else {
      shown.problem = "There is no such objective."
      return shown
    }
    shown.show(
      .objectives,
      ["objectives": objectiveRows(statuses), "wide": isWide, "striptitle": stripTitle],
      rows: statuses.map { status in
        PageData.Row(
          name: status.objective.name, state: StateMark(status.figure?.standing).word,
          value: status.figure?.availability, text: status.figure?.budgetText, page: objectivePath(status.objective))
      })
    return shown
  }

  mutating func calendarWidget(
    _ name: String, _ cells: Widget.Cells, isWide: Bool, on page: OwnPage
  ) -> ShownWidget {
    guard let status = known.objectiveNames[name] else {
      var shown = ShownWidget(name)
      shown.problem = "There is no objective “\(name)”."
      return shown
    }
    let objective = status.objective
    var shown = ShownWidget(objective.title, link: objectivePath(objective))
    shown.isHeadingHidden = true
    guard let newest = status.ledger.last?.span.to else {
      shown.isHeadingHidden = false
      shown.problem = "Nothing has been judged yet."
      return shown
    }
    let zone = words.zone
    let picture = widgetPicture(
      nil, isWide: isWide, name: "calendar-\(fileName(name))-\(cells.rawValue)",
      definition: definition(of: status), slot: newest, every: 900, alt: objective.title, on: page
    ) { calendarChart(status, cells, now: $0.input.now, zone: zone) }
    let bad = badTimes(
      objective, ledger: status.ledger, in: Span(from: input.now - 30 * 86_400, to: input.now), zone: zone)
    shown.show(
      .picture, ["picture": picture],
      rows: [
        PageData.Row(
          name: name, state: StateMark(status.figure?.standing).word,
          value: Double(bad.reduce(0) { $0 + $1.span.seconds }), unit: "s", text: "bad time of the last 30 days",
          page: objectivePath(objective))
      ])
    return shown
  }

  private func definition(of status: ObjectiveStatus) -> UInt64 {
    var definition = Definition()
    definition.add(input.version)
    definition.add(status.objective.title)
    definition.add(status.ledger.last { $0.verdict == .bad }?.span.from)
    return definition.value
  }
}

/// A picture of when an objective was out of its tolerance: the last 30 days hour by hour, or all days its ledger has.
func calendarChart(_ status: ObjectiveStatus, _ cells: Widget.Cells, now: Instant, zone: Zone) -> Chart {
  let today = zone.civil(now).daysFromEpoch
  let first = status.ledger.first.map { zone.civil($0.span.from).daysFromEpoch } ?? today
  let count = cells == .hours ? 30 : min(max(today - first + 1, 30), 366)
  let span = Span(from: zone.startOfDay(Civil(secondsFromEpoch: (today - count + 1) * 86_400)), to: now)
  let all =
    cells == .hours
    ? hourCells(status, over: span, zone)
    : dayStates(status.objective, ledger: status.ledger, days: count, now: now, zone: zone).compactMap(dayCell)
  return Chart(
    kind: .calendar(Chart.Calendar(shape: cells == .hours ? .hours : .days, cells: all)), title: status.objective.title,
    unit: .none, series: [], span: span, step: 3_600, zone: zone, emptyText: "Nothing judged yet.")
}

private func dayCell(_ day: DayState) -> Chart.Calendar.Cell? {
  let state: Chart.Calendar.State?
  switch day.mark {
  case .none, .excluded: state = nil
  case .good: state = .good
  case .withinShare, .overShare: state = .bad(minutes: Double(day.bad) / 60)
  case .unknown: state = .unknown
  }
  return state.map { Chart.Calendar.Cell(at: day.span.from, state: $0) }
}

/// What each hour has of every verdict; hours in which the service need not work have no cell.
private func hourCells(_ status: ObjectiveStatus, over span: Span, _ zone: Zone) -> [Chart.Calendar.Cell] {
  var seconds: [Int: [Verdict: Int]] = [:]
  for stretch in stretches(status.objective, ledger: status.ledger, in: span, zone: zone) {
    var from = stretch.span.from
    while from < stretch.span.to {
      let to = min(from.slot(step: 3_600) + 3_600, stretch.span.to)
      seconds[from.slot(step: 3_600).seconds, default: [:]][stretch.verdict, default: 0] += to - from
      from = to
    }
  }
  return seconds.sorted { $0.key < $1.key }.compactMap { hour, counts in
    cellState(counts).map { Chart.Calendar.Cell(at: Instant(hour), state: $0) }
  }
}

private func cellState(_ counts: [Verdict: Int]) -> Chart.Calendar.State? {
  let (good, unknown) = (counts[.good] ?? 0, counts[.unknown] ?? 0)
  if let bad = counts[.bad], bad > 0 { return .bad(minutes: Double(bad) / 60) }
  if good == 0, unknown == 0 { return nil }
  return unknown > good ? .unknown : .good
}
