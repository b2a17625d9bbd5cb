import Model

/// The answers of a job's script put together: metrics named, counters turned into rates, failures into one.
struct ScriptResult {
  private(set) var measurements: [Measurement] = []
  private(set) var facts: [Fact] = []
  private var failures: [(item: String?, failure: Failure)] = []
  private var silent: [String?] = []
  private var counters: ScriptCounters
  private let step: Int
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
      if let failure = reading.failure ?? reading.silence { failures.append((item, failure)) }
      add(onePerSeries(reading.values, within: Double(step)), item: item, readAt: answer.readAt)
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
    if let reason = stale(values, now) { failures.append((item, Failure(.garbage, reason))) }
    let names = metricNames(for: values.map(\.label))
    for value in values {
      let metric = names[value.label] ?? value.label
      let instance = [item, value.instance].compactMap { $0 }.joined(separator: "/")
      let number = kept(of: value, key: "\(instance) \(metric)", item: item, now: now)
      measurements.append(Measurement(metric, number, value.unit, instance: instance.isEmpty ? nil : instance))
    }
  }

  /// What is kept of a value: a rate for all that counts, and nothing from another time or outside its bounds.
  private mutating func kept(of value: ScriptValue, key: String, item: String?, now: Double) -> Double? {
    guard isTimely(value, now) else { return nil }
    let number = value.kind == .gauge ? value.value : counters.rate(of: value, key: key, item: item, now: now)
    guard let number, number >= value.lowest ?? number, number <= value.highest ?? number else { return nil }
    return number
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
    let share = failures.count > 1 ? "\(failures.count) of \(max(count, failures.count)) failed; " : ""
    return Failure(first.failure.kind, "\(share)\(message)".printable())
  }

  private mutating func add(_ more: [Fact], _ item: String?) {
    facts += more.prefix(max(0, Self.mostFacts - facts.count)).map { fact in
      Fact((item.map { "\($0) \(fact.name)" } ?? fact.name).printable(limit: 80), fact.text)
    }
  }
}

/// Of several samples of one series with times of their own: the mean of the last `step` seconds, as RRD consolidates; of
/// a count the newest, since growth is what lies between; of counts since the last reading their sum.
///
/// Instances come out safe, so two that differ only in what was made safe are seen to be one.
private func onePerSeries(_ values: [ScriptValue], within step: Double) -> [ScriptValue] {
  var result: [ScriptValue] = []
  var places: [[String]: Int] = [:]
  var samples: [Int: [ScriptValue]] = [:]
  for var value in values {
    value.instance = value.instance.flatMap(instanceName)
    let key = [value.instance ?? "", value.label]
    guard let time = value.time, let place = places[key], let other = result[place].time,
      samples[place, default: [result[place]]].allSatisfy({ $0.time != time })
    else {
      places[key] = result.count
      result.append(value)
      continue
    }
    samples[place, default: [result[place]]].append(value)
    if time > other { result[place] = value }
  }
  for (place, samples) in samples { result[place].value = number(of: samples, like: result[place], within: step) }
  return result
}

private func number(of samples: [ScriptValue], like newest: ScriptValue, within step: Double) -> Double? {
  switch newest.kind {
  case .absolute: return samples.reduce(0) { sum, sample in sum.flatMap { sum in sample.value.map { sum + $0 } } }
  case .counter, .derive: return newest.value
  case .gauge:
    let end = newest.time ?? 0
    let known = samples.filter { ($0.time ?? 0) > end - step }.compactMap(\.value)
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}
