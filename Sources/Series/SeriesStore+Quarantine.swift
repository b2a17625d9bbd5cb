import Foundation
import Model

extension SeriesStore {
  /// Files kept in quarantine.
  private static let corpsesKept = 50

  package func path(_ file: String) -> String { "\(folder)/\(file)" }

  func makeFolder(of file: String) throws {
    let parent = URL(fileURLWithPath: path(file)).deletingLastPathComponent().path
    try FileManager.default.createDirectory(
      atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
  }

  /// Moves a file out of the way; returns where to.
  func setAside(_ file: String, now: Instant) throws -> String {
    try FileManager.default.createDirectory(
      atPath: quarantine, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    let name = file.split(separator: "/").joined(separator: "-")
    var target = "\(quarantine)/\(now.seconds)-\(name)"
    var number = 1
    while FileManager.default.fileExists(atPath: target) {
      number += 1
      target = "\(quarantine)/\(now.seconds).\(number)-\(name)"
    }
    try FileManager.default.moveItem(atPath: path(file), toPath: target)
    dropOldCorpses()
    return target
  }

  private func dropOldCorpses() {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: quarantine)) ?? [])
      .filter { $0.hasSuffix(".rrd") }.sorted()
    for name in names.dropLast(SeriesStore.corpsesKept) {
      try? FileManager.default.removeItem(atPath: "\(quarantine)/\(name)")
    }
  }
}
