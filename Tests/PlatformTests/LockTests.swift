import Foundation
import Glibc
import Platform
import TestSupport
import Testing

struct LockTests {
  @Test func `of many that ask at once exactly one holds it, and the others learn who`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/lock"
    let barrier = Barrier(16)
    let answers = concurrently(16, workers: 16) { index in
      barrier.wait()
      let answer = attempt(path, "holder \(index)") { barrier.wait() }
      return answer
    }
    let winner = try #require(answers.firstIndex(of: "held"))
    #expect(answers.filter { $0 == "held" }.count == 1)
    #expect(answers.filter { $0 == "holder \(winner)" }.count == 15)
  }

  @Test func `it is free again when its value goes`() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<3 { #expect(attempt("\(folder.path)/lock", "me") {} == "held") }
    #expect(try Files.read("\(folder.path)/lock").isEmpty)
  }

  @Test func `kill -9 frees it`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/lock"
    let holder = try Helper(["flock", "-n", "-F", path, "sleep", "60"])
    var answer = "held"
    for _ in 0..<500 where answer == "held" {
      answer = attempt(path, "me") {}
      usleep(10_000)
    }
    #expect(answer != "held", "flock(1) never got the lock")
    holder.stop()
    #expect(attempt(path, "me") {} == "held")
  }

  @Test func `a child does not inherit it`() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/lock"
    guard case .held(let lock) = try Lock.acquire(path: path, note: "first") else {
      Issue.record("not held")
      return
    }
    let background = try Helper(["sleep", "30"])
    _ = consume lock
    #expect(attempt(path, "second") {} == "held")
    #expect(background.isRunning)
  }

  @Test func `a place where no lock can be is an error`() throws {
    #expect(
      text { _ = try Lock.acquire(path: "/nowhere/lock", note: "") }
        == "cannot lock /nowhere/lock: No such file or directory")
  }
}

/// `held`, or the note of who holds it; `body` runs before it is let go.
private func attempt(_ path: String, _ note: String, _ body: () -> Void) -> String {
  do {
    switch try Lock.acquire(path: path, note: note) {
    case .held(let lock):
      body()
      _ = consume lock
      return "held"
    case .taken(let note):
      body()
      return note
    }
  } catch {
    return "\(error)"
  }
}

/// Lets threads go on when so many have come, once and again.
final class Barrier: @unchecked Sendable {
  // Guarded by the condition.
  private var arrived = 0
  private let count: Int
  private let condition = NSCondition()

  init(_ count: Int) { self.count = count }

  func wait() {
    condition.lock()
    defer { condition.unlock() }
    arrived += 1
    let round = (arrived - 1) / count
    while arrived < (round + 1) * count { condition.wait() }
    condition.broadcast()
  }
}
