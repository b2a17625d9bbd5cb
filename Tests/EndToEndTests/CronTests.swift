import Foundation
import TestSupport
import Testing

struct CronTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func `every line of the crontab is a schedule, a user and a command that exists`() throws {
    let text = try String(contentsOf: Self.root.appendingPathComponent("cron/redeye.crontab"), encoding: .utf8)
    var schedules = 0
    for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.contains(/^[A-Z]+=/) {
      let fields = line.split(separator: " ").map(String.init)
      try #require(fields.count >= 8, "\(line)")
      for field in fields[..<5] { #expect(field.wholeMatch(of: /[0-9*\/,-]+/) != nil, "\(line)") }
      #expect(fields[5] == "redeye")
      #expect(fields[6] == "/usr/local/bin/redeye", "where `make install` puts it")
      try expectCommand(Array(fields[7...]))
      schedules += 1
    }
    #expect(schedules == 1, "one line drives everything")
  }

  @Test func `the systemd service starts a command that exists, each minute`() throws {
    let service = try String(contentsOf: Self.root.appendingPathComponent("cron/redeye.service"), encoding: .utf8)
    let start = try #require(service.firstMatch(of: /(?m)^ExecStart=(.+)$/)?.1)
    let words = start.split(separator: " ").map(String.init)
    #expect(words[0] == "/usr/local/bin/redeye")
    try expectCommand(Array(words[1...]))
    let timer = try String(contentsOf: Self.root.appendingPathComponent("cron/redeye.timer"), encoding: .utf8)
    #expect(timer.contains("OnCalendar=*-*-* *:*:00"))
  }

  @Test func `cron print quotes what cron's shell would take apart`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("it's 100%/redeye.yaml", "package: x\n")
    let result = Redeye.run(["cron", "print", "-c", path])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("* * * * * \(Redeye.path) run "))
    #expect(result.output.contains(#"it'\''s 100\%/redeye.yaml'"#))
  }

  /// The help of a command with these words exists and knows its options.
  private func expectCommand(_ words: [String]) throws {
    let command = words.prefix { !$0.hasPrefix("-") }
    let help = Redeye.run(Array(command) + ["--help"])
    #expect(help.status == 0, "\(words)")
    for option in words where option.hasPrefix("-") { #expect(help.output.contains(option), "\(option)") }
  }
}
