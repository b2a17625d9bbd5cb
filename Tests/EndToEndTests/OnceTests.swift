import Foundation
import GRDB
import TestSupport
import Testing

/// What is done once, and a run that dies in the middle of it.
@Suite(.serialized) struct OnceTests {
  /// A job whose time is now; its script notes each start, and answers when `release` has let it.
  private func installation(late: String = "1h") throws -> Installation {
    let form = DateFormatter()
    form.dateFormat = "yyyy-MM-dd HH:mm:ss"
    form.timeZone = TimeZone(identifier: "UTC")
    let time = form.string(from: Date())
    let installation = try Installation(
      """
      jobs:
        x: {once: {script: scripts/once.sh, at: "\(time)Z", late: \(late)}}
      """)
    let folder = installation.folder.path
    try installation.folder.write(
      "scripts/once.sh",
      "#!/bin/sh\necho x >> \(folder)/starts\nwhile [ ! -e \(folder)/go ]; do sleep 0.05; done\necho 7\n", mode: 0o755)
    return installation
  }

  private func release(_ installation: borrowing Installation) throws { try installation.folder.write("go", "") }

  private func starts(_ installation: borrowing Installation) -> Int {
    ((try? installation.folder.read("starts")) ?? "").count { $0 == "x" }
  }

  private func wait(for what: () -> Bool) -> Bool {
    for _ in 0..<600 {
      if what() { return true }
      Thread.sleep(forTimeInterval: 0.05)
    }
    return false
  }

  private func results(_ installation: borrowing Installation) throws -> [Double] {
    try installation.samples("localhost/once/value").compactMap(\.value)
  }

  @Test(.timeLimit(.minutes(5))) func `what is done once is done by one run and by none after it`() throws {
    let installation = try installation()
    try release(installation)
    #expect(installation.redeye("run").status == 0)
    #expect(installation.cycle().run.status == 0)
    #expect(installation.cycle().run.status == 0)
    #expect(starts(installation) == 1)
    #expect(try results(installation) == [7])
    let listed = installation.redeye("jobs", "localhost/once")
    #expect(listed.output.contains("done"), "\(listed.output)")
  }

  @Test(.timeLimit(.minutes(5))) func `a run that is killed before it has a result does not count`() throws {
    let installation = try installation()
    let killed = try Helper([Redeye.path, "run", "-c", installation.path])
    let begun = wait { starts(installation) == 1 }
    #expect(begun)
    killed.stop()
    try release(installation)
    let next = installation.cycle().run
    #expect(next.status == 0, "\(next.error)")
    #expect(installation.cycle().run.status == 0)
    #expect(starts(installation) == 2)
    #expect(try results(installation) == [7])
  }

  /// A run that is killed when its result is in the journal, and nothing of it in the state.
  private func kill(_ installation: borrowing Installation) throws {
    let killed = try Helper([Redeye.path, "run", "-c", installation.path])
    let begun = wait { starts(installation) == 1 }
    #expect(begun)
    // While another writer holds the state, the run comes as far as its journal and no further.
    let database = try DatabaseQueue(path: "\(installation.folder.path)/data/state.sqlite")
    let isInJournal = try database.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      defer { try? database.execute(sql: "ROLLBACK") }
      try release(installation)
      let found = wait { hasResult(installation) }
      killed.stop()
      return found
    }
    try database.close()
    #expect(isInJournal)
  }

  @Test(.timeLimit(.minutes(5)))
  func `a result in the journal counts, though the run was killed before it could note anything else`() throws {
    let installation = try installation()
    try kill(installation)
    #expect(installation.cycle().run.status == 0)
    #expect(installation.cycle().run.status == 0)
    #expect(starts(installation) == 1)
    #expect(try results(installation) == [7])
  }

  @Test(.timeLimit(.minutes(5)))
  func `it counts where its numbers were judged before anything was collected again`() throws {
    let installation = try installation()
    try kill(installation)
    #expect(installation.redeye("judge").status == 0)
    #expect(installation.cycle().run.status == 0)
    #expect(starts(installation) == 1)
    #expect(try results(installation) == [7])
  }

  private func hasResult(_ installation: borrowing Installation) -> Bool {
    let folder = "\(installation.folder.path)/data/journal"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { name in
      let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
      return bytes.range(of: Data("once".utf8)) != nil
    }
  }

  @Test(.timeLimit(.minutes(5))) func `what is too late is not done any more`() throws {
    let installation = try installation(late: "0s")
    try release(installation)
    Thread.sleep(forTimeInterval: 21)
    #expect(installation.redeye("run").status == 0)
    #expect(starts(installation) == 0)
  }
}
