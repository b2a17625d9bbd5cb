import Config
import Model
import SLA
import Testing

@testable import Site

/// A word of its own in every text a run has, and none of them in what the public gets.
@Suite struct LeakTests {
  /// Where each canary sings.
  private static let places = [
    "hostname", "hosttitle", "hostgroup", "hostaddress", "hostfact", "jobname", "jobtitle", "jobgroup", "jobmessage",
    "objectivename", "objectivetitle", "objectivegroup", "role", "contact", "mail", "ladder", "file", "crumb",
    "package",
    "path", "configuration", "cause", "incidenttitle", "acknote", "event", "told", "degraded", "problem", "stage",
    "instance", "unit", "duty", "notetext", "noteauthor", "datafolder", "graphtitle", "section",
  ]

  private static func canary(_ place: String) -> String { "canary\(place)q" }

  @Test func `nothing of the inside is on any public page, in any data file or in any name`() throws {
    let input = input()
    let inside = rendered(input, drawing: { $0.pictures() })
    var site = PrintedSite()
    try site.render(
      PublicSite(
        name: "status", title: "Status", reports: "/srv/status",
        objectives: [.init(name: LeakTests.canary("objectivename"), title: "The service")]), of: input)
    let shown = LeakTests.found(in: inside)
    // What would not be found here could not be found there either.
    #expect(shown.count >= 27, "only \(shown.sorted())")
    for place in ["hostname", "hostaddress", "cause", "jobmessage", "mail", "contact", "acknote", "notetext", "file"] {
      #expect(shown.contains(place), "the instrument does not see \(place)")
    }
    #expect(LeakTests.found(in: site) == [])
    #expect(site.texts["index.html"]?.contains("The service") == true)
    #expect(!site.files.keys.contains { $0.hasSuffix(".png") })
  }

  /// In names and bytes as they are, and as a reader's program would read them.
  private static func found(in site: PrintedSite) -> Set<String> {
    var found: Set<String> = []
    for (path, bytes) in site.files {
      let text = String(decoding: bytes, as: UTF8.self)
      for form in [path, text, decoded(path), decoded(text)] {
        let small = form.lowercased()
        guard small.contains("canary") else { continue }
        found.formUnion(places.filter { small.contains(canary($0)) })
      }
    }
    return found
  }

