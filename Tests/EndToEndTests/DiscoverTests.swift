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

  @Test func `every recorded device gives a draft that check accepts, and its first cycle stores its interfaces`()
    throws
  {
    let devices = try RecordedDevices.texts.get().map { (name: $0.name, walk: RecordedWalk(snmprec: $0.snmprec)) }
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
    let names = draft.draftedNames
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
    #expect(result.draftedNames.count == 2 && result.output.contains("    test-router:"))
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
}
