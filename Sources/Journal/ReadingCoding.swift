package import Model

/// The first byte of every record; a later layout takes the next number and this one stays readable.
private let layout: UInt8 = 1

extension Reading {
  /// The payload of a journal record.
  package var encoded: [UInt8] {
    var writer = ByteWriter(reserving: 64 + measurements.count * 24)
    writer.byte(layout)
    writer.string(job.host)
    writer.string(job.job)
    writer.integer(slot.seconds)
    writer.integer(step)
    writer.put(cost)
    writer.put(failure)
    writer.count(facts.count)
    for fact in facts {
      writer.string(fact.name)
      writer.string(fact.text)
    }
    writer.put(measurements)
    return writer.bytes
  }

  /// Throws where the bytes are not a reading of a known layout, to the last byte.
  package init(encoded: ArraySlice<UInt8>) throws(ByteReader.Malformed) {
    var reader = ByteReader(encoded)
    guard try reader.byte() == layout else { throw ByteReader.Malformed(offset: 0) }
    let job = JobID(host: try reader.string(), job: try reader.string())
    let slot = Instant(try reader.integer())
    let step = try reader.integer()
    let cost = try reader.cost()
    let failure = try reader.failure()
    var facts: [Fact] = []
    for _ in 0..<(try reader.count()) { facts.append(Fact(try reader.string(), try reader.string())) }
    let measurements = try reader.measurements()
    guard reader.isAtEnd else { throw ByteReader.Malformed(offset: encoded.count) }
    self.init(
      job: job, slot: slot, step: step, measurements: measurements, failure: failure, facts: facts, cost: cost)
  }
}

/// What a measurement shares with the one before it is not written again: the rows of a table differ in little.
private enum Shared {
  static let hasValue: UInt8 = 1
  static let hasInstance: UInt8 = 2
  static let sameInstance: UInt8 = 4
  static let sameUnit: UInt8 = 8
}

extension ByteWriter {
  fileprivate mutating func put(_ cost: Cost) {
    integer(cost.startedAfter)
    integer(cost.milliseconds)
    integer(cost.bytes)
    integer(cost.retries)
  }

  fileprivate mutating func put(_ failure: Failure?) {
    string(failure?.kind.rawValue ?? "")
    if let failure { string(failure.message) }
  }

  fileprivate mutating func put(_ measurements: [Measurement]) {
    count(measurements.count)
    for place in measurements.indices { put(place, of: measurements) }
  }

  /// By its place, for a measurement taken out is copied.
  private mutating func put(_ place: Int, of measurements: [Measurement]) {
    let isFirst = place == measurements.startIndex
    let sameInstance = !isFirst && measurements[place - 1].instance == measurements[place].instance
    let sameUnit = !isFirst && measurements[place - 1].unit == measurements[place].unit
    var shared: UInt8 = 0
    if measurements[place].value != nil { shared |= Shared.hasValue }
    if measurements[place].instance != nil { shared |= Shared.hasInstance }
    if sameInstance { shared |= Shared.sameInstance }
    if sameUnit { shared |= Shared.sameUnit }
    byte(shared)
    string(measurements[place].metric)
    if let value = measurements[place].value { double(value) }
    if !sameInstance, let instance = measurements[place].instance { string(instance) }
    if !sameUnit {
      string(measurements[place].unit.symbol)
      string(measurements[place].unit.scale.rawValue)
    }
  }
}

extension ByteReader {
  fileprivate mutating func cost() throws(Malformed) -> Cost {
    Cost(
      startedAfter: try integer(), milliseconds: try integer(), bytes: try integer(), retries: try integer())
  }

  fileprivate mutating func failure() throws(Malformed) -> Failure? {
    let name = try string()
    if name.isEmpty { return nil }
    guard let kind = Failure.Class(rawValue: name) else { throw Malformed(offset: 0) }
    return Failure(kind, try string())
  }

  fileprivate mutating func measurements() throws(Malformed) -> [Measurement] {
    var result: [Measurement] = []
    // Rows come with the same metrics one after the other: where the row before begins, and so the text that is likely.
    var row = (start: 0, before: 0)
    let count = try count()
    result.reserveCapacity(min(count, 100_000))
    for place in 0..<count {
      let shared = try byte()
      if shared & Shared.sameInstance == 0 { row = (place, row.start) }
      let likely = row.before + place - row.start
      let metric = try string(likely: likely < place ? result[likely].metric : "")
      let value = shared & Shared.hasValue != 0 ? try double() : nil
      var instance: String?
      if shared & Shared.sameInstance != 0 {
        instance = place == 0 ? nil : result[place - 1].instance
      } else if shared & Shared.hasInstance != 0 {
        instance = try string()
      }
      let unit = shared & Shared.sameUnit != 0 && place > 0 ? result[place - 1].unit : try unit()
      result.append(Measurement(metric, value, unit, instance: instance))
    }
    return result
  }

  private mutating func unit() throws(Malformed) -> Unit {
    let symbol = try string()
    guard let scale = Unit.Scale(rawValue: try string()) else { throw Malformed(offset: 0) }
    return Unit(symbol, scale: scale)
  }
}
