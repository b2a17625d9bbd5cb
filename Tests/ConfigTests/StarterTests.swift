import Config
import Foundation
import Model
import TestSupport
import Testing

@Suite struct StarterTests {
  @Test func `what init writes loads without a problem`() throws {
    let folder = try TemporaryFolder()
    for file in starterFiles(folder: folder.path) {
      try folder.write(file.path, file.text, mode: file.isExecutable ? 0o755 : 0o644)
    }
    let loaded = load(path: folder.path + "/redeye.yaml")
    #expect(render(loaded.problems) == "")
    #expect(
      loaded.plan?.jobs.map(\.id.description) == ["localhost/system", "localhost/ping", "localhost/hello"])
    #expect(loaded.plan?.objectives.map(\.name) == ["localhost-answers"])
  }

  @Test func `the examples in its comments load too`() throws {
    let text = try #require(starterFiles().first).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      guard let sign = line.firstIndex(of: "#"), line[..<sign].allSatisfy({ $0 == " " }) else { return String(line) }
      let rest = line[line.index(after: sign)...].drop { $0 == " " }
      // A comment that is a line of YAML has a key.
      guard rest.contains(": ") || rest.hasSuffix(":"), !rest.hasPrefix("After"), !rest.hasPrefix("A promise"),
        !rest.hasPrefix("What")
      else { return "" }
      return String(line[..<sign]) + String(line[line.index(after: sign)...].dropFirst())
    }
    let folder = try TemporaryFolder()
    for file in starterFiles() { try folder.write(file.path, file.text, mode: file.isExecutable ? 0o755 : 0o644) }
    try folder.write("redeye.yaml", lines.joined(separator: "\n"))
    let loaded = load(path: folder.path + "/redeye.yaml")
    #expect(
      loaded.problems.map(\.message).sorted() == [
        "there is no secret file secrets/mail", "there is no secret file secrets/snmp",
      ], "\(render(loaded.problems))")
    #expect(loaded.plan?.hosts.map(\.name) == ["localhost", "router1", "www"])
    #expect(loaded.plan?.roles["oncall"]?.fallback == ["alice"])
  }

  @Test func `the crontab names the folder`() {
    #expect(starterFiles(folder: "/srv/r").last?.text.contains("redeye run -c /srv/r/redeye.yaml") == true)
  }

  @Test func `the configuration that is shipped loads without a problem`() {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let loaded = load(path: root + "/config/redeye.yaml")
    #expect(render(loaded.problems) == "")
    #expect(loaded.plan?.settings.data == root + "/data")
    #expect(loaded.plan?.settings.reports == root + "/reports")
    #expect(loaded.plan?.hosts.map(\.name) == ["localhost"])
  }
}
