/// How many of each; read first, because the size of the rest follows from it.
struct HeaderCounts {
  let sources: Int
  let archives: Int
  let step: Int

  init(_ bytes: [UInt8]) throws(RRDFault) {
    guard bytes.count >= RRDFormat.head else { throw RRDFault("it ends inside its header") }
    let fields = FieldReader(bytes)
    guard fields.text(at: 0, length: 4) == "RRD" else { throw RRDFault("it does not begin as an RRD file does") }
    guard let version = fields.text(at: 4, length: 5), ["0003", "0004", "0005"].contains(version) else {
      throw RRDFault("its version is not 0003, 0004 or 0005")
    }
    guard fields.double(at: 16) == RRDFormat.floatCookie else {
      throw RRDFault("its numbers are those of another architecture")
    }
    sources = try fields.count(at: 24, in: 1...RRDFormat.sourceLimit, "data sources")
    archives = try fields.count(at: 32, in: 1...RRDFormat.archiveLimit, "archives")
    step = try fields.count(at: 40, in: 1...31_622_400, "seconds in a step")
  }
}

/// Takes a whole header apart, section by section in the order of the file.
struct HeaderParser {
  private let fields: FieldReader
  private let counts: HeaderCounts
  private let size: Int

  /// - Parameter bytes: at least as many as the counts in them ask for.
  init(bytes: [UInt8], size: Int) throws(RRDFault) {
    fields = FieldReader(bytes)
    counts = try HeaderCounts(bytes)
    self.size = size
  }

  private var archives: Int { RRDFormat.head + counts.sources * RRDFormat.source }
  private var liveHead: Int { archives + counts.archives * RRDFormat.archive }
  private var sourceStates: Int { liveHead + RRDFormat.liveHead }
  private var archiveStates: Int { sourceStates + counts.sources * RRDFormat.sourceState }
  private var rowPointers: Int { archiveStates + counts.sources * counts.archives * RRDFormat.archiveState }
  private var values: Int { rowPointers + counts.archives * RRDFormat.rowPointer }

  func header() throws(RRDFault) -> RRDHeader {
    let sources = try allSources()
    let archives = try allArchives()
    try checkStates(archives)
    let lastUpdate = try fields.count(at: liveHead, in: 0...1 << 40, "as time of the last update")
    _ = try fields.count(at: liveHead + 8, in: 0...999_999, "microseconds beside the last update")
    return RRDHeader(step: counts.step, sources: sources, archives: archives, lastUpdate: lastUpdate, size: size)
  }

  private func allSources() throws(RRDFault) -> [String] {
    var names: [String] = []
    for index in 0..<counts.sources { names.append(try source(index)) }
    guard Set(names).count == names.count else { throw RRDFault("two of its data sources share a name") }
    return names
  }

  private func source(_ index: Int) throws(RRDFault) -> String {
    let start = RRDFormat.head + index * RRDFormat.source
    guard let name = fields.text(at: start, length: 20), !name.isEmpty, name.utf8.allSatisfy(\.isNameCharacter) else {
      throw RRDFault("data source \(index + 1) has no name")
    }
    let kinds = ["GAUGE", "COUNTER", "DERIVE", "ABSOLUTE", "DCOUNTER", "DDERIVE"]
    guard let kind = fields.text(at: start + 20, length: 20), kinds.contains(kind) else {
      throw RRDFault("data source \(name) is of no kind known here")
    }
    _ = try fields.count(at: start + 40, in: 1...1 << 40, "seconds of heartbeat")
    return name
  }

  private func allArchives() throws(RRDFault) -> [RRDHeader.Archive] {
    var result: [RRDHeader.Archive] = []
    var offset = values
    for index in 0..<counts.archives {
      let archive = try archive(index, offset: offset)
      offset += archive.rows * counts.sources * 8
      result.append(archive)
    }
    guard offset == size else { throw RRDFault("it has \(size) bytes and should have \(offset)") }
    return result
  }

  private func archive(_ index: Int, offset: Int) throws(RRDFault) -> RRDHeader.Archive {
    let start = archives + index * RRDFormat.archive
    guard let function = fields.text(at: start, length: 20).flatMap(RRDLayout.Function.init(rawValue:)) else {
      throw RRDFault("archive \(index + 1) is not an AVERAGE, MIN, MAX or LAST")
    }
    // Bounds that keep every product below far from overflow; the exact size is held against the file's afterwards.
    let rows = try fields.count(at: start + 24, in: 1...max(1, size / 8), "rows in archive \(index + 1)")
    let steps = try fields.count(
      at: start + 32, in: 1...max(1, 1 << 44 / (counts.step * rows)), "steps in a row of archive \(index + 1)")
    let share = fields.double(at: start + 40)
    guard share >= 0, share < 1 else { throw RRDFault("archive \(index + 1) has \(share) as share of unknown steps") }
    let row = try fields.count(at: rowPointers + index * 8, in: 0...rows - 1, "as row of archive \(index + 1)")
    return RRDHeader.Archive(function: function, steps: steps, rows: rows, currentRow: row, offset: offset)
  }

  /// The half-made rows: how much of each is unknown so far.
  private func checkStates(_ archives: [RRDHeader.Archive]) throws(RRDFault) {
    for source in 0..<counts.sources {
      let start = sourceStates + source * RRDFormat.sourceState
      guard fields.text(at: start, length: 30) != nil else { throw RRDFault("the text of a last value has no end") }
      _ = try fields.count(at: start + 32, in: 0...counts.step, "unknown seconds in the step begun")
    }
    for (index, archive) in archives.enumerated() {
      for source in 0..<counts.sources {
        let start = archiveStates + (index * counts.sources + source) * RRDFormat.archiveState
        _ = try fields.count(at: start + 8, in: 0...archive.steps, "unknown steps in the row begun")
      }
    }
  }
}

extension UInt8 {
  fileprivate var isNameCharacter: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
