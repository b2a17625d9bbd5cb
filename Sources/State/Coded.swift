import Foundation
import Model

private let layout: UInt8 = 1
/// Of what is known of a job: 1 had nothing that was learned.
private let recordLayout: UInt8 = 2

extension JobMemory {
  /// The second has rows; the first is still read.
  private static let layout: UInt8 = 2

  /// JSON takes ten times as long to read, and there may be ten thousand of these.
  var coded: Data {
    let count = counters.count + rows.values.reduce(0) { $0 + $1.count + 1 }
    var writer = ByteWriter(reserving: 32 + count * 24)
    writer.byte(JobMemory.layout)
    writer.double(readAt)
    writer.byte(uptime == nil ? 0 : 1)
    if let uptime { writer.double(uptime) }
    writer.count(counters.count)
    for (name, counter) in counters {
      writer.string(name)
      writer.unsigned(counter.value)
      writer.integer(counter.bits)
    }
    writer.count(notes.count)
    for (name, text) in notes {
      writer.string(name)
      writer.string(text)
    }
    writer.put(rows)
    return Data(writer.bytes)
  }

  init(coded: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(coded)
    let layout = try reader.byte()
    guard (1...JobMemory.layout).contains(layout) else { throw ByteReader.Malformed(offset: 0) }
    let readAt = try reader.double()
    let uptime = try reader.byte() == 1 ? try reader.double() : nil
    var counters: [String: CounterReading] = [:]
    for _ in 0..<(try reader.count()) {
      let name = try reader.string()
      counters[name] = CounterReading(try reader.unsigned(), bits: try reader.integer())
    }
    var notes: [String: String] = [:]
    for _ in 0..<(try reader.count()) { notes[try reader.string()] = try reader.string() }
    let rows = layout > 1 ? try reader.counterRows() : [:]
    self.init(readAt: readAt, uptime: uptime, counters: counters, rows: rows, notes: notes)
  }
}

extension ByteWriter {
  fileprivate mutating func put(_ rows: [String: CounterRow]) {
    count(rows.count)
    var before: [String]?
    for (name, row) in rows {
      string(name)
      // The rows of a table mostly have the same counters.
      byte(row.names == before ? 1 : 0)
      if row.names != before {
        count(row.count)
        for name in row.names { string(name) }
        before = row.names
      }
      for reading in row.readings {
        unsigned(reading.value)
        byte(UInt8(clamping: reading.bits))
      }
    }
  }
}

extension ByteReader {
  fileprivate mutating func counterRows() throws(Malformed) -> [String: CounterRow] {
    let count = try count()
    var rows = [String: CounterRow](minimumCapacity: min(count, 4096))
    var names: [String] = []
    for _ in 0..<count {
      let name = try string()
      if try byte() == 0 {
        names = []
        for _ in 0..<(try self.count()) { names.append(try string()) }
      }
      var readings: [CounterReading] = []
      readings.reserveCapacity(names.count)
      for _ in names { readings.append(CounterReading(try unsigned(), bits: Int(try byte()))) }
      rows[name] = CounterRow(names, readings)
    }
    return rows
  }
}

extension JobRecord {
  /// What no query asks for.
  var codedDetails: Data {
    var writer = ByteWriter()
    writer.byte(recordLayout)
    for number in [cost.startedAfter, cost.milliseconds, cost.bytes, cost.retries] { writer.integer(number) }
    writer.count(facts.count)
    for fact in facts {
      writer.string(fact.name)
      writer.string(fact.text)
    }
    writer.integer(learned.milliseconds)
    writer.integer(learned.silent)
    writer.byte(learned.isConfirmed ? 1 : 0)
    writer.integer(learned.leftOut)
    return Data(writer.bytes)
  }

  /// What no query asks for, as it comes out of its column.
  typealias Details = (cost: Cost, facts: [Fact], learned: Learned)

  static func details(coded: [UInt8]) throws(ByteReader.Malformed) -> Details {
    var reader = ByteReader(coded)
    let version = try reader.byte()
    guard [layout, recordLayout].contains(version) else { throw ByteReader.Malformed(offset: 0) }
    let cost = Cost(
      startedAfter: try reader.integer(), milliseconds: try reader.integer(), bytes: try reader.integer(),
      retries: try reader.integer())
    var facts: [Fact] = []
    for _ in 0..<(try reader.count()) { facts.append(Fact(try reader.string(), try reader.string())) }
    guard version == recordLayout else { return (cost, facts, Learned()) }
    let learned = Learned(
      milliseconds: try reader.integer(), silent: try reader.integer(), isConfirmed: try reader.byte() == 1,
      leftOut: try reader.integer())
    return (cost, facts, learned)
  }
}

/// A value for a `details` column.
func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

func decoded<Value: Decodable>(_ type: Value.Type, json: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(json.utf8))
}
