/// Reads the columns of a table side by side, row after row, within limits.
struct Walker {
  /// What is read of one table at most (a device may list for ever).
  struct Limits {
    var rows = 10_000
    var bytes = 5_000_000
  }

  private struct Column {
    let root: OID
    var position: OID
    var rows = 0
    var isDone = false
  }

  /// Objects in one answer: more would need several fragments, and a lost one loses them all.
  private static let objectsInAnswer = 100

  private(set) var bindings: [VarBind] = []
  private(set) var error: SNMPError?
  /// Rows in one GETBULK; 0 for GETNEXT.
  private(set) var repetitions: Int
  private(set) var hasRetreated = false
  private var columns: [Column]
  /// Columns in one request; halved when even one row is too big.
  private var width: Int
  private var bytes = 0
  private let limits: Limits

  /// `repetitions` 0 asks with GETNEXT, as version 1 must.
  init(_ columns: [OID], repetitions: Int, limits: Limits = Limits()) {
    self.columns = columns.map { Column(root: $0, position: $0) }
    self.repetitions = max(0, repetitions)
    self.limits = limits
    width = max(1, columns.count)
  }

  /// What to ask next; `nil` when every column has ended.
  func next() -> Request? {
    let asked = self.asked
    guard !asked.isEmpty else { return nil }
    return Request(kind: repetitions == 0 ? .next : .bulk(rows), oids: asked.map { columns[$0].position })
  }

  private var asked: [Int] { Array(columns.indices.filter { !columns[$0].isDone }.prefix(width)) }
  private var rows: Int { max(1, min(repetitions, Walker.objectsInAnswer / max(1, asked.count))) }

  mutating func take(_ response: Response) {
    bytes += response.bytes
    switch Response.Status(rawValue: response.status) {
    case .noError where response.bindings.isEmpty: shrink(response)
    case .noError: keep(response)
    case .tooBig: shrink(response)
    case .noSuchName: end(response, with: nil)
    default: end(response, with: response)
    }
    checkLimits()
  }

  /// Row by row; every object must lie under its column and behind the one before.
  private mutating func keep(_ response: Response) {
    let asked = self.asked
    let most = asked.count * (repetitions == 0 ? 1 : rows)
    for (index, binding) in response.bindings.prefix(most).enumerated() {
      add(binding, to: asked[index % asked.count])
    }
  }

  private mutating func add(_ binding: VarBind, to index: Int) {
    let column = columns[index]
    guard !column.isDone else { return }
    guard binding.value.exists, binding.oid.hasPrefix(column.root) else {
      columns[index].isDone = true
      return
    }
    guard column.position < binding.oid else {
      note(Walker.backwards(at: binding.oid))
      columns[index].isDone = true
      return
    }
    columns[index].position = binding.oid
    columns[index].rows += 1
    bindings.append(binding)
  }

  private static func backwards(at oid: OID) -> SNMPError {
    SNMPError(.garbage, at: oid, "the agent's table does not go forward, so the walk ends here")
  }

  private mutating func shrink(_ response: Response) {
    let asked = self.asked
    if repetitions > 0, rows > 1 {
      repetitions = rows / 2
    } else if asked.count > 1 {
      width = asked.count / 2
    } else {
      stop(
        response.bindings.isEmpty && response.status == 0
          ? SNMPError(.garbage, "the agent answers without an object") : response.error(at: nil))
    }
  }

  /// The column an error points at has ended; without a place, all that were asked have.
  private mutating func end(_ response: Response, with fault: Response?) {
    let asked = self.asked
    let ended = response.position(in: asked.count).map { [asked[$0]] } ?? asked
    if let fault { note(fault.error(at: ended.first.map { columns[$0].position })) }
    for index in ended { columns[index].isDone = true }
  }

  private mutating func checkLimits() {
    if let longest = columns.first(where: { $0.rows >= limits.rows && !$0.isDone }) {
      stop(SNMPError(.limit, at: longest.position, "the table has over \(limits.rows) rows; the rest is not read"))
    } else if bytes > limits.bytes {
      stop(SNMPError(.limit, "the table has over \(limits.bytes) bytes; the rest is not read"))
    }
  }

  /// After a lost answer: asks for less, once with half the rows and once with one; false when there is no less.
  mutating func retreat() -> Bool {
    guard repetitions > 0 else { return false }
    repetitions = hasRetreated ? 0 : rows / 2
    hasRetreated = true
    return true
  }

  private mutating func note(_ error: SNMPError) { self.error = self.error ?? error }

  /// Ends the walk; what was read stays.
  mutating func stop(_ error: SNMPError) {
    var error = error
    error.oid = error.oid ?? columns.first { !$0.isDone }?.position
    note(error)
    for index in columns.indices { columns[index].isDone = true }
  }
}
