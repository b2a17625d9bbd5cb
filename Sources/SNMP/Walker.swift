/// What is read of one table at most: a device may list for ever.
package struct WalkLimits: Hashable, Sendable {
  /// Of one column.
  package var rows = 10_000
  package var bytes = 5_000_000
  /// Answers, however small.
  package var requests = 12_000
  package var seconds = 30.0

  package init() {}
}

/// Reads the columns of a table side by side, row after row, within limits.
struct Walker {
  /// A class, for every object that is read goes to one; it belongs to its walker alone.
  private final class Column {
    /// A list of one name.
    let root: OIDList
    /// What was read, each under its index: what follows the root.
    var rows = Bindings()
    var isDone = false
    /// Left before its end.
    var isCut = false
    var silence: ColumnSilence?

    init(_ root: OID) { self.root = OIDList(root) }

    /// What to go on from.
    var position: OID { rows.names.last.map { root[0].appending($0) } ?? root[0] }

    /// Takes every `stride`-th object from one on: each must lie under the root and behind the one before. Returns the
    /// place of one that does not go forward; what lies elsewhere ends the column.
    func take(_ bindings: Bindings, from first: Int, to end: Int, by stride: Int) -> Int? {
      // Held here alone while it grows.
      var rows = self.rows
      self.rows = Bindings()
      defer { self.rows = rows }
      if rows.isEmpty { rows.reserve(32) }
      let count = root.count(of: 0)
      var place = first
      while place < end, !isDone {
        if !bindings.values[place].exists || !bindings.names.hasPrefix(place, of: root) {
          isDone = true
        } else if !isBehind(place, of: bindings.names, count, rows.names) {
          (isDone, isCut) = (true, true)
          return place
        } else {
          rows.append(place, of: bindings, without: count)
        }
        place += stride
      }
      return nil
    }

    private func isBehind(_ place: Int, of names: OIDList, _ count: Int, _ rows: OIDList) -> Bool {
      rows.isEmpty ? names.count(of: place) > count : rows.precedes(rows.count - 1, names, place, behind: count)
    }
  }

  /// Objects in one answer: more would need several fragments, and a lost one loses them all.
  private static let objectsInAnswer = 100
  /// Bytes that fit one datagram without fragments on any usual way.
  private static let unfragmented = 1200

  private(set) var error: SNMPError?
  /// Rows in one GETBULK; 0 for GETNEXT.
  private(set) var repetitions: Int
  /// True after an answer that was too big or got lost.
  private var hasBackedOff = false
  private var columns: [Column]
  /// Columns in one request; halved when even one row is too big, and to find the one that is never answered.
  private var width: Int
  private var bytes = 0
  private var objects = 0
  private var requests = 0
  private var losses = 0
  /// Rows to ask for where columns are divided: few enough that their number is not what gets lost.
  private var answered: Int
  /// True from a question that was made smaller to its answer.
  private var isTrying = false
  /// True once fewer rows did not help: then a column is what the agent cannot tell, and they are divided until it
  /// stands alone.
  private var isDividing = false
  /// A column given up without an answer since: with one, it is known to be what the agent does not tell; without,
  /// after a second one, it is the agent that has gone.
  private var givenUp: Int?
  private let limits: WalkLimits
  private let began: Double

  /// `repetitions` 0 asks with GETNEXT, as version 1 must; `now` in monotonic seconds.
  init(
    _ columns: [OID], repetitions: Int, limits: WalkLimits = WalkLimits(), silence: [OID: ColumnSilence] = [:],
    now: Double = 0
  ) {
    self.columns = columns.map { Column($0) }
    self.repetitions = max(0, repetitions)
    answered = min(4, max(0, repetitions))
    self.limits = limits
    began = now
    width = max(1, columns.count)
    for (index, column) in columns.enumerated() {
      self.columns[index].silence = silence[column]
      guard silence[column] == .certain else { continue }
      note(SNMPError(.timeout, at: column, "not asked for: lately the agent answered to all but this"))
      cut(index)
    }
  }

  /// What was read, for each column.
  var columnsRead: [ReadColumn] {
    columns.map {
      ReadColumn($0.rows, under: $0.root[0], isComplete: !$0.isCut, silence: $0.silence)
    }
  }

  /// What to ask next; `nil` when every column has ended.
  func next() -> Request? {
    let asked = self.asked
    guard !asked.isEmpty else { return nil }
    return Request(
      kind: repetitions == 0 ? .next : .bulk(rows(of: asked)), oids: asked.map { columns[$0].position })
  }

  /// Those that are suspected of silence come when all others are read.
  private var asked: [Int] {
    let open = columns.indices.filter { !columns[$0].isDone }
    let first = open.filter { columns[$0].silence == nil }
    return Array((first.isEmpty ? open : first).prefix(width))
  }

  private func rows(of asked: [Int]) -> Int {
    max(1, min(repetitions, Walker.objectsInAnswer / max(1, asked.count)))
  }

  mutating func take(_ response: Response, now: Double = 0) {
    let asked = self.asked
    isTrying = false
    bytes += response.bytes
    requests += 1
    objects += response.bindings.count
    switch Response.Status(rawValue: response.status) {
    case .noError where response.bindings.isEmpty: shrink(asked, response)
    case .noError:
      if let index = givenUp.take() { columns[index].silence = .certain }
      for index in asked { columns[index].silence = nil }
      if repetitions > 0 { answered = rows(of: asked) }
      keep(response.bindings, asked)
    case .tooBig: shrink(asked, response)
    // Without a place it may be any of them.
    case .noSuchName where !divide(asked, response): end(asked, response, isFault: false)
    case .noSuchName: break
    default: if !divide(asked, response) { end(asked, response, isFault: true) }
    }
    checkLimits(now)
  }

