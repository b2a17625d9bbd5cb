import Config
import Model
import Testing

@Suite struct MonitorTests {
  private static let disk = """
    monitors:
      disk:
        title: A file system
        parameters:
          mount: {type: text, required: true, says: Where it is mounted.}
          limit: {type: int, default: 90}
        jobs:
          disk: {title: "Disk %(mount)s of %(title)s", script: /bin/true, command: [--mount, "%(mount)s", "--host=%(host)s", 100%, "%%(x)s"], unit: "%"}
        objectives:
          room:
            title: "Room on %(host)s"
            series: "%(host)s/disk/value"
            tolerance: {maximum: "%(limit)s"}
            objective: 99%
        graphs:
          space: {title: Space, job: disk, lines: [value]}

    """

  private func script(_ loaded: Loaded, _ host: String) -> [String]? {
    guard case .script(let script)? = loaded.plan?.job(JobID(host: host, job: "disk"))?.probe else { return nil }
    return script.arguments
  }

  @Test func `names are filled in from parameters and the host`() throws {
    let loaded = load(
      MonitorTests.disk
        + """
        hosts:
          web:
            www: {address: 192.0.2.1, title: The web, use: [{disk: {mount: /srv, limit: 80}}]}
        """)
    #expect(render(loaded.problems) == "")
    #expect(script(loaded, "www") == ["/bin/true", "--mount", "/srv", "--host=www", "100%", "%(x)s"])
    #expect(loaded.plan?.jobs.first?.title == "Disk /srv of The web")
    #expect(loaded.plan?.objectives.first?.name == "www-room")
    #expect(loaded.plan?.objectives.first?.tolerance == Tolerance(maximum: 80))
    #expect(loaded.plan?.objectives.first?.group == ["web"])
    #expect(loaded.plan?.graphs.first?.job == JobID(host: "www", job: "disk"))
    #expect(loaded.plan?.jobs.first?.location.line == 19)
  }

  @Test func `a parameter may be a field of the host, or stand under the monitor's name`() throws {
    let loaded = load(
      MonitorTests.disk
        + """
        hosts:
          web:
            use: [disk]
            mount: /group
            a: {address: 192.0.2.1}
            b: {address: 192.0.2.2, mount: /own}
            c: {address: 192.0.2.3, mount: /own, disk: {mount: /named, title: Named}}
        """)
    #expect(render(loaded.problems) == "")
    #expect(["a", "b", "c"].map { script(loaded, $0)?[2] } == ["/group", "/own", "/named"])
    #expect(loaded.plan?.jobs.map(\.title) == ["Disk /group of a", "Disk /own of b", "Named"])
  }

  @Test func `a field of a job can be overridden for one host or a group`() throws {
    let loaded = load(
      """
      hosts:
        core:
          ping: {packets: 10}
          use: [ping, website]
          a: {address: 192.0.2.1}
          b: {address: 192.0.2.2, ping: {packets: 5, every: 2m}, website: {url: https://b.example.org/, timeout: 3s}}
      """)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    let packets = plan.jobs.compactMap { if case .ping(let probe) = $0.probe { probe.packets } else { nil } }
    #expect(packets == [10, 5])
    #expect(plan.job(JobID(host: "b", job: "ping"))?.step == 120)
    let urls = plan.jobs.compactMap { if case .http(let probe) = $0.probe { probe.url } else { nil } }
    #expect(urls == ["http://192.0.2.1/", "https://b.example.org/"])
    #expect(plan.job(JobID(host: "b", job: "website"))?.timeout == 3)
  }

  @Test func `a monitor can use others and say something to them`() throws {
    let loaded = load(
      """
      monitors:
        server:
          parameters: {count: {type: int, default: 7}}
          use: [{ping: {packets: "%(count)s"}}, website]
      hosts:
        web:
          www: {address: www.example.org, use: [server]}
          two: {address: two.example.org, use: [{server: {count: 3}}], website: {url: https://two.example.org/}}
      """)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    #expect(plan.jobs.map(\.id.description) == ["www/ping", "www/website", "two/ping", "two/website"])
    let packets = plan.jobs.compactMap { if case .ping(let probe) = $0.probe { probe.packets } else { nil } }
    #expect(packets == [7, 3])
  }

  @Test func `a monitor of the same name hides the one of base, and may use it`() throws {
    let loaded = load(
      """
      monitors:
        ping:
          use: [{ping: {packets: 3}}]
          jobs: {trace: {script: /bin/true, command: ["%(address)s"]}}
      hosts:
        web: {www: {address: www.example.org, use: [ping]}}
      """)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    #expect(plan.jobs.map(\.id.description) == ["www/trace", "www/ping"])
    guard case .ping(let probe) = plan.jobs[1].probe else {
      Issue.record("www/ping is no ping job")
      return
    }
    #expect(probe.packets == 3)
  }

  @Test func `a secret is handed on whole`() throws {
    let loaded = load(
      """
      monitors:
        agent:
          parameters: {key: {type: secret, required: true}}
          jobs: {agent: {kind: snmp, community: "%(key)s", request: get, objects: {uptime: 1.3.6.1.2.1.1.3.0}}}
      hosts:
        web: {www: {address: www.example.org, use: [{agent: {key: !secret env:KEY}}]}}
      """)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))")
    guard case .snmp(let probe) = plan.jobs[0].probe else {
      Issue.record("www/agent is no snmp job")
      return
    }
    #expect(probe.credentials == .v2c(community: .environment("KEY")))
    #expect(probe.fieldSet.objects == [FieldSet.Metric(name: "uptime", source: .init("1.3.6.1.2.1.1.3.0"))])
  }

  @Test func `a host that names another version of SNMP has done with what the group says for the first`() throws {
    let loaded = load(
      """
      hosts:
        all:
          snmp: {version: 2c, community: !secret env:C}
          one: {use: [snmp-system], snmp: {version: 3, user: me}}
          two: {use: [snmp-system]}
      """)
    #expect(render(loaded.problems) == "")
    let credentials = loaded.plan?.jobs.compactMap { job -> SNMPCredentials? in
      if case .snmp(let probe) = job.probe { probe.credentials } else { nil }
    }
    #expect(
      credentials == [
        .v3(user: "me", authentication: nil, password: nil, privacy: nil, privacyPassword: nil, context: ""),
        .v2c(community: .environment("C")),
      ])
  }

  @Test func `without an address a host is asked by its name`() throws {
    let plan = try #require(load("hosts: {web: {www.example.org: {use: [ping]}}}").plan)
    guard case .ping(let probe) = plan.jobs[0].probe else {
      Issue.record("no ping job")
      return
    }
    #expect(probe.address == "www.example.org")
    #expect(plan.hosts.first?.address == nil)
  }

  @Test func `the graphs of base name metrics that exist`() throws {
    let loaded = load(
      """
      hosts:
        all:
          one: {use: [ping, website, snmp-interfaces, snmp-system, system], snmp: {community: !secret env:C}}
      """)
    #expect(render(loaded.problems) == "")
    #expect(loaded.plan?.graphs.count == 21)
    #expect(loaded.plan?.graphs.first?.kind == .latency)
  }
}
