import Config
import Model
import SLA

extension Press {
  /// Instances of a kind with up to so many pictures together stand on the host's own page; else each gets a page.
  private static let inlinePlots = 4

  /// All of a host: `hosts/NAME.html`, `hosts/NAME/JOB-INSTANCE.html` for each of many instances, its pictures and data.
  mutating func hostChapter(_ host: Host) {
    chapter(host.name, definition(of: host)) { press in
      press.hostPage(host)
      press.dataFiles(of: host)
      press.badge(of: host)
      press.restarts.forget()
    }
  }

  /// Up to when the host was measured, and when it will be again.
  func age(of host: Host) -> (until: Instant?, next: Instant?) {
    let jobs = known.jobs[host.name] ?? []
    let next = jobs.compactMap { job in known.records[job.id].map { $0.lastSlot + job.step } }.min()
    let until = jobs.compactMap { known.records[$0.id]?.lastSuccess }.max()
    // What was left out of this run or is asked by a calendar is no surer than the next run.
    return (until, next.map { max($0, input.nextExpected ?? $0) })
  }

  /// Everything that what belongs to a host can show.
  private func definition(of host: Host) -> UInt64 {
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(edition)))
    for job in known.jobs[host.name] ?? [] {
      guard let record = known.records[job.id] else { continue }
      definition.add(record.lastSlot)
      definition.add(record.failure?.message)
      definition.add(record.failuresInARow)
    }
    for incident in known.incidents[host.name] ?? [] {
      definition.add(incident.number)
      definition.add(incident.phase.rawValue)
      definition.add(incident.events.count)
    }
    for status in known.objectives[host.name] ?? [] {
      definition.add(status.ledger.last?.span.to)
      definition.add(status.figure?.left ?? 0)
    }
    for note in notes(on: host.name) { definition.add(note) }
    definition.add(known.entries[host.name]?.count ?? 0)
    definition.add(staleness == nil ? nil : input.now)
    definition.add(Int(input.plan.settings.pictures.rawValue))
    return definition.value
  }

  private mutating func hostPage(_ host: Host) {
    let path = hostPath(host.name)
    let state = state(of: host)
    let gallery = gallery(of: host.name)
    drawSparks(of: host)
    let title = state.mark.shape == .good ? host.title : "\(host.title) \(state.mark.word)"
    let (until, next) = age(of: host)
    let head = PageHead(path: path, title: title, section: .hosts, template: "host", until: until, next: next)
    let statuses = known.objectives[host.name] ?? []
    page(
      head,
      [
        "crumbs": crumbs(host), "name": host.title,
        "state": state.mark.view, "since": state.since.map { " since \(words.moment($0))" }.orFalse,
        "sentences": sentences(host, state).orFalse,
        "facts": facts(host),
        "objectives": objectiveRows(statuses).orFalse, "striptitle": stripTitle,
        "lanes": lanes(statuses).orFalse, "times": laneTimes,
        "plots": plotViews(gallery.plots, host: host, page: path).orFalse,
        "owngraphs": ownGraphFigures(of: host, on: path).orFalse,
        "helpers": helperViews(gallery.helpers, host: host, page: path).orFalse,
        "instances": groupViews(gallery.groups, host: host, page: path).orFalse,
        "jobs": jobRows(host).orFalse,
        "events": events(host, statuses).orFalse,
        "file": fileName(host.name), "badge": badgePath(host), "fresh": freshNotes(notes(on: host.name)).orFalse,
      ].merging(noteList(notes(on: host.name), ofHost: host.name)) { first, _ in first })
  }

  /// Small pictures that lists and incidents show.
  private mutating func drawSparks(of host: Host) {
    for key in keySeries(of: host) { drawSpark(key.entry) }
    for incident in known.incidents[host.name] ?? [] where incident.phase == .open {
      if let entry = series(of: incident), entry.series.host == host.name { drawSpark(entry) }
    }
  }

  /// The path through the configuration: file › hosts › group › host.
  func crumbs(_ host: Host) -> [View] {
    let parts = host.location.breadcrumb
    let all = parts.isEmpty ? [fileNameOfConfiguration, "hosts"] + host.group + [host.name] : parts
    return all.enumerated().map { index, part in
      let link: String? =
        switch index {
        case all.count - 1: nil
        case 0: showsConfiguration ? "config/index.html" : "index.html"
        case 1: "hosts/index.html"
        default: hostListPath(ofGroup: host.group)
        }
      return ["text": part, "link": link.orFalse, "first": index == 0]
    }
  }

  private func sentences(_ host: Host, _ state: HostState) -> [View] {
    let told = state.incidents.map { incident -> View in
      let answer =
        incident.acknowledgement.map { "acknowledged by \(contactTitle($0.by)) at \(words.moment($0.at))" }
        ?? "not acknowledged" + (incident.ladder.dueAt.map { "; the next step is at \(words.moment($0))" } ?? "")
      return [
        "text": incident.cause, "incident": "\(incident.number)", "path": incidentPath(incident), "answer": answer,
      ]
    }
    let own = state.sentence.map { ["text": $0, "incident": false, "path": false, "answer": false] as View }
    return told + (own.map { [$0] } ?? [])
  }

  private func facts(_ host: Host) -> [View] {
    let address = host.address.map { [Fact("Address", $0)] } ?? []
    let told = told(known.jobs[host.name] ?? [])
    let measured = (known.jobs[host.name] ?? []).map { "\(kindTitle($0)) \(scheduleText($0))" }
    var seen: Set<Fact> = []
    let all =
      address + host.facts + told
      + (measured.isEmpty ? [] : [Fact("Checked by", unique(measured).joined(separator: ", "))])
    return all.filter { seen.insert($0).inserted && !$0.text.isEmpty }.prefix(40).map {
      [
        "name": acronyms[$0.name] ?? $0.name.prefix(1).uppercased() + $0.name.dropFirst(),
        "text": $0.text.printable(limit: 300),
        "code": false, "link": false,
      ]
    } + [
      [
        "name": "Defined in", "text": host.location.description, "code": true,
        "link": configurationPath(of: host.location).orFalse,
      ]
    ]
  }

  /// What the jobs tell. A name says whose it is where it is a script's, which can be any, or where two tell different
  /// things by it.
  private func told(_ jobs: [Job]) -> [Fact] {
    let all = jobs.flatMap { job in
      (known.records[job.id]?.facts ?? []).filter { !$0.name.hasPrefix(Press.aliasPrefix) }.map { (job, $0) }
    }
    let texts = Dictionary(grouping: all) { $0.1.name }.mapValues { told in Set(told.map(\.1.text)).count }
    return all.map { job, fact in
      let isOwn = job.probe.kind != "script" && texts[fact.name] == 1
      return isOwn ? fact : Fact("\(fact.name) of \(job.id.job)", fact.text)
    }
  }

  func kindTitle(_ job: Job) -> String { acronyms[job.probe.kind] ?? job.probe.kind }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  /// The last 24 hours of each objective.
  private func lanes(_ statuses: [ObjectiveStatus]) -> [View] {
    let span = Span(from: input.now - 86_400, to: input.now)
    return statuses.prefix(8).map { status in
      let day = stretches(status, in: span)
      func seconds(_ verdict: Verdict) -> Int {
        day.filter { $0.verdict == verdict }.map(\.span.seconds).reduce(0, +)
      }
      let (good, bad) = (seconds(.good), seconds(.bad))
      return [
        "title": status.objective.title, "path": objectivePath(status.objective),
        "bars": lane(day, over: span), "bad": bad == 0 ? "none" : durationText(bad),
        "good": percentText(good, of: good + bad),
      ]
    }
  }

  /// Every six hours of the lanes, the last one now.
  private var laneTimes: [View] {
    (0...4).map { quarter in
      ["text": timeText(input.now - 86_400 + quarter * 21_600, zone: words.zone), "now": quarter == 4]
    }
  }

  func stretches(_ status: ObjectiveStatus, in span: Span) -> [Stretch] {
    SLA.stretches(status.objective, ledger: status.ledger, in: span, zone: words.zone)
  }

  private mutating func plotViews(_ plots: [Plot], host: Host, page: String) -> [View] {
    var views: [View] = []
    for plot in plots { views.append(plotView(plot, host: host.title, page: page)) }
    return views
  }

  /// Graphs that belong to no job and stand on the host's page.
  private mutating func ownGraphFigures(of host: Host, on page: String) -> [View] {
    var views: [View] = []
    for graph in input.plan.ownGraphs where graph.host == host.name { views.append(ownGraphFigure(graph, on: page)) }
    return views
  }

  /// Small pictures, with their names and values below.
  private mutating func helperViews(_ plots: [Plot], host: Host, page: String) -> [View] {
    var views: [View] = []
    for plot in plots { views.append(helperView(plot, host: host.title, page: page)) }
    return views
  }

  private mutating func groupViews(_ groups: [Gallery.Group], host: Host, page: String) -> [View] {
    var views: [View] = []
    for group in groups {
      let inline = group.plots.count <= Press.inlinePlots
      if !inline { for instance in group.instances { instancePage(instance, host: host) } }
      let plots = inline ? inlineViews(group, host: host, page: page) : []
      var view = instanceTable(group, host: host, page: page) { [self] in inline ? nil : instancePath($0, host) }
      view.merge([
        "id": "i-" + fileName("\(group.job.job) \(group.titles.first ?? "")"),
        "title": listed(group.titles.enumerated().map { $0.offset == 0 ? $0.element : lowercasedFirst($0.element) }),
        "of": group.titles.count > 1 ? "\(group.titles[0]): " as Any : false,
        "inline": inline ? plots as Any : false,
        "extras": inline ? helperViews(group.instances.flatMap(\.helpers), host: host, page: page) as Any : false,
      ]) { _, new in new }
      views.append(view)
    }
    return views
  }

  private func lowercasedFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  private mutating func inlineViews(_ group: Gallery.Group, host: Host, page: String) -> [View] {
    var views: [View] = []
    for instance in group.instances {
      for plot in instance.plots {
        var view = plotView(plot, host: host.title, page: page)
        view["heading"] = "\(plot.title), \(instance.name)"
        views.append(view)
      }
    }
    return views
  }

  private func instancePath(_ instance: Gallery.Instance, _ host: Host) -> String {
    let job = instance.plots.first?.job.job ?? ""
    return "hosts/\(fileName(host.name))/\(fileName("\(job) \(instance.name)")).html"
  }

  private mutating func instancePage(_ instance: Gallery.Instance, host: Host) {
    let path = instancePath(instance, host)
    var views: [View] = []
    for (place, plot) in instance.plots.enumerated() {
      var view = plotView(plot, host: host.title, page: path, isSecond: place > 0)
      view["heading"] = plot.title
      views.append(view)
    }
    let helpers = helperViews(instance.helpers, host: host, page: path)
    // What it shows are its pictures; as long as none is another it stays as it is, and so do the numbers beside them.
    let shown = definition(of: views + helpers.map { ["name": $0["name"] ?? ""] })
    if keeps(path, shown) { return }
    let until = age(of: host).until
    let head = PageHead(
      path: path, title: "\(instance.name) on \(host.title)", section: .hosts, template: "instance", until: until,
      next: until.map { max($0 + pace(of: host.name).first, input.nextExpected ?? $0) })
    let way: [View] = [
      ["text": host.name, "link": hostPath(host.name), "first": false],
      ["text": instance.name, "link": false, "first": false],
    ]
    page(
      head,
      [
        "crumbs": crumbs(host).dropLast() + way, "name": instance.name, "host": host.title, "plots": views,
        "helpers": helpers.orFalse,
      ], definition: shown)
  }

  /// Of all texts of some pictures, and what every page depends on.
  private func definition(of views: [View]) -> UInt64 {
    var definition = Definition()
    definition.add(Int(bitPattern: UInt(edition)))
    definition.add(staleness == nil ? nil : input.now)
    for view in views {
      for (name, value) in view.sorted(by: { $0.key < $1.key }) {
        definition.add(name)
        for text in value as? [String] ?? [value as? String ?? ""] { definition.add(text) }
      }
    }
    return definition.value
  }
}

