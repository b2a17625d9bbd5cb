import Foundation
internal import GRDB
import Model

/// Snapshots beside the state file, and the way back to them.
struct Recovery {
  static let kept = 3
  static let corpsesKept = 5

  let path: String
  let now: Instant

  private static func folder(_ name: String, of path: String) -> String {
    ((path as NSString).deletingLastPathComponent as NSString).appendingPathComponent(name)
  }

  private var quarantine: String { Recovery.folder("quarantine", of: path) }
  static func snapshotFolder(of path: String) -> String { folder("snapshots", of: path) }

  /// Snapshots, newest first.
  static func snapshots(of path: String) -> [(path: String, taken: Instant)] {
    let folder = snapshotFolder(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.compactMap { name in
      guard name.hasPrefix("state-"), name.hasSuffix(".sqlite"), let seconds = Int(name.dropFirst(6).dropLast(7)) else {
        return nil
      }
      return ("\(folder)/\(name)", Instant(seconds))
    }
    .sorted { $0.taken > $1.taken }
  }

  /// A file that is gone, or cut to nothing, is a good new database to SQLite; with snapshots beside it, it was lost.
  static func refuseLostFile(_ path: String) throws {
    guard !snapshots(of: path).isEmpty else { return }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    if size == nil { throw StateDamage(text: "the file is gone") }
    if size == 0 { throw StateDamage(text: "the file is empty") }
  }

  /// Sets the file aside and puts the newest snapshot that is whole in its place; says what was done.
  func restore(after damage: StateDamage) throws -> String {
    let corpse = try setAside()
    let what = "state \(path): damaged (\(damage.text))" + (corpse.map { ", moved to \($0)" } ?? "")
    for snapshot in Recovery.snapshots(of: path) where isWhole(snapshot.path) {
      try FileManager.default.copyItem(atPath: snapshot.path, toPath: path)
      let taken = stampText(snapshot.taken)
      return "\(what); restored the snapshot of \(taken): what happened since, acknowledgements too, is forgotten"
    }
    return "\(what); there is no good snapshot: ledger, incidents and acknowledgements begin anew"
  }

  private func isWhole(_ snapshot: String) -> Bool {
    var configuration = Configuration()
    configuration.readonly = true
    guard let database = try? DatabaseQueue(path: snapshot, configuration: configuration) else { return false }
    return (try? StateStore.quickCheck(database)) == .some(nil)
  }

  /// Moves the file and its journal; returns where to.
  private func setAside() throws -> String? {
    let files = FileManager.default
    try files.createDirectory(
      atPath: quarantine, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    var target = "\(quarantine)/state-\(now.seconds).sqlite"
    var more = 1
    while files.fileExists(atPath: target) {
      more += 1
      target = "\(quarantine)/state-\(now.seconds).\(more).sqlite"
    }
    var moved: String?
    for suffix in ["", "-journal", "-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
      try files.moveItem(atPath: path + suffix, toPath: target + suffix)
      moved = target
    }
    dropOldCorpses()
    return moved
  }

  private func dropOldCorpses() {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: quarantine)) ?? []).filter {
      $0.hasPrefix("state-") && $0.hasSuffix(".sqlite")
    }
    for name in names.sorted().dropLast(Recovery.corpsesKept) {
      try? FileManager.default.removeItem(atPath: "\(quarantine)/\(name)")
    }
  }
}
