package import Model
import RRD

extension SeriesStore {
  /// Puts readings into the files, oldest slot first; slots a file has already are passed over.
  ///
  /// A file that is damaged is moved to quarantine, one that is missing is made anew; both are filled again from
  /// `recall`, which is asked once for all their jobs. So are those `behind`, as soon as they can be written. A reading for a slot after `now` is refused: a file that has seen
  /// the future takes nothing until then. New files take at most `room` bytes; what would need more gets none, and no
  /// entry: a later write may have the room.
  package func write(
    _ readings: [Reading], into catalogue: Catalogue, now: Instant, behind: Set<String> = [], room: Int = .max,
    recall: (Set<JobID>) -> [Reading] = { _ in [] }
  ) -> Written {
    var sorting = Sorting(catalogue: catalogue, folder: folder, now: now)
    // Places are quicker to sort than readings.
    for place in readings.indices.sorted(by: { readings[$0].slot < readings[$1].slot }) { sorting.add(readings[place]) }
    var writing = Writing(store: self, now: now, room: room, problems: sorting.problems)
    writing.written.additions = sorting.additions
    writing.written.behind = behind
    for rows in sorting.files.sorted(by: { $0.file < $1.file }) { writing.write(rows) }
    writing.makeUp(from: recall)
    return writing.result
  }
}

/// Rows for the files as they are reached; those of files that have to be made anew wait for the end.
private struct Writing {
  let store: SeriesStore
  let now: Instant
  var written = SeriesStore.Written()
  var problems: ProblemList
  private var lost: [(rows: FileRows, why: String)] = []
  private var late: [FileRows] = []
  private var ahead = 0
  /// Bytes that new files may still take, and those there was no room for, with what they would take.
  private var room: Int
  private var unmade: [(rows: FileRows, bytes: Int)] = []

  /// A file whose last update lies further ahead than this was spoilt by a clock and would stay so for too long.
  private static let patience = 86_400

  init(store: SeriesStore, now: Instant, room: Int, problems: ProblemList) {
    self.store = store
    self.now = now
    self.room = room
    self.problems = problems
  }

  var result: SeriesStore.Written {
    var result = written
    result.problems = problems.lines
    if ahead > 0 {
      result.problems.append(
        "\(ahead) series files were last updated after \(now.seconds), the time now; they take nothing until then")
    }
    if !unmade.isEmpty {
      let files = Set(unmade.map(\.rows.file))
      result.additions.removeAll { files.contains($0.file) }
      result.problems.append(lackOfRoom)
    }
    return result
  }

  /// Names the job that wants most.
  private var lackOfRoom: String {
    let jobs = Dictionary(grouping: unmade, by: \.rows.row.job).mapValues(\.count)
    let most = jobs.sorted { ($1.value, $0.key) < ($0.value, $1.key) }[0]
    let others = jobs.count > 1 ? " and of \(jobs.count - 1) more jobs" : ""
    let megabytes = unmade.reduce(0) { $0 + $1.bytes } / 1_000_000 + 1
    return "no room for \(unmade.count) new series files of \(most.key)\(others), which take \(megabytes) MB: the last "
      + "twentieth of the disk stays free; make room, or have the job keep fewer rows (only, except, include, exclude)"
  }

  mutating func write(_ rows: FileRows) {
    if rows.isNew {
      let size = store.retention.layout(step: rows.step, sources: rows.sources).size
      guard size <= room else { return unmade.append((rows, size)) }
      room -= size
    }
    let path = store.path(rows.file)
    do throws(RRDError) {
      if rows.isNew { try make(rows) }
      if written.behind.contains(rows.file) {
        _ = try RRDFile(open: path, now: now.seconds)
        late.append(rows)
      } else {
        try update(rows)
      }
    } catch {
      switch error {
      case .missing: lost.append((rows, "\(path) is missing"))
      case .damaged: setAside(rows, "\(error)")
      case .ahead(_, let seconds) where seconds > Writing.patience: setAside(rows, "\(error)")
      case .ahead: ahead += 1
      case .sparse: fillAndWrite(rows)
      case .refused, .system: refused(rows, error)
      }
    }
  }