  /// The objects come row by row, and go to their columns column by column.
  private mutating func keep(_ bindings: Bindings, _ asked: [Int]) {
    let most = min(bindings.count, asked.count * (repetitions == 0 ? 1 : rows(of: asked)))
    for (offset, index) in asked.enumerated() where offset < most {
      guard let place = columns[index].take(bindings, from: offset, to: most, by: asked.count) else { continue }
      let oid = bindings.names[place]
      note(SNMPError(.notIncreasing, at: oid, "the agent's table does not go forward, so the walk ends here"))
    }
  }

  private mutating func cut(_ index: Int) {
    columns[index].isDone = true
    columns[index].isCut = true
  }

  /// The column an error points at has ended, and so has one that was asked for alone; noSuchName and errors without a
  /// place come here only then.
  private mutating func end(_ asked: [Int], _ response: Response, isFault: Bool) {
    let ended = response.position(in: asked.count).map { [asked[$0]] } ?? asked
    if isFault { note(response.error(at: ended.first.map { columns[$0].position })) }
    for index in ended {
      columns[index].isDone = true
      columns[index].isCut = isFault
    }
    if asked.count == 1 { width = columns.count }
  }

  private mutating func checkLimits(_ now: Double) {
    if let longest = columns.indices.first(where: { columns[$0].rows.count >= limits.rows && !columns[$0].isDone }) {
      stop(
        SNMPError(.limit, at: columns[longest].position, "the table has over \(limits.rows) rows; the rest is not read")
      )
    } else if bytes > limits.bytes {
      stop(SNMPError(.limit, "the table has over \(limits.bytes) bytes; the rest is not read"))
    } else if requests >= limits.requests {
      stop(SNMPError(.limit, "the table needs over \(limits.requests) requests; the rest is not read"))
    } else if now - began > limits.seconds {
      stop(SNMPError(.limit, "the table takes over \(Int(limits.seconds)) s; the rest is not read"))
    }
  }

  private mutating func note(_ error: SNMPError) { self.error = self.error ?? error }

  /// Ends the walk; what was read stays. After the last row there is nothing to end.
  mutating func stop(_ error: SNMPError) {
    guard let place = columns.indices.first(where: { !columns[$0].isDone }).map({ columns[$0].position }) else {
      return
    }
    var error = error
    error.oid = error.oid ?? place
    note(error)
    if isTrying || isDividing {
      for index in asked where columns[index].silence == nil { columns[index].silence = .suspected }
    }
    for index in columns.indices where !columns[index].isDone { cut(index) }
  }
}

// MARK: - Asking for less

extension Walker {
  /// Too big: fewer rows, then fewer columns.
  private mutating func shrink(_ asked: [Int], _ response: Response) {
    let rows = rows(of: asked)
    if repetitions > 0, rows > 1 {
      repetitions = rows / 2
      hasBackedOff = true
    } else if asked.count > 1 {
      width = asked.count / 2
    } else {
      stop(
        response.bindings.isEmpty && response.status == 0
          ? SNMPError(.garbage, "the agent answers without an object") : response.error(at: nil))
    }
  }

  /// After a lost answer: first half the rows, or as many as need no fragments; then a quarter of those; then GETNEXT;
  /// then fewer columns, until the one that is never answered is alone and given up. False when there is no less.
  mutating func retreat(_ error: SNMPError) -> Bool {
    let asked = self.asked
    (hasBackedOff, isTrying) = (true, true)
    guard repetitions > 0, !isDividing, asked.allSatisfy({ columns[$0].silence == nil }) else {
      return part(asked, error)
    }
    losses += 1
    let rows = rows(of: asked)
    switch losses {
    case 1: repetitions = min(rows / 2, unfragmentedRows(asked) ?? .max)
    case 2: repetitions = rows / 4
    default: repetitions = 0
    }
    return true
  }

  /// Rows for each GETBULK that were found to be few enough, 0 for GETNEXT; `nil` where they need not be fewer, or where
  /// it never came to an answer.
  var bearable: Int? { hasBackedOff && !isTrying ? repetitions : nil }

  var canAskForLess: Bool { repetitions > 0 || asked.count > 1 }

  /// Whether the same is worth asking twice when no answer comes: any datagram may get lost. While a column is looked
  /// for that is never answered only the last question is.
  var isWorthRepeating: Bool { !isDividing || !isTrying || asked.count == 1 }

  private mutating func part(_ asked: [Int], _ error: SNMPError) -> Bool {
    (isDividing, repetitions) = (true, answered)
    if asked.count > 1 {
      width = asked.count / 2
      return true
    }
    guard givenUp == nil, let only = asked.first else { return false }
    if columns[only].silence == .suspected { columns[only].silence = .certain } else { givenUp = only }
    var error = error
    error.oid = columns[only].position
    note(error)
    cut(only)
    width = columns.count
    return true
  }

  /// Asks for fewer columns where an error does not say which one it is about.
  private mutating func divide(_ asked: [Int], _ response: Response) -> Bool {
    guard asked.count > 1, response.position(in: asked.count) == nil else { return false }
    width = asked.count / 2
    return true
  }

  private func unfragmentedRows(_ asked: [Int]) -> Int? {
    guard objects > 0, bytes > 0 else { return nil }
    return max(1, Walker.unfragmented * objects / bytes / max(1, asked.count))
  }
}