/// Words of the configuration that people write in capitals.
private let acronyms = ["snmp": "SNMP", "http": "HTTP", "url": "URL"]

extension Press {
  /// The jobs of a host with their last result.
  private func jobRows(_ host: Host) -> [View] {
    (known.jobs[host.name] ?? []).map { job in
      let record = known.records[job.id]
      return [
        "title": job.title, "kind": kindTitle(job), "schedule": scheduleText(job),
        "state": jobMark(record).view,
        "message": record.flatMap(message).orFalse, "class": (record?.failure?.kind.rawValue).orFalse,
        "row": record.flatMap { $0.failuresInARow > 0 ? countText($0.failuresInARow) : nil } ?? noNumber,
        "last": record?.lastSuccess.map(words.slot) ?? noNumber,
        "took": record.map { durationText(milliseconds: $0.cost.milliseconds) } ?? noNumber,
        "where": job.location.description,
      ]
    }
  }

  /// `every 5 min`, `by cron 0 3 * * *`, `once, 2026-12-24 18:00`.
  func scheduleText(_ job: Job) -> String {
    switch job.schedule {
    case .grid: "every \(ruleText(job.step))"
    case .cron(let cron, _): "by cron \(cron)"
    case .once(let time, _): "once, \(words.moment(time))"
    }
  }

