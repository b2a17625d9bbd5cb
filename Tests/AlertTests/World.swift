import Alert
import Config
import Model

/// A small installation that lives through a story, one slot a minute, from Monday 2026-11-16 10:00 UTC.
struct World {
  static let start = Instant(1_794_823_200)

  var plan: Plan
  var ledger: [LedgerInterval] = []
  var incidents: [Incident] = []
  var nextNumber = 1
  /// What happened, as `MINUTE WHAT`.
  var log: [String] = []
  var minute = 0

  init(
    holdDown: Int = 180, notify: String? = nil, escalation: String? = nil, hours: String = "day and night",
    steps: [Escalation.Step]? = World.ladder
  ) {
    let objective = World.objective(holdDown: holdDown, notify: notify, escalation: escalation)
    plan = Plan(
      package: "test", title: "Test", path: "/redeye.yaml", hash: "c0ffee",
      settings: Settings(data: "/data", reports: "/reports"), objectives: [objective], contacts: World.contacts,
      roles: World.roles, escalations: steps.map { ["default": Escalation(name: "default", steps: $0)] } ?? [:])
  }

  /// The ladder of the guide.
  static let ladder: [Escalation.Step] = [
    .notify("oncall", next: false), .wait(900), .notify("oncall", next: true), .wait(900),
    .notify("managers", next: false), .repeating(3_600),
  ]

  static let contacts = Dictionary(
    uniqueKeysWithValues: ["alice", "bob", "carol", "boss", "chief"].map {
      ($0, Contact(name: $0, title: $0.prefix(1).uppercased() + $0.dropFirst(), email: "\($0)@example.org"))
    } + [("mute", Contact(name: "mute", title: "", email: nil))])

  static let day = WeeklyHours(days: [0, 1, 2, 3, 4, 5, 6], from: 8 * 60, to: 18 * 60)
  static let night = WeeklyHours(days: [0, 1, 2, 3, 4, 5, 6], from: 18 * 60, to: 8 * 60)

  static let roles = [
    "oncall": role("oncall", [(day, ["alice", "bob"]), (night, ["carol", "alice"])], fallback: ["boss"]),
    "managers": role("managers", [], fallback: ["chief"]), "empty": role("empty", []),
    "clumsy": role("clumsy", [(day, ["mute", "ghost", "bob"])]),
    "lost": role("lost", [(day, ["mute"])], fallback: ["ghost"]),
  ]

  static func role(
    _ name: String, _ shifts: [(WeeklyHours, [String])], fallback: [String] = [], zone: Zone = .utc
  ) -> Role {
    Role(
      name: name, title: name, zone: zone, shifts: shifts.map { Role.Shift(hours: $0.0, contacts: $0.1) },
      fallback: fallback)
  }

  static func objective(
    _ name: String = "www", holdDown: Int = 180, notify: String? = nil, escalation: String? = nil
  ) -> Objective {
    Objective(
      name: name, title: "The website answers", series: Selector("www/website/up"), step: 60,
      tolerance: Tolerance(minimum: 1), holdDown: holdDown, target: 0.999, targetText: "99.9%", notify: notify,
      escalation: escalation, location: SourceLocation(file: "redeye.yaml", line: 1, column: 1))
  }

  /// One letter for each minute: `g` good, `b` bad, `u` unknown, `x` excluded; in capitals no run comes that minute,
  /// and the next one finds the slot in the ledger.
  mutating func live(_ slots: String) {
    for letter in slots {
      judge(letter)
      if letter.isLowercase { run() }
      minute += 1
    }
  }

  mutating func live(_ letter: Character, minutes: Int) { live(String(repeating: letter, count: minutes)) }

  private mutating func judge(_ letter: Character) {
    let verdicts: [String: Verdict] = ["g": .good, "b": .bad, "u": .unknown, "x": .excluded]
    guard let verdict = verdicts[letter.lowercased()] else { return }
    let slot = World.start + minute * 60
    if ledger.last?.verdict == verdict {
      ledger[ledger.count - 1].span.to = slot + 60
    } else {
      ledger.append(
        LedgerInterval(
          objective: "www", span: Span(from: slot, to: slot + 60), verdict: verdict,
          cause: verdict == .bad ? "up is 0, minimum 1" : "", configuration: ""))
    }
  }

  /// Five seconds into the slot, as cron does it.
  var now: Instant { World.start + minute * 60 + 5 }

  mutating func run() {
    let conditions = plan.objectives.map { Condition(objective: $0, latest: ledger) }
    let open = incidents.filter { $0.phase == .open }
    let advance = advance(open: open, nextNumber: nextNumber, conditions: conditions, plan: plan, now: now)
    nextNumber = advance.nextNumber
    for incident in advance.incidents {
      incidents.removeAll { $0.number == incident.number }
      incidents.append(incident)
    }
    incidents.sort { $0.number < $1.number }
    let quiet: Set<Decision.Reason> = [
      .told, .escalated, .repeated, .stillBad, .heldUnknown, .heldExcluded, .noWord, .notYet, .acknowledged,
    ]
    log += advance.decisions.filter { !quiet.contains($0.reason) }.map { decision in
      "\(minute) \(decision.reason)\(decision.incident.map { " \($0)" } ?? "")"
    }
    log += advance.notices.map { "\(minute) \($0.contact): \($0.reason)" }
  }

  mutating func acknowledge(by contact: String, minutes: Int? = nil) {
    for index in incidents.indices where incidents[index].phase == .open {
      let answer = Acknowledgement(by: contact, at: now - 5, until: minutes.map { now - 5 + $0 * 60 })
      if case .acknowledged(let incident) = Alert.acknowledge(incidents[index], answer) { incidents[index] = incident }
    }
  }
}
