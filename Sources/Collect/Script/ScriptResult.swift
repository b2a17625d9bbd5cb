import Model

/// The answers of a job's script put together: metrics named, counters turned into rates, failures into one.
struct ScriptResult {
  private(set) var measurements: [Measurement] = []
  private(set) var facts: [Fact] = []
  private var failures: [(item: String?, failure: Failure)] = []
  private var counters: [String: CounterReading] = [:]
  private var readAt: [String: Double] = [:]
  private let before: JobMemory?
  private let longest: Double
  /// Each number becomes a series with a file's room on the disk; one careless script must not fill it.
  private static let mostNumbers = 500

  /// `longest` is the gap in seconds over which a rate still speaks for its slot.
  init(before: JobMemory?, longest: Double) {
    self.before = before
    self.longest = longest
  }

  mutating func add(_ answer: ScriptRun.Answer, item: String?) {
    facts += answer.facts.map { named($0, item) }
    switch answer.reading {
    case .failure(let failure): failures.append((item, failure))
    case .success(let reading):
      facts += reading.facts.map { named($0, item) }
      if let failure = reading.failure ?? reading.silence { failures.append((item, failure)) }
      add(reading.values, item: item, readAt: answer.readAt)
    }
  }

  private mutating func add(_ values: [ScriptValue], item: String?, readAt now: Double) {
    guard measurements.count + values.count <= Self.mostNumbers else {
      let count = countText(measurements.count + values.count)
      failures.append(
        (item, Failure(.garbage, "it printed \(count) numbers, and a job has \(Self.mostNumbers) at most; split it")))
      return
    }
    if let label = repeated(values) {
      failures.append((item, Failure(.garbage, "it printed \(quoted(label)) twice; which one counts?")))
      return
    }
    let names = metricNames(for: values.map(\.label))
    for value in values {
      let metric = names[value.label] ?? value.label
      let instance = [item, value.instance].compactMap { $0 }.joined(separator: "/")
      let number = value.isCounter ? rate(value, key: "\(instance) \(metric)", item: item, now: now) : value.value
      measurements.append(Measurement(metric, number, value.unit, instance: instance.isEmpty ? nil : instance))
    }
  }

  private func repeated(_ values: [ScriptValue]) -> String? {
    Dictionary(grouping: values) { "\($0.instance ?? "")\0\($0.label)" }.values.first { $0.count > 1 }?.first?.label
  }

  /// A counter's growth for each second since the item last told it.
  private mutating func rate(_ value: ScriptValue, key: String, item: String?, now: Double) -> Double? {
    guard let count = value.value, count >= 0, count < 1.8e19 else { return nil }
    let reading = CounterReading(UInt64(count), bits: 64)
    let note = "read \(item ?? "")"
    counters[key] = reading
    readAt[note] = now
    let last = before?.notes[note].flatMap { Double($0) }.map { ReadingTime(readAt: $0) }
    let gap = ReadingGap(from: last, to: ReadingTime(readAt: now), longest: longest)
    return Collect.rate(from: before?.counters[key], to: reading, over: gap).value
  }

  /// Only a job with counters has something to remember. What an item that failed this time told last is kept.
  var memory: JobMemory? {
    guard !counters.isEmpty else { return nil }
    return JobMemory(
      readAt: readAt.values.max() ?? 0, counters: (before?.counters ?? [:]).merging(counters) { $1 },
      notes: (before?.notes ?? [:]).merging(readAt.mapValues { String($0) }) { $1 })
  }

  /// One failure for the job: the only one, or the first and how many there are.
  func failure(of count: Int) -> Failure? {
    guard let first = failures.first else { return nil }
    let message = first.item.map { "\($0): \(first.failure.message)" } ?? first.failure.message
    let share = failures.count > 1 ? "\(failures.count) of \(count) failed; " : ""
    return Failure(first.failure.kind, "\(share)\(message)".printable())
  }

  private func named(_ fact: Fact, _ item: String?) -> Fact {
    Fact((item.map { "\($0) \(fact.name)" } ?? fact.name).printable(limit: 80), fact.text)
  }
}
