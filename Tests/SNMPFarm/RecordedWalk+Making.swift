extension RecordedWalk {
  private static let ifTable: [UInt32] = [1, 3, 6, 1, 2, 1, 2, 2, 1]
  private static let ifXTable: [UInt32] = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1]
  private static let upTime: [UInt32] = [1, 3, 6, 1, 2, 1, 1, 3, 0]

  /// A switch with as many ports, as its system group and its interface tables tell it.
  package static func switchboard(ports: Int, uptime: UInt32 = 8_640_000) -> RecordedWalk {
    let system: [UInt32] = [1, 3, 6, 1, 2, 1, 1]
    var objects: [([UInt32], Value)] = [
      (system + [1, 0], .octets(Array("A switch of \(ports) ports".utf8))), (upTime, .timeTicks(uptime)),
      (system + [5, 0], .octets(Array("switch".utf8))), (system + [6, 0], .octets(Array("Rack 7".utf8))),
    ]
    for port in 1...UInt32(ports) { objects += switchPort(port) }
    return RecordedWalk(objects)
  }

  private static func switchPort(_ port: UInt32) -> [([UInt32], Value)] {
    let mac: [UInt8] = [0, 0x1B, 0x21, 0, UInt8(port >> 8), UInt8(port & 0xFF)]
    let narrow: [Value] = [
      .integer(Int64(port)), .octets(Array("GigabitEthernet1/0/\(port)".utf8)), .integer(6), .integer(1500),
      .gauge(1_000_000_000), .octets(mac), .integer(1), .integer(port % 5 == 0 ? 2 : 1), .timeTicks(4711),
      .counter32(port &* 1_000_003), .counter32(port &* 3001), .counter32(0), .counter32(port), .counter32(1),
      .counter32(0), .counter32(port &* 2_000_003), .counter32(port &* 5003), .counter32(0), .counter32(port),
      .counter32(2), .gauge(0), .objectIdentifier([0, 0]),
    ]
    let wide: [Value] = [
      .octets(Array("Gi1/0/\(port)".utf8)), .counter32(9), .counter32(10), .counter32(11), .counter32(12),
      .counter64(UInt64(port) << 33), .counter64(UInt64(port) * 3001), .counter64(13), .counter64(14),
      .counter64(UInt64(port) << 34), .counter64(UInt64(port) * 5003), .counter64(15), .counter64(16), .integer(1),
      .gauge(1000), .integer(2), .integer(1), .octets(Array("to customer \(port)".utf8)), .timeTicks(0),
    ]
    return narrow.enumerated().map { (ifTable + [UInt32($0.offset) + 1, port], $0.element) }
      + wide.enumerated().map { (ifXTable + [UInt32($0.offset) + 1, port], $0.element) }
  }

  /// The device after a restart that numbered its interfaces anew, backwards, with counters that count from 0 and an
  /// uptime of `seconds`.
  package func restarted(after seconds: UInt32) -> RecordedWalk {
    let indexes = oids.filter { $0.starts(with: Self.ifTable + [1]) && $0.count == Self.ifTable.count + 2 }
      .compactMap(\.last)
    let renamed = Dictionary(zip(indexes, indexes.reversed())) { first, _ in first }
    return RecordedWalk(
      objects.map { oid, value in
        if oid == Self.upTime { return (oid, .timeTicks(seconds * 100)) }
        guard oid.starts(with: Self.ifTable) || oid.starts(with: Self.ifXTable), let index = oid.last,
          let other = renamed[index]
        else { return (oid, value.zeroed) }
        let isIndex = oid.starts(with: Self.ifTable + [1])
        return (oid.dropLast() + [other], isIndex ? .integer(Int64(other)) : value.zeroed)
      })
  }

  /// The device `seconds` later, with every counter of the interfaces advanced by `growth` a second.
  package func advanced(by seconds: UInt32, growth: UInt64) -> RecordedWalk {
    RecordedWalk(
      objects.map { oid, value in
        if oid == Self.upTime, case .timeTicks(let ticks) = value { return (oid, .timeTicks(ticks &+ seconds * 100)) }
        guard oid.starts(with: Self.ifTable) || oid.starts(with: Self.ifXTable) else { return (oid, value) }
        return (oid, value.grown(by: growth &* UInt64(seconds)))
      })
  }
}

extension RecordedWalk.Value {
  fileprivate var zeroed: Self {
    switch self {
    case .counter32: .counter32(0)
    case .counter64: .counter64(0)
    default: self
    }
  }

  fileprivate func grown(by count: UInt64) -> Self {
    switch self {
    case .counter32(let value): .counter32(value &+ UInt32(truncatingIfNeeded: count))
    case .counter64(let value): .counter64(value &+ count)
    default: self
    }
  }
}
