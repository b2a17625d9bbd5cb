import Collect
import Config
import Model

/// A server that greets over TCP.
struct DialogueLife: Life {
  private let address: String
  private let port: Int
  private let happenings: [Happening]
  private let chance: Chance

  init(_ address: String, _ port: Int, _ happenings: [Happening], _ chance: Chance) {
    (self.address, self.port, self.happenings, self.chance) = (address, port, happenings, chance)
  }

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    guard happenings.now(.refused, tick.now) == nil else { return refused }
    let connect = 0.0004 + 0.0002 * chance.tail(tick.seconds)
    let total = connect + 0.018 + 0.02 * tick.office + 0.008 * chance.tail(tick.seconds, 1)
    return Vitals(
      measurements: [
        .up(nil), Measurement("time-resolve", 0.00002, .seconds), Measurement("time-connect", connect, .seconds),
        Measurement("time-total", total, .seconds), Measurement("size", 187, .bytes),
      ],
      facts: [Fact("Address", address), Fact("Banner", "220 mx1.example.org ESMTP")], milliseconds: Int(total * 1_000),
      bytes: 187)
  }

  private var refused: Vitals {
    let failure = Failure(
      .refused, "the connection to \(address) port \(port) was refused; nothing listens there, or a filter says no")
    return Vitals(
      measurements: [
        .up(failure), Measurement("time-resolve", 0.00002, .seconds), Measurement("time-connect", nil, .seconds),
        Measurement("time-total", nil, .seconds), Measurement("size", nil, .bytes),
      ], failure: failure, facts: [Fact("Address", address)], milliseconds: 1)
  }
}

/// A peer whose certificate is looked at.
struct CertificateLife: Life {
  private let host: String
  private let address: String
  private let happenings: [Happening]
  private let chance: Chance
  private let expiry: Expiry

  init(_ host: String, _ probe: TLSProbe, _ happenings: [Happening], _ chance: Chance, from: Instant) {
    (self.host, self.happenings, self.chance) = (host, happenings, chance)
    address = probe.address
    expiry = Expiry(happenings, of: host, chance)
  }

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    let isOver = expiry.end(at: slot) <= slot
    let failure = isOver ? Failure(.expired, "the certificate of \(address) has expired") : nil
    let connect = 0.0005 + 0.0003 * chance.tail(tick.seconds)
    let tls = 0.0092 + 0.0016 * chance.tail(tick.seconds, 1)
    return Vitals(
      measurements: [
        .up(failure), Measurement("time-resolve", 0.0007, .seconds), Measurement("time-connect", connect, .seconds),
        Measurement("time-total", isOver ? nil : connect + tls + 0.0007, .seconds), Measurement("size", 0, .bytes),
        Measurement("time-tls", tls, .seconds),
      ] + expiry.measurements(slot),
      failure: failure, facts: [Fact("Address", address)] + expiry.facts(slot), milliseconds: 12)
  }
}

/// A program that prints one number: the bytes of a backup that grows, smaller after a clean-up.
struct ScriptLife: Life {
  private let unit: Unit
  private let chance: Chance

  init(_ probe: ScriptProbe, _ chance: Chance) { (unit, self.chance) = (probe.unit, chance) }

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    let days = Double(slot.seconds / 86_400 % 70)
    let weekly = tick.weekday == 6 ? 3.4 : 1
    let bytes = (18 + days * 0.21 + chance.bell(slot.seconds)) * weekly * 1_073_741_824
    return Vitals(measurements: [Measurement("value", bytes.rounded(), unit)], milliseconds: 7)
  }
}
