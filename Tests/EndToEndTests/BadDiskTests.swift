import Foundation
import Glibc
import Platform
import TestSupport
import Testing

/// What can go wrong under a run: the disk, the files, the folders, and when it is killed.
@Suite struct BadDiskTests {
  @Test(.timeLimit(.minutes(9)))
  func `a limit on file sizes is status 4 with a message, and neither a sample nor the site is lost`() throws {
    let installation = try Installation("hosts: {here: {localhost: {use: [system]}}}")
    #expect(installation.cycle().run.status == 0)
    let index = try String(contentsOfFile: "\(installation.reports)/index.html", encoding: .utf8)
    let slot = installation.waitForSlot()
    let limited = Child.run(
      ChildRequest(
        arguments: ["prlimit", "--fsize=1000", Redeye.path, "run", "-c", installation.path],
        environment: Child.cleanEnvironment, deadline: 60))
    #expect(limited.status == .exited(4))
    let said = String(decoding: limited.errorOutput, as: UTF8.self)
    #expect(said.contains("cannot write") && said.contains("File too large"), "\(said)")
    #expect(try String(contentsOfFile: "\(installation.reports)/index.html", encoding: .utf8) == index)
    let run = installation.redeye("run")
    #expect(run.status == 0, "\(run.error)")
    #expect(try installation.samples("localhost/system/load1").contains { $0.slot >= slot && $0.value != nil })
  }

  @Test(.timeLimit(.minutes(9)))
  func `a damaged file is told by each run and on the pages until somebody has looked at it`() throws {
    let installation = try Installation("jobs: {x: {y: {script: y.sh}}}")
    try installation.folder.write("y.sh", "#!/bin/sh\necho 1\n", mode: 0o755)
    #expect(installation.cycle().run.status == 0)
    let place = installation.redeye("query", "localhost/y/value", "--files").output.split(separator: "\t")
    #expect(unsafe truncate(String(place[1]), 100) == 0)
    #expect(installation.cycle().run.error.contains("it was made anew"))
    for command in ["run", "report"] {
      let result = installation.redeye(command)
      #expect(result.status == 1)
      #expect(result.error.contains("a damaged file lies in \(installation.folder.path)/data/quarantine"))
      let index = try String(contentsOfFile: "\(installation.reports)/index.html", encoding: .utf8)
      #expect(index.contains("a damaged file lies in"))
    }
    try FileManager.default.removeItem(atPath: "\(installation.folder.path)/data/quarantine")
    #expect(installation.redeye("run").status == 0)
  }

  @Test(.timeLimit(.minutes(9))) func `a second run in a slot keeps the figures of the first`() throws {
    let installation = try Installation("jobs: {x: {y: {script: y.sh}}}")
    try installation.folder.write("y.sh", "#!/bin/sh\necho 1\n", mode: 0o755)
    #expect(installation.cycle().run.status == 0)
    try installation.folder.write("redeye.yaml", try installation.folder.read("redeye.yaml") + "colour: red\n")
    for command in ["run", "report"] {
      #expect(installation.redeye(command).status == 1)
      let index = try String(contentsOfFile: "\(installation.reports)/index.html", encoding: .utf8)
      #expect(index.contains(/1<[^>]*>\s*\/\s*1|1\/1|1 of 1/), "\(index.prefix(4_000))")
    }
  }

  @Test(arguments: [(0o022, 0o027), (0o077, 0o077)])
  func `data is not for everybody, a stricter umask holds, and the site is for all`(umask: Int, closed: Int) throws {
    let installation = try Installation(step: 60, "jobs: {x: {y: {script: y.sh}}}")
    try installation.folder.write("y.sh", "#!/bin/sh\necho 1\n", mode: 0o755)
    let mask = String(umask, radix: 8)
    let run = try output(of: "sh", "-c", "umask \(mask); \(Redeye.path) run -c \(installation.path)")
    #expect(run == "")
    for (path, mode) in try modes(below: "\(installation.folder.path)/data") {
      // A folder below one that nobody may enter cannot be reached whatever its own mode.
      let isInside = mode == 0o750 && !path.hasSuffix("/data")
      #expect(mode & (isInside ? 0o027 : closed) == 0, "\(path) \(String(mode, radix: 8))")
    }
    for (path, mode) in try modes(below: installation.reports) {
      #expect(mode & 0o444 == 0o444, "\(path) \(String(mode, radix: 8))")
    }
  }

