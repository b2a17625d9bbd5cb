import Foundation
import TestSupport
import Testing

/// What can go wrong around a run, and what a person is told.
@Suite struct BadDayTests {
  @Test(.timeLimit(.minutes(9)))
  func `a configuration that breaks leaves the last good one running, with a mail each time and a note on the site`()
    throws
  {
    let post = try MailServer()
    let installation = try Installation(
      settings: "  mail: {from: redeye@example.org, smtp: \"\(post.url)\", administrator: alice}",
      """
      hosts: {here: {localhost: {use: [system]}}}
      contacts: {alice: {email: alice@example.org}}
      """)
    #expect(installation.cycle().run.status == 0)
    let good = try installation.folder.read("redeye.yaml")
    // A warning stands before the error.
    let unknown =
      good.replacingOccurrences(
        of: "contacts:", with: "jobs: {x: {y: {script: no-such.sh}}}\ncontacts:") + "\ncolour: red\n"

    for broken in [good + "\njobs: [unclosed\n", unknown] {
      try installation.folder.write("redeye.yaml", broken)
      let (slot, run) = installation.cycle()
      #expect(run.status == 1)
      #expect(try installation.value("localhost/system/load1", at: slot) != nil)
      let last = try #require(run.error.split(separator: "\n").last)
      let reason = "the configuration is broken and the last good one runs on: redeye.yaml:"
      #expect(last.contains(reason) && last.contains(": error: "), "\(last)")
      let index = try String(contentsOfFile: "\(installation.reports)/index.html", encoding: .utf8)
      #expect(index.contains("redeye.yaml:"))
    }
    #expect(news(post, 1) == ["broken"], "one mail from the first broken state until it is good")

    try installation.folder.write("redeye.yaml", good)
    #expect(installation.cycle().run.status == 0)
    let index = try String(contentsOfFile: "\(installation.reports)/index.html", encoding: .utf8)
    #expect(!index.contains("redeye.yaml:1"))
    #expect(news(post, 2) == ["broken", "good"])

    try installation.folder.write("redeye.yaml", good + "\njobs: [unclosed\n")
    #expect(installation.cycle().run.status == 1)
    #expect(news(post, 3) == ["broken", "good", "broken"], "the same break is told again")
  }

  /// What each mail tells of the configuration, by its identifier; oldest first.
  private func news(_ post: MailServer, _ count: Int) -> [String] {
    post.messages(count).map { message in
      message.firstMatch(of: /Message-ID: <configuration\.\d+\.([a-z]+)/).map { String($0.1) } ?? message
    }
  }

  @Test func `a configuration that was never good is refused with every problem and nothing is made`() throws {
    let installation = try Installation("hosts: {here: {localhost: {use: [sytem], adress: x}}}")
    let run = installation.redeye("run")
    #expect(run.status == 2)
    #expect(run.error.contains("did you mean “system”?") && run.error.contains("did you mean “address”?"))
    #expect(!FileManager.default.fileExists(atPath: "\(installation.folder.path)/data"))
  }

