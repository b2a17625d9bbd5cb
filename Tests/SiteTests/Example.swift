import Config
import Model
import SLA
import Site

/// A network as people have it: six groups, twenty hosts, two incidents open, one objective broken.
struct Example {
  static let zone = Zone("Europe/Berlin") ?? .utc
  /// Thu 21 May 2026 14:05:07 CEST
  static let now = Instant(1_779_365_107)
  static let slot = Instant(1_779_365_100)

  var plan: Plan
  var catalogue: Catalogue = [:]
  var records: [JobRecord] = []
  var ledgers: [String: [LedgerInterval]] = [:]
  var failing: Set<JobID> = []

  init(hosts: [(String, [String])] = Example.hosts) {
    plan = Plan(
      package: "example", title: "Example Logistics", path: "/etc/redeye/example.yaml", hash: "3f9ac1d08e2b7a45",
      settings: Settings(zone: Example.zone, step: 60, data: "/var/lib/redeye", reports: "/srv/www"))
    addPeople()
    failing = [JobID(host: "sw-wh1", job: "ping"), JobID(host: "sw-wh1", job: "interfaces")]
    for (group, hosts) in hosts { for host in hosts { add(host, to: group) } }
    addThisMachine()
    addObjectives()
  }

  static let hosts: [(String, [String])] = [
    ("core", ["router1", "router2", "fw1", "sw-core1", "sw-core2"]),
    ("access", ["sw-wh1", "sw-wh2", "sw-office1", "sw-office2", "sw-lab"]),
    ("web", ["www", "shop", "api", "intranet"]), ("upstream", ["isp-a", "isp-b", "resolvers"]),
    ("mail", ["mx1", "imap1"]),
  ]

  mutating func add(_ name: String, to group: String) {
    let location = SourceLocation(
      file: "example.yaml", line: 20 + plan.hosts.count, column: 5, breadcrumb: ["example.yaml", "hosts", group, name])
    plan.hosts.append(
      Host(
        name: name, title: name, group: [group], address: "192.0.2.\(plan.hosts.count + 1)", location: location,
        facts: [Fact("Place", "Hall 1, rack A2, unit \(10 + plan.hosts.count)")]))
    let ping = job(name, "ping", .ping(PingProbe(address: name)), location)
    add(ping, metrics: [("median", .seconds), ("loss", .percent)] + (1...20).map { ("p\($0)", .seconds) })
    graph(ping, "latency", "Latency", .latency, [("median", "Median"), ("loss", "Loss")])
    if group == "web" { addWebsite(name, location) }
    if group == "core" || group == "access" { addInterfaces(name, location) }
  }

  private mutating func addWebsite(_ name: String, _ location: SourceLocation) {
    let web = job(name, "website", .http(HTTPProbe(url: "https://\(name).example.net/health")), location)
    add(web, metrics: [("up", .none), ("status", .none), ("time-total", .seconds), ("time-connect", .seconds)])
    graph(web, "time", "Response time", .lines, [("time-total", "Total"), ("time-connect", "Connected")])
  }

  private mutating func addInterfaces(_ name: String, _ location: SourceLocation) {
    let probe = SNMPProbe(
      address: name, credentials: .v2c(community: .environment("COMMUNITY")), fieldSet: FieldSet(name: "interfaces"))
    let job = job(name, "interfaces", .snmp(probe), location)
    let ports =
      name == "router1" ? ["xe-0/0/0", "xe-0/0/1", "ge-1/0/0", "ge-1/0/1", "ge-1/0/2"] : ["ge-0/0/0", "ge-0/0/1"]
    for port in ports {
      add(job, metrics: [("in", .bitsPerSecond), ("out", .bitsPerSecond), ("errors-in", .perSecond)], instance: port)
    }
    graph(job, "traffic", "Traffic", .lines, [("in", "In"), ("out", "Out")])
    graph(job, "errors", "Errors", .lines, [("errors-in", "Errors in")])
  }

