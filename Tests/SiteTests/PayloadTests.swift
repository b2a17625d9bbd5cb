import Config
import Model
import SLA
import Testing

@testable import Site

/// Requirement S1: nothing from outside becomes markup, wherever it is shown.
@Suite struct Payloads {
  static let all: [String] = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)", "\"\u{301} onmouseover=alert(1) x=\"", "\"\u{200D}onload=alert(1)",
    "\u{111C2}<script>alert(1)</script>", "<\u{301}script>", "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "</title><script>alert(1)</script>", "</style><script>alert(1)</script>", "</textarea><script>", "<!--", "-->",
    "<!-->",
    "<![CDATA[<script>]]>", "]]>", "<?xml version=\"1.0\"?>", "<!doctype html>", "&lt;script&gt;", "&#60;script&#62;",
    "&#x3c;script&#x3e;", "&amp;", "&", "&;", "&notit;", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>", "//evil.example/x", "https://evil.example/", "vbscript:x",
    "{{7*7}}", "{{{root}}}", "{{>layout}}", "{{#hosts}}", "{{/hosts}}", "{{% CONTENT_TYPE: TEXT}}", "${7*7}",
    "<%= 7 %>",
    "\u{0}<b>", "\u{1B}[31mred", "a\r\nSet-Cookie: x=1", "\u{2028}alert(1)", "\u{202E}txt.exe", "\u{2066}x\u{2069}",
    "\u{FEFF}<script>", "\u{FFFE}", "＜script＞", "<scr\u{0}ipt>", "<a href=\"jav&#x09;ascript:alert(1)\">",
    "<base href=//evil>",
    "<meta http-equiv=refresh content=0>", "<iframe srcdoc=x>", "<form action=//evil>", "<style>*{}</style>",
    "x\" style=\"background:url(//evil)", "../../../etc/passwd", "..\\..\\x", "%3Cscript%3E", "+ADw-script+AD4-",
    "rdY<\"'>&", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}<b>", "🙂\" x=\"🙂", "=cmd|' /C calc'!A0", "-1+1",
    "@SUM(A1)",
  ]

  @Test(arguments: all)
  func `text from outside stays text in every field of every page`(payload: String) throws {
    let site = rendered(hostile(payload))
    #expect(site.problems == [])
    #expect(site.pages.count == 15)
    for (path, page) in site.pages {
      #expect(Checker(page).problems == [], "\(path)")
      let ours = payload == "<!doctype html>"
      if payload.unicodeScalars.contains("<"), !ours { #expect(!page.contains(payload), "\(path)") }
    }
    for path in site.files.keys {
      #expect(path.wholeMatch(of: /[a-z0-9.@~\/N L-]+/.ignoresCase()) != nil && !path.contains(".."))
    }
    try checkFeed(try #require(site.texts["atom.xml"]))
  }

  @Test func `there are enough payloads`() { #expect(Set(Payloads.all).count >= 60) }

  @Test func `a spreadsheet never takes a name for a formula`() throws {
    for payload in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"] {
      let csv = try #require(rendered(hostile(payload)).texts.first { $0.key.hasSuffix(".csv") }?.value)
      #expect(!csv.contains(",\"\(payload)") && !csv.contains(",\(payload)"))
    }
  }

  private func checkFeed(_ feed: String) throws {
    let names = feed.matches(of: /<\/?([^\s>\/]+)/).map { String($0.1) }
    let known: Set<String> = [
      "?xml", "feed", "title", "id", "updated", "author", "name", "link", "entry", "published", "summary",
    ]
    #expect(Set(names).subtracting(known) == [])
    #expect(!feed.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  /// One of everything, and every text of it the payload.
  private func hostile(_ text: String) -> SiteInput {
    let location = SourceLocation(file: text, line: 1, column: 1, breadcrumb: [text, text, text, text])
    let id = JobID(host: text, job: "job")
    let job = Job(
      id: id, title: text, group: [text], step: 60, timeout: 1, probe: .system(SystemProbe()), location: location)
    let objective = Objective(
      name: text, title: text, series: Selector("\(text)/job/value"), step: 60, tolerance: Tolerance(maximum: 1),
      target: 0.99, targetText: text, notify: text, escalation: text, location: location)
    var plan = Plan(
      package: text, title: text, path: "/\(text)", hash: text, settings: Settings(data: "/d", reports: "/r"))
    plan.hosts = [
      Host(name: text, title: text, group: [text], address: text, location: location, facts: [Fact(text, text)])
    ]
    plan.jobs = [job]
    plan.objectives = [objective]
    plan.contacts = [text: Contact(name: text, title: text, email: text)]
    plan.roles = [text: Role(name: text, title: text, zone: .utc, shifts: [], fallback: [text])]
    plan.escalations = [text: Escalation(name: text, steps: [.notify(text, next: false), .notify("x", next: true)])]
    let now = Example.now
    let span = Span(from: now - 600, to: now)
    let ledger = LedgerInterval(objective: text, span: span, verdict: .bad, cause: text, configuration: text)
    let figure = SLA.figure(
      objective, window: Span(from: now - 86_400, to: now + 86_400), windowLabel: text, ledger: [ledger], now: now,
      zone: .utc)
    let run = RunRecord(
      number: 1, slot: Example.slot, startedAt: Example.slot, collected: 1, failed: 1, degraded: [text],
      stages: [.init(text, milliseconds: 5)])
    var input = SiteInput(
      plan: plan, now: now, builtAt: now, dataUntil: Example.slot, nextExpected: now, version: text, run: run,
      runs: [run],
      jobRecords: [
        JobRecord(
          job: id, lastSlot: Example.slot, failure: Failure(.local, text), failuresInARow: 1, facts: [Fact(text, text)])
      ],
      catalogue: entries(id, text),
      objectives: [ObjectiveStatus(objective: objective, figure: figure, previous: [figure], ledger: [ledger])],
      onCall: [OnDuty(role: text, contact: text, until: now, next: text)], configurationProblem: "\(text)\n\(text)"
    ) { series, span, _ in
      SeriesWindow(series: series, step: 60, unit: Unit(text), samples: [Sample(slot: span.to - 30, value: 5)])
    }
    input.openIncidents = [incident(1, text)]
    var closed = incident(2, text)
    closed.phase = .closed
    closed.closedAt = now
    input.closedIncidents = [closed]
    input.notes = [(Note.Kind.host, text), (.incident, "1"), (.incident, "2"), (.objective, text)].enumerated().map {
      Note(number: $0.offset, on: .init($0.element.0, $0.element.1), at: now, by: text, text: text, writtenAt: now)
    }
    return input
  }

  private func entries(_ job: JobID, _ text: String) -> Catalogue {
    let series = (0..<5).map { SeriesID(row: RowID(job: job, instance: "\(text)\($0)"), metric: "value") }
    let all = series + [SeriesID(row: RowID(job: job), metric: "value")]
    return Dictionary(
      uniqueKeysWithValues: all.map {
        ($0, CatalogueEntry(series: $0, file: "f", source: "s", unit: Unit(text), step: 60, since: Example.now))
      })
  }

  private func incident(_ number: Int, _ text: String) -> Incident {
    var incident = Incident(
      number: number, objective: text, title: text, host: text, since: Example.slot - 600, openedAt: Example.slot,
      cause: text)
    incident.acknowledgement = Acknowledgement(by: text, at: Example.slot, note: text)
    incident.ladder.told = [text]
    incident.events = IncidentEvent.Kind.all.map { IncidentEvent(at: Example.slot, kind: $0, text: text) }
    return incident
  }
}

extension IncidentEvent.Kind {
  fileprivate static let all: [IncidentEvent.Kind] = [.opened, .notified, .escalated, .acknowledged, .noted, .closed]
}
