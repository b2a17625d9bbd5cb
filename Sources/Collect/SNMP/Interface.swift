import Model
import SNMP

/// One interface as the agent tells it.
struct Interface {
  enum Column {
    private static func narrow(_ number: UInt32) -> OID { OID([1, 3, 6, 1, 2, 1, 2, 2, 1, number]) }
    private static func wide(_ number: UInt32) -> OID { OID([1, 3, 6, 1, 2, 1, 31, 1, 1, 1, number]) }

    static let description = narrow(2)
    static let type = narrow(3)
    static let speed = narrow(5)
    static let adminStatus = narrow(7)
    static let operStatus = narrow(8)
    static let inOctets = narrow(10)
    static let inPackets = narrow(11)
    static let inDiscards = narrow(13)
    static let inErrors = narrow(14)
    static let outOctets = narrow(16)
    static let outPackets = narrow(17)
    static let outDiscards = narrow(19)
    static let outErrors = narrow(20)
    static let name = wide(1)
    static let wideInOctets = wide(6)
    static let wideInPackets = wide(7)
    static let wideOutOctets = wide(10)
    static let wideOutPackets = wide(11)
    static let highSpeed = wide(15)
    static let alias = wide(18)
    static let discontinuity = wide(19)

    static let all = [
      description, type, speed, adminStatus, operStatus, inOctets, inPackets, inDiscards, inErrors, outOctets,
      outPackets, outDiscards, outErrors, name, wideInOctets, wideInPackets, wideOutOctets, wideOutPackets, highSpeed,
      alias, discontinuity,
    ]
  }

  let index: OID
  private let cells: [OID: SNMPValue]

  init(_ row: TableRow) {
    index = row.index
    cells = row.cells
  }

  /// ifName, else ifDescr: they survive the renumbering of a restart, which ifIndex does not.
  var name: String? { cells[Column.name]?.text ?? cells[Column.description]?.text }

  /// An agent that does not tell is taken to have none disabled.
  var isEnabled: Bool { cells[Column.adminStatus]?.integer ?? 1 == 1 }

  /// Bits a second; ifSpeed ends at its highest value, where ifHighSpeed (in Mbit/s) goes on.
  private var speed: Double? {
    let low = cells[Column.speed]?.number ?? 0
    if low > 0, low < Double(UInt32.max) { return low }
    let high = cells[Column.highSpeed]?.number ?? 0
    return high > 0 ? high * 1e6 : nil
  }

  /// 1 and 0 for ifOperStatus up, and down, testing, dormant, notPresent or lowerLayerDown; unknown is unknown.
  private var isUp: Double? {
    switch cells[Column.operStatus]?.integer {
    case 1: 1
    case 2, 3, 5, 6, 7: 0
    default: nil
    }
  }

  func read(as name: String, into harvest: inout Harvest) {
    let isBroken = isDiscontinuous(name, &harvest)
    let line = lineRate(name, &harvest)
    for counter in Counter.all {
      harvest.count(
        counter.metric, reading(counter), scale: counter.scale, counter.unit, of: name,
        ceiling: line.map { $0 / counter.bits }, isDiscontinuous: isBroken)
    }
    if let speed { harvest.add("speed", speed, .bitsPerSecond, of: name) }
    harvest.add("up", isUp, .none, of: name)
    if let alias = cells[Column.alias]?.text { harvest.add(Fact("Alias of \(name)", alias)) }
  }

  /// Another index under the same name is another interface, and so are its counters.
  private func isDiscontinuous(_ name: String, _ harvest: inout Harvest) -> Bool {
    let mark: UInt64? = if case .timeTicks(let ticks) = cells[Column.discontinuity] { UInt64(ticks) } else { nil }
    let isMarked = harvest.hasChanged("discontinuity", mark, of: name)
    let isRenumbered = harvest.hasChanged("index", index.parts.last.map(UInt64.init), of: name)
    return isMarked || isRenumbered
  }

  /// Types whose speed is that of a wire (IANAifType): elsewhere it is a nominal figure that traffic exceeds.
  private static let wires: Set<Int> = [6, 18, 30, 37, 39, 62, 69, 117, 161]
  /// What agents say of a line whose speed they do not know.
  private static let nominal = 10_000_000.0

  /// The most bits a second the line can carry, the speed before a change included; `nil` where nobody knows.
  private func lineRate(_ name: String, _ harvest: inout Harvest) -> Double? {
    guard let type = cells[Column.type]?.integer, Self.wires.contains(type), let speed, speed != Self.nominal
    else { return nil }
    let before = harvest.remembered("speed", of: name).map(Double.init) ?? 0
    _ = harvest.hasChanged("speed", UInt64(speed), of: name)
    return max(speed, before)
  }

  /// 64 bits where they are. Some agents have the columns and never count in them.
  private func reading(_ counter: Counter) -> CounterReading? {
    let narrow = cells[counter.narrow]?.counter
    guard let wide = counter.wide.flatMap({ cells[$0]?.counter }), wide.bits == 64 else { return narrow }
    if wide.value == 0, let narrow, narrow.value > 0 { return narrow }
    return wide
  }

  private struct Counter {
    var metric: String
    var wide: OID?
    var narrow: OID
    var scale = 1.0
    var unit = Unit.perSecond
    /// Bits of the line that one count takes at least: 8 for an octet, 320 for a packet of nothing but headers.
    var bits = 320.0

    static let all = [
      Counter(
        metric: "in", wide: Column.wideInOctets, narrow: Column.inOctets, scale: 8, unit: .bitsPerSecond, bits: 8),
      Counter(
        metric: "out", wide: Column.wideOutOctets, narrow: Column.outOctets, scale: 8, unit: .bitsPerSecond, bits: 8),
      Counter(metric: "packets-in", wide: Column.wideInPackets, narrow: Column.inPackets),
      Counter(metric: "packets-out", wide: Column.wideOutPackets, narrow: Column.outPackets),
      Counter(metric: "errors-in", narrow: Column.inErrors),
      Counter(metric: "errors-out", narrow: Column.outErrors),
      Counter(metric: "discards-in", narrow: Column.inDiscards),
      Counter(metric: "discards-out", narrow: Column.outDiscards),
    ]
  }
}