  func jobMark(_ record: JobRecord?) -> StateMark {
    guard let record else { return .init(.off, "not yet due") }
    if badJobs.contains(record.job) { return .init(.bad, "bad") }
    switch record.failure?.kind {
    case nil: return .init(.good, "ok")
    case .disabled?: return .init(.off, "disabled")
    case .leftOut?: return .init(.unknown, "left out")
    default: break
    }
    return record.lastSuccess == record.lastSlot ? .init(.warning, "in part") : .init(.bad, "failed")
  }

  /// Bad and unknown stretches of the last week, newest first.
  private func events(_ host: Host, _ statuses: [ObjectiveStatus]) -> [View] {
    let all = statuses.flatMap { status in ledger(of: status, on: host.name).map { (status.objective, $0) } }
    return events(all, on: host.name, days: 7, limit: 20)
  }

  /// What of it was bad or unknown in so many days, newest first.
  func events(_ all: [(Objective, LedgerInterval)], on host: String, days: Int, limit: Int) -> [View] {
    let time = Span(from: input.now - days * 86_400, to: input.now + 1)
    let told = all.filter { $0.1.verdict == .bad || $0.1.verdict == .unknown }
      .filter { !$0.1.span.intersection(time).isEmpty }
    return told.sorted { $0.1.span.from > $1.1.span.from }.prefix(limit).map { objective, interval in
      let incident = (known.incidents[host] ?? []).first {
        $0.objective == objective.name && $0.since <= interval.span.from
          && interval.span.from < $0.end(at: input.now + 1)
      }
      return event(objective, interval, incident)
    }
  }

  private func event(_ objective: Objective, _ interval: LedgerInterval, _ incident: Incident?) -> View {
    let open = interval.span.to >= (input.dataUntil ?? input.now)
    let lasted = min(interval.span.to, max(input.now, interval.span.from)) - interval.span.from
    return [
      "from": words.slot(interval.span.from),
      "lasted": durationText(lasted) + (open && interval.verdict == .bad ? ", open" : ""),
      "state": verdictMark(interval.verdict).view, "cause": interval.cause, "objective": objective.title,
      "path": objectivePath(objective),
      "incident": incident.map { ["number": "\($0.number)", "path": incidentPath($0)] as View }.orFalse,
    ]
  }

  func verdictMark(_ verdict: Verdict) -> StateMark {
    switch verdict {
    case .good: .init(.good, "good")
    case .bad: .init(.bad, "bad")
    case .unknown: .init(.unknown, "unknown")
    case .excluded: .init(.planned, "excluded")
    }
  }
}
