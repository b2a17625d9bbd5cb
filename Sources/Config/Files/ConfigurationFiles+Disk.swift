internal import Foundation

extension ConfigurationFiles {
  /// The files of this machine.
  package static let disk = ConfigurationFiles(
    read: { (path) throws(ReadFailure) in try Disk.read(path) },
    list: { folder in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] },
    realPath: { path in
      FileManager.default.fileExists(atPath: path) ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : nil
    },
    status: { path in Disk.status(path) })
}

private enum Disk {
  /// Longer files are refused before they are read; the limit of a YAML text is below it.
  static let longest = 32 << 20

  static func read(_ path: String) throws(ReadFailure) -> [UInt8] {
    guard case .file = status(path) else { throw notAFile(path) }
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let size = number((try? FileManager.default.attributesOfItem(atPath: resolved))?[.size])
    if let size, size > longest { throw ReadFailure("it is longer than 16 MiB") }
    // Foundation never gives back the 4 KiB it reads an empty file into.
    if size == 0 { return [] }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw ReadFailure("it may not be read by \(NSUserName())", help: "let this user read it: \(path)")
    }
  }

  private static func notAFile(_ path: String) -> ReadFailure {
    if FileManager.default.fileExists(atPath: path) { return ReadFailure("it is not a regular file") }
    do {
      _ = try FileManager.default.attributesOfItem(atPath: path)
    } catch CocoaError.fileReadNoPermission {
      return ReadFailure(
        "\(NSUserName()) may not look into its folder", help: "let this user into \(Path.folder(of: path))")
    } catch {}
    return ReadFailure("it is not there")
  }

  static func status(_ path: String) -> ConfigurationFiles.Status {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: resolved) else { return .missing }
    switch attributes[.type] as? FileAttributeType {
    case FileAttributeType.typeDirectory: return .folder
    case FileAttributeType.typeRegular:
      return .file(
        mode: number(attributes[.posixPermissions]) ?? 0, owner: number(attributes[.ownerAccountID]) ?? 0,
        group: number(attributes[.groupOwnerAccountID]) ?? 0)
    default: return .other
    }
  }

  private static func number(_ attribute: Any?) -> Int? { (attribute as? NSNumber)?.intValue }
}
