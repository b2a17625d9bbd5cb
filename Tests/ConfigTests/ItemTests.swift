import Config
import Model
import Testing

@Suite struct ItemTests {
  /// The data of the Red Eye Monitor's package editor, with its section declared in its own words.
  private static let tester = """
    sections:
      jobs:
        grouped indexes: [{index: group, type: text}, {index: null, key field: name}]
    jobs:
      tester:
        tester1: {script: /bin/true, name: tester1, title: Tester Script 1, command: null, workers: 1}
        tester2: {script: /bin/true, title: Tester Script 2, command: null, workers: 2}
    """

  @Test func `keys of group levels become fields of the items`() throws {
    let loaded = load(ItemTests.tester)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    #expect(
      plan.jobs.map(\.id) == [JobID(host: "localhost", job: "tester1"), JobID(host: "localhost", job: "tester2")])
    #expect(plan.jobs.map(\.group) == [["tester"], ["tester"]])
    #expect(plan.jobs.map(\.title) == ["Tester Script 1", "Tester Script 2"])
    let shown = try loaded.tree.explain("jobs >>> tester >>> tester2")
    #expect(shown.contains("group: tester\nname: tester2\n"))
    guard case .script(let script) = plan.jobs[1].probe else {
      Issue.record("tester2 is no script")
      return
    }
    #expect(script.workers == 2)
    #expect(script.arguments == ["/bin/true"])
  }

  @Test func `items may stand in a list that brings their keys along`() throws {
    let loaded = load(
      """
      jobs:
        tester:
          - {name: tester1, script: /bin/true}
          - {name: tester2, script: /bin/true, workers: 2}
      hosts:
        - {group: core, name: router1, address: 192.0.2.1, use: [ping]}
      contacts: [{name: alice, email: alice@example.org}]
      roles: []
      """)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    #expect(plan.jobs.map(\.id.description) == ["router1/ping", "localhost/tester1", "localhost/tester2"])
    #expect(plan.jobs.map(\.group) == [["core"], ["tester"], ["tester"]])
    #expect(plan.contacts["alice"]?.email == "alice@example.org")
    #expect(try loaded.tree.explain("jobs >>> tester >>> tester2").contains("group: tester\nname: tester2\n"))
    #expect(plan.jobs[2].location.breadcrumb == ["redeye.yaml", "jobs", "tester", "tester2"])
  }

  @Test func `a single grouped index needs no list`() throws {
    let loaded = load(
      "sections: {things: {grouped indexes: {index: null, key field: id}, fields: {it: int}}}\nthings: {a: {it: 1}}\n")
    #expect(loaded.problems.isEmpty)
    #expect(loaded.plan?.sections.first?.items.first?.fieldSets.first?.facts.first == Fact("it", "1"))
  }

  @Test func `an address of version 6 stands in brackets in a URL`() throws {
    let plan = try #require(load("hosts: {core: {a: {address: \"2001:db8::1\", use: [website]}}}\n").plan)
    guard case .http(let probe) = plan.jobs[0].probe else {
      Issue.record("a/website is no http job")
      return
    }
    #expect(probe.url == "http://[2001:db8::1]/")
  }

  @Test func `this machine is a host without being named`() throws {
    let plan = try #require(load(ItemTests.tester).plan)
    #expect(plan.hosts.map(\.name) == ["localhost"])
    #expect(plan.hosts.first?.title == "This machine")
  }

  @Test func `items inherit the fields of their groups, and override them field by field`() throws {
    let plan = try #require(
      load(
        """
        hosts:
          notes: everywhere
          core:
            snmp: {version: 2c, community: !secret env:CORE, port: 1161}
            notes: in the core
            use: [snmp-system]
            a: {address: 192.0.2.1}
            b: {address: 192.0.2.2, snmp: {port: 161}, notes: here}
            c: {address: 192.0.2.3, use: [], notes: null}
          edge:
            d: {}
        """
      ).plan)
    #expect(plan.jobs.map(\.id.host) == ["a", "b"])
    let probes = plan.jobs.compactMap { if case .snmp(let probe) = $0.probe { probe } else { nil } }
    #expect(probes.map(\.port) == [1161, 161])
    #expect(probes.map(\.credentials) == Array(repeating: .v2c(community: .environment("CORE")), count: 2))
    let notes = plan.hosts.map { host in host.facts.first { $0.name == "notes" }?.text }
    #expect(notes == ["in the core", "here", nil, "everywhere"])
  }

  @Test func `levels can be as many as a package declares`() throws {
    let plan = try #require(
      load(
        """
        sections:
          hosts:
            grouped indexes: [{index: continent, type: text}, {index: city, type: text}, {index: null, key field: name}]
            fields: {rack: {type: int, unit: U, says: Where it stands.}}
        hosts:
          Europe:
            use: [ping]
            London:
              rack: 7
              router1: {address: 192.0.2.1}
        """
      ).plan)
    #expect(plan.hosts.first?.group == ["Europe", "London"])
    #expect(plan.hosts.first?.facts == [Fact("use", "ping"), Fact("rack", "7 U")])
    #expect(plan.jobs.map(\.id.description) == ["router1/ping"])
  }

  @Test func `an own section is checked and shown in its field sets`() throws {
    let loaded = load(
      """
      types:
        priority: {type: enum, values: [low, high], default: low}
      sections:
        tickets:
          title: Tickets
          grouped indexes: [{index: queue, type: text}, {index: null, key field: id}]
          fields:
            owner: {type: item, section: contacts}
            priority: priority
            labels: {type: list, of: text}
            door code: secret
          field sets: [{Ticket: [id, owner]}, {More: [priority, labels, door code]}]
      contacts: {alice: {email: alice@example.org}}
      tickets:
        network:
          t1: {owner: alice, priority: high, labels: [a, b], door code: !secret env:DOOR}
      """)
    let section = try #require(loaded.plan?.sections.first, "\(render(loaded.problems))")
    #expect(section.title == "Tickets")
    #expect(
      section.items.first?.fieldSets == [
        PlanItem.FieldSet(title: "Ticket", facts: [Fact("id", "t1"), Fact("owner", "alice")]),
        PlanItem.FieldSet(title: "More", facts: [Fact("priority", "high"), Fact("labels", "a, b")]),
        PlanItem.FieldSet(title: "More", facts: [Fact("queue", "network")]),
      ])
    #expect(section.items.first?.group == ["network"])
    #expect(section.items.first?.location.breadcrumb == ["redeye.yaml", "tickets", "network", "t1"])
  }

  @Test func `names with spaces are names`() throws {
    let plan = try #require(
      load("hosts:\n  the core:\n    core router: {address: 192.0.2.1, use: [ping]}\n").plan)
    #expect(plan.jobs.first?.id == JobID(host: "core router", job: "ping"))
  }
}