  private mutating func addThisMachine() {
    let location = SourceLocation(
      file: "example.yaml", line: 88, column: 5, breadcrumb: ["example.yaml", "hosts", "this machine", "monitor1"])
    plan.hosts.append(
      Host(name: "monitor1", title: "monitor1", group: ["this machine"], address: nil, location: location))
    let system = job("monitor1", "system", .system(SystemProbe()), location)
    let metrics: [(String, Unit)] = [
      ("load1", .none), ("load5", .none), ("load15", .none), ("cpu-user", .percent), ("cpu-system", .percent),
      ("cpu-iowait", .percent), ("mem-used", .bytes), ("mem-cached", .bytes), ("mem-free", .bytes),
      ("procs", .count), ("uptime", .seconds), ("entropy", .none), ("files-open", .none),
    ]
    add(system, metrics: metrics)
    add(system, metrics: [("net-in", .bytesPerSecond), ("net-out", .bytesPerSecond)], instance: "eth0")
    add(system, metrics: [("disk-used", .bytes), ("disk-free", .bytes)], instance: "/")
    add(system, metrics: [("disk-used", .bytes), ("disk-free", .bytes)], instance: "/var")
    graph(system, "load", "Load", .lines, [("load1", "1 minute"), ("load5", "5 minutes"), ("load15", "15 minutes")])
    graph(
      system, "cpu", "Processors", .stack, [("cpu-user", "User"), ("cpu-system", "System"), ("cpu-iowait", "Disk")],
      top: 100)
    graph(system, "memory", "Memory", .stack, [("mem-used", "Used"), ("mem-cached", "Cached"), ("mem-free", "Free")])
    graph(system, "network", "Network traffic", .lines, [("net-in", "In"), ("net-out", "Out")])
    graph(system, "disk", "Disk space", .stack, [("disk-used", "Used"), ("disk-free", "Free")])
    graph(system, "processes", "Processes", .lines, [("procs", "All")])
    graph(system, "uptime", "Uptime", .lines, [("uptime", "Uptime")])
  }

  private mutating func job(_ host: String, _ name: String, _ probe: Probe, _ location: SourceLocation) -> Job {
    let job = Job(
      id: JobID(host: host, job: name), title: name.prefix(1).uppercased() + name.dropFirst(), group: [], step: 60,
      timeout: 10, probe: probe, location: location)
    plan.jobs.append(job)
    let failed = failing.contains(job.id)
    let failure = failed ? Failure(.timeout, "no answer from \(host) within 10 s, 3 tries") : nil
    records.append(
      JobRecord(
        job: job.id, lastSlot: Example.slot, lastSuccess: failed ? Example.slot - 2_760 : Example.slot,
        failure: failure,
        failuresInARow: failed ? 45 : 0, failingSince: failed ? Example.slot - 2_700 : nil,
        cost: Cost(
          startedAfter: 40 * (records.count % 9), milliseconds: failed ? 4_810 : 20 + 37 * (records.count % 23),
          bytes: 812 * (records.count % 40), retries: failed ? 2 : 0),
        facts: name == "interfaces" ? [Fact("Model", "MX204, Junos 22.4R3-S2"), Fact("Up", "41 d 6 h")] : []))
    return job
  }

  private mutating func add(_ job: Job, metrics: [(String, Unit)], instance: String? = nil) {
    for (metric, unit) in metrics {
      let series = SeriesID(host: job.id.host, job: job.id.job, instance: instance, metric: metric)
      catalogue[series] = CatalogueEntry(
        series: series, file: "f", source: "s", unit: unit, step: 60, since: Example.now - 400 * 86_400)
    }
  }

  private mutating func graph(
    _ job: Job, _ name: String, _ title: String, _ kind: GraphDefinition.Kind, _ lines: [(String, String)],
    top: Double? = nil
  ) {
    plan.graphs.append(
      GraphDefinition(
        name: name, title: title, job: job.id, kind: kind,
        lines: lines.map { GraphDefinition.Line(metric: $0.0, label: $0.1) }, top: top))
  }
}

extension Example {
  private mutating func addPeople() {
    for (name, title) in [
      ("jana", "Jana Brandt"), ("marek", "Marek Nowak"), ("lea", "Lea Fischer"), ("karin", "Karin Voss"),
    ] {
      plan.contacts[name] = Contact(name: name, title: title, email: name == "karin" ? nil : "\(name)@example.net")
    }
    let day = WeeklyHours(days: [0, 1, 2, 3, 4], from: 480, to: 1_080)
    let night = WeeklyHours(days: Set(0...6), from: 1_080, to: 480)
    plan.roles["network"] = Role(
      name: "network", title: "network", zone: Example.zone,
      shifts: [.init(hours: day, contacts: ["jana"]), .init(hours: night, contacts: ["marek", "jana"])],
      fallback: ["marek"])
    plan.roles["web"] = Role(
      name: "web", title: "web", zone: Example.zone, shifts: [.init(hours: day, contacts: ["lea"])], fallback: [])
    plan.escalations["default"] = Escalation(
      name: "default",
      steps: [
        .notify("network", next: false), .wait(900), .notify("network", next: true), .wait(900),
        .notify("karin", next: false), .repeating(3_600),
      ])
  }

