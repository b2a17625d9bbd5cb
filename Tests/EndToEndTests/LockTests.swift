import Foundation
import Platform
import TestSupport
import Testing

@Suite(.serialized) struct RunLockTests {
  @Test(.timeLimit(.minutes(9))) func `of two hundred runs started at once exactly one runs`() throws {
    let installation = try Installation(
      step: 60,
      """
      jobs:
        slow: {one: {script: scripts/slow.sh, timeout: 55s}}
      """)
    // The one that runs is still running when the last of the others has been told so.
    try installation.folder.write(
      "scripts/slow.sh",
      "#!/bin/sh\nwhile [ ! -e \(installation.folder.path)/go ]; do sleep 0.1; done\necho 1\n", mode: 0o755)
    let (path, folder) = (installation.path, installation.folder.path)
    let results = Mutexed<[Redeye.Result]>([])
    _ = concurrently(200, workers: 200) { _ in
      let result = Redeye.run(["run", "-c", path], in: folder)
      let told = results.change { all in
        all.append(result)
        return all.count
      }
      if told == 199 { _ = FileManager.default.createFile(atPath: "\(folder)/go", contents: nil) }
    }
    let all = results.value
    #expect(all.count { $0.status == 0 } == 1, "\(Set(all.map(\.status))): \(all.first { $0.status > 3 }?.error ?? "")")
    #expect(all.count { $0.status == 3 } == 199)
    let losers = all.filter { $0.status == 3 }
    #expect(losers.allSatisfy { $0.error.contains("another run holds") && $0.error.contains("since") })
    // Work, not waiting for one of the two cores: the median of 199, without the dynamic loader's worst cases.
    let work = losers.map(\.processorSeconds).sorted()[losers.count / 2]
    #expect(work < 0.05 * debugFactor, "a run that finds the lock held took \(work) s of CPU")
    let samples = try installation.samples("localhost/one/value", last: "5m")
    #expect(samples.count { $0.value == 1 } == 1)
  }

  @Test func `a run that was killed leaves no lock behind`() throws {
    let installation = try Installation(
      step: 60, "jobs: {slow: {one: {script: scripts/slow.sh, timeout: 30s}}}")
    try installation.folder.write("scripts/slow.sh", "#!/bin/sh\nsleep 20\n", mode: 0o755)
    let process = try Helper([Redeye.path, "run", "-c", installation.path])
    // Asking with another run too early would win the lock, so the note in the file is waited for.
    for _ in 0..<400 where (try? installation.folder.read("data/lock"))?.isEmpty != false {
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(installation.redeye("collect").status == 3)
    process.stop()
    #expect(installation.redeye("report").status != 3)
  }

  /// A debug build starts slower than what people run.
  private var debugFactor: Double {
    #if DEBUG
      4
    #else
      1
    #endif
  }
}

/// A value several threads change.
final class Mutexed<Value>: @unchecked Sendable {  // because every access holds the lock
  private let lock = NSLock()
  private var held: Value

  init(_ value: Value) { held = value }

  var value: Value { lock.withLock { held } }
  func change<Result>(_ body: (inout Value) -> Result) -> Result { lock.withLock { body(&held) } }
}
