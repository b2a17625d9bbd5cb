import Foundation

/// Recordings of real devices, where somebody has them: the folder that REDEYE_DEVICES names, or `../shared/devices`
/// beside the package.
package enum RecordedDevices {
  /// In snmpsim's format, by the name of the device.
  package static let texts: [(name: String, snmprec: String)] = files.map { file in
    let name = (file as NSString).lastPathComponent.prefix { $0 != "." }
    return (String(name), (try? run(["gzip", "-dcf", file])) ?? "")
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