  @Test(.timeLimit(.minutes(9)))
  func `hosts that do not resolve, refuse, hang or talk garbage cost only themselves and are never 0`() throws {
    let silent = try ScriptedServer { $0.pause(30) }
    let garbage = try ScriptedServer { connection in
      _ = connection.read(until: "\r\n\r\n")
      connection.write("no web server\r\n\r\n")
    }
    let installation = try Installation(
      """
      hosts:
        bad:
          nowhere: {address: nowhere.invalid, use: [ping, {website: {url: "http://nowhere.invalid/"}}]}
          refusing: {address: 127.0.0.1, use: [{website: {url: "http://127.0.0.1:\(freePort())/"}}]}
          hanging: {address: 127.0.0.1, use: [{website: {url: "http://127.0.0.1:\(silent.port)/"}}], website: {timeout: 2s}}
          garbling: {address: 127.0.0.1, use: [{website: {url: "http://127.0.0.1:\(garbage.port)/"}}]}
          deaf:
            address: 127.0.0.1
            use: [snmp-interfaces]
            snmp: {version: 2c, community: "c4n4ry-community", port: \(freePort(udp: true)), retries: 0}
            snmp-interfaces: {timeout: 2s}
        good:
          localhost: {use: [system]}
      """)
    let (slot, run) = installation.cycle()
    #expect(run.status == 1)
    let last = try #require(run.error.split(separator: "\n").last)
    #expect(last.contains("3 of 7 jobs failed"), "\(run.error)")

    #expect(try installation.value("nowhere/website/up", at: slot) == nil)
    for host in ["refusing", "hanging", "garbling"] {
      #expect(try installation.value("\(host)/website/up", at: slot) == 0)
      #expect(try installation.value("\(host)/website/time-total", at: slot) == nil)
    }
    #expect(try installation.value("localhost/system/load1", at: slot) != nil)
    installation.waitForSlot()
    let collecting = installation.redeye("collect")
    #expect(collecting.seconds < onBusyMachine(9), "the run's deadline holds, whatever hangs")
    let runs = try String(contentsOfFile: "\(installation.reports)/runs/index.html", encoding: .utf8)
    for word in ["resolve", "refused", "timeout", "garbage"] { #expect(runs.contains(word), "\(word)") }
    try expectNowhere("c4n4ry-community", in: installation.folder.path, except: "redeye.yaml", run)
  }

  @Test(.timeLimit(.minutes(9))) func `what query prints is what rrdtool reads`() throws {
    let installation = try Installation("hosts: {here: {localhost: {use: [system]}}}")
    let slots = [installation.cycle().slot, installation.cycle().slot]
    for series in ["localhost/system/load1", "localhost/system/mem-available", "localhost/system/uptime"] {
      let place = installation.redeye("query", series, "--files").output.split(separator: "\t").map(String.init)
      let samples = try installation.samples(series, last: "5m")
      let first = try #require(samples.first?.slot)
      let fetched = try run([
        "rrdtool", "fetch", place[1], "AVERAGE", "--start", "\(first - 10)", "--end", "\(first + 290)",
      ])
      let lines = fetched.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
      let column = try #require(lines.first?.firstIndex(of: place[2].trimmingCharacters(in: .whitespacesAndNewlines)))
      var compared = 0
      for sample in samples {
        let line = lines.first { $0.first == "\(sample.slot):" }
        let read = line.flatMap { Double($0[column + 1]) }.flatMap { $0.isNaN ? nil : $0 }
        // rrdtool prints eleven digits.
        if let value = sample.value {
          #expect(abs(try #require(read) - value) <= abs(value) * 1e-10, "\(series) \(sample.slot)")
          compared += 1
        } else {
          #expect(read == nil)
        }
      }
      #expect(compared == slots.count)
    }
  }

  @Test(.timeLimit(.minutes(9))) func `a run killed at any moment is picked up by the next`() throws {
    let installation = try Installation(
      "hosts: {here: {localhost: {use: [system, ping]}}}\njobs: {x: {y: {script: y.sh}}}")
    try installation.folder.write("y.sh", "#!/bin/sh\nsleep 0.3\necho 1\n", mode: 0o755)
    #expect(installation.cycle().run.status == 0)
    for delay in stride(from: 0.05, through: 0.8, by: 0.15) {
      installation.waitForSlot()
      let process = try Helper([Redeye.path, "run", "-c", installation.path])
      Thread.sleep(forTimeInterval: delay)
      process.stop()
      try expectWholeSite(installation.reports)
    }
    let (slot, run) = installation.cycle()
    #expect(run.status == 0, "\(run.error)")
    #expect(try installation.value("localhost/y/value", at: slot) == 1)
    try expectWholeSite(installation.reports)
  }

  @Test func `a data folder that cannot be made is status 4 and names the folder`() throws {
    let installation = try Installation(settings: "  data: taken", "hosts: {here: {localhost: {use: [system]}}}")
    try installation.folder.write("taken", "a file\n")
    let run = installation.redeye("run")
    #expect(run.status == 4)
    #expect(run.error.contains("taken"), "\(run.error)")
  }

  @Test(arguments: [
    ["no-such-command"], ["run", "--no-such-option"], ["query"], ["query", "a/b/c", "--last", "soon"],
  ])
  func `usage that means nothing is status 2 and says what would`(arguments: [String]) throws {
    let result = Redeye.run(arguments)
    #expect(result.status == 2)
    #expect(result.error.contains("Usage:") || result.error.contains("help"), "\(result.error)")
    #expect(result.output == "")
  }

  @Test func `without a configuration it says where it looked`() throws {
    let folder = try TemporaryFolder()
    let result = Redeye.run(["check"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("\(folder.path)/config/redeye.yaml") && result.error.contains("redeye init"))
  }

  /// Greps everything a run left behind.
  private func expectNowhere(_ secret: String, in folder: String, except: String, _ run: Redeye.Result) throws {
    #expect(!(run.output + run.error).contains(secret))
    let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
    #expect(files.count > 10)
    for file in files where file != except && !file.hasPrefix("data/last-good/") {
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") ?? Data()
      #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file)")
    }
  }
}
