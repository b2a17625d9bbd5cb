import Foundation
import SNMPFarm
import TestSupport
import Testing

/// `redeye discover` beside a configuration that has some of the devices.
@Suite struct DiscoverAgainTests {
  private static let table: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]

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
    #expect(fresh.output.contains("; 2 devices compared, without their interfaces, for nothing"), "\(fresh.output)")
    for stage in ["collect", "judge"] { #expect(Redeye.run([stage, "-c", path]).status == 0) }
    let before = contents("\(folder.path)/data")
    try #require(before.count > 5)
    let same = Redeye.run(range + ["-c", path])
    #expect(same.status == 0)
    #expect(
      same.output.split(separator: "\n").count == 1 && same.output.contains("; 2 devices compared."), "\(same.output)")

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
    #expect(result.draftedNames == ["127.1.0.2": "core1.example.org", "127.1.0.4": "edge"], "\(result.output)")
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
    #expect(more.draftedNames == ["127.1.0.3": "switch-127.1.0.3"], "\(more.output)")
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
}
