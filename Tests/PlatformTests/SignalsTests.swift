import Platform
import TestSupport
import Testing

struct SignalsTests {
  /// SIGPIPE and SIGXFSZ as bits of `SigIgn` in /proc/PID/status.
  private let both = 1 << 12 | 1 << 24

  @Test func `what is ignored here is not ignored by children`() throws {
    Signals.becomeErrors()
    #expect(try ignored(String(decoding: Files.read("/proc/self/status"), as: UTF8.self)) & both == both)
    #expect(try ignored(output(of: "cat", "/proc/self/status")) & both == 0)
  }

  private func ignored(_ status: String) throws -> Int {
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("SigIgn:") })
    return try #require(Int(line.dropFirst("SigIgn:".count).drop { $0 == "\t" }, radix: 16))
  }
}
