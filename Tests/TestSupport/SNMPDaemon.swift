import Foundation
import Glibc

/// A real snmpd on a free port of 127.0.0.1 and ::1, with a configuration and a state of its own; gone with the
/// value. It knows the community `open-sesame` and these users:
/// `alice` (SHA, AES; passwords `alice-signs`, `alice-hides`), `bob` (SHA-512, AES-256; `bob-signs`, `bob-hides`),
/// `carol` (MD5, no privacy; `carol-signs`).
package final class SNMPDaemon: Sendable {
  package let port: Int
  private let process: Helper
  private let folder: String

  package init(more: String = "", port: Int = freePort(udp: true)) throws {
    self.port = port
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("redeye-snmpd-\(UUID().uuidString)")
    folder = url.path
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let file = url.appendingPathComponent("agent.conf")
    try Data((SNMPDaemon.configuration + more).utf8).write(to: file)
    process = try Helper(
      [
        "/usr/sbin/snmpd", "-f", "-C", "-c", file.path, "-Le", "-I", "-smux,-smuxd",
        "udp:127.0.0.1:\(port),udp6:[::1]:\(port)",
      ],
      log: "\(folder)/log", environment: ["SNMP_PERSISTENT_DIR": url.path, "MIBS": "", "PATH": "/usr/bin:/bin"])
    try waitUntilReady()
  }

  deinit {
    process.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Until it says that it is there.
  private func waitUntilReady() throws {
    for _ in 0..<400 {
      let text = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? ""
      if text.contains("NET-SNMP version") { return }
      guard process.isRunning else { throw NotStarted(text: text) }
      usleep(25_000)
    }
    throw NotStarted(text: "it does not say that it is there")
  }

  private static let configuration = """
    rocommunity open-sesame
    rocommunity6 open-sesame
    sysName test-router
    sysLocation Shelf 3, behind the fan
    createUser alice SHA "alice-signs" AES "alice-hides"
    createUser bob SHA-512 "bob-signs" AES-256 "bob-hides"
    createUser carol MD5 "carol-signs"
    rouser alice priv
    rouser bob priv
    rouser carol auth

    """

  package struct NotStarted: Error {
    var text: String
  }
}
