import Model

/// What the counters of a job's script stood at, before and now; rates are what lies between.
struct ScriptCounters {
  private let before: JobMemory?
  private let longest: Double
  private var counters: [String: CounterReading] = [:]
  /// `read ITEM`: when an item was read. `at KEY`: the time a script gave with a count. `count KEY`: a count that is
  /// no whole number.
  private var notes: [String: String] = [:]
  private var readAt = 0.0

  /// `longest` is the gap in seconds over which a rate still speaks for its slot.
  init(before: JobMemory?, longest: Double) {
    self.before = before
    self.longest = longest
  }

  /// The growth for each second since the count was last told; `now` is when the item was read, in seconds since 1970.
  mutating func rate(of value: ScriptValue, key: String, item: String?, now: Double) -> Double? {
    guard let count = value.value, count.isFinite, value.kind == .derive || count >= 0 else { return nil }
    let time = value.time ?? now
    let lastTime = before?.notes[value.time == nil ? "read \(item ?? "")" : "at \(key)"].flatMap { Double($0) }
    remember(count, value, key: key, item: item, now: now)
    let gap = ReadingGap(
      from: lastTime.map { ReadingTime(readAt: $0) }, to: ReadingTime(readAt: time), longest: longest)
    if case .broken = gap.continuity { return nil }
    return growth(of: value.kind, to: count, key: key, over: gap)
  }

  /// The time a script gave with the last count that was taken.
  func lastTime(of key: String) -> Double? { before?.notes["at \(key)"].flatMap { Double($0) } }

  private mutating func remember(_ count: Double, _ value: ScriptValue, key: String, item: String?, now: Double) {
    readAt = max(readAt, now)
    notes["read \(item ?? "")"] = String(now)
    if let time = value.time { notes["at \(key)"] = String(time) }
    if let whole = ScriptCounters.whole(count) {
      counters[key] = whole
    } else {
      notes["count \(key)"] = String(count)
    }
  }

  private func growth(of kind: ScriptValue.Kind, to count: Double, key: String, over gap: ReadingGap) -> Double? {
    if kind == .absolute { return count / gap.seconds }
    if let whole = ScriptCounters.whole(count), let last = before?.counters[key], kind == .counter {
      return Collect.rate(from: last, to: whole, over: gap).value
    }
    guard
      let last = before?.counters[key].map({ Double($0.value) }) ?? before?.notes["count \(key)"].flatMap(Double.init)
    else { return nil }
    // A fall is a counter that wrapped or began anew; without the source's own clock nobody can tell which.
    return kind == .counter && count < last ? nil : (count - last) / gap.seconds
  }

  private static func whole(_ count: Double) -> CounterReading? {
    guard count >= 0, count < 1.8e19, count == count.rounded() else { return nil }
    return CounterReading(UInt64(count), bits: 64)
  }

  /// What to remember, and of `items` that failed what they told last; `nil` where there is nothing.
  func memory(keeping items: [String?]) -> JobMemory? {
    guard !notes.isEmpty else { return nil }
    return JobMemory(
      readAt: readAt, counters: (before?.counters ?? [:]).filter { isOf(items, $0.key) }.merging(counters) { $1 },
      notes: (before?.notes ?? [:]).filter { isNote(of: items, $0.key) }.merging(notes) { $1 })
  }

  private func isOf(_ items: [String?], _ key: String) -> Bool {
    items.contains { item in
      guard let item else { return true }
      return key.hasPrefix("\(item) ") || key.hasPrefix("\(item)/")
    }
  }

  private func isNote(of items: [String?], _ name: String) -> Bool {
    guard let space = name.firstIndex(of: " ") else { return false }
    let key = String(name[space...].dropFirst())
    return items.contains(key) || isOf(items, key)
  }
}
