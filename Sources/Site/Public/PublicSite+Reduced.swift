import Config
import Model
import SLA

extension SiteInput {
  /// What the public may know, and nothing else: a new input into which each thing is put by name. What is not put in
  /// here is on no public page, whatever pages there come to be.
  func reduced(to site: PublicSite, memory: SiteMemory) -> SiteInput {
    let titles = Dictionary(site.objectives.map { ($0.name, $0.title) }) { first, _ in first }
    let statuses = objectives.compactMap { status in titles[status.objective.name].map { status.reduced(to: $0) } }
    let incidents = { (all: [Incident]) in
      all.compactMap { incident in titles[incident.objective].map { incident.reduced(to: $0) } }
    }
    return SiteInput(
      plan: plan.reduced(to: site, statuses.map(\.objective)), now: now, builtAt: builtAt, dataUntil: dataUntil,
      nextExpected: nextExpected, version: version, objectives: statuses, openIncidents: incidents(openIncidents),
      closedIncidents: incidents(closedIncidents), memory: memory,
      window: { series, _, resolution in SeriesWindow(series: series, step: resolution ?? 60, unit: .none, samples: [])
      })
  }
}

extension Plan {
  fileprivate func reduced(to site: PublicSite, _ objectives: [Objective]) -> Plan {
    var plan = Plan(
      package: site.title, title: site.title, path: "",
      // Another configuration makes the pages again; which one it is, is nobody's business.
      hash: digest("\(hash) \(site.name)"),
      settings: Settings(zone: settings.zone, step: interval, data: "", reports: ""), objectives: objectives)
    plan.settings.isPublic = true
    // Stylesheet and icons; of the files, what is meant for the public.
    plan.site = self.site.map { folder in
      SiteFolder(
        package: "", path: nil,
        files: folder.files.filter { Look.isPublic($0.name) }.map { file in
          SiteFile(name: file.name, path: "", bytes: file.bytes)
        })
    }
    return plan
  }

  /// Seconds between runs that bring something new.
  private var interval: Int { jobs.map(\.step).min() ?? settings.step }
}

extension ObjectiveStatus {
  /// Figures and times; what is measured, with what result, is left out.
  fileprivate func reduced(to title: String) -> ObjectiveStatus {
    ObjectiveStatus(
      objective: objective.reduced(to: title), figure: figure?.reduced(to: title),
      previous: previous.map { $0.reduced(to: title) }, ledger: ledger.reduced(to: title))
  }
}

extension Objective {
  fileprivate func reduced(to title: String) -> Objective {
    Objective(
      name: title, title: title, series: Selector("-"), step: step, tolerance: Tolerance(), holdDown: holdDown,
      target: target, targetText: targetText, window: window, hours: hours, unknown: unknown,
      minimumCoverage: minimumCoverage, location: SourceLocation(file: "", line: 0, column: 0), schedule: schedule)
  }
}

extension Figure {
  fileprivate func reduced(to title: String) -> Figure {
    var figure = self
    figure.objective = title
    return figure
  }
}

extension [LedgerInterval] {
  /// Without causes, and so without telling when one cause followed another.
  fileprivate func reduced(to title: String) -> [LedgerInterval] {
    var result: [LedgerInterval] = []
    for interval in self {
      if let last = result.last, last.verdict == interval.verdict, last.span.to == interval.span.from {
        result[result.count - 1].span.to = interval.span.to
      } else {
        result.append(
          LedgerInterval(objective: title, span: interval.span, verdict: interval.verdict, cause: "", configuration: "")
        )
      }
    }
    return result
  }
}

extension Incident {
  fileprivate func reduced(to title: String) -> Incident {
    var incident = Incident(
      number: number, objective: title, title: title, host: nil, since: since, openedAt: openedAt, cause: "")
    (incident.phase, incident.until, incident.closedAt) = (phase, until, closedAt)
    return incident
  }
}
