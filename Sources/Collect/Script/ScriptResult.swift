import Model

/// The answers of a job's script put together: metrics named, counters turned into rates, failures into one.
struct ScriptResult {
  private(set) var measurements: [Measurement] = []
  private(set) var facts: [Fact] = []
  private var failures: [(item: String?, failure: Failure)] = []
  private var silent: [String?] = []
  private var counters: ScriptCounters
  private let step: Int
  /// What is told of the first number outside its bounds.
  private var outside: String?
  /// Each number becomes a series with a file's room on the disk; one careless script must not fill it.
  private static let mostNumbers = 500
  /// Facts are kept for the page of a job, which a person reads.
  private static let mostFacts = 50

  /// `step` is the job's own, in seconds: what is older does not speak for the slot.
  init(before: JobMemory?, step: Int) {
    self.step = step
    counters = ScriptCounters(before: before, longest: Double(step) * 2.5)
  }

  mutating func add(_ answer: ScriptRun.Answer, item: String?) {
    add(answer.facts, item)
    switch answer.reading {
    case .failure(let failure):
      failures.append((item, failure))
      silent.append(item)
    case .success(let reading):
      add(reading.facts, item)
      let series = bySeries(reading.values)
      var known = reading
      known.values = series.compactMap { samples in samples.last { $0.value != nil } ?? samples.last }
      if let failure = reading.failure ?? known.silence { failures.append((item, failure)) }
      add(series, item: item, readAt: answer.readAt)
    }
  }

  private mutating func add(_ series: [[ScriptValue]], item: String?, readAt now: Double) {
    let values = series.compactMap(\.last)
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
    if let reason = stale(values, now) { failures.append((item, Failure(.garbage, reason))) }
    let names = metricNames(for: values.map(\.label))
    outside = nil
    for (samples, value) in zip(series, values) {
      let metric = names[value.label] ?? value.label
      let instance = [item, value.instance].compactMap { $0 }.joined(separator: "/")
      let number = kept(of: samples, key: "\(instance) \(metric)", item: item, now: now)
      measurements.append(Measurement(metric, number, value.unit, instance: instance.isEmpty ? nil : instance))
    }
    if let outside { failures.append((item, Failure(.mismatch, outside))) }
  }

  /// What is kept of the samples of one series: a rate for all that counts, for others the mean of the last step, as RRD
  /// consolidates; nothing from another time or outside its bounds.
  private mutating func kept(of samples: [ScriptValue], key: String, item: String?, now: Double) -> Double? {
    guard let newest = samples.last, isTimely(newest, now) else { return nil }
    guard newest.kind != .gauge else { return mean(of: samples.filter { isOfOneStep($0, newest) }) }
    guard let count = count(of: samples, key: key) else { return nil }
    let rate = counters.rate(of: count, key: key, item: item, now: now)
    // It fell between two samples of its own: it began anew, and what lies between is not known.
    let fell =
      newest.kind == .counter && zip(samples, samples.dropFirst()).contains { ($0.value ?? 0) > ($1.value ?? 0) }
    guard let rate, !fell, isKept(rate, newest) else { return nil }
    return rate
  }

  private func isOfOneStep(_ sample: ScriptValue, _ newest: ScriptValue) -> Bool {
    sample.time.map { $0 > (newest.time ?? 0) - Double(step) } ?? true
  }

  private mutating func mean(of samples: [ScriptValue]) -> Double? {
    var known: [Double] = []
    for sample in samples {
      if let value = sample.value, isKept(value, sample) { known.append(value) }
    }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }

  /// The count to take: the newest known; of those since the last reading the sum, each once.
  private func count(of samples: [ScriptValue], key: String) -> ScriptValue? {
    guard let newest = samples.last, newest.kind == .absolute, samples.count > 1 else {
      return samples.last { $0.value != nil } ?? samples.last
    }
    let last = counters.lastTime(of: key) ?? -.infinity
    let fresh = samples.filter { ($0.time ?? 0) > last }
    var sum = newest
    sum.value =
      fresh.isEmpty ? nil : fresh.reduce(0) { sum, sample in sum.flatMap { sum in sample.value.map { sum + $0 } } }
    return sum
  }

  /// Whether a number lies within what is known of its series; the first that does not is told.
  private mutating func isKept(_ number: Double, _ value: ScriptValue) -> Bool {
    if value.isInBounds(number) { return true }
    let bound = number < value.lowest ?? -.infinity ? "less than its minimum" : "more than its maximum"
    outside = outside ?? "\(quoted(value.label)) is \(number), \(bound)"
    return false
  }

  private func isTimely(_ value: ScriptValue, _ now: Double) -> Bool {
    value.time.map { abs(now - $0) <= Double(step) } ?? true
  }

  private func stale(_ values: [ScriptValue], _ now: Double) -> String? {
    let others = values.filter { !isTimely($0, now) }
    guard let first = others.first, let time = first.time else { return nil }
    let more = others.count > 1 ? " (and \(others.count - 1) more)" : ""
    let age = Int(min(abs(now - time), 1e11))
    let place = time < now ? "is \(age) s old" : "lies \(age) s ahead"
    return "\(quoted(first.label)) \(place)\(more); a slot is \(step) s"
  }

  private func repeated(_ values: [ScriptValue]) -> String? {
    var seen: Set<[String]> = []
    return values.first { !seen.insert([$0.instance ?? "", $0.label]).inserted }?.label
  }

  /// Only a job with counters has something to remember. What an item that failed this time told last is kept.
  var memory: JobMemory? { counters.memory(keeping: silent) }

  /// One failure for the job: the only one, or the first and how many there are.
  func failure(of count: Int) -> Failure? {
    guard let first = failures.first else { return nil }
    let message = first.item.map { "\($0): \(first.failure.message)" } ?? first.failure.message
    // Of one script every trouble is its own.
    let items = Set(failures.map { $0.item ?? "" }).count
    let share = count > 1 && items > 1 ? "\(items) of \(count) failed; " : ""
    return Failure(first.failure.kind, "\(share)\(message)".printable())
  }

  private mutating func add(_ more: [Fact], _ item: String?) {
    facts += more.prefix(max(0, Self.mostFacts - facts.count)).map { fact in
      Fact((item.map { "\($0) \(fact.name)" } ?? fact.name).printable(limit: 80), fact.text)
    }
  }
}

/// The samples of each series in the order of their times: one, unless a script tells several with times of their own.
///
/// Instances come out safe, so two that differ only in what was made safe are seen to be one.
private func bySeries(_ values: [ScriptValue]) -> [[ScriptValue]] {
  var result: [[ScriptValue]] = []
  var places: [[String]: Int] = [:]
  for var value in values {
    value.instance = value.instance.flatMap(instanceName)
    let key = [value.instance ?? "", value.label]
    if let place = places[key], value.time != nil,
      result[place].allSatisfy({ $0.time != nil && $0.time != value.time })
    {
      result[place].append(value)
    } else {
      places[key] = result.count
      result.append([value])
    }
  }
  return result.map { $0.count > 1 ? $0.sorted { ($0.time ?? 0) < ($1.time ?? 0) } : $0 }
}

extension ScriptValue {
  fileprivate func isInBounds(_ number: Double) -> Bool {
    number >= lowest ?? -.infinity && number <= highest ?? .infinity
  }
}