  private mutating func addObjectives() {
    let outage = (Example.slot - 2_700, Example.slot + 60, "no answer from sw-wh1")
    objective(
      "warehouse", "Warehouse network", "sw-wh*/ping/loss", Tolerance(maximum: 50), 0.995, "99.5%",
      [
        (Instant(1_777_800_000), Instant(1_777_811_000), "loss is 100 %, maximum 50 %"),
        (Instant(1_778_500_000), Instant(1_778_508_000), "loss is 100 %, maximum 50 %"), outage,
      ])
    objective(
      "isp-a", "Internet uplink ISP-A", "isp-a/ping/loss", Tolerance(maximum: 2), 0.999, "99.9%",
      [
        (Instant(1_778_000_040), Instant(1_778_001_000), "loss is 7.5 %, maximum 2 %"),
        (Example.slot - 1_500, Example.slot + 60, "loss is 15 %, maximum 2 %"),
      ])
    objective(
      "shop", "Shop website", "shop/website/up", Tolerance(minimum: 1), 0.999, "99.9%",
      [
        (Example.slot - 13_680, Example.slot - 13_080, "mismatch: HTTP status is 503, 200-399 expected")
      ])
    objective("www", "Company website", "www/website/up", Tolerance(minimum: 1), 0.999, "99.9%", [])
    objective(
      "api", "API", "api/website/time-total", Tolerance(maximum: 0.5), 0.9995, "99.95%",
      [
        (Instant(1_778_700_000), Instant(1_778_700_240), "time-total is 812 ms, maximum 500 ms")
      ])
  }

  private mutating func objective(
    _ name: String, _ title: String, _ series: String, _ tolerance: Tolerance, _ target: Double, _ text: String,
    _ bad: [(Instant, Instant, String)]
  ) {
    let line = 120 + plan.objectives.count * 10
    plan.objectives.append(
      Objective(
        name: name, title: title, series: Selector(series), step: 60, tolerance: tolerance, holdDown: 180,
        target: target, targetText: text, notify: "network", escalation: "default",
        location: SourceLocation(file: "example.yaml", line: line, column: 5)))
    ledgers[name] = ledger(name, bad)
  }

  private func ledger(_ name: String, _ bad: [(Instant, Instant, String)]) -> [LedgerInterval] {
    var result: [LedgerInterval] = []
    var at = Example.slot - 45 * 86_400
    func add(_ verdict: Verdict, to end: Instant, _ cause: String) {
      guard at < end else { return }
      result.append(
        LedgerInterval(
          objective: name, span: Span(from: at, to: end), verdict: verdict, cause: cause, configuration: plan.hash))
      at = end
    }
    let gap = (Example.slot - 38_100, Example.slot - 35_400, "collector did not run")
    for stretch in (bad.map { ($0.0, $0.1, $0.2, Verdict.bad) } + [(gap.0, gap.1, gap.2, .unknown)]).sorted(by: {
      $0.0 < $1.0
    }) {
      add(.good, to: stretch.0, "")
      add(stretch.3, to: stretch.1, stretch.2)
    }
    add(.good, to: Example.slot + 60, "")
    return result
  }

  var statuses: [ObjectiveStatus] {
    plan.objectives.map { objective in
      let ledger = ledgers[objective.name] ?? []
      let span = SLA.window(objective.window, containing: Example.now, zone: Example.zone)
      let before = SLA.previous(objective.window, before: span, zone: Example.zone)
      let figures = [span, before].map { span in
        SLA.figure(
          objective, window: span, windowLabel: SLA.label(of: objective.window, span, zone: Example.zone),
          ledger: ledger, now: Example.now, zone: Example.zone)
      }
      return ObjectiveStatus(objective: objective, figure: figures[0], previous: [figures[1]], ledger: ledger)
    }
  }