  @Test(.timeLimit(.minutes(9))) func `an incident is acknowledged while a run is busy`() throws {
    let installation = try Installation(
      """
      jobs: {x: {y: {script: y.sh}}}
      slas: {s: {s: {series: localhost/y/value, tolerance: {minimum: 1}, objective: 99%, window: day, notify: duty}}}
      contacts: {alice: {email: alice@example.org}}
      roles: {duty: {shifts: [{days: daily, hours: "00:00-24:00", contacts: [alice]}]}}
      """)
    try installation.folder.write("y.sh", "#!/bin/sh\necho 0\n", mode: 0o755)
    _ = installation.cycle()
    _ = installation.cycle()
    try #require(installation.redeye("alert", "list").output.hasPrefix("1 "))
    let attempt = try Lock.acquire(path: "\(installation.folder.path)/data/lock", note: "a test")
    guard case .held(let lock) = attempt else {
      Issue.record("the lock is taken")
      return
    }
    let answer = installation.redeye("alert", "ack", "1", "--by", "alice", "--note", "on it")
    #expect(answer.status == 0, "\(answer.error)")
    #expect(answer.seconds < onBusyMachine(5))
    #expect(installation.redeye("run").status == 3)
    withExtendedLifetime(lock) {}
    _ = consume lock
    _ = installation.cycle()
    let shown = installation.redeye("alert", "show", "1").output
    #expect(shown.contains("acknowledged") && shown.contains("on it"), "\(shown)")
  }

  @Test func `a data folder belongs to one configuration`() throws {
    let installation = try Installation(step: 60, "jobs: {x: {y: {script: y.sh}}}")
    try installation.folder.write("y.sh", "#!/bin/sh\necho 1\n", mode: 0o755)
    #expect(installation.redeye("run").status == 0)
    let other = try installation.folder.write("other.yaml", try installation.folder.read("redeye.yaml"))
    let second = Redeye.run(["run", "-c", other], in: installation.folder.path)
    #expect(second.status == 2)
    #expect(second.error.contains("data belongs to \(installation.path)"), "\(second.error)")
    #expect(second.error.contains("settings: data:"))
    try installation.folder.link("same.yaml", to: installation.path)
    #expect(Redeye.run(["report", "-c", "\(installation.folder.path)/same.yaml"]).status == 0)
    try FileManager.default.removeItem(atPath: installation.path)
    #expect(Redeye.run(["report", "-c", other]).status == 0, "it was moved")
  }

  @Test func `a clock that went back is told for as long as nothing is measured`() throws {
    let installation = try Installation(step: 60, "jobs: {x: {y: {script: y.sh}}}")
    try installation.folder.write("y.sh", "#!/bin/sh\necho 1\n", mode: 0o755)
    #expect(installation.redeye("run").status == 0)
    _ = try output(
      of: "python3", "-c",
      "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('UPDATE job SET last_slot = last_slot + 7200'); d.commit()",
      "\(installation.folder.path)/data/state.sqlite")
    let run = installation.redeye("run")
    #expect(run.status == 1)
    #expect(run.error.contains("the clock went back"), "\(run.error)")
  }

