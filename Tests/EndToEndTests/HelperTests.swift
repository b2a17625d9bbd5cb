import Foundation
import TestSupport
import Testing

/// The peers of the tests are gone when the tests are.
@Suite struct HelperTests {
  @Test func `no peer outlives tests that end while they still hold it`() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      let peers: [Any] = [try NginxServer(), try SNMPDaemon(), try MailServer()]
      print("peers \(Helper.running)")
      fflush(nil)
      withExtendedLifetime(peers) { exit(0) }
    }
    try expectGone(result?.standardOutputContent ?? [], count: 3)
  }

  @Test func `no peer outlives tests that are killed`() async throws {
    let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
      let peers: [Any] = [try NginxServer(), try SNMPDaemon()]
      print("peers \(Helper.running)")
      fflush(nil)
      withExtendedLifetime(peers) { _ = kill(getpid(), SIGKILL) }
    }
    try expectGone(result?.standardOutputContent ?? [], count: 2)
  }

  /// Proves first that it can see one that runs.
  private func expectGone(_ output: [UInt8], count: Int) throws {
    let own = try Helper(["sleep", "60"])
    #expect(Helper.running.contains { isThere($0) })
    own.stop()
    let text = String(decoding: output, as: UTF8.self)
    let numbers = try #require(text.firstMatch(of: /peers \[(.*)\]/)).1.split(separator: ", ").compactMap { Int($0) }
    try #require(numbers.count == count, "\(text)")
    for number in numbers {
      for _ in 0..<200 where isThere(number) { usleep(10_000) }
      #expect(!isThere(number), "process \(number) is still there")
    }
  }

  /// A process that has ended and waits for its parent to notice is gone.
  private func isThere(_ number: Int) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8) else { return false }
    return status.split(separator: ")").last?.hasPrefix(" Z") == false
  }
}
