/// A mounted file system worth measuring.
package struct MountedFileSystem: Hashable, Sendable {
  package var mountPoint: String
  /// Whether looking at it can hang, because a server is asked.
  package var isRemote: Bool

  package init(_ mountPoint: String, isRemote: Bool = false) {
    self.mountPoint = mountPoint
    self.isRemote = isRemote
  }
}

/// The real file systems of `/proc/self/mountinfo`, each once, in the order of their mount points.
///
/// Left out are those the kernel makes up, images that are always full, and bind mounts of single files, which
/// `isFolder` tells from those of folders; it is not asked about remote ones.
package func fileSystems(in mountinfo: String, isFolder: (String) -> Bool) -> [MountedFileSystem] {
  // The last of several at the same place is the one that shows.
  let mounts = Dictionary(mountinfo.split(separator: "\n").compactMap { Mount($0) }.map { ($0.point, $0) }) { $1 }
  let real = mounts.values.filter { $0.isReal && ($0.isWhole || $0.isRemote || isFolder($0.point)) }
  let once = Dictionary(grouping: real, by: \.device).values.compactMap { $0.min { $0.rank < $1.rank } }
  return once.map { MountedFileSystem($0.point, isRemote: $0.isRemote) }.sorted { $0.mountPoint < $1.mountPoint }
}

/// One line: `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue` (proc(5)).
private struct Mount {
  let device: String
  let isWhole: Bool
  let point: String
  let type: String
  let source: String

  init?(_ line: Substring) {
    let fields = words(line)
    guard fields.count >= 9, let dash = fields[6...].firstIndex(of: "-"), fields.count > dash + 2 else { return nil }
    device = String(fields[2])
    isWhole = fields[3] == "/"
    point = unescaped(fields[4])
    type = String(fields[dash + 1])
    source = unescaped(fields[dash + 2])
  }

  private static let remote: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "ceph", "9p", "afs", "glusterfs", "lustre", "beegfs", "ocfs2", "gfs2",
  ]
  private static let local: Set<String> = ["zfs", "virtiofs", "bcachefs", "btrfs", "ubifs"]
  private static let images: Set<String> = ["squashfs", "iso9660", "udf", "erofs", "cramfs", "romfs"]

  var isRemote: Bool { Mount.remote.contains(type) || type.hasPrefix("fuse.") }

  var isReal: Bool {
    if Mount.images.contains(type) || type == "fuse.lxcfs" || type == "fuse.gvfsd-fuse" || type == "fuse.portal" {
      return false
    }
    return point == "/" || isRemote || Mount.local.contains(type)
      || source.hasPrefix("/dev/")
        && type != "devtmpfs"
  }

  /// The whole file system goes before a part of it, the shorter path before the longer.
  var rank: (Int, Int, String) { (isWhole ? 0 : 1, point.utf8.count, point) }
}

/// The kernel writes space, tab, line feed and backslash as `\040` in octal.
private func unescaped(_ field: Substring) -> String {
  let bytes = Array(field.utf8)
  var result: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == UInt8(ascii: "\\"), index + 3 < bytes.count,
      let code = UInt8(String(decoding: bytes[index + 1...index + 3], as: UTF8.self), radix: 8)
    {
      result.append(code)
      index += 4
    } else {
      result.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}
