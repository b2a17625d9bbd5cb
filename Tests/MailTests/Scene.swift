import Alert
import Config
import Model
import SLA

/// A small network whose website is down.
struct Scene {
  var plan: Plan
  var incident: Incident
  let now = Instant(1_795_356_307)
  static let names = [
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Redeye-Incident",
    "MIME-Version", "Content-Type",
  ]

  init(zone: String = "UTC") {
    let location = SourceLocation(file: "redeye.yaml", line: 1, column: 1)
    var settings = Settings(data: "/var/lib/redeye", reports: "/srv/reports")
    settings.zone = Zone(zone) ?? .utc
    settings.mail = MailSettings(from: "redeye@example.org", administrator: "oncall")
    plan = Plan(
      package: "example", title: "Example network", path: "/etc/redeye/redeye.yaml", hash: "0123456789abcdef",
      settings: settings)
    plan.objectives = [
      Objective(
        name: "www-answers", title: "The website answers", series: Selector("www/website/up"), step: 60,
        tolerance: Tolerance(minimum: 1), holdDown: 180, target: 0.999, targetText: "99.9%", location: location)
    ]
    plan.contacts = [
      "alice": Contact(name: "alice", title: "Alice Example", email: "alice@example.org"),
      "bob": Contact(name: "bob", title: "Bob Beispiel", email: "bob@example.org"),
      "mute": Contact(name: "mute", title: "Mute", email: nil),
      "odd": Contact(name: "odd", title: "Odd", email: "odd@example.org\r\nBcc: x@example.org"),
    ]
    plan.roles = [
      "oncall": Role(name: "oncall", title: "On call", zone: .utc, shifts: [], fallback: ["bob"])
    ]
    incident = Incident(
      number: 12, objective: "www-answers", title: "The website answers", host: "www", since: Instant(1_795_354_500),
      openedAt: Instant(1_795_354_700), cause: "up is 0, minimum 1")
    incident.ladder.told = ["alice", "bob"]
  }

  func notice(_ reason: Notice.Reason = .opened, to contact: String = "alice", of incident: Incident? = nil) -> Notice {
    Notice(
      reason: reason, incident: incident ?? self.incident, contact: contact,
      why: "network-oncall, first of shift mon-fri 08:00-18:00")
  }

  func figure(good: Int = 2_500_000, bad: Int = 1_807, void: Bool = false) -> Figure {
    Figure(
      objective: "www-answers", window: Span(from: Instant(1_793_491_200), to: Instant(1_796_083_200)),
      windowLabel: "November 2026", until: Instant(1_795_356_300), service: 2_592_000, excluded: 0, good: good,
      bad: bad,
      unknown: 0, availability: Double(good) / Double(good + bad), coverage: 0.9, isVoid: void, budget: 2_592,
      left: 2_592 - bad, standing: void ? .notEnoughData : bad > 2_592 ? .broken : .met)
  }
}
