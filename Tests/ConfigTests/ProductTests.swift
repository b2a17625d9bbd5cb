import Config
import Model
import TestSupport
import Testing

/// The example of the product, word for word.
@Suite struct ProductTests {
  let loaded = load(path: fixture("product.yaml"))

  @Test func `the example loads, and what is not there yet is a warning`() throws {
    #expect(loaded.plan != nil)
    #expect(loaded.problems.allSatisfy { $0.severity == .warning })
    #expect(
      loaded.problems.map(\.message) == [
        "there is no secret file secrets/snmp",
        "there is no script scripts/tester.py",
        "there is no contact “bob”, so nobody can be told",
        "there is no contact “carol”, so nobody can be told",
        "there is no contact “boss”, so nobody can be told",
        "there is no role or contact “managers”, so nobody can be told",
      ])
  }

  @Test func `monitors become jobs of their hosts`() throws {
    let plan = try #require(loaded.plan)
    #expect(
      plan.jobs.map(\.id.description) == [
        "router1/ping", "router1/interfaces", "www/ping", "www/website", "localhost/system", "localhost/tester1",
      ])
    #expect(plan.jobs.allSatisfy { $0.step == 60 })
    guard case .http(let website)? = plan.job(JobID(host: "www", job: "website"))?.probe else {
      Issue.record("www/website is no http job")
      return
    }
    #expect(website.url == "http://www.example.org/")
    guard case .snmp(let interfaces)? = plan.job(JobID(host: "router1", job: "interfaces"))?.probe else {
      Issue.record("router1/interfaces is no snmp job")
      return
    }
    #expect(interfaces.address == "192.0.2.1")
    #expect(interfaces.credentials == .v2c(community: .file(fixture("secrets/snmp"))))
  }

  @Test func `the objective is what it says`() throws {
    let objective = try #require(loaded.plan?.objectives.first)
    #expect(objective.name == "www-answers")
    #expect(objective.series.text == "www/website/up")
    #expect(objective.tolerance == Tolerance(minimum: 1))
    #expect(objective.holdDown == 180)
    #expect(objective.target == 0.999)
    #expect(objective.targetText == "99.9%")
    #expect(objective.window == .calendar(.month))
    #expect(objective.hours == .always)
    #expect(objective.unknown == .exclude)
    #expect(objective.minimumCoverage == 0.95)
    #expect(objective.notify == "network-oncall")
    #expect(objective.location.breadcrumb == ["product.yaml", "slas", "web", "www-answers"])
  }

  @Test func `who is not defined does not stand before who is`() throws {
    let role = try #require(loaded.plan?.roles["network-oncall"])
    #expect(role.shifts.map(\.contacts) == [["alice"], ["alice"]])
    #expect(role.shifts.map(\.hours.days) == [Set(0...4), Set(0...6)])
    #expect(role.shifts.last?.hours.from == 18 * 60)
    #expect(role.shifts.last?.hours.to == 8 * 60)
    #expect(role.zone.identifier == "Europe/London")
    #expect(
      loaded.plan?.escalations["default"]?.steps == [
        .notify("network-oncall", next: false), .wait(900), .notify("network-oncall", next: true), .wait(900),
        .notify("managers", next: false), .repeating(3_600),
      ])
  }

  @Test func `settings have their defaults`() throws {
    let plan = try #require(loaded.plan)
    #expect(plan.package == "example")
    #expect(plan.title == "Example network")
    #expect(plan.settings.step == 60)
    #expect(plan.settings.deadline == 50)
    #expect(plan.settings.retention == .standard)
    #expect(plan.settings.data == fixture("data"))
    #expect(plan.settings.reports == fixture("reports"))
    #expect(plan.settings.mail.transport == nil)
    #expect(plan.hash.count == 16)
  }
}
