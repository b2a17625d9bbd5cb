import Foundation
import TestSupport
import Testing
import Transfer

/// Descriptors this process has open.
private func openDescriptors() -> Int {
  (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
}

/// Resident pages of this process, in bytes.
private func residentBytes() -> Int {
  let words = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
  return words.count > 1 ? (Int(words[1]) ?? 0) * 4_096 : 0
}

/// What the runtime may open for itself meanwhile; a leak in a thousand transfers is more.
private let slack = 5

struct LeakTests {
  @Test func `the counter of descriptors counts`() async {
    await #expect(processExitsWith: .success) {
      let before = openDescriptors()
      let files = (0..<50).compactMap { _ in FileHandle(forReadingAtPath: "/proc/self/status") }
      try #require(openDescriptors() >= before + 50)
      for file in files { try file.close() }
      try #require(openDescriptors() <= before + slack)
    }
  }

  /// In a process of its own: other tests open and close what they need meanwhile.
  @Test func `no descriptor and no memory stays behind, however transfers end`() async {
    await #expect(processExitsWith: .success) {
      let nginx = try NginxServer()
      let silent = try ScriptedServer { $0.pause(0.2) }
      let nobody = freePort()
      let urls = [nginx.url(), nginx.url("/none"), silent.url(), "http://127.0.0.1:\(nobody)/", "file:///x"]
      let requests = (0..<200).map { HTTPRequest(url: urls[$0 % urls.count], timeout: 0.1) }
      func once() {
        let now = ProcessInfo.processInfo.systemUptime
        _ = fetch(requests, deadline: now + 10, atOnce: 50) { ProcessInfo.processInfo.systemUptime }
        for port in [nginx.port, silent.port, nobody] {
          _ = deliver(
            SMTPDelivery(
              url: "smtp://127.0.0.1:\(port)", startTLS: false, from: "a@b", recipient: "c@d", bytes: Array("x".utf8),
              timeout: 0.1))
        }
        usleep(400_000)
      }
      once()
      let descriptors = openDescriptors()
      let memory = residentBytes()
      for _ in 0..<5 { once() }
      try #require(openDescriptors() <= descriptors + slack)
      try #require(residentBytes() - memory < 8_000_000 * patience)
    }
  }
}
