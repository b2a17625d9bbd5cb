import Config
import Formula
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
    "@SUM(A1)", "\t=1+1", "\"\"\"", "a,b\r\nc", "\"},{\"x\":\"", "\\\"", "\\ud800", "\\u003cb\\u003e",
    "<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;", "<?php echo 1 ?>", "\r\nEND:VEVENT\r\nBEGIN:VALARM",
    "x;y,z:\\n",
    "\"} 1\nup{x=\"", "# HELP up", "x\\", "\u{89}PNG\r\n\u{1A}\n", "tEXt\u{0}Comment\u{0}x", "url(javascript:alert(1))",
    "}*{background:red}", "e\(String(repeating: "\u{301}", count: 400))", "\u{200B}\u{200C}\u{2060}",
    "\u{5D0}\u{5D1}\u{202D}abc",
    String(repeating: "x", count: 10_000), String(repeating: "<b>", count: 300), String(repeating: "\n", count: 200),
    String(repeating: "👩‍👩‍👧", count: 300),
  ]

  @Test(arguments: all)
  func `text from outside stays text in every field of every page`(payload: String) throws {
    let site = try #require(HostileSites.all[payload])
    #expect(site.problems == [])
    #expect(site.pages.count > 15)
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
      let csv = try #require(rendered(Payloads.hostile(payload)).texts.first { $0.key.hasSuffix(".csv") }?.value)
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
  static func hostile(_ text: String) -> SiteInput {
    let now = Example.now
    let plan = plan(text)
    let objective = plan.objectives[0]
    let span = Span(from: now - 600, to: now)
    let ledger = LedgerInterval(objective: text, span: span, verdict: .bad, cause: text, configuration: text)
    let figure = SLA.figure(
      objective, window: Span(from: now - 86_400, to: now + 86_400), windowLabel: text, ledger: [ledger], now: now,
      zone: .utc)
    let run = RunRecord(
      number: 1, slot: Example.slot, startedAt: Example.slot, collected: 1, failed: 1, degraded: [text],
      stages: [.init(text, milliseconds: 5)],
      leftOut: [.init(count: 1, reason: text, examples: [JobID(host: text, job: text)])])
    var input = SiteInput(
      plan: plan, now: now, builtAt: now, dataUntil: Example.slot, nextExpected: now, version: text, run: run,
      runs: [run],
      jobRecords: plan.jobs.map {
        JobRecord(
          job: $0.id, lastSlot: Example.slot, failure: Failure(.local, text), failuresInARow: 1,
          facts: [Fact(text, text)])
      },
      catalogue: entries(plan.jobs[0].id, text),
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
    input.notes = [(Note.Kind.host, text), (.incident, "1"), (.incident, "2"), (.objective, text), (.graph, text)]
      .enumerated().map {
        Note(number: $0.offset, on: .init($0.element.0, $0.element.1), at: now, by: text, text: text, writtenAt: now)
      }
    let standing = Removed.Standing(window: text, figure: text, target: text, words: text)
    input.removed = [
      Removed(.host, "gone \(text)", title: text, group: [text], missedAt: now - 60),
      Removed(.objective, "gone \(text)", title: text, missedAt: now - 60, lastMeasured: now - 120, standing: standing),
    ]
    return input
  }

  /// What Markdown can become, so that a hostile text becomes nothing else.
  private static let everyElement = """
    # a
    ## b
    ### c
    #### d
    **e** *f* `g` [h](index)\\
    i

    - j

    1. k

    | l | m |
    |---|--:|
    | n | o |

    ```
    p
    ```


    """

  private static func widgets(_ text: String) -> [Widget] {
    let series = SeriesID(host: text, job: "job", metric: "value")
    return [
      Widget(.graph(.own(text), .day), title: text), Widget(.graph(.ofJob(series.row, text), .day)),
      Widget(.value(series, Thresholds(badAbove: 0)), title: text), Widget(.value(series, Thresholds())),
      Widget(.table(Selector(series.description), Widget.Column.allCases, Widget.Ranking())),
      Widget(.top(Selector(series.description), Widget.Ranking())), Widget(.status([text])), Widget(.problems([text])),
      Widget(.objectives([text])), Widget(.calendar(text, .hours)),
    ]
  }

  private static func plan(_ text: String) -> Plan {
    let location = SourceLocation(file: text, line: 1, column: 1, breadcrumb: [text, text, text, text])
    var plan = Plan(
      package: text, title: text, path: "/\(text)", hash: text,
      settings: Settings(
        guards: [JobID(host: text, job: text)], retention: Retention(name: text, tiers: Retention.standard.tiers),
        data: text, reports: text,
        mail: MailSettings(
          from: text,
          transport: .smtp(url: text, startTLS: true, user: text, password: .environment(text)), administrator: text)))
    plan.hosts = [
      Host(name: text, title: text, group: [text], address: text, location: location, facts: [Fact(text, text)])
    ]
    plan.jobs = ["job", text].map { name in
      Job(
        id: JobID(host: text, job: name), title: text, group: [text], step: 60, timeout: 1,
        probe: .http(HTTPProbe(url: text)), location: location)
    }
    plan.objectives = [
      Objective(
        name: text, title: text, group: [text], series: Selector("\(text)/job/value"), step: 60,
        tolerance: Tolerance(maximum: 1), target: 0.99, targetText: text, notify: text, escalation: text,
        location: location)
    ]
    plan.objectives[0].publicTitle = text
    plan.contacts = [text: Contact(name: text, title: text, email: text)]
    plan.roles = [
      text: Role(
        name: text, title: text, zone: .utc,
        shifts: [.init(hours: WeeklyHours(days: Set(0...6), from: 0, to: 720), contacts: [text])], fallback: [text])
    ]
    plan.escalations = [text: Escalation(name: text, steps: [.notify(text, next: false), .notify("x", next: true)])]
    plan.graphs = [
      GraphDefinition(
        name: text, title: text, job: plan.jobs[1].id, kind: .lines, lines: [.init(metric: text, label: text)])
    ]
    plan.ownGraphs = [
      OwnGraph(
        name: text, title: text, lines: ownLines(text), limits: [Limit(value: 3, label: text)], host: text,
        location: location)
    ]
    plan.ownPages = [
      OwnPage(
        name: text, title: text,
        part: OwnPage.Part(
          widgets: widgets(text),
          folds: [OwnPage.Fold(title: text, widgets: [Widget(.text(Self.everyElement + text), title: text)])]),
        tabs: [OwnPage.Tab(title: text, part: OwnPage.Part(widgets: [Widget(.text(text))]))], location: location)
    ]
    plan.sections = [
      PlanSection(
        name: text, title: text, says: text,
        items: [
          PlanItem(
            name: text, group: [text], fieldSets: [.init(title: text, facts: [Fact(text, text)])], location: location)
        ])
    ]
    plan.files = [SourceFile(path: text, bytes: Array(text.utf8))]
    return plan
  }

  /// A series by its pattern, and formulas: one that can be read, and what of the payload can stand in one.
  private static func ownLines(_ text: String) -> [OwnGraph.Line] {
    let quoted = "'\(text.replacing("'", with: ""))/job/value' * 2"
    let formulas = [(try? Formula(quoted)), try? Formula("1 + 1")].compactMap { $0 }
    return [OwnGraph.Line(.series(Selector("\(text)/*/*")), label: text, unit: Unit(text))]
      + formulas.map { OwnGraph.Line(.formula($0), label: text) }
  }

  private static func entries(_ job: JobID, _ text: String) -> Catalogue {
    let series =
      (0..<5).map { SeriesID(row: RowID(job: job, instance: "\(text)\($0)"), metric: "value") } + [
        SeriesID(row: RowID(job: job), metric: "value"),
        SeriesID(host: text, job: text, instance: text, metric: text),
      ]
    return Dictionary(
      uniqueKeysWithValues: series.map {
        ($0, CatalogueEntry(series: $0, file: text, source: text, unit: Unit(text), step: 60, since: Example.now))
      })
  }

  private static func incident(_ number: Int, _ text: String) -> Incident {
    var incident = Incident(
      number: number, objective: text, title: text, host: text, since: Example.slot - 600, openedAt: Example.slot,
      cause: text)
    incident.acknowledgement = Acknowledgement(by: text, at: Example.slot, note: text)
    incident.ladder.told = [text]
    incident.ladder.asked = [text: 1]
    incident.events = IncidentEvent.Kind.all.map { IncidentEvent(at: Example.slot, kind: $0, text: text) }
    return incident
  }
}

extension IncidentEvent.Kind {
  fileprivate static let all: [IncidentEvent.Kind] = [.opened, .notified, .escalated, .acknowledged, .noted, .closed]
}
