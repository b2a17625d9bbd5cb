import Collect
import Config
import Model

/// Name servers: each answers in its time, and the second one may fail.
struct NameLife: Life {
  private let probe: DNSProbe
  private let happenings: [Happening]
  private let chance: Chance

  /// Outside of the house, and the one that fails.
  private static let second = "198.51.100.53"

  init(_ probe: DNSProbe, _ happenings: [Happening], _ chance: Chance) {
    (self.probe, self.happenings, self.chance) = (probe, happenings, chance)
  }

  func vitals(_ tick: Tick, slot: Instant) -> Vitals {
    let failing = happenings.now(.servfail, tick.now) != nil
    func failure(_ server: DNSProbe.Server) -> Failure? {
      failing && server.host == NameLife.second
        ? Failure(.servfail, "\(server.name) failed to answer (SERVFAIL)") : nil
    }
    let first = probe.servers.lazy.compactMap(failure).first
    let good = probe.servers.count { failure($0) == nil }
    return Vitals(
      measurements: [.up(first), Measurement("servers-up", Double(good), .count)]
        + probe.servers.enumerated().flatMap { measurements($0.element, $0.offset, failure($0.element), tick) },
      failure: first, facts: probe.servers.filter { failure($0) == nil }.map { Fact($0.name, answer(tick)) },
      milliseconds: 16)
  }

  private func measurements(
    _ server: DNSProbe.Server, _ place: Int, _ failure: Failure?, _ tick: Tick
  ) -> [Measurement] {
    let floor = server.host == NameLife.second ? 0.0138 : 0.0006
    let time = floor * (1 + 0.2 * tick.office) + 0.0004 * chance.tail(tick.seconds, place)
    let isBad = failure != nil
    var all = [
      Measurement.up(failure, instance: server.name), Measurement("time", time, .seconds, instance: server.name),
      Measurement("answers", isBad ? nil : 1, .count, instance: server.name),
      Measurement("ttl", isBad ? nil : Double(300 - tick.seconds % 300), .seconds, instance: server.name),
    ]
    if probe.type == .soa {
      all.append(Measurement("serial", isBad ? nil : serial(tick), .none, instance: server.name))
    }
    return all
  }

  /// A new one each Monday.
  private func serial(_ tick: Tick) -> Double { Double(2_026_000_000 + (tick.seconds - 4 * 86_400) / 604_800) }

  private func answer(_ tick: Tick) -> String {
    probe.type == .soa
      ? "ns1.example.org hostmaster.example.org \(Int(serial(tick))) (authoritative)" : "192.0.2.80"
  }
}
