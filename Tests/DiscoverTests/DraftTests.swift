import Collect
import Config
import Model
import Testing

@testable import Discover

@Suite struct DraftTests {
  private let offers = Config.offers(path: nil)

  /// A device that answers these field sets.
  private func device(_ name: String?, _ answered: [String] = []) -> Surveyed {
    var device = Surveyed()
    device.name = name
    device.parts = offers.fieldSets.map { set in
      var part = Surveyed.Part(fieldSet: set)
      part.isAnswered = answered.contains(set.name)
      return part
    }
    return device
  }

  private let here = Target(address: "192.0.2.1", port: 161, isNamed: true)

  // MARK: Names

  @Test(
    arguments: [
      ("core1.example.org", "core1"), ("Core 1 (rack/7)", "core-1-rack-7"), ("", "192.0.2.1"), (nil, "192.0.2.1"),
      ("192.0.2.77", "192.0.2.77"), ("ping", "ping-192.0.2.1"), ("localhost", "localhost-192.0.2.1"),
      ("..", "192.0.2.1"),
      ("Привет", "192.0.2.1"), ("port", "port-192.0.2.1"), ("snmp.example.org", "snmp.example.org"),
    ] as [(String?, String)]) func `a device is called what it calls itself, unless that means something else`(
      own: String?, name: String
    )
  {
    var names = HostNames(taken: offers.reserved)
    #expect(names.name(device(own), at: here) == name)
  }

  @Test func `no two hosts get one name`() {
    var names = HostNames(taken: ["sw"])
    let all = (0..<5).map { _ in names.name(device("sw.example.org"), at: here) }
    #expect(Set(all).count == 5, "\(all)")
    #expect(all[0] == "sw.example.org" && !all.contains("sw"))
  }

  // MARK: Text

  @Test(arguments: [
    ("sw1", "sw1"), ("192.0.2.1", "192.0.2.1"), ("1.5", "\"1.5\""), ("12", "\"12\""), ("1e3", "\"1e3\""),
    ("2001:db8::1", "\"2001:db8::1\""), ("no", "\"no\""), ("Null", "\"Null\""), ("", "\"\""), ("a: b", "\"a: b\""),
    ("a #b", "\"a #b\""), ("-", "\"-\""), ("a.", "\"a.\""), ("\"\\", "\"\\\"\\\\\""), ("a\nb", "\"a\u{FFFD}b\""),
    ("\u{2028}\u{85}\u{FFFE}\u{FFFF}", "\"\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\""), ("...", "\"...\""), ("!x", "\"!x\""),
  ]) func `text is in quotes where YAML could read it as anything else`(text: String, yaml: String) {
    #expect(text.yaml == yaml)
  }

  // MARK: Choice

  @Test func `a monitor is taken whole, and what is left becomes jobs of their own`() {
    let whole = Choice(offers, device("a", ["interfaces", "cisco-cpu", "cisco-memory"]))
    #expect(whole.use == ["snmp-interfaces", "cisco"] && whole.jobs.isEmpty)
    let half = Choice(offers, device("a", ["cisco-cpu", "cisco-enhanced-memory"]))
    #expect(half.use == ["cisco-enhanced-memory"] && half.jobs.map(\.name) == ["cisco-cpu"])
  }

  @Test func `one object of two makes no job`() throws {
    var windows = device("a", ["printer"])
    let place = try #require(windows.parts.firstIndex { $0.fieldSet.name == "printer" })
    windows.parts[place].silent = ["pages"]
    #expect(Choice(offers, windows).isEmpty)
    windows.parts[place].silent = []
    #expect(Choice(offers, windows).jobs.map(\.name) == ["printer"])
  }

  @Test func `two monitors whose jobs share a name do not meet on a host`() throws {
    let answered = device("a", ["cisco-cpu", "cisco-memory", "cisco-enhanced-memory", "ucd-memory"])
    let choice = Choice(offers, answered)
    #expect(choice.use == ["snmp-memory"])
    #expect(choice.jobs.map(\.name) == ["cisco-cpu", "cisco-enhanced-memory", "cisco-memory"])
  }

  // MARK: All of it

  private func draft(_ devices: [Surveyed], _ targets: [Target], known: Known = Known()) -> String {
    Draft(
      targets: targets, results: devices.map { .success($0) }, offers: offers, known: known,
      credentials: .v2c(community: .literal(Secret("hush"))), name: "found", group: "here", asked: ["192.0.2.0/30"],
      time: "noon"
    ).text()
  }

  @Test func `every field set that is answered is measured, and check accepts it`() throws {
    let all = offers.fieldSets.map(\.name)
    let text = draft(
      [device("one", all), device("two", ["ups"]), device(nil)],
      [
        here, Target(address: "2001:db8::7", port: 1161, isNamed: true),
        Target(address: "on", port: 161, isNamed: true),
      ])
    let nothing = ConfigurationFiles(
      read: { (_) throws(ReadFailure) in throw ReadFailure("it is not there") }, list: { _ in [] },
      realPath: { _ in nil }, status: { _ in .missing })
    let files = ConfigurationFiles.remembered(
      [SourceFile(path: "/c/found.yaml", bytes: Array(text.utf8))], others: nothing)
    let loaded = load(path: "/c/found.yaml", files: files)
    let plan = try #require(loaded.plan, "\(render(loaded.problems))\n\(text)")
    let asked = plan.jobs.filter { $0.id.host == "one" }.compactMap { job in
      if case .snmp(let probe) = job.probe { probe.fieldSet.name } else { nil }
    }
    #expect(Set(asked) == Set(all))
    let two = try #require(plan.jobs.first { $0.id.host == "two" })
    guard case .snmp(let probe) = two.probe else { return #expect(Bool(false), "\(two)") }
    #expect(probe.address == "2001:db8::7" && probe.port == 1161)
    #expect(plan.hosts.map(\.name) == ["one", "two", "on"] && plan.hosts.allSatisfy { $0.group == ["here"] })
    #expect(!text.contains("hush"))
  }

  @Test func `two addresses of a network are one device by its engine or by its hardware, and never by its name`() {
    func twin(_ engine: [UInt8]?, _ hardware: String?) -> Surveyed {
      var device = device("sw", ["interfaces"])
      device.engine = engine
      for place in device.parts.indices where device.parts[place].fieldSet.name == "interfaces" {
        device.parts[place].rows = [Surveyed.Row(name: "eth0", hardware: hardware)]
      }
      return device
    }
    func hosts(_ devices: Surveyed..., named: Bool = false) -> Int {
      let targets = devices.indices.map { Target(address: "192.0.2.\($0 + 1)", port: 161, isNamed: named) }
      return draft(devices, targets).split(separator: "\n").count { $0.hasPrefix("      address: ") }
    }
    #expect(hosts(twin([1], "a"), twin([1], "a")) == 1)
    #expect(hosts(twin(nil, "a"), twin(nil, "a")) == 1)
    #expect(hosts(twin([1], nil), twin([1], nil), twin([2], nil)) == 2)
    #expect(hosts(twin([1], "a"), twin([1], "b")) == 2)
    #expect(hosts(twin(nil, nil), twin(nil, nil)) == 2)
    #expect(hosts(twin([1], "a"), twin([1], "a"), named: true) == 2)
  }

  @Test func `nothing found is nothing printed`() {
    #expect(draft([], []) == "")
  }
}
