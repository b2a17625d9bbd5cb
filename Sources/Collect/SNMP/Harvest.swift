import Model

/// The numbers of one reading as they are gathered, and the counters to remember.
struct Harvest {
  private(set) var measurements: [Measurement] = []
  private(set) var counters: [String: CounterReading] = [:]
  private(set) var trouble: Failure?
  /// Rows that have another index than last time.
  var renumbered = 0
  private var texts: [Fact] = []
  private var unknown: [Rate.Reason: Int] = [:]
  private let memory: JobMemory?
  private let gap: ReadingGap

  /// A rate still speaks for its slot when two runs were missed.
  init(memory: JobMemory?, time: ReadingTime, step: Int) {
    self.memory = memory
    gap = ReadingGap(
      from: memory?.time, to: time, longest: Double(step) * 3.5, uptimeWraps: ReadingTime.sysUpTimeWraps)
  }

  /// Names the reasons of missing rates; that a first reading has none is no news.
  var facts: [Fact] {
    let moves = renumbered > 0 ? [Fact("Renumbered", "\(renumbered) rows have another index than before")] : []
    let reasons = unknown.filter { $0.key != .firstReading }.sorted { $0.key.rawValue < $1.key.rawValue }
    guard !reasons.isEmpty else { return texts + moves }
    let text = reasons.map { "\($0.key.rawValue) (\($0.value))" }.joined(separator: ", ")
    return texts + moves + [Fact("Rates unknown", text)]
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
    let key = Harvest.key(metric, instance)
    let before = memory?.counters[key]
    guard let now else {
      if before != nil { add(metric, nil, unit, of: instance) }
      return
    }
    counters[key] = now
    let rate = rate(from: before, to: now, over: gap, ceiling: ceiling, isDiscontinuous: isDiscontinuous)
    if let reason = rate.reason { unknown[reason, default: 0] += 1 }
    add(metric, rate.value.map { $0 * scale }, unit, of: instance)
  }

  /// Remembers a number that tells whether a counter ran on; true where it is another one than before.
  mutating func hasChanged(_ mark: String, _ now: UInt64?, of instance: String) -> Bool {
    guard let now else { return false }
    let key = Harvest.key(mark, instance)
    counters[key] = CounterReading(now, bits: 64)
    return memory?.counters[key].map { $0.value != now } ?? false
  }

  /// What `hasChanged` remembered.
  func remembered(_ mark: String, of instance: String) -> UInt64? {
    memory?.counters[Harvest.key(mark, instance)]?.value
  }

  /// Metrics have no blanks, so a key names one counter whatever the instance is called.
  private static func key(_ metric: String, _ instance: String?) -> String {
    instance.map { "\(metric) \($0)" } ?? metric
  }
}
