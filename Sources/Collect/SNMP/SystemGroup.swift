import Model
import SNMP

/// What an agent says of itself (SNMPv2-MIB system group; SNMP-FRAMEWORK-MIB for the engine's clock).
struct SystemGroup {
  private static let description = OID([1, 3, 6, 1, 2, 1, 1, 1, 0])
  private static let uptime = OID([1, 3, 6, 1, 2, 1, 1, 3, 0])
  private static let name = OID([1, 3, 6, 1, 2, 1, 1, 5, 0])
  private static let location = OID([1, 3, 6, 1, 2, 1, 1, 6, 0])
  private static let engineBoots = OID([1, 3, 6, 1, 6, 3, 10, 2, 1, 2, 0])
  private static let engineTime = OID([1, 3, 6, 1, 6, 3, 10, 2, 1, 3, 0])

  static let objects = [description, uptime, name, location, engineBoots, engineTime]

  private let values: [OID: SNMPValue]

  init(_ answer: Answer) {
    values = Dictionary(answer.bindings.map { ($0.oid, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Seconds since the agent started, at a resolution of hundredths.
  private var upSeconds: Double? {
    if case .timeTicks(let ticks) = values[Self.uptime] { Double(ticks) / 100 } else { nil }
  }

  func time(readAt: Double) -> ReadingTime { ReadingTime(readAt: readAt, uptime: upSeconds, engine: engine) }

  private var engine: ReadingTime.Engine? {
    guard case .integer(let boots) = values[Self.engineBoots], case .integer(let time) = values[Self.engineTime]
    else { return nil }
    return ReadingTime.Engine(boots: Int(boots), time: Double(time))
  }

  /// For the host's page; what the agent does not tell is left out.
  var facts: [Fact] {
    let texts = [("Name", Self.name), ("Description", Self.description), ("Location", Self.location)]
    let told = texts.compactMap { label, oid in values[oid]?.text.map { Fact(label, $0) } }
    return told + (upSeconds.map { [Fact("Up for", duration($0))] } ?? [])
  }

  /// `41 d 3 h`, `3 h 20 min`, `7 min`.
  private func duration(_ seconds: Double) -> String {
    let minutes = Int(seconds) / 60
    let (days, hours) = (minutes / 1440, minutes / 60 % 24)
    if days > 0 { return "\(days) d \(hours) h" }
    return hours > 0 ? "\(hours) h \(minutes % 60) min" : "\(minutes) min"
  }
}

extension JobMemory {
  /// The engine's clock has no field of its own.
  mutating func keep(_ engine: ReadingTime.Engine?) {
    notes["engine-boots"] = engine.map { "\($0.boots)" }
    notes["engine-time"] = engine.map { "\($0.time)" }
  }

  /// The engine of version 3, with when its clock was read; what is known well enough stays as it is.
  mutating func keep(_ engine: KnownEngine, now: Double) {
    if let known = knownEngine(now: now), known.id == engine.id, known.boots == engine.boots,
      abs(Double(known.time) - Double(engine.time)) < 30
    {
      return
    }
    let digits = engine.id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    notes["engine"] = "\(digits) \(engine.boots) \(engine.time) \(Int(now))"
  }

  /// The engine with the time it should have by now; `nil` where none is known, or this machine's clock went back.
  func knownEngine(now: Double) -> KnownEngine? {
    let words = (notes["engine"] ?? "").split(separator: " ")
    guard words.count == 4, let boots = UInt32(words[1]), let time = UInt32(words[2]), let readAt = Double(words[3]),
      let passed = UInt32(exactly: (now - readAt).rounded()), words[0].utf8.count % 2 == 0
    else { return nil }
    let digits = Array(words[0])
    let id = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    guard (5...32).contains(id.count), id.count * 2 == digits.count else { return nil }
    return KnownEngine(id: id, boots: boots, time: time &+ passed)
  }

  var time: ReadingTime {
    let boots = notes["engine-boots"].flatMap { Int($0) }
    let seconds = notes["engine-time"].flatMap(Double.init)
    let engine = boots.flatMap { boots in seconds.map { ReadingTime.Engine(boots: boots, time: $0) } }
    return ReadingTime(readAt: readAt, uptime: uptime, engine: engine)
  }
}
