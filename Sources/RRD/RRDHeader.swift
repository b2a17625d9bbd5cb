import Glibc

/// What a file says of itself, checked: librrd trusts a header blindly, and a damaged one kills the process.
package struct RRDHeader: Hashable, Sendable {
  package struct Archive: Hashable, Sendable {
    package var function: RRDLayout.Function
    /// Steps a row stands for.
    package var steps: Int
    package var rows: Int
    /// The row written last.
    package var currentRow: Int
    /// Where its rows begin, in bytes.
    package var offset: Int
  }

  /// Seconds.
  package var step: Int
  package var sources: [String]
  package var archives: [Archive]
  /// Seconds since 1970.
  package var lastUpdate: Int
  package var size: Int

  /// The header of the file at an absolute path.
  ///
  /// - Parameter now: when given, a file updated after it is refused.
  package static func read(_ path: String, now: Int? = nil) throws(RRDError) -> RRDHeader {
    let file = try RRDDescriptor(open: path, O_RDONLY)
    return try read(file, now: now)
  }

  static func read(_ file: borrowing RRDDescriptor, now: Int?) throws(RRDError) -> RRDHeader {
    let size = try file.solidSize()
    let header: RRDHeader
    do throws(RRDFault) {
      header = try HeaderParser(bytes: try headerBytes(file, size: size), size: size).header()
    } catch {
      throw .damaged(path: file.path, text: error.text)
    }
    if let now, header.lastUpdate > now { throw .ahead(path: file.path, seconds: header.lastUpdate - now) }
    return header
  }

  /// Mostly the first read has it all; only a file of many sources and archives needs the second.
  private static func headerBytes(_ file: borrowing RRDDescriptor, size: Int) throws(RRDFault) -> [UInt8] {
    let bytes = try file.readHeader(count: min(size, 8_192))
    let counts = try HeaderCounts(bytes)
    let length = RRDFormat.headSize(sources: counts.sources, archives: counts.archives)
    guard length <= size else { throw RRDFault("it ends inside its header") }
    return length <= bytes.count ? bytes : try file.readHeader(count: length)
  }

  /// The seconds a row of the archive stands for.
  package func resolution(of archive: Archive) -> Int { archive.steps * step }

  /// The times of the first and the last row an archive has.
  package func reach(of archive: Archive) -> ClosedRange<Int> {
    let resolution = resolution(of: archive)
    let end = lastUpdate - lastUpdate % resolution
    return end - (archive.rows - 1) * resolution...end
  }
}

/// What is wrong with a header.
struct RRDFault: Error {
  var text: String

  init(_ text: String) { self.text = text }
}
