internal import CRRD
import Glibc

extension RRDFile {
  /// Makes a file, whole or not at all; one that is there is replaced.
  ///
  /// librrd makes files readable by everybody, whatever the umask, and can fail on a full disk without a word; so the
  /// file is made under another name, looked at, given the mode of a file of ours, and then put in place.
  /// - Parameter start: seconds since 1970; the first row comes after it.
  package static func make(_ path: String, layout: RRDLayout, start: Int) throws(RRDError) {
    let temporary = path + ".new"
    unsafe unlink(temporary)
    do throws(RRDError) {
      let mode = try RRDDescriptor(making: temporary).mode()
      let arguments = layout.arguments
      try unsafe callingLibrrd(arguments) { pointers in
        unsafe rrd_create_r(temporary, UInt(layout.step), start, Int32(arguments.count), pointers)
      } refused: {
        .refused(path: path, text: $0)
      }
      guard let header = try? RRDHeader.read(temporary), header.size == layout.size else {
        throw .refused(path: path, text: "librrd did not write the whole file; is the disk full?")
      }
      guard unsafe chmod(temporary, mode) == 0 else { throw .system(path: path, action: "make", code: errno) }
      try put(temporary, in: path)
    } catch {
      unsafe unlink(temporary)
      throw error
    }
  }

  /// Writes a file with holes again, without them.
  package static func fill(_ path: String) throws(RRDError) {
    let temporary = path + ".new"
    unsafe unlink(temporary)
    do throws(RRDError) {
      let old = try RRDDescriptor(open: path, O_RDONLY)
      let new = try RRDDescriptor(making: temporary)
      var offset = 0
      while case let bytes = try old.read(at: offset, count: 1 << 20), !bytes.isEmpty {
        try new.write(bytes, at: offset)
        offset += bytes.count
      }
      try put(temporary, in: path)
    } catch {
      unsafe unlink(temporary)
      throw error
    }
  }

  private static func put(_ temporary: String, in path: String) throws(RRDError) {
    guard unsafe rename(temporary, path) == 0 else {
      throw .system(path: path, action: "make", code: errno)
    }
  }
}

extension RRDLayout {
  fileprivate var arguments: [String] {
    sources.map { "DS:\($0):GAUGE:\(heartbeat):U:U" }
      + archives.map { "RRA:\($0.function.rawValue):\(unknownShare):\($0.steps):\($0.rows)" }
  }
}