  private mutating func update(_ rows: FileRows) throws(RRDError) {
    var file = try RRDFile(open: store.path(rows.file), now: now.seconds)
    guard file.header.step == rows.step, let places = rows.places(in: file.header.sources) else {
      throw .damaged(path: file.path, text: "its step or data sources are not those of the series in it")
    }
    let fresh = rows.slots.filter { $0.slot.seconds > file.header.lastUpdate }
    written.skipped += rows.slots.count - fresh.count
    let last = file.header.lastUpdate - file.header.lastUpdate % rows.step
    try file.update(fresh.rows(at: places, width: file.header.sources.count, step: rows.step, after: last))
    written.rows += fresh.count
  }

  private func make(_ rows: FileRows) throws(RRDError) {
    guard let first = rows.slots.first else { return }
    do {
      try store.makeFolder(of: rows.file)
    } catch {
      throw .refused(path: store.path(rows.file), text: "its folder cannot be made: \(error)")
    }
    let layout = store.retention.layout(step: rows.step, sources: rows.sources)
    try RRDFile.make(store.path(rows.file), layout: layout, start: first.slot.seconds - rows.step)
  }

  private mutating func fillAndWrite(_ rows: FileRows) {
    do throws(RRDError) {
      try RRDFile.fill(store.path(rows.file))
      try update(rows)
      problems.add("\(store.path(rows.file)) had holes and was written again without")
    } catch {
      refused(rows, error)
    }
  }

  /// librrd's refusal of a file that is still good says something of the machine, not of the file: it stays.
  private mutating func refused(_ rows: FileRows, _ error: RRDError) {
    problems.add("\(error)")
    written.behind.insert(rows.file)
  }

  private mutating func setAside(_ rows: FileRows, _ why: String) {
    do {
      let corpse = try store.setAside(rows.file, now: now)
      lost.append((rows, "\(why); it was moved to \(corpse)"))
    } catch {
      problems.add("\(why); it cannot be moved to \(store.quarantine): \(error)")
    }
  }

  /// Makes lost files anew and fills those that are behind, with what `recall` still knows.
  mutating func makeUp(from recall: (Set<JobID>) -> [Reading]) {
    guard !lost.isEmpty || !late.isEmpty else { return }
    let jobs = Set(lost.map(\.rows.row.job)).union(late.map(\.row.job))
    let recalled = Dictionary(grouping: recall(jobs), by: \.job)
    for rows in late { fill(rows, from: recalled[rows.row.job] ?? []) }
    for (rows, why) in lost { makeAnew(rows, why, from: recalled[rows.row.job] ?? []) }
    (lost, late) = ([], [])
  }

  private mutating func fill(_ rows: FileRows, from recalled: [Reading]) {
    var whole = rows
    whole.prepend(recalled, until: now)
    do throws(RRDError) {
      try update(whole)
      written.behind.remove(rows.file)
    } catch {
      refused(rows, error)
    }
  }

  private mutating func makeAnew(_ rows: FileRows, _ why: String, from recalled: [Reading]) {
    var whole = rows
    whole.prepend(recalled, until: now)
    do throws(RRDError) {
      try make(whole)
      try update(whole)
      let since = whole.slots.first.map { stampText($0.slot) } ?? ""
      written.behind.remove(rows.file)
      problems.add("\(why); it was made anew, and its history before \(since) is lost")
    } catch {
      problems.add("\(why); it cannot be made anew: \(error)")
    }
  }
}

extension [FileRows.Slot] {
  /// Rows for a file. Where slots were missed, an unknown one goes first: librrd spreads a value over all the time since
  /// the last update, as long as that is within the heartbeat.
  fileprivate func rows(at places: [Int], width: Int, step: Int, after last: Int) -> [RRDRow] {
    let unknown = [Double?](repeating: nil, count: width)
    var rows: [RRDRow] = []
    var before = last
    for slot in self {
      let time = slot.slot.seconds
      if time - before > step { rows.append(RRDRow(time: time - step, values: unknown)) }
      var values = unknown
      for (place, value) in zip(places, slot.values) { values[place] = value ?? nil }
      rows.append(RRDRow(time: time, values: values))
      before = time
    }
    return rows
  }
}
