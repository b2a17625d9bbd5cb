import Foundation
import TestSupport
import Testing

/// Command lines as people get them wrong: status 2, and the way out on the standard error.
@Suite struct CommandLineTests {
  private static let slips: [(arguments: [String], says: String)] = [
    (["-c", "x", "run"], "options stand after the command: write “redeye run -c x”"),
    (["-c", "x"], "options stand after the command: write “redeye run -c x”"),
    (["--configuration", "x", "run", "-v"], "write “redeye run -v --configuration x”"),
    (["alert", "-c", "x", "list"], "write “redeye alert list -c x”"),
    ([], "“redeye” needs a command: init, demo, check, "),
    (["alert"], "“redeye alert” needs a command: list, show, ack."),
    (["rnu"], "there is no command “redeye rnu”; did you mean “redeye run”?"),
    (["help", "rnu"], "did you mean “redeye run”?"), (["alert", "shwo"], "did you mean “redeye alert show”?"),
    (["dance"], "there is no command “redeye dance”; there are init, demo, check, "),
    (["--hlep"], "did you mean “--help”?"),
    (["check", "redeye.yaml"], "The configuration is named with -c redeye.yaml"),
    (["check", "-c", "a", "-c", "b"], "-c is given 2 times"), (["check", "-c", ""], "-c names no file"),
    (["query", "a", "--last", "99999d"], "it goes up to 36600d"), (["query", "a", "--last", "0"], "it is more than 0"),
    (["query", "a", "--last", "0h"], "it is more than 0"),
    (["query", "a", "--last", "-1h"], "write it without “-”: 1h"),
    (["query", "a", "--last", "5x"], "“x” is no unit; write it like 90s, 5m, 1h30m, 30d or 2w"),
    (["query", "a", "--last", "5"], "its unit is missing"), (["query", "a", "--last", "1h30"], "its unit is missing"),
    (["query", "a", "--last", "36600d1s"], "it goes up to 36600d"),
    (["graph"], "what to draw is missing"), (["graph", "a", "--formula", "1"], "exclude each other"),
    (["graph", "a", "--from", "soon"], "it is no point in time; write it like 2026-12-24 18:00"),
    (["graph", "a", "--to", "5x"], "“x” is no unit"), (["graph", "a", "--scale", "3"], "--scale is 1 or 2"),
    (["graph", "a", "--last", "1h", "--from", "2h", "--to", "1h"], "two are enough"),
    (["graph", "a", "--terminal", "kity"], "did you mean “kitty”?"),
    (["graph", "a", "--terminal", "vt52"], "there are kitty, iterm, sixel, braille"),
    (["graph", "a", "--terminal", "-o", "x"], "--output and --terminal exclude each other"),
    (["graph", "a", "--format", "huge"], "  - medium\n  - narrow"),
    (["graph", "a", "-o", ""], "--output names no file"),
    (["alert", "ack", "1", "--for", "soon"], "write it like 90s"),
  ]

  @Test(arguments: slips) func `a slip in the command line is told with the way out`(arguments: [String], says: String)
  {
    let result = Redeye.run(arguments)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.error.contains(says), "\(result.error)")
  }

  @Test(arguments: [["--help"], ["help"], ["-h"], ["help", "alert"], ["alert", "--help"], ["--version"]])
  func `who asks for help gets it`(arguments: [String]) {
    let result = Redeye.run(arguments)
    #expect(result.status == 0)
    #expect(!result.output.isEmpty && result.error.isEmpty)
  }

  private static let commands = [
    ["check"], ["plan"], ["config", "show"], ["run"], ["collect"], ["judge"], ["report"], ["alert", "list"],
    ["alert", "show", "1"], ["mail", "send"], ["mail", "queue"], ["mail", "sla"], ["query", "a"], ["graph", "a"],
    ["sla", "list"],
    ["sla", "show", "a"], ["oncall"], ["discover", "127.0.0.1"],
    ["note", "a", "b"], ["note", "list"], ["note", "remove", "1"],
  ]

  @Test(arguments: commands) func `a configuration that cannot be read ends every command with status 2`(
    command: [String]
  ) throws {
    let folder = try TemporaryFolder()
    let empty = try folder.write("empty.yaml", "")
    try FileManager.default.createDirectory(atPath: folder.path + "/folder", withIntermediateDirectories: false)
    for path in ["\(folder.path)/missing.yaml", empty, "\(folder.path)/folder", "/dev/null"] {
      let result = Redeye.run(command + ["-c", path])
      #expect(result.status == 2, "\(command) \(path)")
      #expect(!result.error.isEmpty, "\(command) \(path)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["empty.yaml", "folder"])
  }

  @Test func `the example of the Red Eye Monitor has its group in both items`() throws {
    let installation = try Installation(
      """
      sections:
        jobs:
          grouped indexes: [{index: group, type: text}, {index: null, key field: name}]
      jobs:
        tester:
          tester1: {script: /bin/true, name: tester1, title: Tester Script 1, command: null, workers: 1}
          tester2: {script: /bin/true, name: tester2, title: Tester Script 2, command: null, workers: 1}
      """)
    for name in ["tester1", "tester2"] {
      let result = installation.redeye("config", "show", "redeye.yaml >>> jobs >>> tester >>> \(name)", "--why")
      #expect(result.status == 0, "\(result.error)")
      #expect(result.output.contains(/(?m)^group: tester +# key$/))
      #expect(result.output.contains("name: \(name) "))
    }
  }

  @Test func `a selector that fits nothing is told what would`() throws {
    let installation = try Installation("hosts: {here: {localhost: {use: [system]}}}")
    _ = installation.redeye("run")
    let result = installation.redeye("query", "localhost/system/laod1")
    #expect(result.status == 2)
    #expect(result.error.contains("did you mean “localhost/system/load1”?"), "\(result.error)")
  }
}
