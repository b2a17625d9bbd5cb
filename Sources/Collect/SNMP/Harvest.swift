import Model

/// The numbers of one reading as they are gathered, and the counters to remember.
struct Harvest {
  private(set) var measurements: [Measurement] = []
  private(set) var counters: [String: CounterReading] = [:]
  private var finished: [String: CounterRow] = [:]
  /// The row whose counters come now, what was remembered of it, and what will be: their readings, and their names
  /// where they are not those of the row before.
  private var row: String?
  private var before: CounterRow?
  private var names: [String] = []
  private var readings: [CounterReading] = []
  private(set) var trouble: Failure?
  /// Rows that have another index than last time.
  var renumbered = 0
  private var texts: [Fact] = []
  private var unknown: [Rate.Reason: Int] = [:]
  static let toldNote = "told"
  private let memory: JobMemory?
  private let gap: ReadingGap

  /// A rate still speaks for its slot when two runs were missed.
  init(memory: JobMemory?, time: ReadingTime, step: Int) {
    self.memory = memory
    told = Set((memory?.notes[Harvest.toldNote] ?? "").split(separator: " ").map(String.init))
    gap = ReadingGap(
      from: memory?.time, to: time, longest: Double(step) * 3.5, uptimeWraps: ReadingTime.sysUpTimeWraps)
  }

  /// Names the reasons of missing rates; that a first reading has none is no news.
  var facts: [Fact] {
    let moves = renumbered > 0 ? [Fact("Renumbered", "\(renumbered) rows have another index than before")] : []
    let reasons = unknown.sorted { $0.key.rawValue < $1.key.rawValue }
    guard !reasons.isEmpty else { return texts + moves }
    let text = reasons.map { "\($0.key.rawValue) (\($0.value))" }.joined(separator: ", ")
    return texts + moves + [Fact("Rates unknown", text)]
  }

  /// Makes room for the numbers of a table.
  mutating func expect(rows: Int, metrics: Int) {
    measurements.reserveCapacity(measurements.count + rows * metrics)
    finished.reserveCapacity(rows)
  }

  /// The counters of all rows.
  var rows: [String: CounterRow] {
    var all = self
    all.close()
    return all.finished
  }

  mutating func add(_ metric: String, _ value: Double?, _ unit: Unit, of instance: String? = nil) {
    measurements.append(Measurement(metric, value, unit, instance: instance))
  }

  mutating func add(_ fact: Fact) { texts.append(fact) }

  /// The first trouble stands.
  mutating func note(_ kind: Failure.Class, _ message: String) { trouble = trouble ?? Failure(kind, message) }

  /// Adds the rate of a counter, times `scale`. A counter that is missing, and was there before, is unknown.
  mutating func count(
    _ metric: String, _ now: CounterReading?, scale: Double = 1, _ unit: Unit, of instance: String? = nil,
    ceiling: Double? = nil, isDiscontinuous: Bool = false
  ) {
    let before = before(metric, of: instance)
    guard let now else {
      if before != nil { add(metric, nil, unit, of: instance) }
      return
    }
    keep(metric, now, of: instance)
    let rate = rate(from: before, to: now, over: gap, ceiling: ceiling, isDiscontinuous: isDiscontinuous)
    if let reason = rate.reason, reason != .firstReading { unknown[reason, default: 0] += 1 }
    add(metric, rate.value.map { $0 * scale }, unit, of: instance)
  }

  /// Remembers a number that tells whether a counter ran on; true where it is another one than before.
  mutating func hasChanged(_ mark: String, _ now: UInt64?, of instance: String) -> Bool {
    guard let now else { return false }
    let before = before(mark, of: instance)
    keep(mark, CounterReading(now, bits: 64), of: instance)
    return before.map { $0.value != now } ?? false
  }

  /// Single objects the agent told, now or before, by metric: a note of the memory.
  private(set) var told: Set<String>

  func hasTold(_ metric: String) -> Bool { told.contains(metric) }

  mutating func tell(_ metric: String) { told.insert(metric) }

  /// Whether a row of that name was read before.
  func remembers(_ row: String) -> Bool { memory?.rows[row] != nil }

  /// What `hasChanged` remembered.
  mutating func remembered(_ mark: String, of instance: String) -> UInt64? { before(mark, of: instance)?.value }

  private mutating func before(_ name: String, of instance: String?) -> CounterReading? {
    guard let instance else { return memory?.counters[name] }
    turn(to: instance)
    return before?.reading(name, near: readings.count)
  }

  private mutating func keep(_ name: String, _ reading: CounterReading, of instance: String?) {
    guard let instance else {
      counters[name] = reading
      return
    }
    turn(to: instance)
    // Rows of one shape share their names.
    if readings.count < names.count, names[readings.count] != name { names.removeSubrange(readings.count...) }
    if readings.count == names.count { names.append(name) }
    readings.append(reading)
  }

  /// Rows come one after the other, each once.
  private mutating func turn(to instance: String) {
    if row == instance { return }
    close()
    row = instance
    before = memory?.rows[instance]
    readings.reserveCapacity(max(names.count, before?.count ?? 0))
  }

  private mutating func close() {
    guard let row, !readings.isEmpty else { return }
    if names.count > readings.count { names.removeSubrange(readings.count...) }
    finished[row] = CounterRow(names, readings)
    readings = []
  }
}
