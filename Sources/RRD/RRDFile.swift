internal import CRRD
import Glibc

/// Values of every data source at a time.
package struct RRDRow: Hashable, Sendable {
  /// Seconds since 1970.
  package var time: Int
  /// In the order of the file; `nil` is unknown.
  package var values: [Double?]

  package init(time: Int, values: [Double?]) {
    self.time = time
    self.values = values
  }
}

/// An RRD file whose header was found good, open for as long as the value lives.
///
/// librrd is called from one thread at a time. It takes a lock for each call, and fails at once where another process
/// holds it.
package struct RRDFile: ~Copyable {
  package private(set) var header: RRDHeader
  let file: RRDDescriptor

  package var path: String { file.path }

  /// Opens the file at an absolute path.
  ///
  /// - Parameter now: when given, a file updated after it is refused.
  package init(open path: String, now: Int? = nil) throws(RRDError) {
    let file = try RRDDescriptor(open: path, O_RDWR)
    header = try RRDHeader.read(file, now: now)
    self.file = file
  }

  /// Opens the file to read it only.
  package init(reading path: String) throws(RRDError) {
    let file = try RRDDescriptor(open: path, O_RDONLY)
    header = try RRDHeader.read(file, now: nil)
    self.file = file
  }

  /// Appends rows in the order of time, all after the last update.
  ///
  /// Every archive of single steps then holds the values to the last bit: librrd multiplies and divides each value by
  /// its seconds and reads numbers less exactly than it could, which is off by a bit in three values of ten.
  package mutating func update(_ rows: [RRDRow]) throws(RRDError) {
    guard let last = rows.last else { return }
    let path = path
    try unsafe callingLibrrd(rows.map(\.argument)) { arguments in
      unsafe rrd_update_r(path, nil, Int32(rows.count), arguments)
    } refused: {
      .refused(path: path, text: $0)
    }
    header = try RRDHeader.read(file, now: nil)
    guard header.lastUpdate == last.time else {
      throw .refused(path: path, text: "the last update is \(header.lastUpdate) after one at \(last.time)")
    }
    for archive in header.archives where archive.steps == 1 {
      for row in rows { try settle(row, in: archive) }
    }
  }

  /// Puts a row's exact bits where librrd stored the row.
  private func settle(_ row: RRDRow, in archive: RRDHeader.Archive) throws(RRDError) {
    let back = (header.lastUpdate - row.time) / header.step
    guard row.time % header.step == 0, back < archive.rows else { return }
    let index = (archive.currentRow - back + archive.rows) % archive.rows
    let offset = archive.offset + index * header.sources.count * 8
    let stored = try file.read(at: offset, count: header.sources.count * 8)
    var exact = stored
    for (source, value) in row.values.enumerated() {
      guard let bits = value?.bitPattern else { continue }
      for place in 0..<8 { exact[source * 8 + place] = UInt8(truncatingIfNeeded: bits >> UInt64(place * 8)) }
    }
    if exact != stored { try file.write(exact, at: offset) }
  }
}

extension RRDRow {
  /// `1500000000:0.1:U`; a double's `description` is the shortest text that reads back as it, in every locale.
  fileprivate var argument: String { values.reduce(into: "\(time)") { $0 += ":" + ($1?.description ?? "U") } }
}

/// Calls librrd with an argument array; a result other than 0 is thrown with librrd's own words.
///
/// The error text is the thread's, so it is read here, before anything else can run on it.
func callingLibrrd(
  _ texts: [String], _ call: (UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Int32, refused: (String) -> RRDError
) throws(RRDError) {
  if let librrdFault { throw refused(librrdFault) }
  var joined: [CChar] = []
  var starts: [Int] = []
  for text in texts {
    starts.append(joined.count)
    joined.append(contentsOf: text.utf8.lazy.map(CChar.init(bitPattern:)))
    joined.append(0)
  }
  rrd_clear_error()
  let result = unsafe joined.withUnsafeBufferPointer { joined in
    unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) { pointers in
      for (index, start) in starts.enumerated() {
        unsafe (pointers.baseAddress! + index).initialize(to: joined.baseAddress! + start)
      }
      return unsafe call(pointers.baseAddress!)
    }
  }
  if result != 0 { throw refused(lastWords()) }
}

/// librrd's text for what went wrong last on this thread; it can be empty, on a full disk for one.
func lastWords() -> String {
  let text = rrd_test_error() != 0 ? unsafe String(cString: rrd_get_error()) : ""
  return text.isEmpty ? "librrd failed and does not say why; is the disk full?" : text
}

/// Why librrd cannot be called; `nil` where it can. It makes its unknown value at the first use of it, which is no
/// thread's alone; so that is here, once.
let librrdFault: String? = {
  let fault: String? = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 500) { text in
    guard unsafe redeye_rrd_load(text.baseAddress, Int32(text.count)) != 0, let text = text.baseAddress else {
      return nil
    }
    return unsafe String(cString: text)
  }
  if fault == nil { _ = rrd_set_to_DNAN() }
  return fault
}()