  /// Without percent signs and references.
  private static func decoded(_ text: String) -> String {
    text.replacing(/%([0-9A-Fa-f]{2})/) { String(UnicodeScalar(UInt8($0.1, radix: 16) ?? 63)) }
      .replacing(/&#(\d{1,6});/) { UInt32($0.1).flatMap(UnicodeScalar.init).map { String($0) } ?? "?" }
      .replacing(/&#x([0-9A-Fa-f]{1,6});/) {
        UInt32($0.1, radix: 16).flatMap(UnicodeScalar.init).map { String($0) } ?? "?"
      }
  }

  private func input() -> SiteInput {
    let say = LeakTests.canary
    let location = SourceLocation(file: say("file"), line: 3, column: 1, breadcrumb: [say("file"), say("crumb")])
    let id = JobID(host: say("hostname"), job: say("jobname"))
    let objective = Objective(
      name: say("objectivename"), title: say("objectivetitle"), group: [say("objectivegroup")],
      series: Selector("\(id)/value"), step: 60, tolerance: Tolerance(maximum: 1), target: 0.99, targetText: "99%",
      notify: say("role"), escalation: say("ladder"), location: location)
    var plan = Plan(
      package: say("package"), title: "Inside", path: "/\(say("path"))", hash: say("configuration"),
      settings: Settings(data: "/\(say("datafolder"))", reports: "/r"))
    plan.hosts = [
      Host(
        name: say("hostname"), title: say("hosttitle"), group: [say("hostgroup")], address: say("hostaddress"),
        location: location, facts: [Fact("Place", say("hostfact"))])
    ]
    plan.jobs = [
      Job(
        id: id, title: say("jobtitle"), group: [say("jobgroup")], step: 60, timeout: 1, probe: .system(SystemProbe()),
        location: location)
    ]
    plan.graphs = [
      GraphDefinition(
        name: "g", title: say("graphtitle"), job: id, kind: .lines, lines: [.init(metric: "value", label: "v")])
    ]
    plan.sections = [PlanSection(name: say("section"), title: say("section"), items: [])]
    plan.objectives = [objective]
    plan.contacts = [say("contact"): Contact(name: say("contact"), title: say("contact"), email: say("mail"))]
    plan.roles = [
      say("role"): Role(name: say("role"), title: say("role"), zone: .utc, shifts: [], fallback: [say("contact")])
    ]
    plan.escalations = [
      say("ladder"): Escalation(name: say("ladder"), steps: [.notify(say("role"), next: false)])
    ]
    return with(plan, objective, id)
  }

  private func with(_ plan: Plan, _ objective: Objective, _ id: JobID) -> SiteInput {
    let say = LeakTests.canary
    let now = Example.now
    let ledger = [
      (-600, Verdict.bad, say("cause")), (-300, .bad, "another"), (-200, .unknown, say("cause")),
    ].map { from, verdict, cause in
      LedgerInterval(
        objective: objective.name, span: Span(from: now + from, to: now + from + 100), verdict: verdict, cause: cause,
        configuration: say("configuration"))
    }
    let figure = SLA.figure(
      objective, window: Span(from: now - 86_400, to: now + 86_400), windowLabel: "May 2026", ledger: ledger, now: now,
      zone: .utc)
    let run = RunRecord(
      number: 1, slot: Example.slot, startedAt: Example.slot, collected: 1, failed: 1, degraded: [say("degraded")],
      stages: [.init(say("stage"), milliseconds: 5)])
    let series = [say("instance"), nil].map { SeriesID(row: RowID(job: id, instance: $0), metric: "value") }
    var input = SiteInput(
      plan: plan, now: now, builtAt: now, dataUntil: Example.slot, nextExpected: now, version: "1", run: run,
      runs: [run],
      jobRecords: [
        JobRecord(
          job: id, lastSlot: Example.slot, failure: Failure(.local, say("jobmessage")), failuresInARow: 1,
          facts: [Fact("Model", say("hostfact"))])
      ],
      catalogue: Dictionary(
        uniqueKeysWithValues: series.map {
          ($0, CatalogueEntry(series: $0, file: "f", source: "s", unit: Unit(say("unit")), step: 60, since: now - 900))
        }),
      objectives: [ObjectiveStatus(objective: objective, figure: figure, previous: [figure], ledger: ledger)],
      onCall: [OnDuty(role: say("role"), contact: say("duty"), until: now, next: say("contact"))],
      configurationProblem: say("problem")
    ) { series, span, _ in
      SeriesWindow(series: series, step: 60, unit: .none, samples: [Sample(slot: span.to - 30, value: 5)])
    }
    input.openIncidents = [incident(1, objective)]
    var closed = incident(2, objective)
    (closed.phase, closed.closedAt) = (.closed, now)
    input.closedIncidents = [closed]
    input.notes = [(Note.Kind.host, id.host), (.incident, "1"), (.objective, objective.name)].enumerated().map {
      Note(
        number: $0.offset, on: .init($0.element.0, $0.element.1), at: now, by: say("noteauthor"), text: say("notetext"),
        writtenAt: now)
    }
    return input
  }

  private func incident(_ number: Int, _ objective: Objective) -> Incident {
    let say = LeakTests.canary
    var incident = Incident(
      number: number, objective: objective.name, title: say("incidenttitle"), host: say("hostname"),
      since: Example.slot - 600, openedAt: Example.slot, cause: say("cause"))
    incident.acknowledgement = Acknowledgement(by: say("contact"), at: Example.slot, note: say("acknote"))
    incident.ladder.told = [say("told")]
    incident.events = [IncidentEvent(at: Example.slot, kind: .noted, text: say("event"))]
    return incident
  }
}
