import Foundation
internal import GRDB
package import Model

extension StateStore {
  /// Copies the database into `snapshots/` when the newest copy is an hour old, and keeps three.
  /// - Returns: whether a snapshot was taken.
  @discardableResult
  package func snapshotIfDue(now: Instant, every interval: Int = 3_600) throws(StateError) -> Bool {
    let newest = Recovery.snapshots(of: path).first?.taken
    // A snapshot from the future is one of a clock that has since been set right.
    if let newest, newest <= now, now - newest < interval { return false }
    try translating(path) { try snapshot(now: now) }
    return true
  }

  private func snapshot(now: Instant) throws {
    let folder = Recovery.snapshotFolder(of: path)
    let files = FileManager.default
    try files.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
    let temporary = "\(folder)/new.sqlite"
    for suffix in ["", "-journal"] { try? files.removeItem(atPath: temporary + suffix) }
    StateStore.makeFile(temporary)
    // SQLite syncs the copy when the backup's transaction ends, so the rename never shows half a file.
    let copy = try DatabaseQueue(path: temporary)
    try database.backup(to: copy)
    try copy.close()
    let target = "\(folder)/state-\(now.seconds).sqlite"
    try? files.removeItem(atPath: target)
    try files.moveItem(atPath: temporary, toPath: target)
    // This one first, and one whose time is still to come last, however new it looks.
    let all = Recovery.snapshots(of: path)
    let ordered = all.filter { $0.taken <= now } + all.filter { $0.taken > now }
    for old in ordered.dropFirst(Recovery.kept) { try? files.removeItem(atPath: old.path) }
  }
}
