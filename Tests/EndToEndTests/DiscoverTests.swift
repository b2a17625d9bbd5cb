import Foundation
import SNMPFarm
import TestSupport
import Testing

/// `redeye discover` on real devices: recordings of them, Debian's snmpd, and agents that lie.
@Suite struct DiscoverTests {
  private static let table: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]

  /// How many interfaces the device lists that are switched on.
  private func enabled(_ walk: RecordedWalk) -> Int {
    let off = walk.objects.filter { $0.0.starts(with: Self.table + [7]) && $0.1 != .integer(1) }.compactMap(\.0.last)
    let rows = walk.objects.filter { $0.0.starts(with: Self.table + [8]) && $0.0.count == Self.table.count + 2 }
    return rows.count { !off.contains($0.0.last ?? 0) }
  }

  /// The hosts of a draft by address.
  private func names(_ draft: String) -> [String: String] {
    var names: [String: String] = [:]
    var name = ""
    for line in draft.split(separator: "\n") {
      if let match = line.wholeMatch(of: #/    "?([^# "][^"]*)"?:/#) { name = String(match.1) }
      if let match = line.wholeMatch(of: #/      address: (.*)/#) { names[String(match.1)] = name }
    }
    return names
  }

  @Test func `every recorded device gives a draft that check accepts, and its first cycle stores its interfaces`()
    throws
  {
    let devices = RecordedDevices.texts.map { (name: $0.name, walk: RecordedWalk(snmprec: $0.snmprec)) }
    guard !devices.isEmpty else { return }
    let farm = try AgentFarm(devices.map { SimulatedAgent($0.walk) })
    defer { farm.end() }
    let folder = try TemporaryFolder()
    let targets = devices.indices.map { "\(AgentFarm.address($0)):\(farm.port)" }
    let draft = Redeye.run(["discover"] + targets, in: folder.path)
    try #require(draft.status == 0, "\(draft.error)")
    #expect(draft.error == "")
    try folder.write("redeye.yaml", draft.output)
    try FileManager.default.createDirectory(atPath: "\(folder.path)/secrets", withIntermediateDirectories: true)
    try folder.write("secrets/snmp", "public", mode: 0o600)
    let path = "\(folder.path)/redeye.yaml"
    let check = Redeye.run(["check", "-c", path])
    try #require(check.status == 0 && check.error == "", "\(check.error)\n\(draft.output)")
    for stage in ["collect", "judge"] {
      let result = Redeye.run([stage, "-c", path])
      #expect(result.status == 0, "\(stage): \(result.error)")
    }
    let names = names(draft.output)
    #expect(names.count == devices.count, "\(names)")
    for (number, device) in devices.enumerated() {
      let name = try #require(names[AgentFarm.address(number)], "\(device.name)")
      let series = Redeye.run(["query", "\(name)/interfaces/**", "--files", "-c", path]).output
      let stored = series.split(separator: "\n").filter { $0.contains("/up\t") }
      #expect(stored.count == enabled(device.walk), "\(device.name)")
    }
    let again = Redeye.run(["discover", "-c", path] + targets)
    #expect(again.status == 0 && again.output.contains("nothing differs"), "\(again.output)")
  }

  // MARK: Text that wants out

  private static let hostile: [[UInt8]] = [
    Array("\"], use: [system] #".utf8), Array("a\nhosts: {evil: {use: [system]}}".utf8), Array("x: y # z".utf8),
    Array("\u{1B}[2J\u{7}\u{9B}31m".utf8), Array("a\u{2028}evil: 1\u{2029}\u{85}evil: 2\u{FEFF}\u{FFFE}\u{202E}".utf8),
    [0xFF, 0xFE, 0x0A, 0xC3, 0x28], Array("\\".utf8), Array("%(address)s !secret env:HOME".utf8), Array("- ".utf8),
    Array("null".utf8), Array("*a &b".utf8), Array(String(repeating: "ü", count: 300).utf8), [], [0x20, 0x20],
    Array("\r\n...\r\n---\r\n".utf8),
  ]

  private func hostileDevice(_ text: [UInt8], _ other: [UInt8]) -> SimulatedAgent {
    let system: [UInt32] = [1, 3, 6, 1, 2, 1, 1]
    let names: [([UInt32], RecordedWalk.Value)] = [
      (system + [1, 0], .octets(text)), (system + [5, 0], .octets(other)), (system + [6, 0], .octets(text)),
      ([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1, 1], .octets(text)),
      ([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 18, 1], .octets(other)),
      ([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 18, 2], .octets(text)),
    ]
    return SimulatedAgent(RecordedWalk(RecordedWalk.switchboard(ports: 3).objects + names))
  }

  @Test func `what devices call themselves and their ports stays data in the draft`() throws {
    let texts = Self.hostile
    let farm = try AgentFarm(texts.indices.map { hostileDevice(texts[$0], texts[($0 + 3) % texts.count]) })
    defer { farm.end() }
    let folder = try TemporaryFolder()
    let targets = texts.indices.map { "\(AgentFarm.address($0)):\(farm.port)" }
    let draft = Redeye.run(["discover"] + targets, in: folder.path)
    #expect(draft.status == 0 && draft.error == "", "\(draft.error)")
    #expect(draft.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(!draft.output.contains { "\u{2028}\u{2029}\u{202E}\u{FEFF}".contains($0) })
    // Every line is one the draft writes itself.
    for line in draft.output.split(separator: "\n", omittingEmptySubsequences: false) {
      let isOwn =
        line.isEmpty || line.trimmingCharacters(in: .whitespaces).hasPrefix("#")
        || line.wholeMatch(of: /package: discovered|title: Discovered devices|hosts:|  discovered:/) != nil
        || line.wholeMatch(of: #/    snmp: \{.*\}|    ("[^"]*"|[a-z0-9._-]+):|      snmp: \{port: \d+\}/#) != nil
        || line.wholeMatch(of: #/      title: ("([^"\\]|\\.)*"|[A-Za-z0-9._-]+)|      address: [\d.]+/#) != nil
        || line.wholeMatch(of: #/      use: \[[a-z-]+(, [a-z-]+)*\]/#) != nil
      #expect(isOwn, "\(line)")
    }
    let check = Redeye.run(["check", "-c", try folder.write("redeye.yaml", draft.output)])
    #expect(check.status == 0, "\(check.error)\n\(draft.output)")
    #expect(check.output.contains(": \(texts.count) hosts, "), "\(check.output)")
  }

  // MARK: Once more

  /// Every file below a folder with its bytes and when it was changed.
  private func contents(_ folder: String) -> [String: String] {
    let files = FileManager.default
    var found: [String: String] = [:]
    for name in (try? files.subpathsOfDirectory(atPath: folder)) ?? [] {
      let path = "\(folder)/\(name)"
      let attributes = try? files.attributesOfItem(atPath: path)
      found[name] = "\(attributes?[.modificationDate] ?? "") \(files.contents(atPath: path)?.hashValue ?? 0)"
    }
    return found
  }

  private func saved(_ draft: String, in folder: borrowing TemporaryFolder) throws -> String {
    for name in ["packages", "packages/secrets"] {
      try FileManager.default.createDirectory(atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
    }
    try folder.write("packages/discovered.yaml", draft)
    try folder.write("packages/secrets/snmp", "public", mode: 0o600)
    return try folder.write("redeye.yaml", "package: mine\nrequires: [discovered]\n")
  }

  @Test func `once more it prints only what differs, and touches nothing`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 4)), SimulatedAgent(.switchboard(ports: 2))])
    defer { farm.end() }
    let folder = try TemporaryFolder()
    let range = ["discover", "127.1.0.2-4", "--port", "\(farm.port)", "--timeout", "1s", "--retries", "0"]
    let path = try saved(Redeye.run(range).output, in: folder)
    let fresh = Redeye.run(range + ["-c", path])
    #expect(fresh.output.contains("nothing differs from the configuration; 2 devices compared"), "\(fresh.output)")
    for stage in ["collect", "judge"] { #expect(Redeye.run([stage, "-c", path]).status == 0) }
    let before = contents("\(folder.path)/data")
    try #require(before.count > 5)
    let same = Redeye.run(range + ["-c", path])
    #expect(same.status == 0)
    #expect(same.output.split(separator: "\n").count == 1 && same.output.hasPrefix("# "), "\(same.output)")

    farm.change(0) { agent in
      let grown = RecordedWalk.switchboard(ports: 6).objects.filter { $0.0 != Self.table + [7, 2] }
      let load: [UInt32] = [1, 3, 6, 1, 2, 1, 25, 3, 3, 1, 2, 1]
      agent.walk = RecordedWalk(grown + [(Self.table + [7, 2], .integer(2)), (load, .integer(17))])
    }
    farm.change(1) { $0.walk = RecordedWalk.switchboard(ports: 1) }
    let changed = Redeye.run(range + ["-c", path])
    #expect(changed.status == 0)
    let lines = changed.output.split(separator: "\n")
    #expect(lines.allSatisfy { $0.hasPrefix("#") }, "\(changed.output)")
    #expect(changed.output.contains("packages/discovered.yaml:"))
    #expect(changed.output.contains("add to its “use”: [snmp-processors]"), "\(changed.output)")
    let rows = lines.filter { $0.hasPrefix("#     +") || $0.hasPrefix("#     -") }.map {
      $0.dropFirst(6).split(separator: " ").prefix(2).joined()
    }
    #expect(rows == ["+Gi1/0/5", "+Gi1/0/6", "-Gi1/0/2", "-Gi1/0/2"], "\(changed.output)")
    #expect(changed.output.contains("switched off, left out by “only enabled”"))
    #expect(changed.output.contains("the device has it no more"))
    #expect(contents("\(folder.path)/data") == before)
  }

  @Test func `a network has new devices, known ones, one with two addresses and one that is gone`() throws {
    let engine: [UInt32] = [1, 3, 6, 1, 6, 3, 10, 2, 1, 1, 0]
    func device(_ name: String) -> SimulatedAgent {
      let more: [([UInt32], RecordedWalk.Value)] = [
        ([1, 3, 6, 1, 2, 1, 1, 5, 0], .octets(Array(name.utf8))), (engine, .octets(Array("engine-\(name)".utf8))),
      ]
      return SimulatedAgent(RecordedWalk(RecordedWalk.switchboard(ports: 2).objects + more))
    }
    let farm = try AgentFarm([device("core1.example.org"), device("Core1"), device("edge"), device("edge")])
    defer { farm.end() }
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "redeye.yaml",
      """
      hosts:
        core:
          snmp: {community: !secret env:C, port: \(farm.port)}
          core1: {address: 127.1.0.3, use: [ping, snmp-interfaces, snmp-system]}
          gone: {address: 127.1.0.9, use: [snmp-interfaces]}
      """)
    let result = Redeye.run(
      ["discover", "127.1.0.0/28", "--port", "\(farm.port)", "--timeout", "1s", "--retries", "0", "-c", path])
    #expect(result.status == 0)
    #expect(names(result.output) == ["127.1.0.2": "core1.example.org", "127.1.0.4": "edge"], "\(result.output)")
    #expect(result.output.contains("# 127.1.0.5:\(farm.port) is edge as well: one device with several addresses."))
    #expect(result.output.contains("# gone at 127.1.0.9:\(farm.port), redeye.yaml:5, gives no answer: refused: "))
    #expect(result.output.contains("# There is a host core1 at 127.1.0.3 (redeye.yaml:4): is it this one?"))
    #expect(result.error.contains("of 14 addresses of networks 4 answer; the others: 10 refused"), "\(result.error)")
    #expect(result.error.split(separator: "\n").count == 1)
  }

  @Test func `a second draft has a package of its own, and a state that cannot be read is no obstacle`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 1)), SimulatedAgent(.switchboard(ports: 1))])
    defer { farm.end() }
    let folder = try TemporaryFolder()
    let (first, second) = ("127.1.0.2:\(farm.port)", "127.1.0.3:\(farm.port)")
    let path = try saved(Redeye.run(["discover", first, "--version", "1"]).output, in: folder)
    for stage in ["collect", "judge"] { #expect(Redeye.run([stage, "-c", path]).status == 0) }
    try folder.write("data/state.sqlite", String(repeating: "no database ", count: 1_000))
    let more = Redeye.run(["discover", first, second, "--version", "1", "-c", path])
    #expect(more.status == 0)
    #expect(
      more.output.contains("\npackage: discovered-2\n") && more.output.contains("version: \"1\""), "\(more.output)")
    #expect(names(more.output) == ["127.1.0.3": "switch-127.1.0.3"], "\(more.output)")
    #expect(more.error.contains("interfaces are not compared with those known: state "), "\(more.error)")
    let text = try String(contentsOfFile: "\(folder.path)/data/state.sqlite", encoding: .utf8)
    #expect(text.hasPrefix("no database "))
    try folder.write("packages/discovered-2.yaml", more.output)
    try folder.write("redeye.yaml", "package: mine\nrequires: [discovered, discovered-2]\n")
    let check = Redeye.run(["check", "-c", path])
    #expect(check.status == 0 && check.output.contains(": 2 hosts, 6 jobs, "), "\(check.error)")
  }

  @Test func `who is named and does not answer is told by name, with status 1`() throws {
    let farm = try AgentFarm([SimulatedAgent(.switchboard(ports: 1))])
    defer { farm.end() }
    let here = "127.1.0.2:\(farm.port)"
    let mixed = Redeye.run(["discover", here, "127.1.0.3:\(farm.port)", "no-such-host.invalid"])
    #expect(mixed.status == 1)
    #expect(mixed.output.contains("    switch:"))
    #expect(mixed.error.contains("redeye: 127.1.0.3:\(farm.port): refused: nothing listens there"), "\(mixed.error)")
    #expect(mixed.error.contains("redeye: no-such-host.invalid: resolve: "), "\(mixed.error)")
    let silent = Redeye.run(["discover", here, "--community", "wrong-one", "--timeout", "1s", "--retries", "0"])
    #expect(silent.status == 1 && silent.output == "")
    #expect(silent.error.contains("the community is wrong"), "\(silent.error)")
    #expect(!silent.error.contains("wrong-one"))
  }

  // MARK: Secrets

  @Test(arguments: ["text", "env", "file", "stdin", "default"])
  func `the community is in no output, and the draft says where to look for it`(way: String) throws {
    let daemon = try SNMPDaemon()
    let folder = try TemporaryFolder()
    let file = try folder.write("community", "open-sesame\n", mode: 0o600)
    let (option, said) =
      switch way {
      case "text": (["--community", "open-sesame"], "!secret file:secrets/snmp}")
      case "env": (["--community", "env:TEST_C"], "!secret env:TEST_C}")
      case "file": (["--community", "file:\(file)"], "!secret file:\(file)}")
      case "stdin": (["--community", "stdin"], "!secret file:secrets/snmp}")
      default: ([], "!secret env:REDEYE_COMMUNITY}")
      }
    let environment = ["TEST_C": "open-sesame", way == "default" ? "REDEYE_COMMUNITY" : "UNUSED": "open-sesame"]
    let result = Redeye.run(
      ["discover", "127.0.0.1:\(daemon.port)", "[::1]:\(daemon.port)"] + option, in: folder.path,
      environment: environment, input: way == "stdin" ? "open-sesame\n" : "")
    #expect(result.status == 0 && result.error == "", "\(result.error)")
    #expect(result.output.contains("    snmp: {version: 2c, community: \(said)"), "\(result.output)")
    #expect(!result.output.contains("open-sesame") && !result.error.contains("open-sesame"))
    #expect(names(result.output).count == 2 && result.output.contains("    test-router:"))
    let path = try folder.write("draft.yaml", result.output)
    #expect(Redeye.run(["check", "-c", path]).status == 0)
  }

  @Test func `a user of version 3 is asked for, and the draft runs`() throws {
    let daemon = try SNMPDaemon()
    let folder = try TemporaryFolder()
    let environment = ["REDEYE_AUTH_PASSWORD": "alice-signs", "P": "alice-hides"]
    let asking = [
      "discover", "127.0.0.1:\(daemon.port)", "--user", "alice", "--auth", "sha", "--priv", "AES128",
      "--priv-password", "env:P",
    ]
    let result = Redeye.run(asking, in: folder.path, environment: environment)
    #expect(result.status == 0 && result.error == "", "\(result.error)")
    #expect(
      result.output.contains(
        "snmp: {version: \"3\", user: alice, authentication: SHA, password: !secret env:REDEYE_AUTH_PASSWORD, "
          + "privacy: AES, privacy password: !secret env:P}"), "\(result.output)")
    #expect(!result.output.contains("alice-signs") && !result.output.contains("alice-hides"))
    let path = try folder.write("redeye.yaml", result.output)
    for stage in ["collect", "judge"] {
      let run = Redeye.run([stage, "-c", path], environment: environment)
      #expect(run.status == 0, "\(stage) \(run.error)")
    }
    let series = Redeye.run(["query", "test-router/interfaces/**", "--files", "-c", path])
    #expect(series.output.contains("test-router/interfaces/lo/up"), "\(series.output)")
    let wrong = Redeye.run(asking, environment: ["REDEYE_AUTH_PASSWORD": "not-her-word", "P": "alice-hides"])
    #expect(wrong.status == 1 && wrong.output == "")
    #expect(wrong.error.contains("denied") && !wrong.error.contains("not-her-word"), "\(wrong.error)")
  }

  // MARK: Slips

  private static let slips: [(arguments: [String], says: String)] = [
    ([], "whom to ask? Write redeye discover HOST, or a network: redeye discover 10.0.0.0/24"),
    (["10.0.0.0/8"], "16777216 addresses are too many at once; name networks of /16 or smaller, such as 10.0.0.0/16"),
    (["10.0.0.0/33"], "a prefix is a number from 16 to 32, and “33” is none"),
    (["10.0.0/24"], "a network is written like 10.0.0.0/24"),
    (["2001:db8::/64"], "a network of IPv6 has more addresses than can be asked; name its hosts"),
    (["10.0.0.9-3"], "the range ends before it begins"), (["10.0.0.9-x"], "a range is written like 10.0.0.1-20"),
    (["10.0.0.0-10.9.0.0"], "more than 65536 addresses are too many at once"),
    (["10.0.0.0/16", "10.1.0.0/16"], "over 65536 addresses; ask for fewer networks at once"),
    (["host:99999"], "a port is a number from 1 to 65535, and “99999” is none"),
    (["[::1]161"], "behind “]” stands :PORT or nothing"), (["[::1"], "the “]” behind the address is missing"),
    (["999.1.1.1"], "no number of an IPv4 address is more than 255"), ([""], "it is empty"),
    (["http://sw1/"], "a URL is no host: write sw1"),
    (["sw1", "--version", "3"], "version 3 is asked for with --user NAME"),
    (["sw1", "--auth", "SHA"], "--auth is of SNMP version 3, which has users: add --user NAME"),
    (["sw1", "--user", "a", "--community", "c"], "leave one of them out"),
    (
      ["sw1", "--user", "a", "--auth", "SHA-3", "--auth-password", "x"],
      "there is no method “SHA-3”; there are MD5, SHA"
    ),
    (["sw1", "--user", "a", "--auth", "SHA"], "--auth needs a password: --auth-password env:NAME, file:PATH or stdin"),
    (["sw1", "--user", "a", "--priv", "AES"], "--priv needs --auth too"),
    (["sw1", "--user", "a", "--auth-password", "x"], "--auth-password needs --auth METHOD too"),
    (["sw1", "--community", "env:NOT_SET_ANYWHERE"], "the environment has no NOT_SET_ANYWHERE"),
    (["sw1", "--community", "file:/no/such/file"], "/no/such/file"),
    (["sw1", "--community", "stdin"], "--community: the standard input has no line for it"),
    (["sw1", "--community", ""], "--community is empty"),
    (["sw1", "--port", "0"], "--port is a number from 1 to 65535"),
    (["sw1", "--retries", "-1"], "--retries is a number from 0 to 10, and “-1” is none"),
    (["sw1", "--timeout", "5m"], "--timeout goes up to 60s, and 5m is more"),
    (["sw1", "--group", "a b"], "--group is made of letters, digits"),
    (["sw1", "--package", "../x"], "--package is made of letters, digits"),
    (["sw1", "-c", "/no/such/redeye.yaml"], "the configuration cannot be read"),
  ]

  @Test(arguments: slips) func `a slip is told with the way out, and nobody is asked`(
    arguments: [String], says: String
  ) {
    let result = Redeye.run(["discover"] + arguments, in: "/tmp")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.error.contains(says), "\(result.error)")
  }
}