  var open: [Incident] {
    var down = Incident(
      number: 422, objective: "warehouse", title: "Warehouse network", host: "sw-wh1", since: Example.slot - 2_700,
      openedAt: Example.slot - 2_520, cause: "sw-wh1/ping/loss is 100 %, maximum 50 %")
    down.acknowledgement = Acknowledgement(
      by: "jana", at: Example.slot - 2_040, note: "power work in hall 2, electrician called")
    down.ladder.told = ["jana"]
    down.events = [
      .init(at: Example.slot - 2_520, kind: .opened, text: "loss is 100 %, maximum 50 %; bad for 3 min since 13:20."),
      .init(
        at: Example.slot - 2_518, kind: .notified,
        text: "Jana Brandt by mail: network, first of shift mon-fri 08:00-18:00"),
      .init(at: Example.slot - 2_040, kind: .acknowledged, text: "Acknowledged by Jana Brandt: power work in hall 2"),
    ]
    var lossy = Incident(
      number: 423, objective: "isp-a", title: "Internet uplink ISP-A", host: "isp-a", since: Example.slot - 1_500,
      openedAt: Example.slot - 1_320, cause: "loss is 15 %, maximum 2 %")
    lossy.ladder.told = ["jana"]
    lossy.ladder.dueAt = Example.slot + 300
    lossy.events = [
      .init(at: Example.slot - 1_320, kind: .opened, text: "loss is 15 %, maximum 2 %; bad for 3 min since 13:40."),
      .init(
        at: Example.slot - 1_319, kind: .notified,
        text: "Jana Brandt by mail: network, first of shift mon-fri 08:00-18:00"),
    ]
    return [down, lossy]
  }

  var closed: [Incident] {
    var shop = Incident(
      number: 421, objective: "shop", title: "Shop website", host: "shop", since: Example.slot - 13_680,
      openedAt: Example.slot - 13_500, cause: "mismatch: HTTP status is 503, 200-399 expected")
    shop.phase = .closed
    shop.until = Example.slot - 13_080
    shop.closedAt = Example.slot - 13_020
    shop.ladder.told = ["lea", "jana"]
    shop.acknowledgement = Acknowledgement(by: "lea", at: Example.slot - 13_190, note: "bad deploy, rolling back")
    shop.events = [
      .init(at: Example.slot - 13_500, kind: .opened, text: "HTTP status is 503; bad for 3 min since 10:17."),
      .init(
        at: Example.slot - 13_498, kind: .notified, text: "Lea Fischer by mail: web, first of shift mon-fri 08:00-18:00"
      ),
      .init(
        at: Example.slot - 13_300, kind: .escalated, text: "No acknowledgement for 5 min. Jana Brandt by mail: network"),
      .init(
        at: Example.slot - 13_190, kind: .acknowledged, text: "Acknowledged by Lea Fischer: bad deploy, rolling back"),
      .init(
        at: Example.slot - 13_020, kind: .closed, text: "Good again since 10:27; Lea Fischer and Jana Brandt told."),
    ]
    return [shop]
  }

  var runs: [RunRecord] {
    (1...600).map { back in
      RunRecord(
        number: 8_000 - back, slot: Example.slot - 60 * back, startedAt: Example.slot - 60 * back + 1,
        milliseconds: 820 + (back * 37) % 190 + (back % 97 == 0 ? 2_400 : 0), collected: 46, failed: back < 46 ? 2 : 0,
        samples: 1_112, stages: [])
    }
  }

  var run: RunRecord {
    RunRecord(
      number: 8_000, slot: Example.slot, startedAt: Example.slot + 1, milliseconds: 5_420, collected: 46, failed: 2,
      samples: 1_112,
      stages: [
        .init("configuration", milliseconds: 21), .init("collect", milliseconds: 4_860),
        .init("journal", milliseconds: 12),
        .init("series", milliseconds: 150), .init("judge", milliseconds: 28), .init("alert", milliseconds: 6),
      ])
  }

  /// With four samples a day, or with all of them for a look at the pictures.
  func input(allSamples: Bool = false) -> SiteInput {
    SiteInput(
      plan: plan, now: Example.now, builtAt: Example.now, dataUntil: Example.slot, nextExpected: Example.slot + 60,
      version: "0.1.0", run: run, runs: runs, jobRecords: records, catalogue: catalogue, objectives: statuses,
      openIncidents: open, closedIncidents: closed,
      onCall: [
        OnDuty(role: "network", contact: "Jana Brandt", until: Example.slot + 14_100, next: "Marek Nowak"),
        OnDuty(role: "web", contact: "Lea Fischer", until: Example.slot + 14_100, next: nil),
      ], window: allSamples ? window : sparseWindow)
  }

  /// Before the first run: a plan, and nothing else.
  var empty: SiteInput {
    SiteInput(
      plan: plan, now: Example.now, builtAt: Example.now, nextExpected: Example.slot + 60, version: "0.1.0",
      objectives: plan.objectives.map { ObjectiveStatus(objective: $0) },
      onCall: [OnDuty(role: "network", contact: "Jana Brandt"), OnDuty(role: "web", contact: nil)], window: sparseWindow
    )
  }
}