  @Test(.timeLimit(.minutes(9))) func `after thirty kills at any moment no slot counts twice and none is missing`()
    throws
  {
    let installation = try Installation(
      """
      hosts: {here: {localhost: {use: [system]}}}
      jobs: {x: {y: {script: y.sh}}}
      slas: {s: {s: {series: localhost/y/value, tolerance: {minimum: 1}, objective: 99%, window: day}}}
      """)
    try installation.folder.write("y.sh", "#!/bin/sh\nsleep 0.1\necho 1\n", mode: 0o755)
    let first = installation.cycle()
    #expect(first.run.status == 0)
    var random = SeededRandom(30)
    for _ in 0..<30 {
      let process = try Helper([Redeye.path, "run", "-c", installation.path])
      Thread.sleep(forTimeInterval: Double.random(in: 0.02...1.2, using: &random))
      process.stop()
      try expectWholeSite(installation.reports)
    }
    let (slot, run) = installation.cycle()
    // A journal's torn end is told; nothing else may be wrong.
    #expect(run.status == 0 || run.error.contains("were cut off"), "\(run.error)")
    let ledger = try output(
      of: "python3", "-c",
      "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); print(*[x for r in d.execute('SELECT start, \"end\" FROM ledger ORDER BY start') for x in r])",
      "\(installation.folder.path)/data/state.sqlite"
    ).split(separator: " ").compactMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    #expect(ledger.first == first.slot && ledger.last == slot + 10)
    for edge in stride(from: 1, to: ledger.count - 1, by: 2) { #expect(ledger[edge] == ledger[edge + 1]) }
    let known = try installation.samples("localhost/y/value", last: "30m").filter { $0.value != nil }.map(\.slot)
    #expect(known.first == first.slot && known.last == slot)
  }

  @Test(.timeLimit(.minutes(9)))
  func `a run whose time is over leaves pictures and mail to the next, and what was measured is judged`() throws {
    let post = try ScriptedServer { $0.pause(30) }
    let installation = try Installation(
      settings: "  mail: {from: a@example.org, smtp: \"smtp://127.0.0.1:\(post.port)\", administrator: alice}",
      """
      hosts: {here: {localhost: {use: [system]}}}
      jobs: {x: {slow: {script: slow.sh, each: [a, b, c], timeout: 4s}, y: {script: y.sh}}}
      slas: {s: {s: {series: localhost/y/value, tolerance: {minimum: 1}, objective: 99%, window: day, notify: duty}}}
      contacts: {alice: {email: alice@example.org}, bob: {email: bob@example.org}}
      roles: {duty: {shifts: [{days: daily, hours: "00:00-24:00", contacts: [alice, bob]}]}}
      """)
    try installation.folder.write("slow.sh", "#!/bin/sh\nsleep 60\n", mode: 0o755)
    try installation.folder.write("y.sh", "#!/bin/sh\necho 0\n", mode: 0o755)
    let (slot, run) = installation.cycle()
    #expect(run.status == 1)
    #expect(run.error.contains("messages were not accepted"), "\(run.error)")
    // Two seconds for the one message that is tried, the rest for publishing on a busy machine.
    #expect(run.seconds < onBusyMachine(16), "\(run.seconds)")
    #expect(try installation.value("localhost/y/value", at: slot) == 0)
    #expect(installation.redeye("alert", "list").output.hasPrefix("1 "))
    try expectWholeSite(installation.reports)
    let runs = try String(contentsOfFile: "\(installation.reports)/runs/index.html", encoding: .utf8)
    #expect(runs.contains("for the next run: there was no time."))

    // Asked for alone, drawing takes the time it takes.
    _ = installation.redeye("report")
    let later = try String(contentsOfFile: "\(installation.reports)/runs/index.html", encoding: .utf8)
    #expect(!later.contains("for the next run: there was no time."))
  }

  private func modes(below folder: String) throws -> [(String, Int)] {
    let names = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
    #expect(names.count > 3)
    return try names.map { "\(folder)/\($0)" }.filter { FileManager.default.fileExists(atPath: $0) }.map {
      ($0, try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int ?? 0)
    } + [(folder, try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int ?? 0)]
  }
}
