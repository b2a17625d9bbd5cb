import Foundation

/// Recordings of real devices in snmpsim's format, where somebody has them: in the folder that REDEYE_DEVICES names, or
/// in `../shared/devices` beside the package. Where nobody has, what the snmpd of this machine says is recorded.
package enum RecordedDevices {
  /// By the name of the device; never empty.
  package static let texts: Result<[(name: String, snmprec: String)], any Error> = Result {
    try files.isEmpty ? [("snmpd", recording(of: SNMPDaemon()))] : files.map(read)
  }

  private static func read(_ file: String) throws -> (name: String, snmprec: String) {
    (String((file as NSString).lastPathComponent.prefix { $0 != "." }), try output(of: "gzip", "-dcf", file))
  }

  private static var files: [String] {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["REDEYE_DEVICES"]
      ?? package.deletingLastPathComponent().appendingPathComponent("shared/devices").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.contains(".snmprec") }.sorted().map { "\(folder)/\($0)" }
  }
}
