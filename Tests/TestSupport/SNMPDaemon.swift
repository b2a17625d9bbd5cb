import Foundation
import Glibc

/// A real snmpd on a free port of 127.0.0.1 and ::1, with a configuration and a state of its own; gone with the
/// value. It knows the community `open-sesame` and these users:
/// `alice` (SHA, AES; passwords `alice-signs`, `alice-hides`), `bob` (SHA-512, AES-256; `bob-signs`, `bob-hides`),
/// `carol` (MD5, no privacy; `carol-signs`).
package final class SNMPDaemon: Sendable {
  package let port: Int
  private let process: Process
  private let folder: String

  package init(more: String = "", port: Int = freePort(udp: true)) throws {
    self.port = port
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("redeye-snmpd-\(UUID().uuidString)")
    folder = url.path
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let file = url.appendingPathComponent("agent.conf")
    try Data((SNMPDaemon.configuration + more).utf8).write(to: file)
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/sbin/snmpd")
    process.arguments = [
      "-f", "-C", "-c", file.path, "-Le", "-I", "-smux,-smuxd", "udp:127.0.0.1:\(port),udp6:[::1]:\(port)",
    ]
    process.environment = ["SNMP_PERSISTENT_DIR": url.path, "MIBS": "", "PATH": "/usr/bin:/bin"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    try SNMPDaemon.wait(for: output)
  }

  deinit {
    // Foundation starts children with their signals blocked, and snmpd keeps them so.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
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

  /// Until it says that it is there; afterwards its words are read and dropped, so that it never blocks on them.
  private static func wait(for output: Pipe) throws {
    var text = ""
    while !text.contains("NET-SNMP version") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw NotStarted(text: text) }
      text += String(decoding: data, as: UTF8.self)
    }
    output.fileHandleForReading.readabilityHandler = { if $0.availableData.isEmpty { $0.readabilityHandler = nil } }
  }

  package struct NotStarted: Error {
    var text: String
  }
}
